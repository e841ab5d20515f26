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
 * \file    php-module/class/import/gcontactsimportfailure.class.php
 * \ingroup gcontacts
 * \brief   Why somebody was not imported
 */

/**
 * Ends the import of one candidate; the others go on.
 */
class GContactsImportFailure extends Exception
{
	/** @var string Reason code: the language key GContactsReason_CODE says what to do */
	public $reason;

	/**
	 * @param string $reason  Reason code
	 * @param string $message The value and what is wrong with it, for people
	 */
	public function __construct(string $reason, string $message = '')
	{
		parent::__construct($message);
		$this->reason = $reason;
	}

	/**
	 * @param  CommonObject $object Object that Dolibarr refused
	 * @return string               Why, in the reader's language
	 */
	public static function why(CommonObject $object): string
	{
		global $langs;
		$langs->loadLangs(array('errors', 'companies'));
		$errors = array_filter(array_unique(array_merge((array) $object->errors, array((string) $object->error))));
		return implode(' ', array_map(array($langs, 'transnoentities'), $errors)) ?: $langs->transnoentities('Error');
	}
}
