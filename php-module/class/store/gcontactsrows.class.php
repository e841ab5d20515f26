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
 * \file    php-module/class/store/gcontactsrows.class.php
 * \ingroup gcontacts
 * \brief   Many rows of a table by few statements
 */

/**
 * Writes rows of one of our tables. The number of statements depends on what the rows weigh and on how many sets of
 * columns they have, not on how many they are.
 */
class GContactsRows
{
	/** Rows that one statement writes at most. */
	const LIMIT = 250;
	/** Rows that one statement changes at most: the database looks for the value of each row in all those of the statement. */
	const CHANGES = 40;
	/** Bytes after which a statement is closed: some databases take no packet beyond a megabyte. */
	const BYTES = 400000;

	/** @var DoliDB */
	private $db;
	/** @var string */
	private $table;

	/**
	 * @param DoliDB $db    Database handler
	 * @param string $table Table without its prefix
	 */
	public function __construct($db, string $table)
	{
		$this->db = $db;
		$this->table = $db->prefix().$table;
	}

	/**
	 * Finds rows by a column whose values are unique.
	 *
	 * @param  string                      $column Column
	 * @param  array<int, int|string>      $values Values
	 * @param  string                      $among  Condition on the rows
	 * @return array<int|string, int>|null         Rowid by value of those that are there; null on failure
	 */
	public function find(string $column, array $values, string $among): ?array
	{
		$found = array();
		foreach (array_chunk($values, self::LIMIT) as $some) {
			$sql = "SELECT rowid, ".$column." as value FROM ".$this->table." WHERE ".$among;
			$resql = $this->db->query($sql." AND ".$column." IN (".implode(', ', array_map(array($this, 'literal'), $some)).")");
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$found[$row->value] = (int) $row->rowid;
			}
			if (!$resql) {
				return null;
			}
		}
		return $found;
	}

	/**
	 * Adds rows.
	 *
	 * @param  array<int, array<string, int|string|null>> $rows Values by column
	 * @return int                                              1, or -1
	 */
	public function insert(array $rows): int
	{
		foreach ($this->statements($rows, self::LIMIT) as $some) {
			$values = array_map(function (array $row): string {
				return implode(', ', $row);
			}, $some);
			$columns = implode(', ', array_keys(reset($some)));
			if (!$this->db->query("INSERT INTO ".$this->table." (".$columns.") VALUES (".implode('), (', $values).")")) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Changes rows.
	 *
	 * @param  array<int, array<string, int|string|null>> $rows New values by column, by rowid
	 * @return int                                              1, or -1
	 */
	public function update(array $rows): int
	{
		foreach ($this->statements($rows, self::CHANGES) as $some) {
			$assignments = array();
			foreach (array_keys(reset($some)) as $column) {
				$assignments[] = $column." = ".self::choice(array_combine(array_keys($some), array_column($some, $column)));
			}
			$sql = "UPDATE ".$this->table." SET ".implode(', ', $assignments)." WHERE rowid IN (".implode(', ', array_keys($some)).")";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Removes rows.
	 *
	 * @param  array<int, int> $rowids Ids of rows
	 * @return int                     1, or -1
	 */
	public function delete(array $rowids): int
	{
		foreach (array_chunk($rowids, self::LIMIT) as $some) {
			if (!$this->db->query("DELETE FROM ".$this->table." WHERE rowid IN (".implode(', ', array_map('intval', $some)).")")) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Rows that have the same columns and dates, as many as one statement takes, with their values as SQL has them.
	 *
	 * @param  array<int, array<string, int|string|null>>               $rows  Rows
	 * @param  int                                                      $limit Rows of one statement at most
	 * @return array<int, non-empty-array<int, array<string, string>>>         Of each statement
	 */
	private function statements(array $rows, int $limit): array
	{
		$statements = array();
		$open = array();
		foreach ($rows as $rowid => $row) {
			$values = array_map(array($this, 'literal'), $row);
			$columns = implode(',', array_keys($row)).self::dates($values);
			$weight = array_sum(array_map('strlen', $values));
			$at = $open[$columns] ?? null;
			if ($at === null || $at['rows'] >= $limit || $at['bytes'] + $weight > self::BYTES) {
				$at = array('number' => count($statements), 'rows' => 0, 'bytes' => 0);
				$statements[] = array();
			}
			$statements[$at['number']][$rowid] = $values;
			$open[$columns] = array('number' => $at['number'], 'rows' => $at['rows'] + 1, 'bytes' => $at['bytes'] + $weight);
		}
		return $statements;
	}

	/**
	 * The dates of a row. Rows whose dates differ are changed apart: a choice of texts is no date for every database.
	 *
	 * @param  array<string, string> $values Values as SQL has them, by column
	 * @return string
	 */
	private static function dates(array $values): string
	{
		return implode(',', array_filter($values, function (string $column): bool {
			return strncmp($column, 'date', 4) === 0;
		}, ARRAY_FILTER_USE_KEY));
	}

	/**
	 * @param  int|string|null $value Value
	 * @return string                 As SQL has it
	 */
	private function literal($value): string
	{
		return $value === null ? "NULL" : (is_int($value) ? (string) $value : "'".$this->db->escape($value)."'");
	}

	/**
	 * @param  array<int, string> $values Values as SQL has them, by rowid
	 * @return string                     Expression
	 */
	private static function choice(array $values): string
	{
		if (count(array_unique($values)) === 1) {
			return reset($values);
		}
		$sql = "CASE rowid";
		foreach ($values as $rowid => $value) {
			$sql .= " WHEN ".$rowid." THEN ".$value;
		}
		return $sql." END";
	}
}
