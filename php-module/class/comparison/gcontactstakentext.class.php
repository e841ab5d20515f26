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
 * \file    php-module/class/comparison/gcontactstakentext.class.php
 * \ingroup gcontacts
 * \brief   Whether a text of Google's fits into Dolibarr
 */

/**
 * What Dolibarr's own forms would not let in, or the database would refuse, is told instead of cut.
 */
class GContactsTakenText
{
	/** Characters that turn the direction of what follows: a name that hides another one. */
	const OVERRIDES = '/[\x{202A}-\x{202E}\x{2066}-\x{2069}]/u';

	/** @var DoliDB */
	private $db;

	/** @var bool|null Whether the database holds four bytes a character */
	private static $wide;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Why a text does not fit.
	 *
	 * @param  string             $text  Text
	 * @param  int                $limit Characters that its column holds
	 * @return array<int, string>        Reason code and what it is about, empty where it fits
	 */
	public function problem(string $text, int $limit): array
	{
		if (mb_strlen($text, 'UTF-8') > $limit) {
			return array('too_long', (string) $limit, (string) mb_strlen($text, 'UTF-8'));
		}
		if (!$this->isStorable($text)) {
			return array('four_bytes');
		}
		// What the contact's own form makes of it; it does not keep all.
		if (sanitizeVal($text, 'alphanohtml') !== $text || preg_match(self::OVERRIDES, $text)) {
			return array('characters');
		}
		return array();
	}

	/**
	 * Whether the database takes a text: many of Dolibarr's hold three bytes a character.
	 *
	 * @param  string $text Text
	 * @return bool
	 */
	public function isStorable(string $text): bool
	{
		return !preg_match('/[\x{10000}-\x{10FFFF}]/u', $text) || $this->isWide();
	}

	/**
	 * @return bool
	 */
	private function isWide(): bool
	{
		global $conf;
		if ($this->db->type === 'pgsql') {
			return true;
		}
		if (self::$wide === null) {
			$sql = "SELECT character_set_name as charset FROM information_schema.columns WHERE table_schema = DATABASE()";
			$sql .= " AND table_name = '".$this->db->prefix()."socpeople' AND column_name = 'lastname'";
			$resql = $this->db->query($sql);
			$row = $resql ? $this->db->fetch_object($resql) : null;
			self::$wide = $row && (string) $row->charset === 'utf8mb4' && (string) $conf->db->character_set === 'utf8mb4';
		}
		return self::$wide;
	}
}
