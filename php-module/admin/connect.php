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
 * \file    admin/connect.php
 * \ingroup gcontacts
 * \brief   Sends the administrator to Google's consent page, or takes the address that was pasted
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
dol_include_once('/gcontacts/class/account/gcontactsredirect.class.php');
dol_include_once('/gcontacts/lib/gcontacts_connection.lib.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!$user->admin || !isModEnabled('gcontacts')) {
	http_response_code(403);
	accessforbidden(GContactsEngine::sentence('not_admin'));
}

/*
 * Actions. Dolibarr has checked the token of a POST; whatever else comes changes nothing.
 */

if ($_SERVER['REQUEST_METHOD'] !== 'POST' || GETPOST('token', 'alpha') === '') {
	gcontactsBackToSetup('check-consent');
}
$connection = new GContactsConnection($db);

if (GETPOST('action', 'aZ09') === 'paste') {
	$answer = GContactsRedirect::parse(GETPOST('pasted', 'alphanohtml'));
	if ($answer === null) {
		gcontactsBackToFailure(new GContactsFailure('pasted_address'));
	}
	gcontactsFinishConnection($connection, $answer, $user);
}

$url = $connection->begin($user);
if ($url === '') {
	gcontactsBackToFailure(new GContactsFailure($connection->reason, $connection->message));
}
GContactsFailure::forget();
$db->close();
header('Cache-Control: no-store');
header('Location: '.$url);
