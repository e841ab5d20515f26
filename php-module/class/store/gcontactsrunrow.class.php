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
 * \file    php-module/class/store/gcontactsrunrow.class.php
 * \ingroup gcontacts
 * \brief   A row of llx_gcontacts_run
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * What is stored of a run, and where it stands.
 */
abstract class GContactsRunRow
{
	/** It waits for its first step, or until the account may be written to again. */
	const WAITING = 'waiting';
	/** Its steps are being done. */
	const RUNNING = 'running';
	/** All is done. */
	const DONE = 'done';
	/** It cannot go on by itself. */
	const STOPPED = 'stopped';
	/** Somebody stopped it. */
	const CANCELLED = 'cancelled';
	/** States in which there is something left to do, without anybody asking for it. */
	const UNDER_WAY = array(self::WAITING, self::RUNNING);
	/** Kinds that are no operations of GContactsOperationDriver's: they go on beside one. */
	const BESIDE = array('drain', 'pull', 'import', 'auto_import', 'strays');

	/** @var string What failed */
	public $error = '';
	/** @var int Id, 0 until there is something to tell */
	public $id = 0;
	/** @var string drain, or the kind of an operation */
	public $kind = '';
	/** @var string */
	public $state = '';
	/** @var string Part of the operation that it is in */
	public $phase = '';
	/** @var string Reason code, why it waits or ended */
	public $reason = '';
	/** @var string What Google or the database said */
	public $message = '';
	/** @var int Calls to Google */
	public $calls = 0;
	/** @var int Objects in all, 0 while it is not known */
	public $total = 0;
	/** @var int Objects for which something was done */
	public $done = 0;
	/** @var int Objects that were refused */
	public $failed = 0;
	/** @var int Objects for which nothing was to be done */
	public $unchanged = 0;
	/** @var array<string, mixed> What was asked for */
	public $parameters = array();
	/** @var array<string, mixed> Where the next step goes on */
	public $position = array();
	/** @var int Unix time of the last step */
	public $alive = 0;
	/** @var int Milliseconds that the steps of the phase took */
	public $worked = 0;
	/** @var int How often in a row a step failed */
	public $tries = 0;
	/** @var int|string Unix time */
	public $date_start = '';
	/** @var int|string Unix time, empty while it is under way */
	public $date_end = '';
	/** @var int Id of the user who began it, 0 for none */
	public $author = 0;

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;

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
	 * Loads a run of the account.
	 *
	 * @param  int $id Id
	 * @return int     1 found, 0 none, -1 failure with ->error
	 */
	public function fetch(int $id): int
	{
		return $this->fetchWhere("rowid = ".$id);
	}

	/**
	 * Loads a run of the present entity, whatever its account.
	 *
	 * @param  int $id Id
	 * @return int     1 found, 0 none, -1 failure with ->error
	 */
	public function fetchInEntity(int $id): int
	{
		global $conf;
		return $this->load("entity = ".((int) $conf->entity)." AND rowid = ".$id);
	}

	/**
	 * Loads the operation that is under way. A drain is none: it has no progress of its own; nor is an import, which asks Google
	 * nothing, so that one may run beside the others.
	 *
	 * @return int 1 found, 0 none, -1 failure with ->error
	 */
	public function fetchUnderWay(): int
	{
		return $this->fetchWhere("kind NOT IN ('".implode("', '", self::BESIDE)."') AND state IN ('".implode("', '", self::UNDER_WAY)."')");
	}

	/**
	 * Whether any account of the present entity has an operation under way. One query on an index, for pages that ask always.
	 *
	 * @param  DoliDB $db Database handler
	 * @return bool
	 */
	public static function someIsUnderWay($db): bool
	{
		global $conf;
		$sql = "SELECT rowid FROM ".$db->prefix()."gcontacts_run WHERE entity = ".((int) $conf->entity)." AND kind NOT IN ('".implode("', '", self::BESIDE)."')";
		$resql = $db->query($sql." AND state IN ('".implode("', '", self::UNDER_WAY)."')".$db->plimit(1));
		return $resql && $db->num_rows($resql) > 0;
	}

	/**
	 * Loads the last run of some kinds.
	 *
	 * @param  string ...$kinds Kinds, none for any operation
	 * @return int              1 found, 0 none, -1 failure with ->error
	 */
	public function fetchLast(string ...$kinds): int
	{
		return $this->fetchWhere($kinds ? "kind IN ('".implode("', '", array_map(array($this->db, 'escape'), $kinds))."')" : "kind <> 'drain'");
	}

	/** @return bool Whether there is something left to do, without anybody asking for it */
	public function isUnderWay(): bool
	{
		return in_array($this->state, self::UNDER_WAY, true);
	}

	/** @return bool Whether nobody has stopped it since it was loaded; a drain cannot be stopped */
	public function isWanted(): bool
	{
		if (in_array($this->kind, self::BESIDE, true)) {
			return true;
		}
		$resql = $this->db->query("SELECT state FROM ".$this->db->prefix()."gcontacts_run WHERE rowid = ".$this->id);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row && in_array((string) $row->state, self::UNDER_WAY, true);
	}

	/** @return int Objects that are dealt with */
	public function dealtWith(): int
	{
		return $this->done + $this->failed + $this->unchanged;
	}

	/**
	 * @param  string $condition SQL
	 * @return int               1 found, 0 none, -1 failure with ->error
	 */
	private function fetchWhere(string $condition): int
	{
		return $this->load("entity = ".$this->account->entity." AND fk_account = ".$this->account->id." AND ".$condition);
	}

	/**
	 * @param  string $where SQL
	 * @return int           1 found, 0 none, -1 failure with ->error
	 */
	private function load(string $where): int
	{
		$sql = "SELECT * FROM ".$this->db->prefix()."gcontacts_run WHERE ".$where." ORDER BY rowid DESC";
		$resql = $this->db->query($sql.$this->db->plimit(1));
		if (!$resql) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		$row = $this->db->fetch_object($resql);
		if ($row) {
			$this->fill($row);
		}
		return $row ? 1 : 0;
	}

	/**
	 * @param  object $row Row of the table
	 * @return void
	 */
	private function fill(object $row): void
	{
		$this->id = (int) $row->rowid;
		$this->author = (int) $row->fk_user;
		foreach (array('kind', 'state', 'phase', 'reason', 'message') as $text) {
			$this->$text = (string) $row->$text;
		}
		foreach (array('calls', 'total', 'done', 'failed', 'unchanged', 'alive', 'worked', 'tries') as $number) {
			$this->$number = (int) $row->$number;
		}
		foreach (array('parameters', 'position') as $json) {
			$this->$json = (array) json_decode((string) $row->$json, true);
		}
		foreach (array('date_start', 'date_end') as $date) {
			$this->$date = $this->db->jdate((string) $row->$date);
		}
	}
}
