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
 * \file    php-module/class/backup/gcontactsrestorematching.class.php
 * \ingroup gcontacts
 * \brief   Which cards of a backup are still there
 */

dol_include_once('/gcontacts/class/backup/gcontactspresentcards.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorecards.class.php');

/**
 * First by what names a card (resource name, source, marker), for all cards; then, of the rest, a card that says just the
 * same is taken for it, one to one: an address book may hold equal cards.
 */
class GContactsRestoreMatching
{
	/** Cards of a batch. */
	const SIZE = 500;

	/** @var GContactsRestoreCards */
	private $cards;
	/** @var GContactsPresentCards */
	private $present;

	/**
	 * @param GContactsRestoreCards $cards   Cards of the backup
	 * @param GContactsPresentCards $present Cards that are there
	 */
	public function __construct(GContactsRestoreCards $cards, GContactsPresentCards $present)
	{
		$this->cards = $cards;
		$this->present = $present;
	}

	/**
	 * Matches a batch.
	 *
	 * @return int How many cards were looked at, 0 where all are matched, -1 on failure
	 */
	public function step(): int
	{
		$rows = $this->cards->in('new', self::SIZE);
		if ($rows) {
			return $this->byName($rows);
		}
		$rows = $rows === null ? null : $this->cards->in('unmatched', self::SIZE);
		return $rows ? $this->byWords($rows) : ($rows === null ? -1 : 0);
	}

	/**
	 * @param  array<int, object> $rows Cards of the backup
	 * @return int                      As step()
	 */
	private function byName(array $rows): int
	{
		$known = $this->known($rows);
		if ($known === null) {
			return -1;
		}
		$taken = $changes = array();
		foreach ($rows as $id => $row) {
			$card = self::find($known, $row);
			$same = $card && $card->says === $row->says && $card->labels === $row->labels;
			$changes[$id] = array('state' => $card ? ($same ? 'there' : 'differs') : 'unmatched', 'found' => $card ? (string) $card->resource_name : '');
			$taken = array_merge($taken, $card ? array((int) $card->rowid) : array());
		}
		return $this->cards->change($changes) < 0 || $this->present->take($taken) < 0 ? -1 : count($rows);
	}

	/**
	 * @param  array<int, object>                     $rows Cards of the backup
	 * @return array<string, array<string, object>>|null    Cards that are there, by column and value; null on failure
	 */
	private function known(array $rows): ?array
	{
		$known = array();
		foreach (array('resource_name', 'source_id', 'object') as $column) {
			$found = $this->present->with($column, array_column($rows, $column));
			if ($found === null) {
				return null;
			}
			foreach ($found as $card) {
				$known[$column][(string) $card->$column] = $card;
			}
		}
		return $known;
	}

	/**
	 * @param  array<string, array<string, object>> $known Cards that are there, by column and value
	 * @param  object                               $row   Card of the backup
	 * @return object|null                                 The same card
	 */
	private static function find(array $known, object $row): ?object
	{
		return $known['resource_name'][$row->resource_name] ?? $known['source_id'][$row->source_id] ?? $known['object'][$row->object] ?? null;
	}

	/**
	 * @param  array<int, object> $rows Cards of the backup
	 * @return int                      As step()
	 */
	private function byWords(array $rows): int
	{
		$found = $this->present->with('says', array_column($rows, 'says'), true);
		if ($found === null) {
			return -1;
		}
		$free = array();
		foreach ($found as $card) {
			$free[(string) $card->says][] = $card;
		}
		$taken = $changes = array();
		foreach ($rows as $id => $row) {
			$card = isset($free[$row->says]) ? array_shift($free[$row->says]) : null;
			$changes[$id] = array('state' => $card ? ($card->labels === $row->labels ? 'there' : 'differs') : 'missing', 'found' => $card ? (string) $card->resource_name : '');
			$taken = array_merge($taken, $card ? array((int) $card->rowid) : array());
		}
		return $this->cards->change($changes) < 0 || $this->present->take($taken) < 0 ? -1 : count($rows);
	}
}
