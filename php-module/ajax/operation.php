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
 * \file    ajax/operation.php
 * \ingroup gcontacts
 * \brief   Goes on with the operation that is under way, and tells how far it is
 *
 * Called by js/operation.js again and again, each time for a few seconds. Takes Dolibarr's token and the id of the run
 * whose progress is told.
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
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');

/*
 * Rights
 */

if (!gcontactsMayOperate($user)) {
	httponly_accessforbidden();
}
// Dolibarr empties the parameters of a request whose token is not this session's
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || GETPOST('token', 'alpha') === '' || GETPOST('errorcode', 'aZ09') !== '') {
	httponly_accessforbidden('Bad value for CSRF token');
}

/*
 * Actions
 */

// The session's lock would make the user's next page wait for Google
session_write_close();
ignore_user_abort(true);
$account = new GContactsAccount($db);
$connected = $account->fetchForEntity();
$driver = new GContactsOperationDriver($db, $account);
$left = $connected > 0 ? $driver->advance(microtime(true) + GCONTACTS_STEP_SECONDS) : $connected;

/*
 * View
 */

$run = new GContactsRun($db, $account);
$known = $connected > 0 ? $run->fetch(GETPOSTINT('run')) : $connected;
top_httphead('application/json');
if ($left < 0 || $known <= 0) {
	$failed = min($left, $known) < 0;
	http_response_code($failed ? 500 : 404);
	print json_encode(array('error' => GContactsEngine::sentence($failed ? 'database' : 'run_unknown')));
} else {
	// In its own words: what another process does, this one cannot hurry
	print json_encode((new GContactsProgress($run, $account))->tell() + array('busy' => $driver->busy));
}
$db->close();
