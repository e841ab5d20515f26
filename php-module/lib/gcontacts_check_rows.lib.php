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
 * \file    php-module/lib/gcontacts_check_rows.lib.php
 * \ingroup gcontacts
 * \brief   The list of contacts on the page Check synchro
 */

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
dol_include_once('/gcontacts/lib/gcontacts_comparison.lib.php');

/**
 * The columns that can be shown, for Dolibarr's picker
 *
 * @return array<string,array<string,int|string>> Column => label, checked, position
 */
function gcontactsCheckColumns(): array
{
	return array(
		'name' => array('label' => 'Name', 'checked' => 1, 'position' => 10),
		'job' => array('label' => 'PostOrFunction', 'checked' => 0, 'position' => 20),
		'company' => array('label' => 'ThirdParty', 'checked' => 1, 'position' => 30),
		'state' => array('label' => 'GContactsCheckColumn_state', 'checked' => 1, 'position' => 40),
		'reason' => array('label' => 'GContactsCheckColumn_reason', 'checked' => 1, 'position' => 50),
		'fields' => array('label' => 'GContactsCheckColumn_fields', 'checked' => 0, 'position' => 60),
		'labels' => array('label' => 'GContactsCheckColumn_labels', 'checked' => 0, 'position' => 65),
		'date' => array('label' => 'GContactsCheckColumn_date', 'checked' => 1, 'position' => 70),
	);
}

/**
 * The list with its filters, paging and buttons
 *
 * @param  GContactsCheckRows                     $rows        Contacts
 * @param  array<string,mixed>                    $list        See gcontactsCheckListFromRequest()
 * @param  Form                                   $form        Dolibarr's parts of forms
 * @param  GContactsAccount                       $account     Account
 * @param  bool                                   $mayRepair   Whether the reader may repair
 * @param  array<string,array<string,int|string>> $arrayfields Columns
 * @param  string                                 $contextpage Name under which the choice of columns is kept
 * @return string                                              HTML
 */
function gcontactsCheckList(GContactsCheckRows $rows, array $list, Form $form, GContactsAccount $account, bool $mayRepair, array $arrayfields, string $contextpage): string
{
	global $langs;

	$page = $rows->page($list['filter'], $list['sort'], $list['order'], $list['limit'] + 1, $list['page'] * $list['limit']);
	if ($page === null) {
		return '<div class="error">'.dol_escape_htmltag(GContactsEngine::sentence('database')).'</div>';
	}
	$picker = $form->multiSelectArrayWithCheckbox('selectedfields', $arrayfields, $contextpage, getDolGlobalString('MAIN_CHECKBOX_LEFT_COLUMN'));
	$columns = array_filter($arrayfields, function (array $column): bool {
		return !empty($column['checked']);
	});
	ob_start();
	print_barre_liste('', $list['page'], $_SERVER['PHP_SELF'], '&'.gcontactsCheckParameters($list, array('page' => 0, 'sortfield' => '', 'sortorder' => '')), $list['sort'], $list['order'], '', count($page), -1, '', 0, '', '', $list['limit'], 0, 0, 1);
	$html = '<form method="POST" action="'.dol_escape_htmltag($_SERVER['PHP_SELF']).'" id="searchFormList">';
	foreach (array('token' => newToken(), 'formfilteraction' => 'list', 'state' => $list['filter']['state'], 'sortfield' => $list['sort'], 'sortorder' => $list['order']) as $name => $value) {
		$html .= '<input type="hidden" name="'.$name.'" value="'.dol_escape_htmltag($value).'">';
	}
	$html .= $mayRepair ? gcontactsRepairButtons($rows, $list) : '';
	$html .= ob_get_clean();
	$html .= '<div class="div-table-responsive"><table class="tagtable liste centpercent gcontacts-check">';
	$html .= gcontactsCheckFilters($columns, $list, $form, $mayRepair);
	$html .= gcontactsCheckTitles($columns, $list, $picker, $mayRepair);
	$blocked = $account->blockedReason();
	foreach (array_slice($page, 0, $list['limit'], true) as $row) {
		$html .= gcontactsCheckRow($row, array_keys($columns), $blocked, $mayRepair);
	}
	if (!$page) {
		$html .= '<tr class="oddeven"><td colspan="'.(count($columns) + 1 + (int) $mayRepair).'"><span class="opacitymedium">'.$langs->trans('NoRecordFound').'</span></td></tr>';
	}
	return $html.'</table></div></form>';
}

