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
 * \file    php-module/class/gcontactssyncfield.class.php
 * \ingroup gcontacts
 * \brief   The field "Synchronise with Google" of each contact
 */

/**
 * The extrafield gcontacts_sync of contacts: yes, no, or empty for the default of the settings.
 *
 * A list and not a checkbox: Dolibarr stores an unticked checkbox as empty, which could not be told from "never set".
 * While the option is off the field is hidden; its values stay.
 */
class GContactsSyncField
{
	const NAME = 'gcontacts_sync';

	/** What means yes, in small letters: the value of the list, and what people write into a file to be imported. */
	const YES = array('yes', '1', 'oui', 'true', 'y', 'o');

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;

	/** @var bool|null */
	private static $exists;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Declares the field to Dolibarr. One that exists stays as the administrator has changed it.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function declare(): int
	{
		if ($this->exists()) {
			return 1;
		}
		require_once DOL_DOCUMENT_ROOT.'/core/class/extrafields.class.php';
		$extrafields = new ExtraFields($this->db);
		$options = array('options' => array('yes' => 'Yes', 'no' => 'No'));
		$enabled = 'isModEnabled("gcontacts") && getDolGlobalInt("GCONTACTS_PER_CONTACT")';
		$done = $extrafields->addExtraField(
			self::NAME, 'GContactsSync', 'select', 900, '', 'socpeople', 0, 0, '', $options, 1, '', '1',
			'GContactsSyncHelp', '', '', 'gcontacts@gcontacts', $enabled
		);
		self::$exists = null;
		$this->error = $done > 0 ? '' : (string) $extrafields->error;
		return $done > 0 ? 1 : -1;
	}

	/**
	 * Whether the field is there: an administrator can delete it.
	 *
	 * @return bool
	 */
	public function exists(): bool
	{
		global $conf;
		if (self::$exists === null) {
			$sql = "SELECT rowid FROM ".$this->db->prefix()."extrafields WHERE elementtype = 'socpeople' AND name = '".self::NAME."'";
			$sql .= " AND entity IN (0, ".((int) $conf->entity).")";
			$resql = $this->db->query($sql);
			self::$exists = $resql && $this->db->num_rows($resql) > 0;
		}
		return self::$exists;
	}

	/**
	 * What a value means. Dolibarr's forms send 0 for a list in which nothing was chosen. A word that nobody knows is no
	 * yes: who wrote it had an exception in mind.
	 *
	 * @param  string    $value Column
	 * @return bool|null        Null where it was never set
	 */
	public static function meaning(string $value): ?bool
	{
		if (trim($value) === '' || trim($value) === '0') {
			return null;
		}
		return in_array(strtolower(trim($value)), self::YES, true);
	}

	/**
	 * The same in SQL, together with the default of the settings: the contact is not to be synchronised.
	 *
	 * @param  string $alias Alias of llx_socpeople_extrafields, whose row may be missing
	 * @return string        Condition
	 */
	public static function sqlSaysNo(string $alias): string
	{
		$column = "LOWER(TRIM(".$alias.".".self::NAME."))";
		$yes = "'".implode("', '", self::YES)."'";
		$byDefault = getDolGlobalInt('GCONTACTS_PER_CONTACT_DEFAULT') > 0;
		return $byDefault ? $column." NOT IN ('', '0', ".$yes.")" : "(".$column." IS NULL OR ".$column." NOT IN (".$yes."))";
	}
}
