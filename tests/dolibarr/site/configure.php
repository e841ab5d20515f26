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
 * Gives a fresh Dolibarr a company and the modules that a company with contacts uses.
 */

require __DIR__.'/dolibarr.inc.php';

global $db, $conf;

// Without name and country each page leads to the setup.
$constants = array(
	'MAIN_INFO_SOCIETE_NOM' => 'Onelog',
	'MAIN_INFO_SOCIETE_COUNTRY' => '1:FR:France',
	'MAIN_INFO_SOCIETE_TOWN' => 'Paris',
	// No telemetry from a test.
	'MAIN_FIRST_PING_OK_DATE' => '20260101',
	'MAIN_FIRST_PING_OK_ID' => 'disabled',
	// dolibarr.log with everything, so that tests can look for secrets in it.
	'SYSLOG_LEVEL' => '7',
	'CRON_KEY' => 'gcontacts-cron',
);
foreach ($constants as $name => $value) {
	if (dolibarr_set_const($db, $name, $value, 'chaine', 0, '', $conf->entity) < 0) {
		stop('cannot set '.$name.': '.$db->lasterror());
	}
}
foreach (array('Syslog', 'Societe', 'Categorie', 'Agenda', 'Cron', 'Api', 'Export', 'Import') as $module) {
	enable_module('mod'.$module);
}
