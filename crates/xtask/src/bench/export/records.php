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
 * \file    crates/xtask/src/bench/export/records.php
 * \ingroup gcontacts
 * \brief   Writes the contacts of the site as the engine takes them, for a client that has no database
 *
 * Argument: the file. Its JSON has settings and records.
 */

require getenv('GCONTACTS_BENCH_SITE').'/dolibarr.inc.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

global $db;

$account = new GContactsAccount($db);
$outbox = new GContactsOutbox($db);
$ids = $account->fetchForEntity() > 0 ? $outbox->allContacts() : null;
if ($ids === null) {
	stop('no account, or no contacts: '.$db->lasterror());
}
$loader = new GContactsRecords($db, $account);
$records = array();
foreach (array_chunk($ids, GContactsRecords::LIMIT) as $some) {
	$loaded = $loader->load($some);
	if ($loaded === null) {
		stop($db->lasterror());
	}
	foreach ($loaded as $record) {
		// As if nothing had been sent.
		$records[] = array('link' => null) + $record;
	}
}
file_put_contents($argv[1], json_encode(array('settings' => GContactsSettings::forEngine(), 'records' => $records)));
print json_encode(array('records' => count($records)));
