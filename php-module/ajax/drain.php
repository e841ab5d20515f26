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
 * \file    ajax/drain.php
 * \ingroup gcontacts
 * \brief   Works the outbox off, where PHP cannot go on after its answer
 *
 * Called by js/drain.js once a page is shown. Takes no parameters but Dolibarr's token: it only sends what waits anyway.
 */

if (!defined('NOTOKENRENEWAL')) {
	define('NOTOKENRENEWAL', '1');
}
if (!defined('NOREQUIREMENU')) {
	define('NOREQUIREMENU', '1');
}
if (!defined('NOREQUIREHTML')) {
	define('NOREQUIREHTML', '1');
}
if (!defined('NOREQUIREAJAX')) {
	define('NOREQUIREAJAX', '1');
}

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var DoliDB $db
 * @var User $user
 */

/*
 * Rights: anybody who is logged in, as anybody who saves a contact has it sent
 */

if (!isModEnabled('gcontacts') || empty($user->id)) {
	httponly_accessforbidden();
}

/*
 * Actions
 */

dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/** Seconds that one request may send */
const GCONTACTS_DRAIN_SECONDS = 20.0;

// Dolibarr empties the parameters of a request whose token is not this session's
$done = GETPOST('token', 'alpha') !== '' && GETPOST('errorcode', 'aZ09') === '';
// The session's lock would make the user's next page wait for Google
session_write_close();
ignore_user_abort(true);
if ($done) {
	$worker = new GContactsWorker($db);
	$done = $worker->drain(GCONTACTS_DRAIN_SECONDS) >= 0;
}

/*
 * View
 */

$waiting = (new GContactsOutbox($db))->count();
top_httphead('application/json');
print json_encode(array('done' => $done, 'waiting' => $waiting));
$db->close();
