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
 * \file    lib/gcontacts_export.lib.php
 * \ingroup gcontacts
 * \brief   The export on the page of operations: what it would do, as HTML
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsdolimods.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/** What an export can do with a contact, in the order in which it is told */
const GCONTACTS_EXPORT_ACTIONS = array('create', 'link', 'update', 'release', 'delete', 'held', 'wait', 'refused', 'left_out', 'none');

/** How many names are told of those on whose cards the module Google of DoliMods left something */
const GCONTACTS_DOLIMODS_NAMES = 50;

/**
 * The section of the export
 *
 * @param  GContactsAccount  $account Account
 * @param  GContactsRun|null $preview Last preview that is done
 * @param  bool              $busy    Whether an operation is under way
 * @return string                     HTML
 */
function gcontactsExportSection(GContactsAccount $account, ?GContactsRun $preview, bool $busy): string
{
	$first = $account->state === 'confirm';
	$html = load_fiche_titre(gcontactsText('GContactsRunKind_export'), '', '').'<div id="export">';
	$html .= '<p>'.gcontactsText($first ? 'GContactsExportFirst' : 'GContactsExportWhat', $account->email).'</p>';
	$html .= $preview ? gcontactsPreviewTable($preview) : '';
	if ($busy) {
		return $html.'<p>'.gcontactsText('GContactsExportBusy').'</p></div>';
	}
	$html .= gcontactsAlikeChoice($first ? $preview : null).(!$first || $preview ? gcontactsDoliModsChoice($account) : '').'<div class="gcontacts-row gcontacts-buttons">';
	if (!$first || $preview) {
		$html .= gcontactsFormStart('/admin/operations.php#run', 'start_export', ' id="export-form"');
		$html .= '<input type="submit" class="button" value="'.gcontactsText($first ? 'GContactsExportConfirm' : 'GContactsExportStart').'"></form>';
	}
	$html .= gcontactsFormStart('/admin/operations.php#run', 'start_preview').'<input type="submit" class="button'.($first && !$preview ? '' : ' button-cancel').'" value="';
	return $html.gcontactsText($preview ? 'GContactsPreviewAgain' : 'GContactsPreviewStart').'"></form></div></div>';
}

/**
 * Whether contacts are linked to cards that only look the same: asked where there are such
 *
 * @param  GContactsRun|null $preview Preview of a first export
 * @return string                     HTML
 */
function gcontactsAlikeChoice(?GContactsRun $preview): string
{
	$alike = (int) ($preview->position['alike'] ?? 0);
	if ($preview && ($alike > 0 || empty($preview->position['known']))) {
		$label = $alike > 0 ? gcontactsText('GContactsAdoptionAlike', GContactsProgress::number($alike)) : gcontactsText('GContactsAdoptionAccept');
		return '<p class="gcontacts-choice"><label><input type="checkbox" form="export-form" name="accept_alike" value="1" checked> '.$label.'</label></p>';
	}
	return '<input type="hidden" form="export-form" name="accept_alike" value="1">';
}

/**
 * Whether what the module Google of DoliMods left is taken off the cards: asked where there is any
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML
 */
function gcontactsDoliModsChoice(GContactsAccount $account): string
{
	global $db, $user;

	$found = (new GContactsDoliMods($db, $account))->found();
	if (!$found) {
		return $found === null ? '<div class="error">'.dol_escape_htmltag(GContactsEngine::sentence('database', $db->lasterror())).'</div>' : '';
	}
	$seen = array_slice(array_intersect_key($found, (array) GContactsVisibility::among($user, $db, array_keys($found))), 0, GCONTACTS_DOLIMODS_NAMES, true);
	$names = '';
	foreach ($seen as $contact) {
		$names .= '<li>'.dol_escape_htmltag($contact['name']).': '.dol_escape_htmltag(implode(' · ', $contact['removes'])).'</li>';
	}
	$more = count($found) - count($seen);
	$names .= $more > 0 ? '<li>'.gcontactsText('GContactsDoliModsMore', GContactsProgress::number($more)).'</li>' : '';
	$html = '<div class="gcontacts-choice"><label><input type="checkbox" form="export-form" name="clean_dolimods" value="1"> ';
	$html .= gcontactsText('GContactsDoliModsClean', GContactsProgress::number(count($found))).'</label>';
	return $html.'<details><summary>'.gcontactsText('GContactsDoliModsNames').'</summary><ul>'.$names.'</ul></details></div>';
}

/**
 * What a preview found, each number with a link to the names
 *
 * @param  GContactsRun $preview Preview
 * @return string                HTML
 */
function gcontactsPreviewTable(GContactsRun $preview): string
{
	$found = $preview->position;
	$html = '<div class="div-table-responsive-no-min"><table class="noborder gcontacts-preview"><tr class="liste_titre"><td colspan="3">';
	$html .= gcontactsText('GContactsPreviewOf', dol_print_date($preview->date_end, 'dayhour', 'tzuserrel')).'</td></tr>';
	foreach (GCONTACTS_EXPORT_ACTIONS as $action) {
		$number = (int) ($found['actions'][$action] ?? 0) + ($action === 'left_out' ? (int) $found['private'] : 0);
		if ($number > 0 || in_array($action, array('create', 'update', 'delete'), true)) {
			$html .= gcontactsPreviewRow($preview, $action, $number);
		}
	}
	$html .= '<tr class="oddeven"><td class="right">'.GContactsProgress::number((int) $found['calls']).'</td><td>'.gcontactsText('GContactsPreviewCalls').'</td><td></td></tr>';
	$html .= '</table></div>';
	return $html.(empty($found['known']) ? '<div class="warning">'.gcontactsText('GContactsPreviewUnknown').'</div>' : '');
}

/**
 * @param  GContactsRun $preview Preview
 * @param  string       $action  Action
 * @param  int          $number  Contacts
 * @return string                HTML
 */
function gcontactsPreviewRow(GContactsRun $preview, string $action, int $number): string
{
	$reasons = array();
	if ($action === 'left_out') {
		$counts = (array) $preview->position['reasons'] + array('private' => (int) $preview->position['private']);
		foreach (array_filter($counts) as $reason => $count) {
			$reasons[] = GContactsProgress::number($count).' × '.dol_escape_htmltag(GContactsEngine::sentence($reason));
		}
	}
	$names = $number > 0 && $action !== 'none' && !empty($preview->position['actions'][$action]);
	$address = dol_buildpath('/gcontacts/admin/run.php', 1).'?id='.$preview->id.'&search_action='.$action;
	$html = '<tr class="oddeven"><td class="right">'.GContactsProgress::number($number).'</td><td>'.gcontactsText('GContactsPreviewAction_'.$action);
	$html .= ($reasons ? '<div class="gcontacts-help">'.implode('<br>', $reasons).'</div>' : '').'</td>';
	return $html.'<td>'.($names ? '<a href="'.dol_escape_htmltag($address).'">'.gcontactsText('GContactsPreviewNames').'</a>' : '').'</td></tr>';
}
