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
 * \file    admin/operations.php
 * \ingroup gcontacts
 * \brief   What an administrator does with the whole address book: sees before, watches during, reads after
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_progress.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_export.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_cleanup.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_backup.lib.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!gcontactsMayOperate($user)) {
	http_response_code(403);
	accessforbidden();
}

/*
 * Actions
 */

// Only what a form of this page posted, with Dolibarr's token, changes anything
$action = $_SERVER['REQUEST_METHOD'] === 'POST' ? GETPOST('action', 'aZ09') : '';
if (isset(GCONTACTS_OPERATIONS_ACTIONS[$action])) {
	gcontactsBackToOperations(GCONTACTS_OPERATIONS_ACTIONS[$action]($user));
}

$account = new GContactsAccount($db);
$connected = $account->fetchForEntity() > 0;
if ($connected && GETPOSTINT('go_on') > 0) {
	// A browser without JavaScript loads this page again and again
	$driver = new GContactsOperationDriver($db, $account);
	$driver->advance(microtime(true) + GCONTACTS_STEP_SECONDS);
	$account->fetchForEntity();
}

/*
 * View
 */

$run = new GContactsRun($db, $account);
$shown = $connected && ($run->fetchUnderWay() > 0 || $run->fetchLast() > 0);
$busy = $shown && $run->isUnderWay();
$preview = new GContactsRun($db, $account);
$export = new GContactsRun($db, $account);
// What an export has done since, the preview no longer tells
$previewed = $connected && $preview->fetchLast('preview') > 0 && $preview->state === GContactsRun::DONE && $export->fetchLast('export') >= 0 && $export->id < $preview->id;

$again = dol_buildpath('/gcontacts/admin/operations.php', 1).'?go_on=1';
$head = $busy ? '<noscript><meta http-equiv="refresh" content="2; url='.dol_escape_htmltag($again).'"></noscript>' : '';
$script = $busy ? array('/gcontacts/js/operation.js') : array();
llxHeader($head, $langs->trans('GContactsTabOperations'), '', '', 0, 0, $script, array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-admin-operations');
print load_fiche_titre($langs->trans('GContactsSetup'), gcontactsBackToModules(), 'title_setup');
print dol_get_fiche_head(gcontactsAdminPrepareHead(), 'operations', 'GContacts', -1, 'gcontacts@gcontacts');
print '<div class="gcontacts">';
if (!$connected) {
	print '<p>'.dol_escape_htmltag(GContactsEngine::sentence('not_connected')).'</p>';
} else {
	print $shown ? gcontactsRunProgress($run, new GContactsProgress($run, $account)) : '';
	print gcontactsExportSection($account, $previewed ? $preview : null, $busy);
	$restore = new GContactsRun($db, $account);
	$looked = $restore->fetchLast('restore') > 0 && $restore->state === GContactsRun::DONE && !empty($restore->parameters['pretend']);
	print gcontactsBackupSection($account, $looked ? $restore : null, $busy);
	print gcontactsCleanUpSection($account, $busy);
}
print '</div>';
print dol_get_fiche_end();
llxFooter();
$db->close();
