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
	 * not looked at yet, and one in the outbox is about to be; of one that never leaves Dolibarr that is known at once.
	 *
	 * @param  string $contact Alias of llx_socpeople
	 * @param  string $link    Alias of llx_gcontacts_link, whose row may be missing
	 * @param  string $outbox  Alias of the outbox by contact, whose row may be missing
	 * @return string          Expression
	 */
	public static function sql(string $contact, string $link, string $outbox): string
	{
		$sql = "CASE WHEN ".$link.".state = 'error' THEN 'error' WHEN ".$link.".state = 'removed' THEN 'removed'";
		$sql .= " WHEN (".$link.".state IS NULL OR ".$link.".state = 'left_out') AND (".$contact.".priv = 1 OR ".$contact.".statut = 0) THEN 'left_out'";
		$sql .= " WHEN ".$link.".state IS NULL OR ".$link.".state IN ('waiting', 'sending', 'unknown') OR ".$outbox.".fk_element IS NOT NULL THEN 'waiting'";
		$sql .= " WHEN ".$link.".state = 'left_out' THEN 'left_out'";
		return $sql." WHEN ".$link.".date_changed IS NOT NULL OR ".$link.".date_labels IS NOT NULL THEN 'differs' ELSE 'in_sync' END";
	}

	/**
	 * Why a contact is in its state.
	 *
	 * @param  object $row     state, priv, statut, link_state, reason, message, changed, clashes, labels, date_sync (Unix time or ''),
	 *                         see GContactsCheckRows::page()
	 * @param  string $blocked Why the account sends nothing, see GContactsAccount::blockedReason()
	 * @return string          One or more sentences, plain text
	 */
	public static function sentence(object $row, string $blocked): string
	{
		$sentences = array_filter(array(self::reason($row, $blocked), self::labels((string) $row->labels)));
		return implode(' ', $sentences);
	}

	/**
	 * @param  object $row     See sentence()
	 * @param  string $blocked Why the account sends nothing
	 * @return string          Sentence, empty where the labels alone differ
	 */
	private static function reason(object $row, string $blocked): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$state = (string) $row->state;
		if ($state === 'in_sync') {
			$when = $row->date_sync ? dol_print_date($row->date_sync, 'dayhour', 'tzuserrel') : '';
			return $langs->transnoentities($when === '' ? 'GContactsCheckReason_in_sync' : 'GContactsCheckReason_in_sync_since', $when);
		}
		if ($state === 'differs') {
			return self::differences((string) $row->changed, (string) $row->clashes);
		}
		$code = array((string) $row->reason, (string) $row->message);
		if ($state === 'waiting' && $blocked !== '' && $blocked !== 'busy') {
			$code = array($blocked, '');
		} elseif ($state === 'left_out' && ($row->priv || !$row->statut)) {
			$code = array($row->priv ? 'private' : 'inactive', '');
		}
		$untold = $state === 'waiting' && (string) $row->link_state === '' ? 'never' : $state;
		return $code[0] === '' ? $langs->transnoentities('GContactsCheckReason_'.$untold) : GContactsEngine::sentence($code[0], $code[1]);
	}

	/**
	 * Which labels of the card are not as they should be.
	 *
	 * @param  string $labels Column labels of the link
	 * @return string         Sentences, empty where all are
	 */
	public static function labels(string $labels): string
	{
		global $langs;
		$names = (array) json_decode($labels, true);
		$sentences = array();
		foreach (array('missing', 'extra') as $how) {
			if (!empty($names[$how])) {
				$sentences[] = $langs->transnoentities('GContactsCheckLabels_'.$how, implode(', ', array_map('strval', (array) $names[$how])));
			}
		}
		return implode(' ', $sentences);
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
