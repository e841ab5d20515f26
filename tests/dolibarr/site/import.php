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
 * Goes on with an import from another process: php import.php LIST USER MOMENT. It begins at that Unix time, so that several
 * begin together.
 */

require __DIR__.'/dolibarr.inc.php';
require_once DOL_DOCUMENT_ROOT.'/core/lib/functions.lib.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');

global $argv, $db, $user;

$account = new GContactsAccount($db);
$account->fetchForEntity();
$list = new GContactsImportList($db);
$importer = new User($db);
if ($list->fetchById((int) $argv[1]) <= 0 || $importer->fetch((int) $argv[2]) <= 0) {
	stop('no such list or user');
}
$importer->loadRights();
// Who imports is who the triggers see, as in a page of theirs.
$user = $importer;
if (isset($argv[3])) {
	print 'ready';
	while (!file_exists($argv[3])) {
		usleep(100);
	}
}
$import = new GContactsImport($db, $account, $list, $importer);
exit($import->step(microtime(true) + 300.0) === 0 ? 0 : 1);
