<?php
/* Copyright (C) 2026 The GContacts authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/**
 * A user named vera, password vera, with the rights of a salesperson and no others.
 */

require __DIR__.'/../dolibarr/site/dolibarr.inc.php';

global $db, $user;

// Third parties and contacts: see and change; the tab, the lists and the import of GContacts
const RIGHTS = array(121, 122, 281, 282, 50012001, 50012002);

$vera = new User($db);
if ($vera->fetch(0, 'vera') <= 0) {
	$vera->login = 'vera';
	$vera->lastname = 'Vera';
	if ($vera->create($user) <= 0) {
		stop($vera->error);
	}
}
$statements = array(
	'UPDATE '.MAIN_DB_PREFIX."user SET pass_crypted = '".$db->escape(dol_hash('vera'))."' WHERE rowid = ".((int) $vera->id),
	'DELETE FROM '.MAIN_DB_PREFIX.'user_rights WHERE fk_user = '.((int) $vera->id),
);
foreach (RIGHTS as $right) {
	$statements[] = 'INSERT INTO '.MAIN_DB_PREFIX.'user_rights (entity, fk_user, fk_id) VALUES (1, '.((int) $vera->id).', '.$right.')';
}
foreach ($statements as $statement) {
	if (!$db->query($statement)) {
		stop($db->lasterror());
	}
}
