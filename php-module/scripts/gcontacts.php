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
 * \file    php-module/scripts/gcontacts.php
 * \ingroup gcontacts
 * \brief   The module on the command line, for administrators
 *
 * Prints what happened, or with --json one JSON object. Exit codes: 0 done, 1 done in part, 2 cannot start.
 */

if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit(2);
}

require_once __DIR__.'/../class/command/gcontactscommandline.class.php';
require_once __DIR__.'/../lib/gcontacts_console.lib.php';

$line = new GContactsCommandLine(array_slice($argv, 1));
if ($line->error !== '') {
	gcontactsConsoleEnd($line, 2, array('reason' => 'usage', 'message' => $line->error), $line->error."\n\n".GContactsCommandLine::usage());
}
$master = gcontactsConsoleFindMaster($line->dolibarr, (string) ($_SERVER['SCRIPT_FILENAME'] ?? ''));
if ($master === '') {
	$message = 'Dolibarr was not found: its folder htdocs is not above this script. Name it with --dolibarr HTDOCS.';
	gcontactsConsoleEnd($line, 2, array('reason' => 'dolibarr_missing', 'message' => $message), $message);
}

// What Dolibarr itself prints or dies of must not spoil the answer.
ini_set('display_errors', 'stderr');
gcontactsConsoleGuard($line);
define('NOSESSION', '1');
define('NOLOGIN', '1');
define('EVEN_IF_ONLY_LOGIN_ALLOWED', 1);
if ($line->entity > 0) {
	define('DOLENTITY', $line->entity);
}
$master = (string) realpath($master);
chdir(dirname($master));
require_once $master;
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */

if (!isModEnabled('gcontacts')) {
	$message = 'The module GContacts is not enabled in entity '.((int) $conf->entity).'.';
	gcontactsConsoleEnd($line, 2, array('reason' => 'module_off', 'message' => $message), $message);
}
if ($line->user !== '' && ($user->fetch(0, $line->user) <= 0 || !$user->admin || (int) $user->statut !== 1)) {
	$message = 'The user "'.$line->user.'" does not exist, is disabled, or is no administrator.';
	gcontactsConsoleEnd($line, 2, array('reason' => 'not_admin', 'message' => $message), $message);
}

set_time_limit(0);
$class = GContactsCommandLine::VERBS[$line->verb][0];
dol_include_once('/gcontacts/class/command/'.strtolower($class).'.class.php');
$command = new $class($db);
$answer = $command->run($line);
$db->close();
gcontactsConsoleEnd($line, $command->exit, $answer, $command->text);
