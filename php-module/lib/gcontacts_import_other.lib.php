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
 * \file    php-module/lib/gcontacts_import_other.lib.php
 * \ingroup gcontacts
 * \brief   The import page's way to another Google account and back
 */

dol_include_once('/gcontacts/class/import/gcontactsotheraccount.class.php');
dol_include_once('/gcontacts/lib/gcontacts_connect.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_actions.lib.php');

/**
 * Sends the browser to Google, which asks for the account and for the right to read it
 *
 * @param  array<string,int|string> $view View
 * @param  User                     $user Who imports
 * @return array<int,array<string,string>> None
 */
function gcontactsImportReadOther(array $view, User $user): array
{
	global $db;

	$other = new GContactsOtherAccount($db, $user);
	$url = $other->begin();
	if ($url === '') {
		setEventMessages(GContactsEngine::sentence($other->reason, $other->error), null, 'errors');
		return array();
	}
	$db->close();
	header('Cache-Control: no-store');
	header('Location: '.$url);
	exit;
}

/**
 * Takes the address that was pasted, where Google cannot send the browser back here
 *
 * @param  array<string,int|string> $view View
 * @param  User                     $user Who imports
 * @return array<int,array<string,string>> None
 */
function gcontactsImportPasteOther(array $view, User $user): array
{
	$answer = GContactsRedirect::parse(GETPOST('pasted', 'alphanohtml'));
	if ($answer === null) {
		setEventMessages(GContactsEngine::sentence('pasted_address'), null, 'errors');
		return array();
	}
	gcontactsImportFinishOther($answer, $user);
	return array();
}

/**
 * Reads the account, tells how it went, and shows the import page anew, so that a reload repeats nothing
 *
 * @param  array{state:string,code:string,error:string} $answer What Google sent back
 * @param  User                                         $user   Who imports
 * @return void
 */
function gcontactsImportFinishOther(array $answer, User $user): void
{
	global $db;

	// Whoever closes the browser meanwhile finds the list later, and the permission is given back all the same.
	ignore_user_abort(true);
	set_time_limit((int) GContactsOtherAccount::SECONDS * 2);
	$other = new GContactsOtherAccount($db, $user);
	if ($other->finish($answer) < 0) {
		setEventMessages(GContactsEngine::sentence($other->reason, $other->error), null, 'errors');
	}
	if ($other->notice !== '') {
		setEventMessages(GContactsEngine::sentence($other->notice), null, 'warnings');
	}
	gcontactsImportGo(array('source' => 'other'));
}

/**
 * The form that begins it
 *
 * @return string HTML
 */
function gcontactsImportOtherForm(): string
{
	$paste = GContactsRedirect::address() === GContactsRedirect::LOCALHOST;
	$button = gcontactsFormStart('/import.php?source=other', 'readother', ' class="gcontacts-inline"'.($paste ? ' target="_blank"' : ''));
	$button .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsImportOtherChoose').'"></form>';
	return '<p>'.gcontactsText('GContactsImportOtherWhat').'</p>'.($paste ? gcontactsPasteForm($button, '/import.php?source=other', 'pasteother') : '<div>'.$button.'</div>');
}
