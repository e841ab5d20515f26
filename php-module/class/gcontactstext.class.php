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
 * \file    php-module/class/gcontactstext.class.php
 * \ingroup gcontacts
 * \brief   Texts of Google's for columns of Dolibarr's
 */

/**
 * Makes texts that came from outside fit into the database.
 */
class GContactsText
{
	/** What a text column of MySQL holds, with room to spare. */
	const MAX_LENGTH = 4000;

	/**
	 * A text that any database of Dolibarr stores: most hold three bytes a character and refuse an emoji.
	 *
	 * @param  string $text  Text, of any bytes
	 * @param  int    $limit Highest number of characters
	 * @return string
	 */
	public static function storable(string $text, int $limit = self::MAX_LENGTH): string
	{
		$text = mb_scrub($text, 'UTF-8');
		$text = (string) preg_replace('/[\x{10000}-\x{10FFFF}]/u', "\u{FFFD}", $text);
		$text = (string) preg_replace('/[\x00-\x08\x0B\x0C\x0E-\x1F]/', ' ', $text);
		return mb_substr($text, 0, $limit, 'UTF-8');
	}
}
