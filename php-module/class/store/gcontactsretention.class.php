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
 * \file    php-module/class/store/gcontactsretention.class.php
 * \ingroup gcontacts
 * \brief   How long the log is kept
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Forgets old rows of the log, in portions, and never what is still needed: the deletions of the last day, which the guard
 * against mass deletions counts, and the cards as they were before the last runs that deleted some.
 */
class GContactsRetention
{
	/** Rows that one statement deletes. */
	const PORTION = 1000;
	/** Runs with deletions whose cards are always kept. */
	const UNDO_RUNS = 3;

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;
	/** @var int */
	private $entity;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity
	 */
	public function __construct($db, int $entity)
	{
		$this->db = $db;
		$this->entity = $entity;
	}

	/**
	 * Forgets what is older than the setting says, until nothing is or the time is over.
	 *
	 * @param  float $seconds Seconds that it may take
	 * @return int            How many objects and runs were forgotten, or -1 with ->error
	 */
	public function forgetOld(float $seconds): int
	{
		$until = microtime(true) + $seconds;
		$before = "'".$this->db->idate(dol_now() - 86400 * GContactsSettings::logDays())."'";
		$undo = $this->undoRuns();
		$ended = "state NOT IN ('".implode("', '", GContactsRun::UNDER_WAY)."') OR kind = 'drain'";
		$items = "SELECT i.rowid as id FROM ".$this->table('_item')." i WHERE i.entity = ".$this->entity." AND i.datec < ".$before;
		$items .= $undo ? " AND i.fk_run NOT IN (".implode(',', $undo).")" : "";
		$items .= " AND NOT EXISTS (SELECT r.rowid FROM ".$this->table()." r WHERE r.rowid = i.fk_run AND NOT (".$ended.")) ORDER BY i.rowid";
		$runs = "SELECT r.rowid as id FROM ".$this->table()." r WHERE r.entity = ".$this->entity." AND r.date_start < ".$before." AND (".$ended.")";
		$runs .= " AND NOT EXISTS (SELECT i.rowid FROM ".$this->table('_item')." i WHERE i.fk_run = r.rowid) ORDER BY r.rowid";
		$forgotten = 0;
		foreach (array('_item' => $items, '' => $runs) as $table => $query) {
			do {
				$portion = $undo === null ? -1 : $this->forget($query, $table);
				$forgotten += max(0, $portion);
			} while ($portion === self::PORTION && microtime(true) < $until);
			if ($portion < 0) {
				return -1;
			}
		}
		return $forgotten;
	}

	/**
	 * Forgets a portion of what earlier previews found: only the last one is of use.
	 *
	 * @param  int $last Id of the run of the last preview
	 * @return int       How many rows were forgotten, 0 where none is left, or -1 with ->error
	 */
	public function forgetPreviews(int $last): int
	{
		$older = "SELECT r.rowid FROM ".$this->table()." r WHERE r.entity = ".$this->entity." AND r.kind = 'preview' AND r.rowid < ".$last;
		$items = $this->forget("SELECT i.rowid as id FROM ".$this->table('_item')." i WHERE i.fk_run IN (".$older.") ORDER BY i.rowid", '_item');
		return $items === 0 ? $this->forget(str_replace('r.rowid FROM', 'r.rowid as id FROM', $older), '') : $items;
	}

	/**
	 * @return array<int, int>|null Ids of the last runs that deleted cards; null on failure
	 */
	private function undoRuns(): ?array
	{
		$sql = "SELECT DISTINCT i.fk_run as id FROM ".$this->table('_item')." i WHERE i.entity = ".$this->entity." AND i.card_before IS NOT NULL";
		return $this->ids($sql." ORDER BY i.fk_run DESC".$this->db->plimit(self::UNDO_RUNS));
	}

	/**
	 * @param  string $query Query for id
	 * @param  string $table End of the table's name
	 * @return int           How many rows were forgotten, or -1 with ->error
	 */
	private function forget(string $query, string $table): int
	{
		$ids = $this->ids($query.$this->db->plimit(self::PORTION));
		if (!$ids) {
			return $ids === null ? -1 : 0;
		}
		if (!$this->db->query("DELETE FROM ".$this->table($table)." WHERE rowid IN (".implode(',', $ids).")")) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		return count($ids);
	}

	/**
	 * @param  string               $query Query for id
	 * @return array<int, int>|null        Null on failure, with ->error
	 */
	private function ids(string $query): ?array
	{
		$resql = $this->db->query($query);
		$ids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$ids[] = (int) $row->id;
		}
		$this->error = $resql ? $this->error : $this->db->lasterror();
		return $resql ? $ids : null;
	}

	/**
	 * @param  string $end End of the name
	 * @return string      Table of the log
	 */
	private function table(string $end = ''): string
	{
		return $this->db->prefix()."gcontacts_run".$end;
	}
}
