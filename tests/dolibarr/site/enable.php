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
 * Enables GContacts, with the OAuth client that the emulator knows.
 */

require __DIR__.'/dolibarr.inc.php';

global $db, $conf;

$constants = array(
	'GCONTACTS_CLIENT_ID' => 'gcontacts-demo.apps.example',
	'GCONTACTS_CLIENT_SECRET' => 'demo-secret',
	// The emulator has no quotas unless it is given some.
	'GCONTACTS_WRITES_PER_MINUTE' => '0',
);
foreach ($constants as $name => $value) {
	if (dolibarr_set_const($db, $name, $value, 'chaine', 0, '', $conf->entity) < 0) {
		stop('cannot set '.$name.': '.$db->lasterror());
	}
}
enable_module('modGContacts');
// Enabling writes to the database only.
$conf->setValues($db);
if (!getDolGlobalInt('MAIN_MODULE_GCONTACTS')) {
	stop('modGContacts: no error, but the module is not enabled');
}
