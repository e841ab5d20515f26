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
 * \file    lib/gcontacts_setup.lib.php
 * \ingroup gcontacts
 * \brief   The actions of the setup page
 */

require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletionsyes.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/lib/gcontacts_connection.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');

/** What each action of the setup page calls; each returns the part of the page to come back to */
const GCONTACTS_SETUP_ACTIONS = array(
	'saveclient' => 'gcontactsSaveClient',
	'check' => 'gcontactsCheckNow',
	'confirm_sending' => 'gcontactsConfirmSending',
	'confirm_deletions' => 'gcontactsAllowDeletions',
	'confirm_moved' => 'gcontactsAcceptSite',
	'confirm_copy' => 'gcontactsForgetCopy',
	'confirm_disconnect' => 'gcontactsDisconnect',
);

/**
 * Stores client id and secret; an empty secret keeps the one that is there
 *
 * @return string Part of the page
 */
function gcontactsSaveClient(): string
{
	global $conf, $db, $langs;

	$id = trim(GETPOST('client_id', 'alphanohtml'));
	$secret = trim(GETPOST('client_secret', 'none'));
	$refusal = gcontactsRefuseClient($id, $secret);
	if ($refusal !== '') {
		gcontactsBackToFailure(new GContactsFailure($refusal));
	}
	$changed = $id !== getDolGlobalString('GCONTACTS_CLIENT_ID') || $secret !== '';
	$stored = dolibarr_set_const($db, 'GCONTACTS_CLIENT_ID', $id, 'chaine', 0, '', $conf->entity);
	if ($stored > 0 && $secret !== '') {
		$stored = dolibarr_set_const($db, 'GCONTACTS_CLIENT_SECRET', $secret, 'chaine', 0, '', $conf->entity);
	}
	if ($stored < 0) {
		setEventMessages($db->lasterror(), null, 'errors');
		return 'check-client';
	}
	GContactsFailure::forget();
	setEventMessages($langs->transnoentities('SetupSaved'), null);
	if ($changed && (new GContactsAccount($db))->fetchForEntity() > 0) {
		setEventMessages($langs->transnoentities('GContactsClientChanged'), null, 'warnings');
	}
	return 'check-client';
}

/**
 * Why client id and secret cannot be right
 *
 * @param  string $id     Client id
 * @param  string $secret Client secret, '' to keep the one that is there
 * @return string         Reason code, '' if they can
 */
function gcontactsRefuseClient(string $id, string $secret): string
{
	if ($id === '') {
		return 'client_id_missing';
	}
	if ($secret === '' && getDolGlobalString('GCONTACTS_CLIENT_SECRET') === '') {
		return 'client_secret_missing';
	}
	if (strpos($id, 'GOCSPX-') === 0 || strpos($secret, '.apps.googleusercontent.com') !== false) {
		return 'client_swapped';
	}
	return preg_match('/[^\x21-\x7E]/', $id.$secret) ? 'client_character' : '';
}

/**
 * Asks Google now whether account, API and scope still answer
 *
 * @return string Part of the page
 */
function gcontactsCheckNow(): string
{
	global $db, $langs;

	$connection = new GContactsConnection($db);
	$cards = $connection->check();
	if ($cards < 0) {
		gcontactsBackToFailure(new GContactsFailure($connection->reason, $connection->message));
	}
	GContactsFailure::forget();
	setEventMessages($langs->transnoentities('GContactsCheckedWell', (string) $cards), null);
	return 'check-account';
}

/**
 * Does something with the account and says how it went
 *
 * @param  callable(GContactsAccount):int $act  What to do, below 0 on failure
 * @param  string                         $said Language key of the success
 * @return void
 */
function gcontactsWithAccount(callable $act, string $said): void
{
	global $db, $langs;

	$account = new GContactsAccount($db);
	if ($account->fetchForEntity() <= 0) {
		setEventMessages(GContactsEngine::sentence('not_connected'), null, 'errors');
	} elseif ($act($account) < 0) {
		setEventMessages($account->error, null, 'errors');
	} else {
		setEventMessages($langs->transnoentities($said, $account->email), null);
	}
}

/**
 * Starts sending to an account that had cards: an export, whose progress the page of operations shows
 *
 * @param  User   $user Administrator
 * @return string       Part of the page
 */
function gcontactsConfirmSending(User $user): string
{
	gcontactsBackToOperations(gcontactsStartExport($user));
	return 'sending';
}

/**
 * Takes the administrator's yes to the many deletions that wait
 *
 * @param  User   $user Administrator
 * @return string       Part of the page to come back to
 */
function gcontactsAllowDeletions(User $user): string
{
	gcontactsWithAccount(function (GContactsAccount $account) use ($user) {
		global $db;
		$yes = new GContactsDeletionsYes($db, $account);
		$allowed = $yes->give($user);
		return $allowed < 0 ? $account->failed('database', $yes->error) : $allowed;
	}, 'GContactsHeldAllowed');
	return 'sending';
}

/**
 * Dolibarr moved: goes on under the new address
 *
 * @return string Part of the page
 */
function gcontactsAcceptSite(): string
{
	gcontactsWithAccount(function (GContactsAccount $account) {
		return $account->acceptSite();
	}, 'GContactsSiteAccepted');
	return 'sending';
}

/**
 * This Dolibarr is a copy: forgets the account here and leaves the consent to the original
 *
 * @return string Part of the page
 */
function gcontactsForgetCopy(): string
{
	gcontactsWithAccount(function (GContactsAccount $account) {
		return $account->disconnect(false);
	}, 'GContactsSiteForgotten');
	return 'check-account';
}

/**
 * Takes the consent back
 *
 * @return string Part of the page
 */
function gcontactsDisconnect(): string
{
	GContactsFailure::forget();
	gcontactsWithAccount(function (GContactsAccount $account) {
		return $account->disconnect();
	}, 'GContactsDisconnected');
	return 'check-consent';
}
