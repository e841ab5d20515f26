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
 * \file    php-module/lib/gcontacts_changed.lib.php
 * \ingroup gcontacts
 * \brief   Parts of the list of contacts that were changed at Google
 */

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
require_once DOL_DOCUMENT_ROOT.'/societe/class/societe.class.php';

/**
 * What the page is asked for
 *
 * @return array<string,mixed> filter (name, company), sort, order, limit, page
 */
function gcontactsChangedRequest(): array
{
	global $conf;

	$cleared = GETPOST('button_removefilter', 'alpha') || GETPOST('button_removefilter_x', 'alpha');
	$limit = GETPOSTINT('limit') > 0 ? min(GETPOSTINT('limit'), 500) : (int) $conf->liste_limit;
	return array(
		'filter' => $cleared ? array() : array('name' => GETPOST('search_name', 'alphanohtml'), 'company' => GETPOST('search_company', 'alphanohtml')),
		'sort' => GETPOST('sortfield', 'aZ09') ?: 'date',
		'order' => strtolower(GETPOST('sortorder', 'aZ09')) === 'asc' ? 'asc' : 'desc',
		'limit' => $limit,
		'page' => max(0, GETPOSTISSET('pageplusone') ? GETPOSTINT('pageplusone') - 1 : GETPOSTINT('page')),
	);
}

/**
 * The same as parameters of an address
 *
 * @param  array<string,mixed> $list See gcontactsChangedRequest()
 * @param  bool                $all  With page and order too
 * @return string
 */
function gcontactsChangedParameters(array $list, bool $all): string
{
	$values = array('limit' => $list['limit'], 'search_name' => $list['filter']['name'] ?? '', 'search_company' => $list['filter']['company'] ?? '');
	$values += $all ? array('sortfield' => $list['sort'], 'sortorder' => $list['order'], 'page' => $list['page']) : array();
	return http_build_query(array_filter($values));
}

/**
 * Takes all that differs of some contacts, each as its tab would, and keeps sentences for the next page
 *
 * @param  array<int,int>   $ids     Contacts that were ticked
 * @param  GContactsAccount $account Account
 * @param  User             $user    Who takes them
 * @return void
 */
function gcontactsChangedTake(array $ids, GContactsAccount $account, User $user): void
{
	global $db, $langs;

	$ids = array_slice(array_unique(array_filter($ids)), 0, 500);
	$seen = GContactsVisibility::among($user, $db, $ids);
	if (!$ids || !$seen) {
		setEventMessages($langs->transnoentities('GContactsChangedChosen'), null, 'warnings');
		return;
	}
	$until = microtime(true) + 20;
	foreach ($seen as $id) {
		$contact = new Contact($db);
		if ($contact->fetch($id) <= 0) {
			continue;
		}
		if (microtime(true) > $until) {
			setEventMessages(GContactsEngine::sentence('deadline'), null, 'warnings');
			return;
		}
		$taking = new GContactsTake($db, $account);
		$result = $taking->take($id, array(), array(), $user);
		gcontactsTellTaken($taking, $result, $contact->getFullName($langs));
	}
}

/**
 * What the page is about, and whether anybody looks for changes
 *
 * @param  GContactsAccount $account   Account
 * @param  bool             $connected Whether there is one
 * @return string                      HTML
 */
function gcontactsChangedIntro(GContactsAccount $account, bool $connected): string
{
	$html = '<p>'.gcontactsText('GContactsChangedIntro').'</p>';
	if (!$connected) {
		return $html.'<p class="warning">'.dol_escape_htmltag(GContactsEngine::sentence('not_connected')).'</p>';
	}
	if (getDolGlobalInt('GCONTACTS_PULL') <= 0) {
		$html .= '<p class="warning">'.gcontactsText('GContactsChangedPullOff').'</p>';
	}
	if ($account->date_pulled) {
		$html .= '<p>'.gcontactsText('GContactsChangedPulled', dol_print_date($account->date_pulled, 'dayhour', 'tzuser')).'</p>';
	}
	return $html;
}

