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
 * \file    php-module/class/account/gcontactslease.class.php
 * \ingroup gcontacts
 * \brief   One process at a time writes to a Google account
 */

/**
 * The lease of an account: columns lease_holder and lease_until of its row.
 *
 * It expires by itself, so that a killed process blocks nobody for long.
 */
class GContactsLease
{
	/** @var DoliDB */
	private $db;

	/** @var int */
	private $account;

	/** @var string */
	private $holder;

	/**
	 * @param DoliDB $db      Database handler
	 * @param int    $account Id of the account
	 */
	public function __construct($db, int $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->holder = substr(php_uname('n'), 0, 20).':'.getmypid().':'.bin2hex(random_bytes(8));
	}

	/**
	 * Takes the lease where it is free or has expired, and no other entity has that of the same Google account.
	 *
	 * @param  int  $seconds How long it holds
	 * @return bool          False where another process has it
	 */
	public function acquire(int $seconds): bool
	{
		if (!$this->take($seconds, "lease_until < ".time())) {
			return false;
		}
		// Taken first, then looked: of two entities that do so at once at least one sees the other.
		if ($this->isFreeElsewhere()) {
			return true;
		}
		$this->release();
		return false;
	}

	/**
	 * Prolongs the lease.
	 *
	 * @param  int  $seconds How long it holds from now
	 * @return bool          False where another process has taken it meanwhile
	 */
	public function renew(int $seconds): bool
	{
		return $this->take($seconds, "lease_holder = '".$this->db->escape($this->holder)."'");
	}

	/**
	 * Gives the lease back.
	 *
	 * @return void
	 */
	public function release(): void
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET lease_holder = '', lease_until = 0";
		$sql .= " WHERE rowid = ".$this->account." AND lease_holder = '".$this->db->escape($this->holder)."'";
		$this->db->query($sql);
	}

	/**
	 * @return bool Whether no process writes to the same Google account for another entity
	 */
	private function isFreeElsewhere(): bool
	{
		$sql = "SELECT o.rowid FROM ".$this->db->prefix()."gcontacts_account a INNER JOIN ".$this->db->prefix()."gcontacts_account o";
		$sql .= " ON o.google_sub = a.google_sub AND o.rowid <> a.rowid WHERE a.rowid = ".$this->account." AND o.lease_until >= ".time();
		$resql = $this->db->query($sql.$this->db->plimit(1));
		return $resql && $this->db->num_rows($resql) === 0;
	}

	/**
	 * @param  int    $seconds   How long it holds
	 * @param  string $condition Whether it may be taken
	 * @return bool
	 */
	private function take(int $seconds, string $condition): bool
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET lease_holder = '".$this->db->escape($this->holder)."'";
		$sql .= ", lease_until = ".(time() + $seconds)." WHERE rowid = ".$this->account." AND ".$condition;
		if (!$this->db->query($sql)) {
			return false;
		}
		// Read back: the number of affected rows says nothing where nothing changed.
		$resql = $this->db->query("SELECT lease_holder FROM ".$this->db->prefix()."gcontacts_account WHERE rowid = ".$this->account);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row && $row->lease_holder === $this->holder;
	}
}
