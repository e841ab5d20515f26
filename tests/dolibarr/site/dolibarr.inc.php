<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software; you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation; either version 3 of the License, or
 * (at your option) any later version.
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
require_once $htdocs.'/master.inc.php';
require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';

global $db, $user, $conf, $langs;
if ($user->fetch(1) <= 0) {
	stop('no administrator: '.$user->error);
}
$user->loadRights();

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
