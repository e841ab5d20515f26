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
 * \file    php-module/class/import/gcontactscandidates.class.php
 * \ingroup gcontacts
 * \brief   The people of a list who may be imported
 */

dol_include_once('/gcontacts/class/import/gcontactscandidaterow.class.php');

/**
 * Takes in what a listing shows: the tables llx_gcontacts_candidate and llx_gcontacts_candidate_key. Opens no transaction.
 */
class GContactsCandidates
{
	/** Rows that one statement handles. */
	const CHUNK = 250;

	/** @var bool Whether the last store() found somebody new or changed */
	public $changed = false;

	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;

	/**
	 * @param DoliDB              $db   Database handler
	 * @param GContactsImportList $list List
	 */
	public function __construct($db, GContactsImportList $list)
	{
		$this->db = $db;
		$this->list = $list;
	}

	/**
	 * How a name or a key stands in the tables.
	 *
	 * @param  string $text Name or key
	 * @return string
	 */
	public static function hash(string $text): string
	{
		return md5($text);
	}

	/**
	 * Stores a page. Whoever is linked already is no candidate; whoever was imported stays so.
	 *
	 * @param  array<int, array<string, mixed>> $listed Candidates of the engine's listing
	 * @return int                                      How many of them are candidates, or -1
	 */
	public function store(array $listed): int
	{
		$this->changed = false;
		$named = array();
		foreach ($listed as $row) {
			$named[self::hash((string) $row['name'])] = $row + array('version' => GContactsCandidateRow::version($row));
		}
		$linked = $this->linked($named);
		$known = $linked === null ? null : $this->known(array_keys($named));
		if ($known === null) {
			return -1;
		}
		$named = array_diff_key($named, $linked);
		$same = array();
		foreach ($known as $hash => $row) {
			if (isset($named[$hash]) && $row->etag === $named[$hash]['version']) {
				$same[$hash] = (int) $row->rowid;
			}
		}
		$changed = array_diff_key(array_intersect_key($named, $known), $same);
		$new = array_diff_key($named, $known);
		$this->changed = $changed !== array() || $new !== array();
		$stored = $this->keep($same) > 0 && $this->update($changed, $known) > 0 && $this->insert($new) > 0;
		return $stored ? count($named) : -1;
	}

	/**
	 * At the end of a listing: forgets who was not in it, and who was imported into what Dolibarr no longer has.
	 *
	 * @return int 1, or -1
	 */
	public function prune(): int
	{
		$table = $this->db->prefix()."gcontacts_candidate";
		$mine = " WHERE fk_import = ".$this->list->id;
		$gone = $table." SET state = 'open', element_type = '', fk_element = 0".$mine." AND state = 'imported'";
		$contacts = " AND element_type = 'contact' AND fk_element NOT IN (SELECT p.rowid FROM ".$this->db->prefix()."socpeople p)";
		$companies = " AND element_type = 'thirdparty' AND fk_element NOT IN (SELECT s.rowid FROM ".$this->db->prefix()."societe s)";
		$done = $this->db->query("UPDATE ".$gone.$contacts) && $this->db->query("UPDATE ".$gone.$companies);
		$done = $done && $this->db->query("DELETE FROM ".$table.$mine." AND state = 'open' AND generation <> ".$this->list->generation);
		foreach (array('candidate_key', 'candidate_match', 'import_choice') as $child) {
			$sql = "DELETE FROM ".$this->db->prefix()."gcontacts_".$child.$mine." AND fk_candidate NOT IN";
			$sql .= " (SELECT c.rowid FROM ".$table." c WHERE c.fk_import = ".$this->list->id.")";
			$done = $done && $this->db->query($sql.($child === 'import_choice' ? " AND state = 'draft'" : ""));
		}
		return $done ? 1 : -1;
	}

	/** @return int How many the listing under way has found; -1 on failure */
	public function count(): int
	{
		$sql = "SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_candidate WHERE fk_import = ".$this->list->id;
		$resql = $this->db->query($sql." AND state = 'open' AND generation = ".$this->list->generation);
		return $resql ? (int) $this->db->fetch_object($resql)->nb : -1;
	}

