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
 * \file    php-module/class/import/gcontactsimportlist.class.php
 * \ingroup gcontacts
 * \brief   A list of people who may be imported
 */

/**
 * A row of llx_gcontacts_import: where a list comes from, and how far it is.
 */
class GContactsImportList
{
	/** Sources: the connected account, one of its labels, another Google account, a CardDAV address book, a file of vCards. */
	const SOURCES = array('account', 'label', 'other', 'carddav', 'vcard');
	/** Sources whose people are cards of the connected account; their lists are everybody's. */
	const OF_ACCOUNT = array('account', 'label');

	/** @var string */
	public $error = '';
	/** @var int */
	public $id = 0;
	/** @var int */
	public $entity = 0;
	/** @var int Account whose cards these are; 0 for what was read from elsewhere */
	public $fk_account = 0;
	/** @var int User whose list it is; 0 for everybody's */
	public $fk_user = 0;
	/** @var string One of SOURCES */
	public $source = '';
	/** @var string Which account, address book or file */
	public $title = '';
	/** @var string listing, matching, ready */
	public $state = '';
	/** @var string Where the next page begins */
	public $page_cursor = '';
	/** @var int Listing under way, or the last one */
	public $generation = 0;
	/** @var int Cards looked at */
	public $seen = 0;
	/** @var int Cards that there are; 0 where the source does not tell */
	public $total = 0;
	/** @var int Whether there were more than the setting allows */
	public $cut = 0;
	/** @var int Whether the listing under way found somebody new or changed */
	public $changed = 0;
	/** @var int Last contact that was compared */
	public $last_contact = 0;
	/** @var int Last third party that was compared */
	public $last_company = 0;
	/** @var string Latest change in Dolibarr that was compared, as the database writes it; empty for none */
	public $matched = '';
	/** @var int Unix time */
	public $began_at = 0;
	/** @var int Unix time of the last complete listing */
	public $listed_at = 0;

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
	 * Loads a list.
	 *
	 * @param  string $source  Source
	 * @param  int    $user    User whose list it is, 0 for everybody's
	 * @param  int    $account Account, 0 for what was read from elsewhere
	 * @return int             1 found, 0 none, -1 failure with ->error
	 */
	public function fetch(string $source, int $user, int $account): int
	{
		global $conf;
		$sql = "entity = ".((int) $conf->entity)." AND fk_account = ".$account." AND fk_user = ".$user." AND source = '".$this->db->escape($source)."'";
		return $this->fetchWhere($sql);
	}

	/**
	 * @param  int $id Id
	 * @return int     1 found, 0 none, -1 failure with ->error
	 */
	public function fetchById(int $id): int
	{
		return $this->fetchWhere("rowid = ".$id);
	}

	/** @return bool Whether its people are cards of the connected account */
	public function isOfAccount(): bool
	{
		return in_array($this->source, self::OF_ACCOUNT, true);
	}

	/** @return string Resource name of the label whose cards it lists */
	public function label(): string
	{
		return $this->source === 'label' ? GContactsSettings::autoImportLabel() : GContactsImportListing::MY_CONTACTS;
	}

	/**
	 * Makes a list, or takes the one that another process made meanwhile.
	 *
	 * @param  string $source  Source
	 * @param  int    $user    User whose list it is, 0 for everybody's
	 * @param  int    $account Account, 0 for what was read from elsewhere
	 * @return int             1, or -1 with ->error
	 */
	public function open(string $source, int $user, int $account): int
	{
		global $conf;
		$known = $this->fetch($source, $user, $account);
		if ($known !== 0) {
			return $known;
		}
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_import (entity, fk_account, fk_user, source, state, page_cursor) VALUES (";
		$this->db->query($sql.((int) $conf->entity).", ".$account.", ".$user.", '".$this->db->escape($source)."', 'listing', '')");
		return $this->fetch($source, $user, $account) > 0 ? 1 : $this->failed();
	}

	/**
	 * Changes columns, and the properties of the same name.
	 *
	 * @param  array<string, int|string> $columns Column => value
	 * @param  string                    $only    Further condition of SQL, by which a process that was overtaken notices
	 * @return int                                1, 0 where the condition does not hold, -1 with ->error
	 */
	public function change(array $columns, string $only = ''): int
	{
		$assignments = array();
		foreach ($columns as $column => $value) {
			$assignments[] = $column." = ".(is_int($value) ? $value : "'".$this->db->escape($value)."'");
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_import SET ".implode(', ', $assignments)." WHERE rowid = ".$this->id;
		$resql = $this->db->query($sql.($only === '' ? '' : " AND ".$only));
		if (!$resql) {
			return $this->failed();
		}
		if ($only !== '' && $this->db->affected_rows($resql) < 1) {
			return 0;
		}
		foreach ($columns as $column => $value) {
			$this->$column = $value;
		}
		return 1;
	}

	/**
	 * @param  string $condition SQL
	 * @return int               1 found, 0 none, -1 failure with ->error
	 */
	private function fetchWhere(string $condition): int
	{
		$resql = $this->db->query("SELECT * FROM ".$this->db->prefix()."gcontacts_import WHERE ".$condition);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		$this->id = $row ? (int) $row->rowid : 0;
		foreach ($row ? get_object_vars($row) : array() as $column => $value) {
			if ($column !== 'rowid' && property_exists($this, $column)) {
				$this->$column = is_int($this->$column) ? (int) $value : (string) $value;
			}
		}
		return $row ? 1 : ($resql ? 0 : $this->failed());
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror() ?: 'a list of candidates could not be stored';
		return -1;
	}
}
