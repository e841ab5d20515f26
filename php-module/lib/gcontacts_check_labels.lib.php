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
 * \file    php-module/lib/gcontacts_check_labels.lib.php
 * \ingroup gcontacts
 * \brief   Check synchro: labels of ours that nothing in Dolibarr asks for
 */

dol_include_once('/gcontacts/class/check/gcontactsunlabelling.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrunitems.class.php');

/** Rows of the log of a removal that the page tells */
const GCONTACTS_UNLABELLED_SHOWN = 50;

/**
 * The labels of ours at Google that nothing in Dolibarr asks for
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML, empty where there are none
 */
function gcontactsSourcelessLabels(GContactsAccount $account): string
{
	global $db;

	$labels = (new GContactsSourcelessLabels($db, $account))->all();
	if (!$labels) {
		return '';
	}
	$html = '<details class="gcontacts-strays gcontacts-sourceless"><summary>'.gcontactsText('GContactsSourceless', GContactsProgress::number(count($labels))).'</summary>';
	$html .= '<p>'.gcontactsText('GContactsSourcelessHelp').'</p>'.gcontactsFormStart('/check.php', 'removelabels');
	$html .= '<div class="div-table-responsive-no-min"><table class="noborder centpercent"><tr class="liste_titre"><td></td><td>'.gcontactsText('GContactsSourcelessLabel').'</td><td class="right">'.gcontactsText('GContactsSourcelessMembers').'</td></tr>';
	foreach ($labels as $resource => $label) {
		$name = dol_escape_htmltag((string) $label['name']);
		$html .= '<tr class="oddeven"><td class="center"><input type="checkbox" name="label[]" value="'.dol_escape_htmltag($resource).'" aria-label="'.$name.'"></td>';
		$html .= '<td>'.$name.'</td><td class="right">'.GContactsProgress::number((int) $label['members']).'</td></tr>';
	}
	return $html.'</table></div><input type="submit" class="button small" value="'.gcontactsText('GContactsSourcelessRemove').'"></form></details>';
}

/**
 * Begins to remove the labels that were ticked
 *
 * @param  GContactsAccount $account Account
 * @return void
 */
function gcontactsRemoveLabels(GContactsAccount $account): void
{
	global $db, $langs;

	$known = (new GContactsSourcelessLabels($db, $account))->all();
	$ticked = array_intersect_key($known, array_flip(array_filter((array) GETPOST('label', 'array'), 'is_string')));
	$blocked = GContactsOperationKinds::blockedReason('unlabel', $account);
	if (!$ticked || $blocked !== '') {
		setEventMessages($ticked ? GContactsEngine::sentence($blocked, $account->state_message) : $langs->transnoentities('GContactsSourcelessNothing'), null, $ticked ? 'errors' : 'warnings');
		return;
	}
	$operations = new GContactsOperations($db, $account);
	if (GContactsUnlabelling::begin($operations, $ticked)) {
		setEventMessages($langs->transnoentities('GContactsSourcelessBegan', GContactsProgress::number(count($ticked))), null);
	} else {
		setEventMessages($operations->error, null, $operations->reason === 'operation_under_way' ? 'warnings' : 'errors');
	}
}

/**
 * What a removal of labels did with each
 *
 * @param  GContactsRunItems $items Log of the run
 * @return array<int,string>        Sentences, plain text
 */
function gcontactsUnlabelled(GContactsRunItems $items): array
{
	$told = array();
	foreach ((array) $items->page('i.rowid', 'asc', GCONTACTS_UNLABELLED_SHOWN, 0) as $row) {
		$what = gcontactsWord('GContactsAction_', (string) $row->action).' – '.gcontactsWord('GContactsResult_', (string) $row->result);
		$told[] = trim($row->name.': '.$what.'. '.((string) $row->reason === '' ? '' : GContactsEngine::sentence((string) $row->reason, (string) $row->message)));
	}
	return $told;
}
