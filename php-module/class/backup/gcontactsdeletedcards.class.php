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
 * \file    php-module/class/backup/gcontactsdeletedcards.class.php
 * \ingroup gcontacts
 * \brief   The cards that a run deleted
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');

/**
 * The log of a run as a source: each card stands there as it was before it was deleted. A card's place is the id of its row.
 */
class GContactsDeletedCards implements GContactsRestoreSource
{
	/** @var DoliDB */
	private $db;
	/** @var int */
	private $entity;
	/** @var int */
	private $run;
	/** @var int */
	private $item;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity
	 * @param int    $run    Id of the run
	 * @param int    $item   Id of the one row that counts, 0 for all
	 */
	public function __construct($db, int $entity, int $run, int $item = 0)
	{
		$this->db = $db;
		$this->entity = $entity;
		$this->run = $run;
		$this->item = $item;
	}

	/** @return string What is wrong with it, a reason code; empty where it can be restored */
	public function problem(): string
	{
		return $this->count() > 0 ? '' : 'nothing_to_restore';
	}

	/** @return array<int, array<string, mixed>> Labels that the run deleted */
	public function labels(): array
	{
		$labels = array();
		foreach ((array) $this->rows("element_type = 'label'", 0) as $json) {
			$labels[] = (array) json_decode($json, true);
		}
		return $labels;
	}

	/** @return int How many cards there are */
	public function count(): int
	{
		$resql = $this->db->query("SELECT COUNT(*) as nb".$this->from("element_type <> 'label'"));
		return $resql ? (int) $this->db->fetch_object($resql)->nb : 0;
	}

	/**
	 * @param  int                     $place Place of the last one, 0 for the first
	 * @param  int                     $limit How many
	 * @return array<int, string>|null        Card by place; null on failure
	 */
	public function after(int $place, int $limit): ?array
	{
		return $this->rows("element_type <> 'label' AND rowid > ".$place, $limit);
	}

	/**
	 * @param  array<int, int>         $places Places
	 * @return array<int, string>|null         Card by place; null on failure
	 */
	public function at(array $places): ?array
	{
		return $this->rows("element_type <> 'label' AND rowid IN (".implode(',', array_map('intval', $places) ?: array(0)).")", 0);
	}

	/**
	 * @param  string                  $condition SQL
	 * @param  int                     $limit     How many, 0 for all
	 * @return array<int, string>|null            Card by place; null on failure
	 */
	private function rows(string $condition, int $limit): ?array
	{
		$resql = $this->db->query("SELECT rowid, card_before".$this->from($condition)." ORDER BY rowid".($limit > 0 ? $this->db->plimit($limit) : ''));
		$cards = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$cards[(int) $row->rowid] = (string) $row->card_before;
		}
		return $resql ? $cards : null;
	}

	/**
	 * @param  string $condition SQL
	 * @return string            FROM and WHERE
	 */
	private function from(string $condition): string
	{
		$sql = " FROM ".$this->db->prefix()."gcontacts_run_item WHERE entity = ".$this->entity." AND fk_run = ".$this->run;
		$sql .= " AND action = 'delete' AND result = 'done' AND card_before IS NOT NULL AND ".$condition;
		return $sql.($this->item > 0 ? " AND (element_type = 'label' OR rowid = ".$this->item.")" : "");
	}
}