/**
 * The row of search fields
 *
 * @param  array<string,array<string,int|string>> $columns   Columns that are shown
 * @param  array<string,mixed>                    $list      See gcontactsCheckListFromRequest()
 * @param  Form                                   $form      Dolibarr's parts of forms
 * @param  bool                                   $mayRepair Whether rows can be ticked
 * @return string                                            HTML
 */
function gcontactsCheckFilters(array $columns, array $list, Form $form, bool $mayRepair): string
{
	$html = '<tr class="liste_titre_filter">'.($mayRepair ? '<td class="liste_titre"></td>' : '');
	foreach (array_keys($columns) as $column) {
		$html .= '<td class="liste_titre">';
		if (in_array($column, array('name', 'company'), true)) {
			$label = gcontactsText('GContactsCheckSearch_'.$column);
			$html .= '<input type="search" class="flat maxwidth125" name="search_'.$column.'" aria-label="'.$label.'" value="'.dol_escape_htmltag($list['filter'][$column]).'">';
		}
		$html .= '</td>';
	}
	return $html.'<td class="liste_titre center maxwidthsearch">'.$form->showFilterButtons().'</td></tr>';
}

/**
 * The row of titles
 *
 * @param  array<string,array<string,int|string>> $columns   Columns that are shown
 * @param  array<string,mixed>                    $list      See gcontactsCheckListFromRequest()
 * @param  string                                 $picker    Picker of columns, HTML
 * @param  bool                                   $mayRepair Whether rows can be ticked
 * @return string                                            HTML
 */
function gcontactsCheckTitles(array $columns, array $list, string $picker, bool $mayRepair): string
{
	$parameters = '&'.gcontactsCheckParameters($list, array('page' => 0, 'sortfield' => '', 'sortorder' => ''));
	$html = '<tr class="liste_titre">';
	if ($mayRepair) {
		$html .= '<th class="liste_titre center"><input type="checkbox" class="gcontacts-all" aria-label="'.gcontactsText('GContactsCheckSelectAll').'"></th>';
	}
	foreach ($columns as $column => $field) {
		$sort = isset(GContactsCheckRows::SORTS[$column]) ? $column : '';
		$html .= getTitleFieldOfList((string) $field['label'], 0, $_SERVER['PHP_SELF'], $sort, '', $parameters, '', $list['sort'], $list['order'], '', $sort === '' ? 1 : 0);
	}
	return $html.getTitleFieldOfList($picker, 0, $_SERVER['PHP_SELF'], '', '', '', '', $list['sort'], $list['order'], 'center maxwidthsearch ').'</tr>';
}

/**
 * A contact
 *
 * @param  object            $row       Row of GContactsCheckRows::page()
 * @param  array<int,string> $columns   Columns that are shown
 * @param  string            $blocked   Why the account sends nothing
 * @param  bool              $mayRepair Whether it can be ticked
 * @return string                       HTML
 */
function gcontactsCheckRow(object $row, array $columns, string $blocked, bool $mayRepair): string
{
	global $db;

	$contact = new Contact($db);
	$contact->id = (int) $row->id;
	$contact->lastname = (string) $row->lastname;
	$contact->firstname = (string) $row->firstname;
	$contact->statut = $contact->status = (int) $row->statut;
	$cells = array(
		'name' => $contact->getNomUrl(1),
		'job' => dol_escape_htmltag((string) $row->poste),
		'company' => $row->fk_soc ? '<a href="'.DOL_URL_ROOT.'/societe/card.php?socid='.((int) $row->fk_soc).'">'.dol_escape_htmltag((string) $row->company).'</a>' : '',
		'state' => gcontactsStateBadge($row->state),
		'reason' => dol_escape_htmltag(GContactsCheckState::sentence($row, $blocked)),
		'fields' => dol_escape_htmltag(GContactsFieldName::ofAll(array_filter(explode(',', (string) $row->changed)))),
		'labels' => dol_escape_htmltag(GContactsCheckState::labels((string) $row->labels)),
		'date' => $row->date_sync ? dol_print_date($row->date_sync, 'dayhour', 'tzuserrel') : '',
	);
	$html = '<tr class="oddeven">';
	if ($mayRepair) {
		$name = trim($row->firstname.' '.$row->lastname);
		$html .= '<td class="center"><input type="checkbox" class="gcontacts-one" name="toselect[]" value="'.((int) $row->id).'" aria-label="'.dol_escape_htmltag($name).'"></td>';
	}
	foreach ($columns as $column) {
		$html .= '<td class="gcontacts-cell-'.$column.'">'.$cells[$column].'</td>';
	}
	return $html.'<td></td></tr>';
}
