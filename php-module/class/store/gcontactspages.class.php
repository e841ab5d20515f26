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
 * \file    php-module/class/store/gcontactspages.class.php
 * \ingroup gcontacts
 * \brief   Walks through contacts and links, a page at a time
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * The contacts of an entity together with those that only a link remembers, in the order of their ids.
 *
 * Distrusts what it reads: a table that is empty, or a result that came short, is no proof that contacts are gone.
 */
class GContactsPages
{
	/** Contacts of a page. */
	const SIZE = 1000;

	/** @var string */
	public $error = '';

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
	 * Whether a table was emptied: then nothing may be concluded from what is not in it.
	 *
	 * @return string Reason code, empty where all is well
	 */
	public function suspicion(): string
	{
		$contact = $this->ids("SELECT p.rowid as id FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity, 1);
		$link = $this->ids("SELECT l.fk_element as id".$this->links(), 1);
		$sql = "SELECT c.rowid as id FROM ".$this->db->prefix()."gcontacts_card c WHERE c.fk_account = ".$this->account->id;
		$card = $this->ids($sql." AND c.marker LIKE '".$this->db->escape(GContactsSettings::instance()).":%'", 1);
		if ($contact === null || $link === null || $card === null) {
			return 'database';
		}
		if ($link && !$contact) {
			return 'contacts_missing';
		}
		// Without links all contacts would look new, and get a second card.
		return $card && !$link ? 'links_missing' : '';
	}

	/**
	 * The page that follows a contact.
	 *
	 * @param  int                  $id Id of the contact, 0 for the first page
	 * @return array<int, int>|null     Ids, at most SIZE; null on failure
	 */
	public function after(int $id): ?array
	{
		$contacts = "SELECT p.rowid as id FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity;
		$existing = $this->ids($contacts." AND p.rowid > ".$id." ORDER BY p.rowid", self::SIZE);
		$linked = $this->ids("SELECT l.fk_element as id".$this->links()." AND l.fk_element > ".$id." ORDER BY l.fk_element", self::SIZE);
		if ($existing === null || $linked === null) {
			return null;
		}
		return self::firstOf(array_merge($existing, $linked), self::SIZE);
	}

	/**
	 * @param  array<int, int> $ids   Ids, in any order
	 * @param  int             $limit Highest number
	 * @return array<int, int>        The lowest of them, each once
	 */
	private static function firstOf(array $ids, int $limit): array
	{
		$ids = array_values(array_unique($ids));
		sort($ids);
		return array_slice($ids, 0, $limit);
	}

	/**
	 * How many toSend() gives in all, about: whoever has a card and is not shared any more is not counted.
	 *
	 * @return int -1 on failure
	 */
	public function countShared(): int
	{
		$resql = $this->db->query("SELECT COUNT(*) as nb FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity." AND p.priv = 0");
		return $resql ? (int) $this->db->fetch_object($resql)->nb : -1;
	}

	/**
	 * The page of those that follow a contact and may have something to send: shared contacts, and whoever has a card.
	 *
	 * @param  int                  $id    Id of the contact, 0 for the first page
	 * @param  int                  $limit Highest number
	 * @return array<int, int>|null        Ids; null on failure
	 */
	public function toSend(int $id, int $limit = self::SIZE): ?array
	{
		$contacts = "SELECT p.rowid as id FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity;
		$shared = $this->ids($contacts." AND p.priv = 0 AND p.rowid > ".$id." ORDER BY p.rowid", $limit);
		$linked = "SELECT l.fk_element as id".$this->links()." AND l.fk_card IS NOT NULL AND l.fk_element > ".$id;
		$cards = $this->ids($linked." ORDER BY l.fk_element", $limit);
		return $shared === null || $cards === null ? null : self::firstOf(array_merge($shared, $cards), $limit);
	}

	/** @return int|null How many toSend() finds on all pages; null on failure */
	public function countToSend(): ?int
	{
		$contacts = "SELECT COUNT(*) as id FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity." AND p.priv = 0";
		$others = "SELECT COUNT(*) as id".$this->links()." AND l.fk_card IS NOT NULL AND NOT EXISTS (SELECT p.rowid FROM ".$this->db->prefix()."socpeople p";
		$shared = $this->ids($contacts);
		$cards = $this->ids($others." WHERE p.rowid = l.fk_element AND p.entity = ".$this->account->entity." AND p.priv = 0)");
		return $shared === null || $cards === null ? null : $shared[0] + $cards[0];
	}

	/** @return int|null How many contacts toSend() leaves out as private; null on failure */
	public function countPrivate(): ?int
	{
		$contacts = "SELECT COUNT(*) as id FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->account->entity." AND p.priv <> 0";
		$linked = "SELECT l.rowid".$this->links()." AND l.fk_card IS NOT NULL AND l.fk_element = p.rowid";
		$counts = $this->ids($contacts." AND NOT EXISTS (".$linked.")");
		return $counts === null ? null : $counts[0];
	}

	/**
	 * Those that wait in the outbox anyway.
	 *
	 * @param  array<int, int>      $ids Ids of contacts, at least one
	 * @param  int                  $due Unix time until which they wait at most, 0 for however long
	 * @return array<int, int>|null      Ids as keys too; null on failure
	 */
	public function noted(array $ids, int $due = 0): ?array
	{
		$sql = "SELECT DISTINCT o.fk_element as id FROM ".$this->db->prefix()."gcontacts_outbox o WHERE o.entity = ".$this->account->entity;
		$sql .= $due > 0 ? " AND o.due <= ".$due : "";
		$noted = $this->ids($sql." AND o.element_type = 'contact' AND o.fk_element IN (".implode(',', $ids).")");
		return $noted === null ? null : array_combine($noted, $noted);
	}

	/**
	 * Whether contacts that were not found are really gone: asked a second time, in another way.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1 yes, -1 no or failure with ->error
	 */
	public function areGone(array $ids): int
	{
		$sql = "SELECT p.rowid as id FROM ".$this->db->prefix()."socpeople p WHERE p.rowid IN (".implode(',', $ids ?: array(0)).")";
		$found = $this->ids($sql, 1);
		$this->error = $found === null ? $this->db->lasterror() : ($found ? 'a list of contacts came short' : '');
		return $this->error === '' ? 1 : -1;
	}

	/**
	 * @return string FROM and WHERE: the links of the account with contacts
	 */
	private function links(): string
	{
		$sql = " FROM ".$this->db->prefix()."gcontacts_link l WHERE l.entity = ".$this->account->entity;
		return $sql." AND l.fk_account = ".$this->account->id." AND l.element_type = 'contact'";
	}

	/**
	 * @param  string               $sql   Query for id
	 * @param  int                  $limit Highest number of rows, 0 for all
	 * @return array<int, int>|null        Null on failure
	 */
	private function ids(string $sql, int $limit = 0): ?array
	{
		$resql = $this->db->query($sql.($limit > 0 ? $this->db->plimit($limit) : ''));
		$ids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$ids[] = (int) $row->id;
		}
		return $resql ? $ids : null;
	}
}
