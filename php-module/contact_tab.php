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
 * \file    php-module/contact_tab.php
 * \ingroup gcontacts
 * \brief   The tab GContacts of a contact: what Google has, and whose word counts
 */

require __DIR__.'/lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
require_once DOL_DOCUMENT_ROOT.'/core/lib/contact.lib.php';
dol_include_once('/gcontacts/class/comparison/gcontactscontactstate.class.php');
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_comparison.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_contact.lib.php');

$langs->loadLangs(array('companies', 'gcontacts@gcontacts'));

/*
 * Rights
 */

$id = GETPOSTINT('id');
if (!isModEnabled('gcontacts') || !$user->hasRight('gcontacts', 'read') || $id <= 0) {
	http_response_code(403);
	accessforbidden();
}
restrictedArea($user, 'contact', $id, 'socpeople&societe', '', '', 'rowid', 0);
// Dolibarr itself would show another's private contact, and those of others' third parties
$object = new Contact($db);
if (!GContactsVisibility::among($user, $db, array($id)) || $object->fetch($id) <= 0) {
	http_response_code(403);
	accessforbidden();
}
$object->fetch_optionals();
$mayChange = (bool) $user->hasRight('societe', 'contact', 'creer');

/*
 * Actions
 */

// Only what the form of this page posted, with Dolibarr's token, changes anything
$action = $_SERVER['REQUEST_METHOD'] === 'POST' ? GETPOST('action', 'aZ09') : '';
if ($action !== '') {
	if (!$mayChange) {
		http_response_code(403);
		accessforbidden();
	}
	gcontactsContactAct($id, gcontactsContactAction(), $user);
	header('Location: '.dol_buildpath('/gcontacts/contact_tab.php', 1).'?id='.$id);
	exit;
}

/*
 * View
 */

$state = new GContactsContactState($db);
if ($state->load($id) < 0) {
	dol_print_error($db);
}
llxHeader('', $langs->trans('GContacts'), '', '', 0, 0, array('/gcontacts/js/comparison.js'), array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-contact-tab');
print dol_get_fiche_head(contact_prepare_head($object), 'gcontacts', $langs->trans('ContactsAddresses'), -1, 'contact');
gcontactsContactBanner($object);
print '<div class="fichecenter"><div class="underbanner clearboth"></div><div class="gcontacts gcontacts-contact">';
print gcontactsContactSummary($state, $object);
print gcontactsContactForm($state, $object, $mayChange);
print '</div></div>';
print dol_get_fiche_end();
llxFooter();
$db->close();
