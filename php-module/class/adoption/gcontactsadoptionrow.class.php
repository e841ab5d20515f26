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
 * \file    php-module/class/adoption/gcontactsadoptionrow.class.php
 * \ingroup gcontacts
 * \brief   How far the adoption of an account's cards has come
 */

dol_include_once('/gcontacts/class/adoption/gcontactslisting.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsmatching.class.php');

/**
 * A row of llx_gcontacts_adoption, and the transactions of the steps.
 */
abstract class GContactsAdoptionRow
{
	/** Seconds for which a listing is good: somebody may add a card on the phone meanwhile. */
	const FRESH = 900;

	/** @var string */
	public $error = '';
	/** @var string listing, pairing, ready; empty where there is nothing to adopt */
	public $state = '';

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;
	/** @var GContactsListing */
	protected $listing;
	/** @var GContactsMatching */
	protected $matching;
	/** @var bool Whether it was started over by another process meanwhile */
	private $overtaken = false;
	/** @var object|null Row of llx_gcontacts_adoption */
	protected $row;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->listing = new GContactsListing($db, $account);
		$this->matching = new GContactsMatching($db, $account);
	}

	/** @return int 1 there is something to adopt, 0 nothing, -1 failure with ->error */
	public function fetch(): int
	{
		$resql = $this->db->query("SELECT * FROM ".$this->db->prefix()."gcontacts_adoption WHERE fk_account = ".$this->account->id);
		if (!$resql) {
			return $this->failed();
		}
		$this->row = $this->db->fetch_object($resql) ?: null;
		$this->state = $this->row ? (string) $this->row->state : '';
		return $this->row ? 1 : 0;
	}

	/**
	 * Takes an administrator's word that sending may begin. Part of the caller's transaction. What was paired before is
	 * paired anew, as contacts may have changed; where the listing is old, the cards are listed anew too.
	 *
	 * @param  bool $accepted Whether contacts are linked too that only look the same
	 * @return int            1, or -1 with ->error
	 */
	public function confirm(bool $accepted): int
	{
		$known = $this->fetch();
		$listedAt = $known > 0 && $this->state !== 'listing' ? (int) $this->row->listed_at : 0;
		return $known < 0 ? -1 : $this->begin($accepted, $listedAt > time() - self::FRESH ? $listedAt : 0);
	}

	/**
	 * Starts over. The new row has a new id: a process that works on the old one notices.
	 *
	 * @param  bool $accepted Whether contacts are linked too that only look the same
	 * @param  int  $listedAt When the cards were listed, 0 to list them
	 * @return int            1, or -1 with ->error
	 */
	protected function begin(bool $accepted, int $listedAt): int
	{
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_adoption (entity, fk_account, state, page_cursor, listed_at, accepted) VALUES (";
		$sql .= $this->account->entity.", ".$this->account->id.", '".($listedAt > 0 ? 'pairing' : 'listing')."', '', ".$listedAt.", ".((int) $accepted).")";
		$this->db->begin();
		$emptied = $this->forget() > 0 && ($listedAt > 0 || $this->listing->forget() > 0);
		return $this->end($emptied && $this->db->query($sql));
	}

	/**
	 * Forgets what is known of the adoption and its pairs.
	 *
	 * @return int 1, or -1
	 */
	public function forget(): int
	{
		$sql = "DELETE FROM ".$this->db->prefix()."gcontacts_adoption WHERE fk_account = ".$this->account->id;
		return $this->db->query($sql) && $this->matching->forget() > 0 ? 1 : -1;
	}

	/**
	 * Notes that a step is done, in its transaction.
	 *
	 * @param  string $set Assignments of SQL, of which one at the least changes something
	 * @return bool        False where the database failed, or somebody started over
	 */
	protected function advance(string $set): bool
	{
		$resql = $this->db->query("UPDATE ".$this->db->prefix()."gcontacts_adoption SET ".$set." WHERE rowid = ".((int) $this->row->rowid));
		$this->overtaken = $resql && $this->db->affected_rows($resql) < 1;
		return $resql && !$this->overtaken;
	}

	/**
	 * Ends the transaction of a step.
	 *
	 * @param  bool $done Whether all of it went well
	 * @return int        1 there is more to do, -1 failure with ->error
	 */
	protected function end(bool $done): int
	{
		if ($done && $this->db->commit() > 0) {
			return 1;
		}
		$this->failed();
		$this->db->rollback();
		if ($this->overtaken) {
			$this->overtaken = false;
			$this->error = '';
			return 1;
		}
		return -1;
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror() ?: 'the adoption of cards failed';
		return -1;
	}
}
