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
 * \file    php-module/class/import/gcontactscolumns.class.php
 * \ingroup gcontacts
 * \brief   What the columns of Dolibarr's tables can hold
 */

/**
 * Lengths and characters of columns, as the database tells them: they differ between versions of Dolibarr, and many
 * installations hold three bytes a character and refuse an emoji.
 */
class GContactsColumns
{
	/** @var array<string, array<string, array{length:int,wide:bool}>> What is known, by table and column */
	private static $known = array();

	/** @var DoliDB */
	private $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * A text without what the column's characters cannot be. One query for each table, once.
	 *
	 * @param  string $table  Table without its prefix
	 * @param  string $column Column
	 * @param  string $text   Text
	 * @return string
	 */
	public function fit(string $table, string $column, string $text): string
	{
		$text = (string) preg_replace('/[\x00-\x08\x0B\x0C\x0E-\x1F]/', ' ', mb_scrub($text, 'UTF-8'));
		if (!($this->of($table)[$column]['wide'] ?? true)) {
			// With what joins or colours an emoji, and the space that it leaves.
			$text = (string) preg_replace('/[\x{10000}-\x{10FFFF}\x{FE0F}\x{200D}]/u', '', $text);
			$text = (string) preg_replace('/ {2,}/', ' ', $text);
		}
		return trim($text);
	}

	/**
	 * How many characters a column holds.
	 *
	 * @param  string $table  Table without its prefix
	 * @param  string $column Column
	 * @return int            0 where there is no limit
	 */
	public function length(string $table, string $column): int
	{
		return $this->of($table)[$column]['length'] ?? 0;
	}

	/**
	 * @param  string                                      $table Table without its prefix
	 * @return array<string, array{length:int,wide:bool}>         By column
	 */
	private function of(string $table): array
	{
		if (!isset(self::$known[$table])) {
			self::$known[$table] = array();
			$schema = $this->db->type === 'pgsql' ? 'current_schema()' : 'DATABASE()';
			$sql = "SELECT column_name as col, character_maximum_length as len, character_set_name as charset FROM information_schema.columns";
			$resql = $this->db->query($sql." WHERE table_schema = ".$schema." AND table_name = '".$this->db->escape($this->db->prefix().$table)."'");
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$narrow = in_array(strtolower((string) $row->charset), array('utf8', 'utf8mb3', 'latin1'), true);
				// A text column is told by its bytes: no limit that matters here.
				self::$known[$table][strtolower((string) $row->col)] = array('length' => (int) $row->len > 4096 ? 0 : (int) $row->len, 'wide' => !$narrow);
			}
		}
		return self::$known[$table];
	}
}
