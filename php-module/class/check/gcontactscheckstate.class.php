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
 * \file    php-module/class/check/gcontactscheckstate.class.php
 * \ingroup gcontacts
 * \brief   In which of six states a contact is, and why, in one sentence
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactsfieldname.class.php');

/**
 * The state of a contact as people are told it. Check synchro, the contact's tab, the widget and the command line say the same.
 */
class GContactsCheckState
{
	/** In the order in which they are shown: key of GContactsCheckState_KEY. */
	const ALL = array('in_sync', 'waiting', 'differs', 'error', 'removed', 'left_out');

	/** States for which somebody should do something. */
	const TROUBLE = array('differs', 'error', 'removed');

	/**
	 * The state in SQL, made of columns that stand in one index: the other ones of a link are wide. A contact without a link was
	 * not looked at yet, and one in the outbox is about to be.
	 *
	 * @param  string $link   Alias of llx_gcontacts_link, whose row may be missing
	 * @param  string $outbox Alias of the outbox by contact, whose row may be missing
	 * @return string         Expression
	 */
	public static function sql(string $link, string $outbox): string
	{
		$sql = "CASE WHEN ".$link.".state = 'error' THEN 'error' WHEN ".$link.".state = 'removed' THEN 'removed'";
		$sql .= " WHEN ".$link.".state IS NULL OR ".$link.".state IN ('waiting', 'sending', 'unknown') OR ".$outbox.".fk_element IS NOT NULL THEN 'waiting'";
		return $sql." WHEN ".$link.".state = 'left_out' THEN 'left_out' WHEN ".$link.".date_changed IS NOT NULL THEN 'differs' ELSE 'in_sync' END";
	}

	/**
	 * Why a contact is in its state.
	 *
	 * @param  string      $state   State, see ALL
	 * @param  object|null $link    reason, message, changed, clashes, date_sync (Unix time or '') of its link, if it has one
	 * @param  string      $blocked Why the account sends nothing, see GContactsAccount::blockedReason()
	 * @return string               One or two sentences, plain text
	 */
	public static function sentence(string $state, ?object $link, string $blocked): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$reason = $link ? (string) $link->reason : '';
		$told = $reason === '' ? '' : GContactsEngine::sentence($reason, (string) $link->message);
		if ($state === 'in_sync') {
			$when = $link && $link->date_sync ? dol_print_date($link->date_sync, 'dayhour', 'tzuserrel') : '';
			return $langs->transnoentities($when === '' ? 'GContactsCheckReason_in_sync' : 'GContactsCheckReason_in_sync_since', $when);
		}
		if ($state === 'differs') {
			return self::differences((string) $link->changed, (string) $link->clashes);
		}
		if ($state === 'waiting') {
			$why = $blocked !== '' && $blocked !== 'busy' ? GContactsEngine::sentence($blocked) : $told;
			return $why === '' ? $langs->transnoentities('GContactsCheckReason_waiting') : $why;
		}
		return $told === '' ? $langs->transnoentities('GContactsCheckReason_'.$state) : $told;
	}

	/**
	 * @param  string $changed Fields changed at Google, separated by commas
	 * @param  string $clashes Parts that both sides changed, as JSON
	 * @return string          Sentences
	 */
	private static function differences(string $changed, string $clashes): string
	{
		global $langs;
		$sentences = array();
		$fields = array_filter(explode(',', $changed));
		if ($fields) {
			$sentences[] = $langs->transnoentities('GContactsCheckReason_differs', GContactsFieldName::ofAll($fields));
		}
		$parts = array_unique(array_column((array) json_decode($clashes, true), 'part'));
		if ($parts) {
			$sentences[] = $langs->transnoentities('GContactsCheckReason_clash', GContactsFieldName::ofAll($parts));
		}
		return implode(' ', $sentences);
	}
}
