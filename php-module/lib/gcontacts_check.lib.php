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
 * \file    php-module/lib/gcontacts_check.lib.php
 * \ingroup gcontacts
 * \brief   The parts of the page Check synchro
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_check_csv.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_check_repair.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_check_rows.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_check_strays.lib.php');

/**
 * Whether somebody may have contacts sent anew
 *
 * @param  User $user Who looks
 * @return bool
 */
function gcontactsMayRepair(User $user): bool
{
	return !empty($user->admin) || $user->hasRight('gcontacts', 'admin');
}

/**
 * What the reader asks for: filter, sort and page
 *
 * @param  Conf                                    $conf Configuration
 * @return array<string,array<string,string>|int|string> filter, sort, order, page, limit
 */
function gcontactsCheckListFromRequest(Conf $conf): array
{
	$clear = GETPOST('button_removefilter_x', 'alpha') || GETPOST('button_removefilter.x', 'alpha') || GETPOST('button_removefilter', 'alpha');
	$state = GETPOST('state', 'aZ09');
	$order = strtolower(GETPOST('sortorder', 'aZ09')) === 'desc' ? 'desc' : 'asc';
	$limit = GETPOSTINT('limit') > 0 ? GETPOSTINT('limit') : (int) $conf->liste_limit;
	return array(
		'filter' => array(
			'state' => $clear || !in_array($state, GContactsCheckState::ALL, true) ? '' : $state,
			'name' => $clear ? '' : trim(GETPOST('search_name', 'alphanohtml')),
			'company' => $clear ? '' : trim(GETPOST('search_company', 'alphanohtml')),
		),
		'sort' => isset(GContactsCheckRows::SORTS[GETPOST('sortfield', 'aZ09')]) ? GETPOST('sortfield', 'aZ09') : 'name',
		'order' => $order,
		'page' => max(0, $clear ? 0 : GETPOSTINT('page')),
		'limit' => min(500, $limit),
	);
}

/**
 * The same as part of an address
 *
 * @param  array<string,mixed> $list    See gcontactsCheckListFromRequest()
 * @param  array<string,mixed> $instead What differs
 * @return string                       Without ?
 */
function gcontactsCheckParameters(array $list, array $instead = array()): string
{
	$filter = $list['filter'];
	$all = array('state' => $filter['state'], 'search_name' => $filter['name'], 'search_company' => $filter['company']);
	$all += array('sortfield' => $list['sort'], 'sortorder' => $list['order'], 'limit' => $list['limit'], 'page' => $list['page']);
	return http_build_query(array_filter($instead + $all, function ($value): bool {
		return $value !== '' && $value !== 0;
	}));
}

/**
 * What the page is for, and what holds sending up
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML
 */
function gcontactsCheckIntro(GContactsAccount $account): string
{
	$blocked = $account->blockedReason();
	$html = '<p>'.gcontactsText('GContactsCheckIntro').'</p>';
	if ($blocked !== '' && $blocked !== 'busy') {
		$html .= '<div class="warning">'.dol_escape_htmltag(GContactsEngine::sentence($blocked, $account->state_message)).'</div>';
	}
	return $html;
}

/**
 * How many contacts are in each state; each number is a filter
 *
 * @param  GContactsCheckRows  $rows Contacts
 * @param  array<string,mixed> $list See gcontactsCheckListFromRequest()
 * @return string                    HTML
 */
function gcontactsCheckTotals(GContactsCheckRows $rows, array $list): string
{
	$totals = $rows->totals(array('state' => '') + $list['filter']);
	$hidden = $rows->hidden();
	if ($totals === null || $hidden < 0) {
		return '<div class="error">'.dol_escape_htmltag(GContactsEngine::sentence('database')).'</div>';
	}
	$html = '<nav class="gcontacts-totals" aria-label="'.gcontactsText('GContactsCheckTotals').'">';
	$html .= gcontactsCheckTotal('', array_sum($totals), $list);
	foreach ($totals as $state => $number) {
		$html .= gcontactsCheckTotal($state, $number, $list);
	}
	$html .= '</nav>';
	return $html.($hidden > 0 ? '<p>'.gcontactsText('GContactsCheckHidden', (string) $hidden).'</p>' : '');
}

/**
 * One of the totals
 *
 * @param  string              $state  State, '' for all
 * @param  int                 $number Contacts
 * @param  array<string,mixed> $list   See gcontactsCheckListFromRequest()
 * @return string                      HTML
 */
function gcontactsCheckTotal(string $state, int $number, array $list): string
{
	$chosen = $list['filter']['state'] === $state;
	$address = $_SERVER['PHP_SELF'].'?'.gcontactsCheckParameters($list, array('state' => $state, 'page' => 0));
	$html = '<a class="gcontacts-total gcontacts-state-'.($state === '' ? 'all' : $state).'" href="'.dol_escape_htmltag($address).'"'.($chosen ? ' aria-current="true"' : '').'>';
	$html .= '<b>'.dol_escape_htmltag(GContactsProgress::number($number)).'</b> '.gcontactsText('GContactsCheckState_'.($state === '' ? 'all' : $state));
	return $html.'</a>';
}
