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
 * \file    lib/gcontacts_sync.lib.php
 * \ingroup gcontacts
 * \brief   The mass actions "Synchronise with Google" of the list of contacts
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactssyncchoice.class.php');
dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');
dol_include_once('/gcontacts/class/push/gcontactsafterresponse.class.php');

/** The mass actions: what each chooses, and the language keys of its name and of what it did */
const GCONTACTS_SYNC_MASS_ACTIONS = array(
	'gcontacts_sync_yes' => array('choice' => true, 'label' => 'GContactsSyncMassYes', 'done' => 'GContactsSyncMassYesDone'),
	'gcontacts_sync_no' => array('choice' => false, 'label' => 'GContactsSyncMassNo', 'done' => 'GContactsSyncMassNoDone'),
);

/**
 * Whether contacts are decided one by one, and the field is there
 *
 * @return bool
 */
function gcontactsSyncIsChosen(): bool
{
	global $db;

	return isModEnabled('gcontacts') && GContactsSettings::perContact() && (new GContactsSyncField($db))->exists();
}

/**
 * The choices of the list of mass actions
 *
 * @return string HTML, '' for who may not choose
 */
function gcontactsSyncMassOptions(): string
{
	global $langs, $user;

	if (!gcontactsSyncIsChosen() || !$user->hasRight('societe', 'contact', 'creer')) {
		return '';
	}
	$langs->load('gcontacts@gcontacts');
	$html = '';
	foreach (GCONTACTS_SYNC_MASS_ACTIONS as $value => $action) {
		$label = dol_escape_htmltag($langs->transnoentities($action['label']));
		$withPicture = img_picto('', 'fa-address-book', 'class="pictofixedwidth"').$label;
		$html .= '<option value="'.$value.'" data-html="'.dol_escape_htmltag($withPicture).'">'.$label.'</option>';
	}
	return $html;
}

/**
 * Carries out a mass action of the list of contacts, and says what it did
 *
 * @param  string         $name Mass action; another one's is passed over
 * @param  array<int,int> $ids  Ids of the contacts selected
 * @return string               What failed, '' for nothing
 */
function gcontactsSyncMassAction(string $name, array $ids): string
{
	global $db, $langs, $user;

	$action = GCONTACTS_SYNC_MASS_ACTIONS[$name] ?? null;
	if ($action === null || !gcontactsSyncIsChosen()) {
		return '';
	}
	$langs->load('gcontacts@gcontacts');
	if (!$user->hasRight('societe', 'contact', 'creer')) {
		return $langs->transnoentities('GContactsSyncMassNoRight');
	}
	if (empty($ids)) {
		return $langs->transnoentities('GContactsSyncMassNone');
	}
	$chooser = new GContactsSyncChoice($db, $user);
	if ($chooser->choose($ids, $action['choice']) < 0) {
		return $chooser->error;
	}
	GContactsAfterResponse::register();
	if ($chooser->changed > 0) {
		setEventMessages($langs->transnoentities($action['done'], (string) $chooser->changed), null);
	}
	if ($chooser->left > 0) {
		setEventMessages($langs->transnoentities('GContactsSyncMassLeft', (string) $chooser->left), null, 'warnings');
	}
	return '';
}
