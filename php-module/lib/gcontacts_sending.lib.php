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
 * \file    lib/gcontacts_sending.lib.php
 * \ingroup gcontacts
 * \brief   The state of sending as HTML
 */

dol_include_once('/gcontacts/class/push/gcontactsdeletionsyes.class.php');
dol_include_once('/gcontacts/class/setup/gcontactssending.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/**
 * The state of sending: a sentence, what to do about it, and figures
 *
 * @param  GContactsSending $sending State
 * @return string                    HTML
 */
function gcontactsSending(GContactsSending $sending): string
{
	$mood = $sending->mood();
	$colours = array(
		GContactsSending::GOOD => 'badge-status4',
		GContactsSending::WAITS => 'badge-status1',
		GContactsSending::STOPPED => 'badge-status8',
		GContactsSending::OFF => 'badge-status0',
	);
	$badge = '<span class="badge '.$colours[$mood].' badge-status">'.gcontactsText('GContactsMood_'.$mood).'</span>';
	$html = load_fiche_titre(gcontactsText('GContactsTitleSending'), $badge, '');
	$html .= '<div id="sending" class="gcontacts-sending gcontacts-'.$mood.'"><div>'.dol_escape_htmltag($sending->sentence(), 0, 1).'</div>';
	$html .= gcontactsSendingButtons($sending).'</div><dl class="gcontacts-figures">';
	foreach ($sending->figures() as $figure) {
		$html .= '<div><dt>'.gcontactsText($figure['key']).'</dt><dd'.($figure['good'] ? '' : ' class="gcontacts-amiss"').'>';
		$html .= dol_escape_htmltag($figure['value'], 0, 1).'</dd></div>';
	}
	return $html.'</dl>';
}

/**
 * The deletions that wait for an administrator's yes
 *
 * @param  GContactsDeletionsYes $yes Yes
 * @return string                     HTML, empty where none wait
 */
function gcontactsHeldDeletions(GContactsDeletionsYes $yes): string
{
	$held = (array) $yes->held();
	if (empty($held)) {
		return '';
	}
	$names = implode(', ', $yes->names(array_slice($held, 0, 10))).(count($held) > 10 ? ', …' : '');
	$html = '<div id="held" class="gcontacts-choices"><div class="gcontacts-choice"><b>'.gcontactsText('GContactsHeld', (string) count($held), $names).'</b>';
	$html .= '<div>'.gcontactsText('GContactsHeldWhat').'</div>';
	$html .= gcontactsButton('/admin/setup.php', 'confirm_deletions', 'GContactsHeldButton');
	return $html.gcontactsDetails('GContactsHeldNot', gcontactsText('GContactsHeldNotWhat')).'</div></div>';
}

/**
 * What an administrator can do about the state
 *
 * @param  GContactsSending $sending State
 * @return string                    HTML
 */
function gcontactsSendingButtons(GContactsSending $sending): string
{
	$page = '/admin/setup.php';
	$reason = $sending->reason();
	if ($reason === 'awaiting_confirmation') {
		return gcontactsConfirmForm($page, $sending->proposals());
	}
	if ($reason === 'site_changed') {
		$moved = '<div class="gcontacts-choice"><b>'.gcontactsText('GContactsSiteMoved').'</b><div>'.gcontactsText('GContactsSiteMovedWhat').'</div>';
		$moved .= gcontactsButton($page, 'confirm_moved', 'GContactsSiteMovedButton').'</div>';
		$copy = '<div class="gcontacts-choice"><b>'.gcontactsText('GContactsSiteCopy').'</b><div>'.gcontactsText('GContactsSiteCopyWhat').'</div>';
		$copy .= gcontactsButton($page, 'confirm_copy', 'GContactsSiteCopyButton').'</div>';
		return '<div class="gcontacts-choices">'.$moved.$copy.'</div>';
	}
	if ($reason === 'reconnect') {
		return '<div><a href="#check-consent">'.gcontactsText('GContactsReconnectBelow').'</a></div>';
	}
	return '';
}

/**
 * The form by which an administrator says that sending may begin, and which contacts are linked to cards that are there
 *
 * @param  string                             $page      Page of the module
 * @param  array{certain:int,alike:int}|null $proposals Number of contacts, null while it is not known
 * @return string                                        HTML
 */
function gcontactsConfirmForm(string $page, ?array $proposals): string
{
	$sentences = array();
	if ($proposals === null) {
		$sentences[] = gcontactsText('GContactsAdoptionLooks');
	} elseif ($proposals['certain'] + $proposals['alike'] === 0) {
		$sentences[] = gcontactsText('GContactsAdoptionNone');
	} elseif ($proposals['certain'] > 0) {
		$sentences[] = gcontactsText('GContactsAdoptionCertain', (string) $proposals['certain']);
	}
	$choice = '<input type="hidden" name="accept_alike" value="1">';
	if ($proposals === null || $proposals['alike'] > 0) {
		$label = $proposals === null ? gcontactsText('GContactsAdoptionAccept') : gcontactsText('GContactsAdoptionAlike', (string) $proposals['alike']);
		$choice = '<p><label><input type="checkbox" name="accept_alike" value="1" checked> '.$label.'</label></p>';
	}
	$html = $sentences ? '<div>'.implode(' ', $sentences).'</div>' : '';
	$html .= gcontactsFormStart($page, 'confirm_sending').$choice;
	$html .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsConfirmSending').'"> ';
	return $html.'<a href="'.dol_buildpath('/gcontacts/admin/operations.php', 1).'#export">'.gcontactsText('GContactsSeeBefore').'</a></form>';
}
