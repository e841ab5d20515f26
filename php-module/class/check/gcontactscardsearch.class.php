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
 * \file    php-module/class/check/gcontactscardsearch.class.php
 * \ingroup gcontacts
 * \brief   Cards that are looked for by their marker
 */

dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');

/**
 * Has the cards of contacts looked for by their marker, whatever name they have at Google by now. One that is found is
 * linked again, one that no complete listing shows is made again: never before, so that none is made twice.
 */
class GContactsCardSearch
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Why a card cannot be looked for.
	 *
	 * @param  object|null $link Link with its card
	 * @return string            Reason code, empty where it can
	 */
	public static function obstacle(?object $link): string
	{
		if ($link === null || !$link->fk_card) {
			return $link !== null && (string) $link->nonce !== '' ? 'create_unresolved' : 'no_card';
		}
		return GContactsCard::nonceOf((string) $link->marker) === '' ? 'no_mark' : '';
	}

	/**
	 * Has cards looked for, from now on. Part of the caller's transaction.
	 *
	 * @param  array<int, object> $found Links without an obstacle, by contact
	 * @return int                       1, or -1
	 */
	public function begin(array $found): int
	{
		$columns = array();
		foreach ($found as $id => $link) {
			$columns[$id] = array('state' => 'unknown', 'reason' => 'create_unresolved', 'nonce' => GContactsCard::nonceOf((string) $link->marker), 'nonce_time' => time());
			$columns[$id] += array('next_try' => time(), 'attempts' => 0, 'origin' => (string) $link->origin, 'sent' => $link->sent) + GContactsVerdict::NO_CARD;
		}
		$links = new GContactsLink($this->db, $this->account);
		$cards = new GContactsCard($this->db, $this->account);
		$forgotten = array_map('intval', array_column($found, 'fk_card'));
		return !$found || ($links->saveAll('contact', $columns) > 0 && $cards->deleteAll($forgotten) > 0) ? 1 : -1;
	}
}
