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
 * \file    php-module/lib/gcontacts_check_csv.lib.php
 * \ingroup gcontacts
 * \brief   Check synchro as a file for spreadsheets
 */

/**
 * The link that downloads the list as a file
 *
 * @param  array<string,mixed> $list See gcontactsCheckListFromRequest()
 * @return string                    HTML
 */
function gcontactsCheckCsvLink(array $list): string
{
	$address = $_SERVER['PHP_SELF'].'?'.gcontactsCheckParameters($list, array('page' => 0, 'csv' => 1));
	return '<a class="butAction small" href="'.dol_escape_htmltag($address).'"><span class="fas fa-file-csv" aria-hidden="true"></span> '.gcontactsText('GContactsCheckCsv').'</a>';
}

/**
 * Sends the whole list as a file of comma-separated values (RFC 4180), page by page
 *
 * @param  GContactsCheckRows  $rows    Contacts
 * @param  array<string,mixed> $list    See gcontactsCheckListFromRequest()
 * @param  GContactsAccount    $account Account
 * @return void
 */
function gcontactsCheckCsv(GContactsCheckRows $rows, array $list, GContactsAccount $account): void
{
	global $langs;

	$blocked = $account->blockedReason();
	top_httphead('text/csv');
	header('Content-Disposition: attachment; filename="check-synchro.csv"');
	$out = fopen('php://output', 'w');
	fwrite($out, "\xEF\xBB\xBF");
	fputcsv($out, array('id', $langs->transnoentities('Name'), $langs->transnoentities('ThirdParty'), $langs->transnoentities('GContactsCheckColumn_state'), $langs->transnoentities('GContactsCheckColumn_reason'), $langs->transnoentities('GContactsCheckColumn_labels'), $langs->transnoentities('GContactsCheckColumn_date')), ',', '"', '');
	$offset = 0;
	do {
		$page = $rows->page($list['filter'], $list['sort'], $list['order'], 1000, $offset);
		foreach ($page ?? array() as $row) {
			fputcsv($out, array_map('gcontactsCsvCell', gcontactsCheckCells($row, $blocked)), ',', '"', '');
		}
		$offset += 1000;
	} while ($page !== null && count($page) > 0);
	fclose($out);
}

/**
 * A text that no spreadsheet takes for a formula
 *
 * @param  string $text Text
 * @return string
 */
function gcontactsCsvCell(string $text): string
{
	return preg_match('/^[=+\-@\t\r]/', $text) ? "'".$text : $text;
}

/**
 * A row as plain text
 *
 * @param  object            $row     Row of GContactsCheckRows::page()
 * @param  string            $blocked Why the account sends nothing
 * @return array<int,string>          id, name, third party, state, reason, labels, date
 */
function gcontactsCheckCells(object $row, string $blocked): array
{
	global $langs;

	return array(
		(string) $row->id,
		trim($row->firstname.' '.$row->lastname),
		(string) $row->company,
		$langs->transnoentities('GContactsCheckState_'.$row->state),
		GContactsCheckState::sentence($row, $blocked),
		GContactsCheckState::labels((string) $row->labels),
		$row->date_sync ? dol_print_date($row->date_sync, '%Y-%m-%d %H:%M', 'tzuserrel') : '',
	);
}
