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
 * \file    admin/callback.php
 * \ingroup gcontacts
 * \brief   Where Google sends the browser back after the consent
 *
 * A GET from outside, so without Dolibarr's token: the state says that this user began it here, and what for.
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
dol_include_once('/gcontacts/lib/gcontacts_connection.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_other.lib.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));
$answer = array(
	'state' => GETPOST('state', 'alphanohtml'),
	'code' => GETPOST('code', 'alphanohtml'),
	'error' => GETPOST('error', 'alphanohtml'),
);
$imports = (new GContactsConsent($db))->purpose($answer['state']) === GContactsOtherAccount::PURPOSE;

/*
 * Rights
 */

if (!isModEnabled('gcontacts') || ($imports ? !gcontactsMayImport($user) : !$user->admin)) {
	http_response_code(403);
	accessforbidden(GContactsEngine::sentence('not_admin'));
}

/*
 * Actions
 */

if ($imports) {
	gcontactsImportFinishOther($answer, $user);
}
gcontactsFinishConnection(new GContactsConnection($db), $answer, $user);
