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
 * A GET from outside, so without Dolibarr's token: the state says that this administrator began it here.
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
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
 * Actions
 */

gcontactsFinishConnection(new GContactsConnection($db), array(
	'state' => GETPOST('state', 'alphanohtml'),
	'code' => GETPOST('code', 'alphanohtml'),
	'error' => GETPOST('error', 'alphanohtml'),
), $user);
