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
 * \file    php-module/changed.php
 * \ingroup gcontacts
 * \brief   Contacts that were changed at Google
 */

require __DIR__.'/lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
require_once DOL_DOCUMENT_ROOT.'/core/class/html.form.class.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/pull/gcontactschangedlist.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_changed.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_comparison.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_contact.lib.php');

$langs->loadLangs(array('companies', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!isModEnabled('gcontacts') || !$user->hasRight('gcontacts', 'read') || !$user->hasRight('societe', 'contact', 'lire')) {
	http_response_code(403);
	accessforbidden();
}
$mayChange = (bool) $user->hasRight('societe', 'contact', 'creer');

/*
 * Actions
 */

$list = gcontactsChangedRequest();
$account = new GContactsAccount($db);
$connected = $account->fetchForEntity() > 0;
// Only what the form of this page posted, with Dolibarr's token, changes anything
if ($_SERVER['REQUEST_METHOD'] === 'POST' && GETPOST('action', 'aZ09') === 'take' && GETPOSTISSET('take')) {
	if (!$mayChange || !$connected) {
		http_response_code(403);
		accessforbidden();
	}
	gcontactsChangedTake(array_map('intval', (array) GETPOST('toselect', 'array:int')), $account, $user);
	header('Location: '.dol_buildpath('/gcontacts/changed.php', 1).'?'.gcontactsChangedParameters($list, true));
	exit;
}

/*
 * View
 */

llxHeader('', $langs->trans('GContactsChangedMenu'), '', '', 0, 0, array('/gcontacts/js/comparison.js'), array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-changed');
$rows = array();
$changed = new GContactsChangedList($db, $account, $user);
if ($connected) {
	$rows = $changed->page($list['filter'], $list['sort'], $list['order'], $list['limit'], $list['limit'] * $list['page']);
}
if ($rows === null) {
	dol_print_error($db);
	$rows = array();
}
print gcontactsFormStart('/changed.php', 'take');
$parameters = '&'.gcontactsChangedParameters($list, false);
print_barre_liste($langs->trans('GContactsChangedMenu'), $list['page'], dol_buildpath('/gcontacts/changed.php', 1), $parameters, $list['sort'], $list['order'], '', count($rows) + ($changed->total > ($list['page'] + 1) * $list['limit'] ? 1 : 0), $changed->total, 'contact', 0, '', '', $list['limit'], 0, 0, 1);
print '<div class="gcontacts gcontacts-wide">'.gcontactsChangedIntro($account, $connected);
print $connected ? gcontactsChangedTable($rows, $list, $mayChange) : '';
print '</div></form>';
llxFooter();
$db->close();
