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
 * \file    php-module/lib/gcontacts_import_actions.lib.php
 * \ingroup gcontacts
 * \brief   What the import page does, and which part of it is shown
 */

dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/lib/gcontacts_import_page.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_preview.lib.php');

/** Seconds that a request imports or reads for, before it answers */
const GCONTACTS_IMPORT_SECONDS = 5.0;

/** What the forms of the page post, and what answers: each gives the view to go on with */
const GCONTACTS_IMPORT_ACTIONS = array(
	'reread' => 'gcontactsImportReread',
	'preview' => 'gcontactsImportToPreview',
	'import' => 'gcontactsImportBegin',
	'goon' => 'gcontactsImportGoOn',
);

/**
 * Whether a user may import: the module's right, and Dolibarr's to make contacts
 *
 * @param  User $user User
 * @return bool
 */
function gcontactsMayImport(User $user): bool
{
	return isModEnabled('gcontacts') && empty($user->socid) && $user->hasRight('gcontacts', 'import') && $user->hasRight('societe', 'contact', 'creer');
}

/**
 * The list of a source
 *
 * @param  string           $source  Source
 * @param  GContactsAccount $account Account
 * @param  User             $user    Who imports
 * @return GContactsImportList|null  Null where there is none yet
 */
function gcontactsImportOpen(string $source, GContactsAccount $account, User $user): ?GContactsImportList
{
	global $db;

	$list = new GContactsImportList($db);
	if (!in_array($source, GContactsImportList::OF_ACCOUNT, true)) {
		// One that is being read in another window, or was when its process ended, is none yet.
		return $list->fetch($source, (int) $user->id, 0) > 0 && $list->state !== 'listing' ? $list : null;
	}
	if ($account->id === 0 || $account->isAdopting() || ($source === 'label' && GContactsSettings::autoImportLabel() === '')) {
		return null;
	}
	if ($list->open($source, 0, $account->id) < 0) {
		setEventMessages(GContactsEngine::sentence('database', $list->error), null, 'errors');
		return null;
	}
	return $list;
}

/**
 * Goes on reading a list for a while, where there is something to read
 *
 * @param  GContactsImportList $list    List
 * @param  GContactsAccount    $account Account
 * @return int                          1 something is left, 0 all is there, -1 failure, which was told
 */
function gcontactsImportRead(GContactsImportList $list, GContactsAccount $account): int
{
	global $db;

	$listing = new GContactsImportListing($db, $account, $list);
	try {
		if ($listing->isStale() && $listing->begin() < 0) {
			throw GContactsEngine::failure('database', $listing->error);
		}
		$left = $listing->run(microtime(true) + GCONTACTS_IMPORT_SECONDS);
		if ($left < 0) {
			throw GContactsEngine::failure('database', $listing->error);
		}
		return $left;
	} catch (\GContacts\Exception $e) {
		setEventMessages(GContactsEngine::sentence($e->reason, in_array($e->reason, array('invalid_grant', 'reconnect'), true) ? '' : $e->getMessage()), null, 'errors');
		return -1;
	}
}

/**
 * Sends the browser to the page with a view
 *
 * @param  array<string,int|string> $view View
 * @return void
 */
function gcontactsImportGo(array $view): void
{
	global $db;

	$db->close();
	header('Location: '.gcontactsImportAddress($view));
	exit;
}

/**
 * Reads the address book again
 *
 * @param  GContactsImportList      $list    List
 * @param  GContactsAccount         $account Account
 * @param  array<string,int|string> $view    View
 * @param  User                     $user    Who imports
 * @return array<string,int|string>          View to go on with
 */
function gcontactsImportReread(GContactsImportList $list, GContactsAccount $account, array $view, User $user): array
{
	global $db;

	if ($list->isOfAccount() && $list->state === 'ready') {
		$listing = new GContactsImportListing($db, $account, $list);
		if ($listing->begin() < 0) {
			setEventMessages(GContactsEngine::sentence('database', $listing->error), null, 'errors');
		}
	}
	return array('page' => 0) + $view;
}

/**
 * Keeps what was chosen, to be shown before it is done
 *
 * @param  GContactsImportList      $list    List
 * @param  GContactsAccount         $account Account
 * @param  array<string,int|string> $view    View
 * @param  User                     $user    Who imports
 * @return array<string,int|string>          View to go on with
 */
function gcontactsImportToPreview(GContactsImportList $list, GContactsAccount $account, array $view, User $user): array
{
	global $db;

	$drafts = new GContactsImportChoices($db, $list, (int) $user->id);
	$choices = gcontactsImportChosen(new GContactsCandidateList($db, $list, $user), $view, $user, GETPOSTISSET('all'));
	if ($choices === array()) {
		setEventMessages(gcontactsPlain('GContactsImportNothingTicked'), null, 'warnings');
		return $view;
	}
	if ($choices === null || $drafts->draft($choices) < 0) {
		setEventMessages(GContactsEngine::sentence('database', $drafts->error ?: $db->lasterror()), null, 'errors');
		return $view;
	}
	return array('step' => 'preview') + $view;
}

/**
 * Begins the import of what was shown
 *
 * @param  GContactsImportList      $list    List
 * @param  GContactsAccount         $account Account
 * @param  array<string,int|string> $view    View
 * @param  User                     $user    Who imports
 * @return array<string,int|string>          View to go on with
 */
function gcontactsImportBegin(GContactsImportList $list, GContactsAccount $account, array $view, User $user): array
{
	global $db;

	$drafts = new GContactsImportChoices($db, $list, (int) $user->id);
	$import = new GContactsImport($db, $account, $list, $user);
	$codes = (array) GETPOST('code', 'array:alphanohtml');
	$run = $drafts->setCodes(array_map('strval', array_filter($codes, 'is_string'))) < 0 ? -1 : $import->begin();
	if ($run <= 0) {
		$run < 0 ? setEventMessages(GContactsEngine::sentence('database', $drafts->error.$import->error), null, 'errors') : null;
		return $view;
	}
	return gcontactsImportGoOn($list, $account, array('run' => $run) + $view, $user);
}

/**
 * Goes on with the import
 *
 * @param  GContactsImportList      $list    List
 * @param  GContactsAccount         $account Account
 * @param  array<string,int|string> $view    View
 * @param  User                     $user    Who imports
 * @return array<string,int|string>          View to go on with
 */
function gcontactsImportGoOn(GContactsImportList $list, GContactsAccount $account, array $view, User $user): array
{
	global $db;

	$import = new GContactsImport($db, $account, $list, $user);
	try {
		if ($import->step(microtime(true) + GCONTACTS_IMPORT_SECONDS) < 0) {
			setEventMessages(GContactsEngine::sentence('database', $import->error), null, 'errors');
		}
	} catch (\GContacts\Exception $e) {
		setEventMessages(GContactsEngine::sentence($e->reason, $e->getMessage()), null, 'errors');
	}
	return $view + array('run' => GETPOSTINT('run'));
}
