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
 * \file    php-module/class/backup/gcontactspresentcards.class.php
 * \ingroup gcontacts
 * \brief   The cards that are at Google while others are restored
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestorecards.class.php');

/**
 * What a listing showed: the table llx_gcontacts_present. Opens no transaction.
 */
class GContactsPresentCards
{
	/** @var DoliDB */
	private $db;
	/** @var int */
	private $entity;
	/** @var int */
	private $run;
	/** @var string */
	private $table;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity
	 * @param int    $run    Id of the run
	 */
	public function __construct($db, int $entity, int $run)
	{
		$this->db = $db;
		$this->entity = $entity;
		$this->run = $run;
		$this->table = $db->prefix().'gcontacts_present';
	}

	/**
	 * @param  array<int, array<string, string>> $prints Prints of a page
	 * @return int                                       1, or -1
	 */
	public function add(array $prints): int
	{
		foreach (array_chunk($prints, GContactsRestoreCards::CHUNK) as $chunk) {
			$rows = array();
			foreach ($chunk as $print) {
				$texts = array($print['resource_name'], $print['source_id'], $print['object'], $print['says'], $print['labels']);
				$rows[] = $this->entity.", ".$this->run.", '".implode("', '", array_map(array($this->db, 'escape'), $texts))."'";
			}
			$sql = "INSERT INTO ".$this->table." (entity, fk_run, resource_name, source_id, object, says, labels) VALUES (".implode('), (', $rows).")";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * The cards that have one of some values.
	 *
	 * @param  string                  $column resource_name, source_id, object or says
	 * @param  array<int, string>      $values Values; empty ones count for nothing
	 * @param  bool                    $free   Whether only those that no card of the backup is
	 * @return array<int, object>|null         Rows; null on failure
	 */
	public function with(string $column, array $values, bool $free = false): ?array
	{
		$values = array_unique(array_filter($values, 'strlen'));
		if (!$values) {
			return array();
		}
		$sql = "SELECT rowid, resource_name, source_id, object, says, labels FROM ".$this->table." WHERE fk_run = ".$this->run;
		$sql .= " AND ".$column." IN ('".implode("', '", array_map(array($this->db, 'escape'), $values))."')".($free ? " AND taken = 0" : "");
		$resql = $this->db->query($sql." ORDER BY rowid");
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[] = $row;
		}
		return $resql ? $rows : null;
	}

	/**
	 * Notes that cards of the backup are these.
	 *
	 * @param  array<int, int> $ids Ids of rows
	 * @return int                  1, or -1
	 */
	public function take(array $ids): int
	{
		return !$ids || $this->db->query("UPDATE ".$this->table." SET taken = 1 WHERE rowid IN (".implode(',', array_map('intval', $ids)).")") ? 1 : -1;
	}

	/** @return int 1, or -1 */
	public function forget(): int
	{
		return $this->db->query("DELETE FROM ".$this->table." WHERE fk_run = ".$this->run) ? 1 : -1;
	}
}
