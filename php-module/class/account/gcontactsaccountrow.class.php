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
 * \file    php-module/class/account/gcontactsaccountrow.class.php
 * \ingroup gcontacts
 * \brief   A row of llx_gcontacts_account
 */

dol_include_once('/gcontacts/class/account/gcontactslease.class.php');

/**
 * What is stored of a Google account, without its tokens.
 */
abstract class GContactsAccountRow
{
	/** @var string What failed, as a sentence */
	public $error = '';
	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';

	/** @var int */
	public $id = 0;
	/** @var int */
	public $entity = 0;
	/** @var string Google's id of the account */
	public $google_sub = '';
	/** @var string */
	public $email = '';
	/** State of an account that an administrator parted from this Dolibarr; its links are kept for the day it comes back. */
	const DISCONNECTED = 'disconnected';

	/** State of an account whose cards are linked to contacts before anything is sent. */
	const ADOPTING = 'adopting';

	/** States in which the worker may write. */
	const SENDS = array('sending', self::ADOPTING);

	/** @var string confirm (its cards wait for an administrator's word), adopting, sending, reconnect (the consent is gone), disconnected */
	public $state = '';
	/** @var string Reason code of the state or the pause */
	public $state_reason = '';
	/** @var string What Google said */
	public $state_message = '';
	/** @var bool Whether sending was allowed: by an administrator, or because the account was empty */
	public $confirmed = false;
	/** @var string Address of Dolibarr when the account was connected */
	public $site_url = '';
	/** @var int Unix time */
	public $paused_until = 0;
	/** @var string What was learned of Google's quota for this account, the engine's own */
	public $limiter = '';
	/** @var int How many pauses followed each other */
	public $pause_count = 0;
	/** @var string whole where a batch that was refused for one card makes none of the others, partial where it makes some, empty where that is not known */
	public $refusals = '';
	/** @var int|string Unix time */
	public $date_connected = '';
	/** @var int|string Unix time of the last drain, empty for none */
	public $date_drained = '';
	/** @var int|string Unix time of the last whole look at what changed at Google, empty for none */
	public $date_pulled = '';

	/** @var DoliDB */
	protected $db;
	/** @var GContactsLease|null */
	private $lease;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Loads the account that is connected to an entity.
	 *
	 * @param  int $entity Entity, 0 for the present one
	 * @return int         1 found, 0 none, -1 failure
	 */
	public function fetchForEntity(int $entity = 0): int
	{
		return $this->fetchWhere($entity, "state <> '".self::DISCONNECTED."'");
	}

	/**
	 * Loads an account that was connected to the present entity before.
	 *
	 * @param  string $sub Google's id of the account
	 * @return int         1 found, 0 none, -1 failure
	 */
	public function fetchDisconnected(string $sub): int
	{
		return $this->fetchWhere(0, "state = '".self::DISCONNECTED."' AND google_sub = '".$this->db->escape($sub)."'");
	}

	/**
	 * @param  int    $entity    Entity, 0 for the present one
	 * @param  string $condition SQL
	 * @return int               1 found, 0 none, -1 failure
	 */
	private function fetchWhere(int $entity, string $condition): int
	{
		global $conf;
		$sql = "SELECT rowid, entity, google_sub, email, state, state_reason, state_message, confirmed, site_url, paused_until, pause_count, limiter, refusals";
		$sql .= ", date_connected, date_drained, date_pulled FROM ".$this->db->prefix()."gcontacts_account";
		$sql .= " WHERE entity = ".($entity > 0 ? $entity : (int) $conf->entity)." AND ".$condition." ORDER BY rowid".$this->db->plimit(1);
		$resql = $this->db->query($sql);
		if (!$resql) {
			return $this->failed('database', $this->db->lasterror());
		}
		$row = $this->db->fetch_object($resql);
		$this->id = $row ? (int) $row->rowid : 0;
		if ($row) {
			$this->fill($row);
		}
		return $row ? 1 : 0;
	}

	/**
	 * Changes columns of the row, and the properties of the same name.
	 *
	 * @param  array<string, bool|int|string> $columns Column => value
	 * @return int                                     1, or -1 with ->error
	 */
	public function change(array $columns): int
	{
		$assignments = array();
		foreach ($columns as $column => $value) {
			$assignments[] = $column." = ".(is_string($value) ? "'".$this->db->escape($value)."'" : (int) $value);
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET ".implode(', ', $assignments)." WHERE rowid = ".$this->id;
		if (!$this->db->query($sql)) {
			return $this->failed('database', $this->db->lasterror());
		}
		foreach ($columns as $column => $value) {
			if (strncmp($column, 'date_', 5) !== 0) {
				$this->$column = $value;
			}
		}
		return 1;
	}

	/**
	 * Keeps what failed.
	 *
	 * @param  string $reason Reason code
	 * @param  string $error  Sentence
	 * @return int            -1
	 */
	public function failed(string $reason, string $error): int
	{
		$this->reason = $reason;
		$this->error = $error;
		dol_syslog('GContacts: account '.$this->id.': '.$reason.': '.$error, LOG_ERR);
		return -1;
	}

	/**
	 * Takes the right to write to the account, for this process alone.
	 *
	 * @param  int  $seconds How long it holds
	 * @return bool
	 */
	public function acquireLease(int $seconds): bool
	{
		$this->lease = new GContactsLease($this->db, $this->id);
		return $this->lease->acquire($seconds);
	}

	/**
	 * @param  int  $seconds How long it holds from now
	 * @return bool          False where another process has taken it meanwhile
	 */
	public function renewLease(int $seconds): bool
	{
		return $this->lease !== null && $this->lease->renew($seconds);
	}

	/**
	 * @return void
	 */
	public function releaseLease(): void
	{
		if ($this->lease !== null) {
			$this->lease->release();
		}
	}

	/**
	 * @param  object $row Row of the table
	 * @return void
	 */
	private function fill(object $row): void
	{
		foreach (array('google_sub', 'email', 'state', 'state_reason', 'state_message', 'site_url', 'limiter', 'refusals') as $text) {
			$this->$text = (string) $row->$text;
		}
		foreach (array('entity', 'paused_until', 'pause_count') as $number) {
			$this->$number = (int) $row->$number;
		}
		$this->confirmed = (int) $row->confirmed > 0;
		$this->date_connected = $this->db->jdate((string) $row->date_connected);
		$this->date_drained = $this->db->jdate((string) $row->date_drained);
		$this->date_pulled = $this->db->jdate((string) $row->date_pulled);
	}
}
