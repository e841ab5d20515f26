<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software: you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation, either version 3 of the License, or
 * (at your option) any later version.
 *
 * This program is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
 * GNU General Public License for more details.
 *
 * You should have received a copy of the GNU General Public License
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    lib/gcontacts_progress.lib.php
 * \ingroup gcontacts
 * \brief   The progress of an operation as HTML
 */

dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/** Colour of the badge by state of a run */
const GCONTACTS_RUN_BADGES = array(
	'waiting' => 'badge-status1', 'running' => 'badge-status1', 'done' => 'badge-status4', 'stopped' => 'badge-status8', 'cancelled' => 'badge-status0',
);

/**
 * An operation: what it is, how far, and what can be done about it. js/operation.js goes on with it and keeps the numbers
 * fresh; without JavaScript the page loads itself again.
 *
 * @param  GContactsRun      $run      Run
 * @param  GContactsProgress $progress Its progress
 * @return string                      HTML
 */
function gcontactsRunProgress(GContactsRun $run, GContactsProgress $progress): string
{
	global $langs;

	$moods = array('done' => 'good', 'stopped' => 'stopped', 'cancelled' => 'off');
	$told = $progress->tell();
	$html = '<section id="run" class="gcontacts-sending gcontacts-'.($moods[$run->state] ?? 'waits').'" aria-labelledby="run-title" data-run="'.$run->id.'"';
	$html .= ' data-url="'.dol_buildpath('/gcontacts/ajax/operation.php', 1).'?lang='.urlencode($langs->defaultlang).'" data-token="'.currentToken().'"';
	$html .= ' data-offline="'.gcontactsText('GContactsRunOffline').'" data-under-way="'.((int) $run->isUnderWay()).'">';
	$html .= '<div class="gcontacts-run-head"><b id="run-title">'.gcontactsText('GContactsRunKind_'.$run->kind).'</b> ';
	$html .= '<span class="badge '.GCONTACTS_RUN_BADGES[$run->state].' badge-status" data-tells="stateText">'.dol_escape_htmltag($told['stateText']).'</span></div>';
	$html .= '<div class="gcontacts-run-sentence" data-tells="sentence" aria-live="polite">'.dol_escape_htmltag($told['sentence'], 0, 1).'</div>';
	$html .= $run->isUnderWay() ? gcontactsProgressBar($told['percent']) : '';
	$html .= '<div class="gcontacts-run-numbers"><span data-tells="counts">'.dol_escape_htmltag($told['counts'], 0, 1).'</span>';
	$html .= ' <span data-tells="speed">'.dol_escape_htmltag($told['speed'], 0, 1).'</span></div>';
	return $html.'<div class="gcontacts-row">'.gcontactsRunButtons($run).'</div></section>';
}

/**
 * That an operation is under way, on another page than its own
 *
 * @param  GContactsRun      $run      Run
 * @param  GContactsProgress $progress Its progress
 * @return string                      HTML
 */
function gcontactsRunNotice(GContactsRun $run, GContactsProgress $progress): string
{
	$told = array_filter(array(gcontactsWord('GContactsRunKind_', $run->kind), $progress->stateText(), $progress->counts()));
	$html = '<div class="info gcontacts-notice">'.dol_escape_htmltag(implode(' – ', $told));
	return $html.' <a href="'.dol_buildpath('/gcontacts/admin/operations.php', 1).'">'.gcontactsText('GContactsRunWatch').'</a></div>';
}

/**
 * A progress bar
 *
 * @param  int|null $percent Hundredths, null where nobody knows
 * @return string            HTML
 */
function gcontactsProgressBar(?int $percent): string
{
	$value = $percent === null ? '' : ' aria-valuenow="'.$percent.'"';
	$html = '<div class="gcontacts-bar'.($percent === null ? ' gcontacts-unknown' : '').'" role="progressbar" aria-labelledby="run-title" aria-valuemin="0" aria-valuemax="100"'.$value.'>';
	return $html.'<div style="width: '.($percent ?? 100).'%"></div></div>';
}

/**
 * What can be done about an operation
 *
 * @param  GContactsRun $run Run
 * @return string            HTML
 */
function gcontactsRunButtons(GContactsRun $run): string
{
	$page = '/admin/operations.php#run';
	$which = '<input type="hidden" name="run" value="'.$run->id.'">';
	if ($run->isUnderWay()) {
		$html = gcontactsFormStart($page, 'stop_run', ' class="gcontacts-inline"').$which;
		return $html.'<input type="submit" class="button small button-cancel" value="'.gcontactsText('GContactsRunStop').'"></form>'
			.'<span class="gcontacts-aside">'.gcontactsText('GContactsRunLeave').'</span>';
	}
	$html = '';
	if (in_array($run->state, array(GContactsRun::CANCELLED, GContactsRun::STOPPED), true)) {
		$html .= gcontactsFormStart($page, 'resume_run', ' class="gcontacts-inline"').$which;
		$html .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsRunResume').'"></form>';
	}
	return $html.'<a href="'.dol_buildpath('/gcontacts/admin/run.php', 1).'?id='.$run->id.'">'.gcontactsText('GContactsRunSee').'</a>';
}
