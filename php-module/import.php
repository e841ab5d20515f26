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
 * \file    php-module/import.php
 * \ingroup gcontacts
 * \brief   Import new contacts: cards of an address book that Dolibarr does not know
 */

require __DIR__.'/lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/lib/gcontacts_import_actions.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_show.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_sources.lib.php');

$langs->loadLangs(array('companies', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!gcontactsMayImport($user)) {
	http_response_code(403);
	accessforbidden();
}

/*
 * Actions
 */

// Only what a form of this page posted, with Dolibarr's token, changes anything
$action = $_SERVER['REQUEST_METHOD'] === 'POST' ? GETPOST('action', 'aZ09') : '';
$view = gcontactsImportView();
$account = new GContactsAccount($db);
$connected = $account->fetchForEntity() > 0;
$list = gcontactsImportOpen($view['source'], $account, $user);
if ($list && isset(GCONTACTS_IMPORT_ACTIONS[$action])) {
	gcontactsImportGo(GCONTACTS_IMPORT_ACTIONS[$action]($list, $account, $view, $user));
}
$books = isset(GCONTACTS_IMPORT_READS[$action]) ? GCONTACTS_IMPORT_READS[$action]($view, $user) : array();
$reading = $list ? gcontactsImportRead($list, $account) : 0;

/*
 * View
 */

$step = GETPOST('step', 'aZ09');
$run = GETPOSTINT('run');
if ($reading > 0 && $run === 0 && $step === '') {
	// Each load goes on a little, with and without JavaScript
	header('Refresh: 1');
}
llxHeader('', $langs->trans('GContactsMenuImport'), '', '', 0, 0, array('/gcontacts/js/import.js'), array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-import');
print load_fiche_titre($langs->trans('GContactsMenuImport'), '', 'fa-address-book');
print '<div class="gcontacts gcontacts-wide">';
if ($list && $run > 0) {
	print gcontactsImportShowRun($list, $account, $run, $view);
} elseif ($list && $step === 'preview') {
	print gcontactsImportShowPreview($list, $view, $user);
} else {
	print gcontactsImportSources($view, $connected ? $account : null, $list, $books);
	print $list && !$books ? gcontactsImportShowList($list, $view, $user, $reading) : '';
}
print '</div>';
llxFooter();
$db->close();
