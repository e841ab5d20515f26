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
 * \file    php-module/class/gcontactsownwrite.class.php
 * \ingroup gcontacts
 * \brief   Saves of the module's own
 */

/**
 * Tells the trigger which contact is being saved with what Google has: that is no change to be sent.
 *
 * A flag of the process and not of the object: Dolibarr resets an object's context on its way.
 */
class GContactsOwnWrite
{
	/** @var int Id of the contact, 0 for none */
	private static $contact = 0;

	/**
	 * Runs a save.
	 *
	 * @param  int      $contact Id of the contact
	 * @param  callable $save    Saves it
	 * @return mixed             What the save returns
	 */
	public static function during(int $contact, callable $save)
	{
		self::$contact = $contact;
		try {
			return $save();
		} finally {
			self::$contact = 0;
		}
	}

	/**
	 * Whether a contact is being saved with what Google has.
	 *
	 * @param  string $type Element type
	 * @param  int    $id   Id of the object
	 * @return bool
	 */
	public static function is(string $type, int $id): bool
	{
		return $type === 'contact' && $id > 0 && self::$contact === $id;
	}
}
