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
 * \file    php-module/check.php
 * \ingroup gcontacts
 * \brief   Check synchro: every contact's state at Google, and why
 */

require __DIR__.'/lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_check.lib.php');
require_once DOL_DOCUMENT_ROOT.'/core/class/html.form.class.php';

$langs->loadLangs(array('companies', 'gcontacts@gcontacts'));

/*
 * Rights
 */
if (!isModEnabled('gcontacts') || !$user->hasRight('gcontacts', 'read') || !$user->hasRight('societe', 'contact', 'lire')) {
	http_response_code(403);
	accessforbidden();
}
$mayRepair = gcontactsMayRepair($user);

/*
 * Actions
 */
$account = new GContactsAccount($db);
$account->fetchForEntity();
$list = gcontactsCheckListFromRequest($conf);
$rows = new GContactsCheckRows($db, $account, $user);
if (GETPOST('csv', 'int') === '1') {
	gcontactsCheckCsv($rows, $list, $account);
	$db->close();
	exit;
}
$contextpage = 'gcontactscheck';
$question = '';
$arrayfields = gcontactsCheckColumns();
$action = $_SERVER['REQUEST_METHOD'] === 'POST' ? GETPOST('action', 'aZ09') : '';
if ($action === '' || $action === 'list') {
	include DOL_DOCUMENT_ROOT.'/core/actions_changeselectedfields.inc.php';
} elseif ($mayRepair && $account->id > 0) {
	$asked = gcontactsRepairOfAction($action);
	if ($asked !== null) {
		$question = gcontactsRepair($account, $rows, $asked, $list);
	} elseif ($action === 'fullcheck') {
		gcontactsStartFullCheck(new GContactsOperations($db, $account));
	} elseif ($action === 'freestrays') {
		gcontactsFreeStrays($account);
	} elseif ($action === 'removelabels') {
		gcontactsRemoveLabels($account);
	}
	if ($question === '') {
		header('Location: '.$_SERVER['PHP_SELF'].'?'.gcontactsCheckParameters($list));
		exit;
	}
}

/*
 * View
 */
$form = new Form($db);
llxHeader('', $langs->trans('GContactsCheckTitle'), '', '', 0, 0, array('/gcontacts/js/check.js'), array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-check bodyforlist');
print load_fiche_titre($langs->trans('GContactsCheckTitle'), gcontactsCheckCsvLink($list), 'address');
print '<div class="gcontacts gcontacts-wide">';
print gcontactsCheckIntro($account);
print $question;
print gcontactsCheckTotals($rows, $list);
print $mayRepair && $account->id > 0 ? gcontactsFullCheckSection($account) : '';
print gcontactsCheckList($rows, $list, $form, $account, $mayRepair, $arrayfields, $contextpage);
print '</div>';
llxFooter();
$db->close();
