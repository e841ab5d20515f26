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
 * \file    php-module/class/import/gcontactscandidatematches.class.php
 * \ingroup gcontacts
 * \brief   Who a candidate may be, in Dolibarr and in the list itself
 */

dol_include_once('/gcontacts/class/import/gcontactscandidates.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportengine.class.php');

/**
 * The table llx_gcontacts_candidate_match, and twins. Only candidates that share a key with somebody are compared: that is found
 * in the database, and judged by the engine.
 */
class GContactsCandidateMatches
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;
	/** @var GContactsImportEngine */
	private $engine;

	/**
	 * @param DoliDB              $db   Database handler
	 * @param GContactsImportList $list List
	 */
	public function __construct($db, GContactsImportList $list)
	{
		$this->db = $db;
		$this->list = $list;
		$this->engine = new GContactsImportEngine();
	}

	/**
	 * Compares contacts or third parties with the candidates, in the place of what was known of them.
	 *
	 * @param  string                           $type     contact or thirdparty
	 * @param  array<int, array<string, mixed>> $elements What tells who they are
	 * @return int                                        1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function compare(string $type, array $elements): int
	{
		$hashes = array();
		foreach ($elements as $element) {
			foreach ($element['keys'] as $key) {
				$hashes[GContactsCandidates::hash((string) $key)] = true;
			}
		}
		$found = array();
		foreach (array_chunk(array_keys($hashes), 4 * GContactsCandidates::CHUNK) as $chunk) {
			$sql = "rowid IN (SELECT k.fk_candidate FROM ".$this->db->prefix()."gcontacts_candidate_key k WHERE k.fk_import = ".$this->list->id;
			$likes = $this->likes($sql." AND k.key_hash IN ('".implode("', '", $chunk)."'))");
			if ($likes === null) {
				return -1;
			}
			$found += array_column($likes, null, 'id');
		}
		return $this->replace($type, array_column($elements, 'id'), $found ? $this->engine->resemble(array_values($found), $elements) : array());
	}

	/**
	 * Finds the candidates that are the same, and puts them side by side.
	 *
	 * @return int 1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function twins(): int
	{
		$table = $this->db->prefix()."gcontacts_candidate";
		$shared = "SELECT k.key_hash FROM ".$this->db->prefix()."gcontacts_candidate_key k WHERE k.fk_import = ".$this->list->id." GROUP BY k.key_hash HAVING COUNT(*) > 1";
		$likes = $this->likes("rowid IN (SELECT o.fk_candidate FROM ".$this->db->prefix()."gcontacts_candidate_key o WHERE o.fk_import = ".$this->list->id." AND o.key_hash IN (".$shared."))");
		if ($likes === null || !$this->db->query("UPDATE ".$table." SET twin = 0, sort_title = title WHERE fk_import = ".$this->list->id." AND twin > 0")) {
			return -1;
		}
		$groups = array();
		foreach ($this->engine->twins($likes) as $twin) {
			$groups[$twin['of']][] = $twin['candidate'];
		}
		foreach ($groups as $first => $group) {
			$resql = $this->db->query("SELECT title FROM ".$table." WHERE rowid = ".((int) $first));
			$title = $resql ? (string) $this->db->fetch_object($resql)->title : '';
			$sql = "UPDATE ".$table." SET twin = ".((int) $first).", sort_title = '".$this->db->escape($title)."' WHERE rowid IN (".implode(', ', $group).")";
			if (!$resql || !$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  string                           $type  contact or thirdparty
	 * @param  array<int, int>                  $ids   Which of them were compared
	 * @param  array<int, array<string, mixed>> $pairs What came of it
	 * @return int                                     1, or -1
	 */
	private function replace(string $type, array $ids, array $pairs): int
	{
		$table = $this->db->prefix()."gcontacts_candidate_match";
		foreach (array_chunk($ids, 4 * GContactsCandidates::CHUNK) as $chunk) {
			$sql = "DELETE FROM ".$table." WHERE fk_import = ".$this->list->id." AND element_type = '".$type."' AND fk_element IN (".implode(', ', $chunk).")";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		$start = "INSERT INTO ".$table." (entity, fk_import, element_type, fk_candidate, fk_element, likeness, sure) VALUES ";
		foreach (array_chunk($pairs, GContactsCandidates::CHUNK) as $chunk) {
			$rows = array();
			foreach ($chunk as $pair) {
				$values = array((int) $pair['candidate'], (int) $pair['id'], "'".$this->db->escape((string) $pair['likeness'])."'", (int) $pair['sure']);
				$rows[] = "(".$this->list->entity.", ".$this->list->id.", '".$type."', ".implode(', ', $values).")";
			}
			if (!$this->db->query($start.implode(', ', $rows))) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  string                                $condition SQL
	 * @return array<int, array<string, mixed>>|null            What tells who the candidates are; null on failure
	 */
	private function likes(string $condition): ?array
	{
		$sql = "SELECT rowid, likes FROM ".$this->db->prefix()."gcontacts_candidate WHERE fk_import = ".$this->list->id." AND state = 'open' AND ".$condition;
		$resql = $this->db->query($sql);
		$likes = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$likes[] = array('id' => (int) $row->rowid) + (array) json_decode((string) $row->likes, true);
		}
		return $resql ? $likes : null;
	}
}
