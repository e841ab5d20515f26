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
 * \brief   What was done at Google, and how far an operation has come
 */

dol_include_once('/gcontacts/class/store/gcontactsrunrow.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * A run with what it did to each object: the tables llx_gcontacts_run and llx_gcontacts_run_item.
 *
 * A drain is written down once it has something to tell. An operation is written down when it begins, and each of its
 * steps moves it on.
 */
class GContactsRun extends GContactsRunRow
{
	/** Message of a deletion to which an administrator said yes: the guard against mass deletions does not count it. */
	const ALLOWED = 'allowed by an administrator';

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param string           $kind    drain, or the kind of an operation
	 */
	public function __construct($db, GContactsAccount $account, string $kind = '')
	{
		parent::__construct($db, $account);
		$this->kind = $kind;
	}

	/**
	 * Writes the run itself, once there is something to tell. Not in a transaction that may be undone.
	 *
	 * @return int 1, or -1
	 */
	public function start(): int
	{
		return $this->id > 0 ? 1 : $this->insert(self::RUNNING);
	}

	/**
	 * Writes an operation down, whose steps are done later. Part of the caller's transaction.
	 *
	 * @param  array<string, mixed> $parameters What is asked for
	 * @return int                              1, or -1
	 */
	public function prepare(array $parameters): int
	{
		$this->parameters = $parameters;
		return $this->insert(self::WAITING);
	}

	/**
	 * Notes where the next step goes on. Part of the transaction of a step.
	 *
	 * @param  array<string, mixed> $position Anything that JSON can hold
	 * @param  string|null          $phase    Phase that begins, null to stay
	 * @param  int|null             $total    Objects in all, null for no change
	 * @return int                            1, or -1
	 */
	public function moveTo(array $position, ?string $phase = null, ?int $total = null): int
	{
		$columns = array('position' => (string) json_encode($position), 'alive' => time());
		if ($phase !== null && $phase !== $this->phase) {
			// The rate of one phase says nothing about the next.
			$columns += array('phase' => $phase, 'worked' => 0);
		}
		$moved = $this->change($columns + ($total === null ? array() : array('total' => $total)));
		$this->position = $position;
		return $moved;
	}

	/**
	 * Adds what was done with an object.
	 *
	 * @param  array<string, mixed> $row type, id, action, result, reason, message; where there are any name, resource_name, before
	 * @return int                       1, or -1
	 */
	public function add(array $row): int
	{
		return $this->addAll(array($row));
	}

	/**
	 * Adds what was done with some objects.
	 *
	 * @param  array<int, array<string, mixed>> $rows See add()
	 * @return int                                    1, or -1
	 */
	public function addAll(array $rows): int
	{
		$columns = "entity, fk_run, element_type, fk_element, name, action, result, reason, message, resource_name, clashes, card_before, datec";
		foreach (array_chunk($rows, 100) as $chunk) {
			$values = implode('), (', array_map(array($this, 'values'), $chunk));
			if (!$this->db->query("INSERT INTO ".$this->db->prefix()."gcontacts_run_item (".$columns.") VALUES (".$values.")")) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Adds a batch to the totals.
	 *
	 * @param  array<string, int> $counts calls, done, failed, unchanged
	 * @return int                        1, or -1
	 */
	public function progress(array $counts): int
	{
		$assignments = array("alive = ".time());
		foreach (array('calls', 'done', 'failed', 'unchanged') as $column) {
			$this->$column += (int) ($counts[$column] ?? 0);
			$assignments[] = $column." = ".$column." + ".((int) ($counts[$column] ?? 0));
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_run SET ".implode(', ', $assignments)." WHERE rowid = ".$this->id;
		return $this->id === 0 || $this->db->query($sql) ? 1 : -1;
	}

	/**
	 * Ends the run, where nobody has ended it before.
	 *
	 * @param  string $state   done, stopped or cancelled
	 * @param  string $reason  Why it stopped
	 * @param  string $message What Google said
	 * @return int             1, or -1
	 */
	public function finish(string $state, string $reason = '', string $message = ''): int
	{
		$columns = array('state' => $state, 'reason' => $reason, 'message' => GContactsText::storable($message), 'date_end' => $this->db->idate(dol_now()));
		return $this->id === 0 ? 1 : $this->change($columns, true);
	}

	/**
	 * Changes columns of the row, and the properties of the same name.
	 *
	 * @param  array<string, int|string|null> $columns  Column => value
	 * @param  bool                           $underWay True to change nothing in a run that has ended
	 * @return int                                      1, or -1
	 */
	public function change(array $columns, bool $underWay = false): int
	{
		$assignments = array();
		foreach ($columns as $column => $value) {
			$assignments[] = $column." = ".($value === null ? "NULL" : (is_int($value) ? $value : "'".$this->db->escape($value)."'"));
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_run SET ".implode(', ', $assignments)." WHERE rowid = ".$this->id;
		if (!$this->db->query($sql.($underWay ? " AND state IN ('".implode("', '", self::UNDER_WAY)."')" : ""))) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		foreach (array_diff_key($columns, array('parameters' => 1, 'position' => 1, 'date_end' => 1)) as $column => $value) {
			$this->$column = $value;
		}
		return 1;
	}

	/**
	 * @param  string $state State that it begins with
	 * @return int           1, or -1
	 */
	private function insert(string $state): int
	{
		global $user;
		$this->author = is_object($user) && $user->id > 0 ? (int) $user->id : 0;
		$this->state = $state;
		$this->alive = time();
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_run (entity, fk_account, kind, state, parameters, alive, date_start, fk_user) VALUES (";
		$sql .= $this->account->entity.", ".$this->account->id.", '".$this->db->escape($this->kind)."', '".$state."'";
		$sql .= ", '".$this->db->escape((string) json_encode($this->parameters))."', ".$this->alive;
		$sql .= ", '".$this->db->idate(dol_now())."', ".($this->author > 0 ? $this->author : "NULL").")";
		if (!$this->db->query($sql)) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		$this->id = (int) $this->db->last_insert_id($this->db->prefix().'gcontacts_run');
		return 1;
	}

	/**
	 * @param  array<string, mixed> $row See add()
	 * @return string                    Values for SQL
	 */
	private function values(array $row): string
	{
		$before = (string) ($row['before'] ?? '');
		// Whoever was private is not called by name here: the log outlives the contact, and with it what hides it.
		$name = $row['reason'] === 'private' ? '' : GContactsText::storable((string) ($row['name'] ?? ''), 255);
		$values = array($this->account->entity, $this->id, $this->quoted($row['type']), (int) $row['id'], $this->quoted($name));
		foreach (array('action', 'result', 'reason') as $column) {
			$values[] = $this->quoted($row[$column]);
		}
		$values[] = $this->quoted(GContactsText::storable((string) $row['message']));
		$values[] = $this->quoted($row['resource_name'] ?? '');
		$values[] = self::clashes($row) === '' ? "NULL" : $this->quoted(self::clashes($row));
		array_push($values, $before === '' ? "NULL" : $this->quoted($before), "'".$this->db->idate(dol_now())."'");
		return implode(', ', $values);
	}

	/**
	 * What both sides had changed, for the log and for the link.
	 *
	 * @param  array<string, mixed> $row Outcome, with clashes: part, dolibarr, google and rule of each
	 * @return string                    ASCII JSON, empty for none
	 */
	public static function clashes(array $row): string
	{
		return empty($row['clashes']) ? '' : (string) json_encode(array_values($row['clashes']));
	}

	/**
	 * @param  mixed  $text Text
	 * @return string       For SQL
	 */
	private function quoted($text): string
	{
		return "'".$this->db->escape((string) $text)."'";
	}
}
