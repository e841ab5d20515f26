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
 * \file    php-module/class/store/gcontactsrun.class.php
 * \ingroup gcontacts
 * \brief   The log of what was done at Google
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * A run (a drain today) with what it did to each object: the tables llx_gcontacts_run and llx_gcontacts_run_item.
 */
class GContactsRun
{
	/** Message of a deletion to which an administrator said yes: the guard against mass deletions does not count it. */
	const ALLOWED = 'allowed by an administrator';

	/** @var int Id, 0 until there is something to tell */
	public $id = 0;

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/** @var string */
	private $kind;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param string           $kind    drain, …
	 */
	public function __construct($db, GContactsAccount $account, string $kind)
	{
		$this->db = $db;
		$this->account = $account;
		$this->kind = $kind;
	}

	/**
	 * Writes the run itself, once there is something to tell. Not in a transaction that may be undone.
	 *
	 * @return int 1, or -1
	 */
	public function start(): int
	{
		global $user;
		if ($this->id > 0) {
			return 1;
		}
		$author = is_object($user) && $user->id > 0 ? (int) $user->id : 0;
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_run (entity, fk_account, kind, state, date_start, fk_user) VALUES (";
		$sql .= $this->account->entity.", ".$this->account->id.", '".$this->db->escape($this->kind)."', 'running'";
		$sql .= ", '".$this->db->idate(dol_now())."', ".($author > 0 ? $author : "NULL").")";
		if (!$this->db->query($sql)) {
			return -1;
		}
		$this->id = (int) $this->db->last_insert_id($this->db->prefix().'gcontacts_run');
		return 1;
	}

	/**
	 * Adds what was done with an object.
	 *
	 * @param  array<string, mixed> $row type, id, action, result, reason, message, resource_name, before
	 * @return int                       1, or -1
	 */
	public function add(array $row): int
	{
		$before = (string) ($row['before'] ?? '');
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_run_item";
		$sql .= " (entity, fk_run, element_type, fk_element, action, result, reason, message, resource_name, card_before, datec) VALUES (";
		$sql .= $this->account->entity.", ".$this->id.", '".$this->db->escape((string) $row['type'])."', ".((int) $row['id']);
		foreach (array('action', 'result', 'reason') as $column) {
			$sql .= ", '".$this->db->escape((string) $row[$column])."'";
		}
		$sql .= ", '".$this->db->escape(GContactsText::storable((string) $row['message']))."'";
		$sql .= ", '".$this->db->escape((string) ($row['resource_name'] ?? ''))."'";
		$sql .= ", ".($before === '' ? "NULL" : "'".$this->db->escape($before)."'").", '".$this->db->idate(dol_now())."')";
		return $this->db->query($sql) ? 1 : -1;
	}

	/**
	 * Adds a batch to the totals.
	 *
	 * @param  array<string, int> $counts calls, done, failed
	 * @return int                        1, or -1
	 */
	public function progress(array $counts): int
	{
		if ($this->id === 0) {
			return 1;
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_run SET calls = calls + ".((int) $counts['calls']);
		$sql .= ", done = done + ".((int) $counts['done']).", failed = failed + ".((int) $counts['failed']);
		return $this->db->query($sql." WHERE rowid = ".$this->id) ? 1 : -1;
	}

	/**
	 * Ends the run.
	 *
	 * @param  string $state   done or stopped
	 * @param  string $reason  Why it stopped
	 * @param  string $message What Google said
	 * @return int             1, or -1
	 */
	public function finish(string $state, string $reason = '', string $message = ''): int
	{
		if ($this->id === 0) {
			return 1;
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_run SET state = '".$this->db->escape($state)."', reason = '".$this->db->escape($reason)."'";
		$sql .= ", message = '".$this->db->escape(GContactsText::storable($message))."', date_end = '".$this->db->idate(dol_now())."'";
		return $this->db->query($sql." WHERE rowid = ".$this->id) ? 1 : -1;
	}
}
