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
 * \file    admin/setup.php
 * \ingroup gcontacts
 * \brief   Setup of GContacts: connect a Google account, see what is sent, choose the options
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_setup.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_checklist.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_sending.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_options.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_progress.lib.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!$user->admin || !isModEnabled('gcontacts')) {
	http_response_code(403);
	accessforbidden();
}

/*
 * Actions
 */

// Only what a form of this page posted, with Dolibarr's token, changes anything
$action = $_SERVER['REQUEST_METHOD'] === 'POST' ? GETPOST('action', 'aZ09') : '';
$options = new GContactsOptions($db);
$values = GContactsOptions::current();

if ($action === 'saveoptions') {
	$values = gcontactsOptionsFromForm();
	if (gcontactsSaveOptions($options, $values)) {
		gcontactsBackToSetup('options');
	}
} elseif (isset(GCONTACTS_SETUP_ACTIONS[$action])) {
	gcontactsBackToSetup(GCONTACTS_SETUP_ACTIONS[$action]($user));
}

/*
 * View
 */

$account = new GContactsAccount($db);
$account = $account->fetchForEntity() > 0 ? $account : null;
$failure = GContactsFailure::last();
$checklist = new GContactsChecklist(new GContactsEngine(), $account, $failure);
if ($failure && !$checklist->tellsFailure()) {
	setEventMessages($failure->sentence(), null, 'errors');
	GContactsFailure::forget();
}

llxHeader('', $langs->trans('GContactsSetup'), '', '', 0, 0, '', array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-admin-setup');
print load_fiche_titre($langs->trans('GContactsSetup'), gcontactsBackToModules(), 'title_setup');
print dol_get_fiche_head(gcontactsAdminPrepareHead(), 'settings', 'GContacts', -1, 'gcontacts@gcontacts');
print '<div class="gcontacts">';
print '<p>'.gcontactsText('GContactsSetupIntro').'</p>';
print gcontactsChecklist($checklist, $account);
$operation = $account ? (new GContactsOperations($db, $account))->underWay() : null;
print $operation ? gcontactsRunNotice($operation, new GContactsProgress($operation, $account)) : '';
print gcontactsSending(new GContactsSending($db, $account));
print $account ? gcontactsHeldDeletions(new GContactsDeletionsYes($db, $account)) : '';
print gcontactsOptions($values, $options->refusals);
print '</div>';
print dol_get_fiche_end();
llxFooter();
$db->close();
