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
 * \file    php-module/lib/gcontacts_check_strays.lib.php
 * \ingroup gcontacts
 * \brief   Check synchro: the full check, and the cards that it found without a contact
 */

dol_include_once('/gcontacts/class/check/gcontactstakeback.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');
dol_include_once('/gcontacts/lib/gcontacts_check_labels.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_progress.lib.php');

/** Cards without a contact that are listed at most */
const GCONTACTS_STRAYS_SHOWN = 200;

/**
 * The full check: its button, its progress, and what it found
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML
 */
function gcontactsFullCheckSection(GContactsAccount $account): string
{
	global $db;

	$run = new GContactsRun($db, $account);
	$html = '';
	if ($run->fetchUnderWay() > 0) {
		$html .= gcontactsRunNotice($run, new GContactsProgress($run, $account));
	} else {
		$known = $run->fetchLast('check') > 0;
		$when = $known ? gcontactsText('GContactsCheckFullLast', dol_print_date($run->date_end ?: $run->date_start, 'dayhour', 'tzuserrel')) : gcontactsText('GContactsCheckFullNever');
		$html .= '<div class="gcontacts-row">'.gcontactsButton('/check.php', 'fullcheck', 'GContactsCheckFull').'<span class="gcontacts-aside">'.$when.'</span></div>';
	}
	return $html.gcontactsLastRepair($account).gcontactsStrays($account).gcontactsSourcelessLabels($account);
}

/**
 * The cards in our labels that no contact knows
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML, empty where there are none
 */
function gcontactsStrays(GContactsAccount $account): string
{
	global $db, $user;

	$strays = (new GContactsStray($db, $account))->all(GCONTACTS_STRAYS_SHOWN);
	if (!$strays) {
		return '';
	}
	$mayImport = $user->hasRight('gcontacts', 'import');
	$html = '<details class="gcontacts-strays"><summary>'.gcontactsText('GContactsStrays', GContactsProgress::number(count($strays))).'</summary>';
	$html .= '<p>'.gcontactsText('GContactsStraysHelp').'</p>'.gcontactsFormStart('/check.php', 'freestrays');
	$html .= '<div class="div-table-responsive-no-min"><table class="noborder centpercent"><tr class="liste_titre"><td></td><td>'.gcontactsText('Name').'</td><td>'.gcontactsText('GContactsStrayLabels').'</td><td></td></tr>';
	foreach ($strays as $id => $stray) {
		$name = (string) $stray->name === '' ? (string) $stray->resource_name : (string) $stray->name;
		$import = dol_buildpath('/gcontacts/import.php', 1).'?mainmenu=companies&search='.urlencode($name);
		$html .= '<tr class="oddeven"><td class="center"><input type="checkbox" name="stray[]" value="'.$id.'" aria-label="'.dol_escape_htmltag($name).'"></td>';
		$html .= '<td>'.dol_escape_htmltag($name).'</td><td>'.dol_escape_htmltag((string) $stray->labels).'</td>';
		$html .= '<td class="right">'.($mayImport ? '<a href="'.dol_escape_htmltag($import).'">'.gcontactsText('GContactsStrayImport').'</a>' : '').'</td></tr>';
	}
	return $html.'</table></div><input type="submit" class="button small" value="'.gcontactsText('GContactsStraysFree').'"></form></details>';
}

/**
 * Begins a full check
 *
 * @param  GContactsOperations $operations Operations of the account
 * @return void
 */
function gcontactsStartFullCheck(GContactsOperations $operations): void
{
	global $langs;

	if ($operations->start('check')) {
		setEventMessages($langs->transnoentities('GContactsCheckFullBegan'), null);
	} else {
		setEventMessages($operations->error, null, $operations->reason === 'operation_under_way' ? 'warnings' : 'errors');
	}
}

/**
 * Takes our labels off the cards that were ticked
 *
 * @param  GContactsAccount $account Account
 * @return void
 */
function gcontactsFreeStrays(GContactsAccount $account): void
{
	global $db, $langs;

	$all = (array) (new GContactsStray($db, $account))->all(GCONTACTS_STRAYS_SHOWN);
	$ticked = array_intersect_key($all, array_flip(array_map('intval', (array) GETPOST('stray', 'array:int'))));
	if (!$ticked) {
		setEventMessages($langs->transnoentities('GContactsCheckNothingSelected'), null, 'warnings');
		return;
	}
	$parting = new GContactsTakeBack($db, $account);
	if ($parting->strays($ticked) < 0) {
		setEventMessages(GContactsEngine::sentence($parting->reason, $parting->error), null, 'errors');
	}
	if ($parting->done > 0) {
		setEventMessages($langs->transnoentities('GContactsStraysFreed', (string) $parting->done), null);
	}
}
