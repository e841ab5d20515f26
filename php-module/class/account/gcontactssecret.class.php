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
 * \file    php-module/class/account/gcontactssecret.class.php
 * \ingroup gcontacts
 * \brief   Tokens at rest
 */

/**
 * Encrypts tokens with the key of this Dolibarr, and notices when the key is another one.
 *
 * dolDecrypt() does not: under another key it returns noise. So each text carries a mark.
 */
class GContactsSecret
{
	/** Stands before each text that is encrypted. */
	const MARK = 'gcontacts:';

	/**
	 * Encrypts a token for the database.
	 *
	 * @param  string $plain Token, may be empty
	 * @return string        Empty for an empty token
	 */
	public static function seal(string $plain): string
	{
		require_once DOL_DOCUMENT_ROOT.'/core/lib/security.lib.php';
		return $plain === '' ? '' : (string) dolEncrypt(self::MARK.$plain);
	}

	/**
	 * Reads a token back.
	 *
	 * @param  string      $sealed What seal() returned
	 * @return string|null         Null where it was encrypted with another key
	 */
	public static function open(string $sealed): ?string
	{
		if ($sealed === '') {
			return '';
		}
		require_once DOL_DOCUMENT_ROOT.'/core/lib/security.lib.php';
		$plain = (string) dolDecrypt($sealed);
		return strncmp($plain, self::MARK, strlen(self::MARK)) === 0 ? substr($plain, strlen(self::MARK)) : null;
	}
}
