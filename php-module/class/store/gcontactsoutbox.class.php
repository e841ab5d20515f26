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
 * \file    php-module/class/store/gcontactsoutbox.class.php
 * \ingroup gcontacts
 * \brief   Dolibarr objects that may have changed and wait to be sent
 */

dol_include_once('/gcontacts/class/store/gcontactsoutboxentries.class.php');

/**
 * The outbox of an entity: an append-only list of events.
 *
 * Whoever changes something adds a row and can neither wait nor deadlock. The worker coalesces rows by object,
 * sends the state of the moment, and deletes exactly the rows that it read: a row added meanwhile stays.
 */
class GContactsOutbox extends GContactsOutboxEntries
{
	/**
	 * Reads the rows that are due, by object, those that have been due longest first.
	 *
	 * @param  int                                $maxObjects Highest number of objects
	 * @param  int                                $now        Unix time
	 * @param  string                             $type       Element type
	 * @param  array<int, int>                    $but        Ids of objects that are left out
	 * @return array<int, array<int, int>>|null               Id of the object => ids of its rows; null where the table could not be read
	 */
	public function read(int $maxObjects, int $now, string $type = 'contact', array $but = array()): ?array
	{
		$due = " FROM ".$this->db->prefix()."gcontacts_outbox WHERE entity = ".$this->entity;
		$due .= " AND element_type = '".$this->db->escape($type)."' AND due <= ".$now;
		$due .= $but ? " AND fk_element NOT IN (".implode(',', $but).")" : "";
		$sql = "SELECT fk_element, MIN(due) as since, MIN(rowid) as waiting".$due." GROUP BY fk_element ORDER BY since, waiting";
		$sql .= $this->db->plimit($maxObjects);
		$found = array();
		$resql = $this->db->query($sql);
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$found[(int) $row->fk_element] = array();
		}
		if (!$resql || empty($found)) {
			return $resql ? array() : null;
		}
		$resql = $this->db->query("SELECT rowid, fk_element".$due." AND fk_element IN (".implode(',', array_keys($found)).")");
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$found[(int) $row->fk_element][] = (int) $row->rowid;
		}
		return $resql ? $found : null;
	}

	/**
	 * Deletes rows that were read and dealt with.
	 *
	 * @param  array<int, int> $rowids Ids of rows
	 * @return int                     1, or -1
	 */
	public function delete(array $rowids): int
	{
		return $this->change("DELETE FROM ".$this->db->prefix()."gcontacts_outbox", $rowids);
	}

	/**
	 * Puts rows off.
	 *
	 * @param  array<int, int> $rowids  Ids of rows
	 * @param  int             $seconds From now
	 * @return int                      1, or -1
	 */
	public function postpone(array $rowids, int $seconds): int
	{
		return $this->change("UPDATE ".$this->db->prefix()."gcontacts_outbox SET due = ".(time() + $seconds), $rowids);
	}

	/**
	 * Makes contacts that wait for a later time due now.
	 *
	 * @param  array<int, int> $ids Ids of contacts, at least one
	 * @return int                  1, or -1
	 */
	public function hasten(array $ids): int
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_outbox WHERE entity = ".$this->entity." AND element_type = 'contact'";
		$resql = $this->db->query($sql." AND due > ".time()." AND fk_element IN (".implode(',', array_map('intval', $ids)).")");
		$rowids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rowids[] = (int) $row->rowid;
		}
		return $resql ? $this->postpone($rowids, 0) : -1;
	}

	/** @return int How many objects wait, due or not; -1 on failure */
	public function count(): int
	{
		$sql = "SELECT COUNT(*) as nb FROM (SELECT element_type, fk_element FROM ".$this->db->prefix()."gcontacts_outbox";
		$sql .= " WHERE entity = ".$this->entity." GROUP BY element_type, fk_element) AS waiting";
		$resql = $this->db->query($sql);
		return $resql ? (int) $this->db->fetch_object($resql)->nb : -1;
	}

	/**
	 * Whether an object waits, due or not.
	 *
	 * @param  string $type Element type
	 * @param  int    $id   Id of the object
	 * @return bool
	 */
	public function has(string $type, int $id): bool
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_outbox WHERE entity = ".$this->entity;
		$sql .= " AND element_type = '".$this->db->escape($type)."' AND fk_element = ".$id;
		$resql = $this->db->query($sql.$this->db->plimit(1));
		return $resql && $this->db->num_rows($resql) > 0;
	}

	/** @return bool Whether anything is due now */
	public function hasDue(): bool
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_outbox WHERE entity = ".$this->entity." AND due <= ".time();
		$resql = $this->db->query($sql.$this->db->plimit(1));
		return $resql && $this->db->num_rows($resql) > 0;
	}

	/**
	 * Row by row: a list of ids can become a scan, for whose locks a save would wait.
	 *
	 * @param  string          $sql    Statement without its condition
	 * @param  array<int, int> $rowids Ids of rows
	 * @return int                     1, or -1
	 */
	private function change(string $sql, array $rowids): int
	{
		foreach ($rowids as $rowid) {
			if (!$this->db->query($sql." WHERE rowid = ".((int) $rowid))) {
				return -1;
			}
		}
		return 1;
	}
}
