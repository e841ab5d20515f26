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
 * \file    php-module/class/gcontactsfieldname.class.php
 * \ingroup gcontacts
 * \brief   What people call the fields of a contact
 */

/**
 * Names of fields, as the pages of Dolibarr call them. A field has the key under which the engine compares it.
 */
class GContactsFieldName
{
	/**
	 * The name of a field in the language of the reader.
	 *
	 * @param  string $key phone_mobile, company_email, social_network:Skype, …
	 * @return string      Plain text
	 */
	public static function of(string $key): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		list($field, $network) = explode(':', $key.':');
		if ($network !== '') {
			return $network;
		}
		$name = $langs->transnoentities('GContactsField_'.$field);
		return $name === 'GContactsField_'.$field ? $field : $name;
	}

	/**
	 * The names of several fields, one after the other.
	 *
	 * @param  array<int, string> $keys Keys
	 * @return string                   Plain text
	 */
	public static function ofAll(array $keys): string
	{
		return implode(', ', array_unique(array_map(array(self::class, 'of'), $keys)));
	}
}
