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

dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
dol_include_once('/gcontacts/class/account/gcontactsfailure.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/** Seconds that an administrator who has just connected waits for a first look at the cards that are there */
const GCONTACTS_LOOK_SECONDS = 8.0;

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
 * Goes back to the line of the checklist that tells a failure
 *
 * @param  GContactsFailure $failure Failure
 * @return void
 */
function gcontactsBackToFailure(GContactsFailure $failure): void
{
	$failure->remember();
	gcontactsBackToSetup('check-'.$failure->line());
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
	global $db, $langs;

	if ($connection->finish($answer, $user) < 0) {
		gcontactsBackToFailure(new GContactsFailure($connection->reason, $connection->message));
	}
	GContactsFailure::forget();
	setEventMessages($langs->transnoentities('GContactsConnected', $connection->account->email), null);
	if ($connection->account->state !== 'confirm') {
		gcontactsBackToSetup('');
	}
	// What a few seconds are not enough for, the scheduled job finds out.
	(new GContactsWorker($db))->drain(GCONTACTS_LOOK_SECONDS);
	gcontactsBackToSetup('sending');
}
