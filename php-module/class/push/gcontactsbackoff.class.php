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
 * \file    php-module/class/push/gcontactsbackoff.class.php
 * \ingroup gcontacts
 * \brief   How long to wait before the next try
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Delays that grow: pure functions of what happened so far.
 */
class GContactsBackoff
{
	/** Seconds of the first delay; each that follows is twice as long. */
	const FIRST = 30;

	/** Seconds of the longest delay. */
	const LONGEST = 3600;

	/**
	 * The delay after some tries.
	 *
	 * @param  int $attempts Tries so far
	 * @return int           Seconds
	 */
	public static function seconds(int $attempts): int
	{
		return min(self::LONGEST, self::FIRST * (2 ** min(10, $attempts)));
	}

	/**
	 * When to look next for a card whose create has an unknown outcome: soon, then less and less often, and once
	 * more when Google must show it.
	 *
	 * @param  int $attempts  Looks so far
	 * @param  int $nonceTime When it was sent, Unix time
	 * @param  int $now       Unix time
	 * @return int            Unix time
	 */
	public static function nextLook(int $attempts, int $nonceTime, int $now): int
	{
		$next = $now + self::seconds($attempts);
		$certain = $nonceTime + GContactsSettings::propagationSeconds();
		if ($certain > $now) {
			return min($next, $certain);
		}
		return $attempts === 0 ? $now : $next;
	}
}
