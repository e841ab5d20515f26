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
 * \file    php-module/class/pull/gcontactssyncposition.class.php
 * \ingroup gcontacts
 * \brief   How far the changes at Google have been read
 */

/**
 * The sync token and, within a listing, the cursor of an account: columns sync_token and sync_cursor of its row.
 */
class GContactsSyncPosition
{
	/** @var string What the last listing ended with, empty for none */
	public $token = '';
	/** @var string Where the next page begins, empty between two listings */
	public $cursor = '';

	/** @var DoliDB */
	private $db;
	/** @var int */
	private $account;

	/**
	 * @param DoliDB $db      Database handler
	 * @param int    $account Id of the account
	 */
	public function __construct($db, int $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * @return int 1, or -1
	 */
	public function load(): int
	{
		$resql = $this->db->query("SELECT sync_token, sync_cursor FROM ".$this->db->prefix()."gcontacts_account WHERE rowid = ".$this->account);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		$this->token = $row ? (string) $row->sync_token : '';
		$this->cursor = $row ? (string) $row->sync_cursor : '';
		return $row ? 1 : -1;
	}

	/**
	 * Moves on. Part of the transaction that stores the page.
	 *
	 * @param  array<string, mixed> $page Page of the engine's listing
	 * @return int                        1, or -1
	 */
	public function moveBehind(array $page): int
	{
		$ended = (string) $page['cursor'] === '';
		$this->cursor = (string) $page['cursor'];
		$this->token = $ended ? (string) $page['sync_token'] : ($page['restarted'] ? '' : $this->token);
		return $this->store($ended);
	}

	/**
	 * Begins the listing again from the token, or where that is what Google refuses, from the beginning: nothing is lost, and
	 * nothing is taken for deleted.
	 *
	 * @return int 1, or -1
	 */
	public function goBack(): int
	{
		if ($this->cursor === '') {
			$this->token = '';
		}
		$this->cursor = '';
		return $this->store(false);
	}

	/**
	 * @param  bool $ended Whether a listing came to its end
	 * @return int         1, or -1
	 */
	private function store(bool $ended): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET sync_token = '".$this->db->escape($this->token)."'";
		$sql .= ", sync_cursor = '".$this->db->escape($this->cursor)."'".($ended ? ", date_pulled = '".$this->db->idate(dol_now())."'" : "");
		return $this->db->query($sql." WHERE rowid = ".$this->account) ? 1 : -1;
	}
}
