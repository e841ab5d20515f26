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
 * \file    admin/backup.php
 * \ingroup gcontacts
 * \brief   Hands a backup out, to administrators alone
 */

if (!defined('NOTOKENRENEWAL')) {
	define('NOTOKENRENEWAL', '1');
}
if (!defined('NOREQUIREMENU')) {
	define('NOREQUIREMENU', '1');
}

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var User $user
 */
dol_include_once('/gcontacts/class/backup/gcontactsbackupfolder.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupvcards.class.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');

/*
 * Rights
 */

if (!gcontactsMayOperate($user)) {
	http_response_code(403);
	accessforbidden();
}
$folder = new GContactsBackupFolder((int) $conf->entity);
$name = (string) GETPOST('file', 'alphanohtml');
$file = substr($name, -strlen(GContactsBackupFolder::PART)) === GContactsBackupFolder::PART ? null : $folder->file($name);
if ($file === null) {
	http_response_code(404);
	accessforbidden(GContactsEngine::sentence('backup_missing'), 1, 1, 1);
}

/*
 * View
 */

$vcards = GETPOST('as', 'aZ09') === 'vcf';
$from = $vcards ? fopen('php://temp', 'w+b') : fopen((string) $folder->path($name), 'rb');
if (!$from || ($vcards && (new GContactsBackupVcards($file))->write($from) < 0)) {
	http_response_code(500);
	accessforbidden(GContactsEngine::sentence('backup_unreadable'), 1, 1, 1);
}
$db->close();
session_write_close();
while (ob_get_level() > 0) {
	ob_end_clean();
}
header('Content-Type: '.($vcards ? 'text/vcard' : 'application/json').'; charset=UTF-8');
header('Content-Disposition: attachment; filename="google-'.substr($name, 0, 22).($vcards ? '.vcf"' : '.json"'));
header('Content-Length: '.(int) fstat($from)['size']);
header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');
rewind($from);
fpassthru($from);
