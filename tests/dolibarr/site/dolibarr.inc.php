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
 * Loads the Dolibarr of a test site from the command line, as its administrator.
 */

if (PHP_SAPI !== 'cli') {
	exit(1);
}
define('NOSESSION', 1);
define('NOLOGIN', 1);

$htdocs = (string) getenv('GCONTACTS_SITE_HTDOCS');
if (!is_file($htdocs.'/master.inc.php')) {
	stop('GCONTACTS_SITE_HTDOCS names no Dolibarr: "'.$htdocs.'"');
}
chdir($htdocs);
// PHPUnit includes from inside a function, and Dolibarr's variables must be global all the same.
foreach (variables_of(array('conf/conf.php', 'filefunc.inc.php', 'master.inc.php')) as $variable) {
	global $$variable;
}
require_once $htdocs.'/master.inc.php';
require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';

if ($user->fetch(1) <= 0) {
	stop('no administrator: '.$user->error);
}
$user->loadRights();

/**
 * The names of the variables that PHP files use
 *
 * @param array<string> $files Files
 * @return array<string>       Names without the dollar sign
 */
function variables_of(array $files): array
{
	$names = array();
	foreach ($files as $file) {
		foreach (token_get_all((string) file_get_contents($file)) as $token) {
			if (is_array($token) && $token[0] === T_VARIABLE && !preg_match('/^\$(this|GLOBALS|_[A-Z]+)$/', $token[1])) {
				$names[substr($token[1], 1)] = true;
			}
		}
	}
	return array_keys($names);
}

/**
 * Ends the script with a word on standard error.
 *
 * @param string $why What went wrong
 * @return never
 */
function stop(string $why): void
{
	fwrite(STDERR, $why."\n");
	exit(1);
}

/**
 * Enables a module of Dolibarr, or ends the script.
 *
 * @param string $class Name of the class of its descriptor
 * @return void
 */
function enable_module(string $class): void
{
	$result = activateModule($class, 1);
	if (!empty($result['errors'])) {
		stop($class.': '.implode('; ', $result['errors']));
	}
}