	/**
	 * Those that are linked to a contact already, by the hashes of their names.
	 *
	 * @param  array<string, array<string, mixed>> $named Candidates by the hashes of their names
	 * @return array<string, bool>|null                   Null on failure
	 */
	private function linked(array $named): ?array
	{
		if ($this->list->fk_account === 0 || !$named) {
			return array();
		}
		$linked = array();
		foreach (array_chunk(array_column($named, 'name'), self::CHUNK) as $names) {
			$sql = "SELECT c.resource_name FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
			$sql .= " WHERE c.fk_account = ".$this->list->fk_account." AND c.resource_name IN ('".implode("', '", array_map(array($this->db, 'escape'), $names))."')";
			$resql = $this->db->query($sql);
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$linked[self::hash((string) $row->resource_name)] = true;
			}
			if (!$resql) {
				return null;
			}
		}
		return $linked;
	}

	/**
	 * @param  array<int, string>           $hashes Hashes of names
	 * @return array<string, stdClass>|null         rowid and etag by hash; null on failure
	 */
	private function known(array $hashes): ?array
	{
		$known = array();
		foreach (array_chunk($hashes, self::CHUNK) as $chunk) {
			$sql = "SELECT rowid, key_name, etag FROM ".$this->db->prefix()."gcontacts_candidate WHERE fk_import = ".$this->list->id;
			$resql = $this->db->query($sql." AND key_name IN ('".implode("', '", $chunk)."')");
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$known[(string) $row->key_name] = $row;
			}
			if (!$resql) {
				return null;
			}
		}
		return $known;
	}

	/**
	 * @param  array<string, int> $ids Candidates that are as they were
	 * @return int                     1, or -1
	 */
	private function keep(array $ids): int
	{
		foreach (array_chunk($ids, self::CHUNK) as $chunk) {
			$sql = "UPDATE ".$this->db->prefix()."gcontacts_candidate SET generation = ".$this->list->generation;
			if (!$this->db->query($sql." WHERE rowid IN (".implode(', ', $chunk).")")) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  array<string, array<string, mixed>> $rows  Candidates that changed
	 * @param  array<string, stdClass>             $known Rows by hash
	 * @return int                                        1, or -1
	 */
	private function update(array $rows, array $known): int
	{
		$ids = array();
		foreach ($rows as $hash => $row) {
			$ids[$hash] = (int) $known[$hash]->rowid;
			$assignments = array("generation = ".$this->list->generation);
			foreach (GContactsCandidateRow::columns($row) as $column => $text) {
				$assignments[] = $column." = '".$this->db->escape($text)."'";
			}
			if (!$this->db->query("UPDATE ".$this->db->prefix()."gcontacts_candidate SET ".implode(', ', $assignments)." WHERE rowid = ".$ids[$hash])) {
				return -1;
			}
		}
		foreach ($ids ? array('candidate_key', 'candidate_match') : array() as $table) {
			if (!$this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_".$table." WHERE fk_candidate IN (".implode(', ', $ids).")")) {
				return -1;
			}
		}
		return $this->insertKeys($rows, $ids);
	}

	/**
	 * @param  array<string, array<string, mixed>> $rows New candidates
	 * @return int                                       1, or -1
	 */
	private function insert(array $rows): int
	{
		foreach (array_chunk($rows, self::CHUNK, true) as $chunk) {
			$values = array();
			foreach ($chunk as $hash => $row) {
				$texts = array('key_name' => $hash, 'name' => (string) $row['name']) + GContactsCandidateRow::columns($row);
				$columns = implode(', ', array_keys($texts));
				$values[] = "(".$this->list->entity.", ".$this->list->id.", ".$this->list->generation.", '".implode("', '", array_map(array($this->db, 'escape'), $texts))."')";
			}
			$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_candidate (entity, fk_import, generation, ".$columns.") VALUES ".implode(', ', $values);
			$stored = $this->db->query($sql) ? $this->known(array_keys($chunk)) : null;
			if ($stored === null || $this->insertKeys($chunk, array_map('intval', array_map(array(self::class, 'rowidOf'), $stored))) < 0) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  array<string, array<string, mixed>> $rows Candidates
	 * @param  array<string, int>                  $ids  Their ids
	 * @return int                                       1, or -1
	 */
	private function insertKeys(array $rows, array $ids): int
	{
		$values = array();
		foreach ($rows as $hash => $row) {
			foreach ($row['likes']['keys'] as $key) {
				$values[] = "(".$this->list->entity.", ".$this->list->id.", ".$ids[$hash].", '".self::hash((string) $key)."')";
			}
		}
		foreach (array_chunk($values, self::CHUNK) as $chunk) {
			$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_candidate_key (entity, fk_import, fk_candidate, key_hash) VALUES ".implode(', ', $chunk);
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  stdClass $row Row
	 * @return int
	 */
	private static function rowidOf(stdClass $row): int
	{
		return (int) $row->rowid;
	}
}