/**
 * The list
 *
 * @param  array<int,object>   $rows      Rows of GContactsChangedList
 * @param  array<string,mixed> $list      See gcontactsChangedRequest()
 * @param  bool                $mayChange Whether the reader may change contacts
 * @return string                         HTML
 */
function gcontactsChangedTable(array $rows, array $list, bool $mayChange): string
{
	$page = dol_buildpath('/gcontacts/changed.php', 1);
	$html = '<div class="div-table-responsive"><table class="tagtable nobottomiftotal liste centpercent gcontacts-list"><tr class="liste_titre_filter">';
	$html .= $mayChange ? '<td class="liste_titre"></td>' : '';
	foreach (array('name', 'company') as $column) {
		$html .= '<td class="liste_titre"><input class="flat maxwidth100" type="text" name="search_'.$column.'" value="'.dol_escape_htmltag((string) ($list['filter'][$column] ?? '')).'"></td>';
	}
	$form = new Form($GLOBALS['db']);
	$html .= '<td class="liste_titre"></td><td class="liste_titre center">'.$form->showFilterButtons().'</td></tr><tr class="liste_titre">';
	$html .= $mayChange ? '<th class="liste_titre"><input type="checkbox" class="gcontacts-tick-all" hidden aria-label="'.gcontactsText('GContactsTickAll').'"></th>' : '';
	$titles = array('name' => 'Contact', 'company' => 'ThirdParty', '' => 'GContactsChangedFields', 'date' => 'GContactsChangedWhen');
	foreach ($titles as $sort => $title) {
		$html .= getTitleFieldOfList($title, 0, $page, $sort, '', '&'.gcontactsChangedParameters($list, false), '', $list['sort'], $list['order'], '', $sort === '' ? 1 : 0);
	}
	$html .= '</tr>';
	foreach ($rows as $row) {
		$html .= gcontactsChangedRow($row, $mayChange);
	}
	$html .= $rows ? '' : '<tr><td colspan="'.($mayChange ? 5 : 4).'"><span class="opacitymedium">'.gcontactsText('GContactsChangedNone').'</span></td></tr>';
	$html .= '</table></div>';
	return $rows && $mayChange ? $html.'<div class="gcontacts-directions"><input type="submit" class="button" name="take" value="'.gcontactsText('GContactsChangedTake').'"></div>' : $html;
}

/**
 * A row of the list
 *
 * @param  object $row       Row of GContactsChangedList
 * @param  bool   $mayChange Whether the reader may change contacts
 * @return string            HTML
 */
function gcontactsChangedRow(object $row, bool $mayChange): string
{
	global $db, $langs;

	$name = dolGetFirstLastname((string) $row->firstname, (string) $row->lastname);
	$html = '<tr class="oddeven" data-contact="'.((int) $row->id).'">';
	$html .= $mayChange ? '<td><input type="checkbox" name="toselect[]" value="'.((int) $row->id).'" aria-label="'.dol_escape_htmltag($name).'"></td>' : '';
	$html .= '<td><a href="'.dol_buildpath('/gcontacts/contact_tab.php', 1).'?id='.((int) $row->id).'">'.img_object('', 'contact', 'class="pictofixedwidth"').dol_escape_htmltag($name).'</a></td>';
	$company = '';
	if ((int) $row->fk_soc > 0) {
		$company = '<a href="'.DOL_URL_ROOT.'/societe/card.php?socid='.((int) $row->fk_soc).'">'.img_object('', 'company', 'class="pictofixedwidth"').dol_escape_htmltag((string) $row->company).'</a>';
	}
	$fields = GContactsFieldName::ofAll(GContactsComparison::keys((string) $row->changed));
	$html .= '<td>'.$company.'</td><td class="gcontacts-changed-fields">'.dol_escape_htmltag($fields).'</td>';
	return $html.'<td class="nowraponall">'.dol_print_date($db->jdate((string) $row->date_changed), 'dayhour', 'tzuser').'</td></tr>';
}
