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
 * along with this program.  If not, see <https://www.gnu.org/licenses/>.
 */
/**
 * \file    lib/gcontacts_cleanup.lib.php
 * \ingroup gcontacts
 * \brief   The clean-up on the page of operations
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');

/** Names that the page tells of each kind */
const GCONTACTS_CLEANUP_NAMES = 30;

/**
 * Begins a clean-up, where the address of the account was typed
 *
 * @return string Part of the page
 */
function gcontactsStartCleanUp(): string
{
	global $db, $langs;

	$account = new GContactsAccount($db);
	$account->fetchForEntity();
	$typed = trim((string) GETPOST('account', 'alphanohtml'));
	if ($account->id > 0 && strcasecmp($typed, $account->email) !== 0) {
		setEventMessages($langs->transnoentities('GContactsCleanUpTyped', $account->email), null, 'errors');
		return 'cleanup';
	}
	$operations = new GContactsOperations($db, $account);
	return gcontactsBegan(GContactsCleanUp::begin($db, $operations, $account), $operations);
}

/**
 * The section of the clean-up: what goes and what stays, before anything is done
 *
 * @param  GContactsAccount $account Account
 * @param  bool             $busy    Whether an operation is under way
 * @return string                    HTML
 */
function gcontactsCleanUpSection(GContactsAccount $account, bool $busy): string
{
	global $db;

	$traces = new GContactsTraces($db, $account);
	$counts = (array) $traces->count();
	$labels = array_column((array) (new GContactsLabel($db, $account))->all(), 'name');
	$others = (int) ($counts['adopted'] ?? 0) + (int) ($counts['imported'] ?? 0);
	$html = load_fiche_titre(gcontactsText('GContactsRunKind_cleanup'), '', '').'<div id="cleanup">';
	$html .= '<p>'.gcontactsText('GContactsCleanUpWhat', $account->email).'</p>';
	$html .= '<div class="div-table-responsive-no-min"><table class="noborder gcontacts-preview">';
	$html .= gcontactsCleanUpRow('GContactsCleanUpDeleted', (int) ($counts['created'] ?? 0), $traces->names(true, GCONTACTS_CLEANUP_NAMES));
	$html .= gcontactsCleanUpRow('GContactsCleanUpReleased', $others, $traces->names(false, GCONTACTS_CLEANUP_NAMES));
	$html .= gcontactsCleanUpRow('GContactsCleanUpLabelsGo', count($labels), $labels);
	$html .= '</table></div><p class="gcontacts-help">'.gcontactsText('GContactsCleanUpOrphans').'</p>';
	if ($busy) {
		return $html.'<p>'.gcontactsText('GContactsExportBusy').'</p></div>';
	}
	$html .= gcontactsFormStart('/admin/operations.php#run', 'start_cleanup', ' class="gcontacts-row"');
	$html .= '<label for="cleanup-account">'.gcontactsText('GContactsCleanUpType', $account->email).'</label> ';
	$html .= '<input type="text" id="cleanup-account" name="account" class="flat minwidth200" autocomplete="off" required> ';
	return $html.'<input type="submit" class="button button-delete" value="'.gcontactsText('GContactsCleanUpStart').'"></form></div>';
}

/**
 * A kind of things that go or stay, with names
 *
 * @param  string            $key    Language key
 * @param  int               $number How many
 * @param  array<int,string> $names  Some of their names
 * @return string                    HTML
 */
function gcontactsCleanUpRow(string $key, int $number, array $names): string
{
	$html = '<tr class="oddeven"><td class="right">'.GContactsProgress::number($number).'</td><td>'.gcontactsText($key);
	if ($names) {
		$more = $number - count($names);
		$html .= '<details class="gcontacts-help"><summary>'.gcontactsText('GContactsPreviewNames').'</summary>'.dol_escape_htmltag(implode(', ', $names));
		$html .= ($more > 0 ? ' '.gcontactsText('GContactsAndMore', GContactsProgress::number($more)) : '').'</details>';
	}
	return $html.'</td></tr>';
}
