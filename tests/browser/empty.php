<?php
/* Copyright (C) 2026 The GContacts authors
 *
 * This program is free software; you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation; either version 3 of the License, or
 * (at your option) any later version.
 */

/**
 * Empties the Dolibarr of a test site: no contact, no third party, no account, the settings of a first day.
 */

require __DIR__.'/../dolibarr/site/dolibarr.inc.php';

global $db, $conf;

// What a page of the test before has begun would be stored over what this one begins with
$patience = time() + 60;
$others = 'SELECT COUNT(*) AS nb FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()';
while ((int) $db->fetch_object($db->query($others))->nb > 0) {
	if (time() > $patience) {
		stop('somebody still works in this database');
	}
	usleep(20000);
}
enable_module('modGContacts');
$tables = array('gcontacts_stray', 'gcontacts_restore', 'gcontacts_present', 'gcontacts_adoption', 'gcontacts_pair', 'gcontacts_card_key', 'gcontacts_run_item', 'gcontacts_run', 'gcontacts_outbox', 'gcontacts_link', 'gcontacts_card', 'gcontacts_label', 'gcontacts_consent', 'gcontacts_account');
array_push($tables, 'categorie_contact', 'categorie_societe', 'categorie_fournisseur', 'societe_commerciaux', 'socpeople_extrafields', 'socpeople', 'societe_extrafields', 'societe');
array_push($tables, 'gcontacts_import_choice', 'gcontacts_candidate_match', 'gcontacts_candidate_key', 'gcontacts_candidate', 'gcontacts_import');
foreach ($tables as $table) {
	if (!$db->query('DELETE FROM '.MAIN_DB_PREFIX.$table)) {
		stop($table.': '.$db->lasterror());
	}
}
// All options are as when the module was switched on first
$constants = array_column((new modGContacts($db))->const, 2, 0) + array(
	'GCONTACTS_CLIENT_ID' => 'gcontacts-demo.apps.example', 'GCONTACTS_CLIENT_SECRET' => 'demo-secret',
	'MAIN_LANG_DEFAULT' => 'en_US', 'THEME_DARKMODEENABLED' => '0', 'GCONTACTS_AUTO_IMPORT_LABEL' => '',
	// The emulator has no quotas unless a test gives it some
	'GCONTACTS_WRITES_PER_MINUTE' => '0',
);
foreach (array_slice($argv, 1) as $setting) {
	list($name, $value) = explode('=', $setting, 2);
	$constants[$name] = $value;
}
foreach ($constants as $name => $value) {
	if (dolibarr_set_const($db, $name, $value, 'chaine', 0, '', $conf->entity) < 0) {
		stop($name.': '.$db->lasterror());
	}
}
