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
 * \file    lib/gcontacts_connection.lib.php
 * \ingroup gcontacts
 * \brief   The end of an attempt to connect: what is said, and what is remembered of a failure
 */

dol_include_once('/gcontacts/class/gcontactschecklist.class.php');
dol_include_once('/gcontacts/class/gcontactsconnection.class.php');

/** Failures of a form: told once, since a form that is shown anew is a new beginning */
const GCONTACTS_TOLD_ONCE = array('client_id_missing', 'client_secret_missing', 'client_swapped', 'client_character', 'pasted_address');

/**
 * Shows the setup page anew, so that a reload repeats nothing
 *
 * @param  string $anchor Part of the page
 * @return void
 */
function gcontactsBackToSetup(string $anchor = ''): void
{
	header('Location: '.dol_buildpath('/gcontacts/admin/setup.php', 1).($anchor === '' ? '' : '#'.$anchor));
	exit;
}

/**
 * The failure of this session's last attempt to connect
 *
 * @return array{reason:string,message:string}|null Null if there is none
 */
function gcontactsLastFailure(): ?array
{
	$failure = $_SESSION['gcontacts_failure'] ?? null;
	if ($failure && in_array($failure['reason'], GCONTACTS_TOLD_ONCE, true)) {
		gcontactsRememberFailure('');
	}
	return $failure;
}

/**
 * Remembers a failure for the checklist, which tells it until the next attempt
 *
 * @param  string $reason  Reason code, '' to forget
 * @param  string $message Google's own words
 * @return void
 */
function gcontactsRememberFailure(string $reason, string $message = ''): void
{
	unset($_SESSION['gcontacts_failure']);
	if ($reason !== '') {
		$_SESSION['gcontacts_failure'] = array('reason' => $reason, 'message' => dol_trunc($message, 500, 'right', 'UTF-8', 1));
	}
}

/**
 * Finishes a consent, tells how it went, and shows the setup page
 *
 * @param  GContactsConnection                         $connection Connection
 * @param  array{state:string,code:string,error:string} $answer     What Google sent back
 * @param  User                                        $user       Administrator
 * @return void
 */
function gcontactsFinishConnection(GContactsConnection $connection, array $answer, User $user): void
{
	global $langs;

	$connected = $connection->finish($answer, $user) > 0;
	gcontactsRememberFailure($connection->reason, $connection->message);
	if (!$connected) {
		gcontactsBackToSetup('check-'.GContactsChecklist::lineOf($connection->reason));
	}
	setEventMessages($langs->transnoentities('GContactsConnected', $connection->account->email), null);
	gcontactsBackToSetup($connection->account->state === 'confirm' ? 'sending' : '');
}
