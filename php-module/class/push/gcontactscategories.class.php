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
 * \file    php-module/class/push/gcontactscategories.class.php
 * \ingroup gcontacts
 * \brief   Dolibarr's categories of contacts and of third parties
 */

dol_include_once('/gcontacts/class/gcontactslabelnames.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Reads which categories objects carry, and what the labels of categories are called. A query each, however many there are.
 */
class GContactsCategories
{
	/** Dolibarr's numbers of the kinds of categories that labels stand for: suppliers', customers' and prospects', contacts'. */
	const KINDS = array(1, 2, 4);

	/** @var int Number of queries made */
	public $queries = 0;

	/** @var DoliDB */
	private $db;

	/** @var array<int, string>|null What names() gave */
	private $names;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * The names of the labels of all categories; none where the option is off.
	 *
	 * @return array<int, string>|null By id of the category; null on failure
	 */
	public function names(): ?array
	{
		if (!GContactsSettings::categoryLabels()) {
			return array();
		}
		$this->queries += 2;
		$sql = "SELECT c.rowid, c.label, c.type, c.fk_parent FROM ".$this->db->prefix()."categorie c";
		$sql .= " WHERE c.type IN (".implode(',', self::KINDS).") AND c.entity IN (".getEntity('category').")";
		$resql = $this->db->query($sql);
		$categories = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$categories[(int) $row->rowid] = $row;
		}
		// Labels of representatives are called by their logins.
		$users = $resql ? $this->db->query("SELECT u.login FROM ".$this->db->prefix()."user u") : false;
		$logins = array();
		while ($users && ($row = $this->db->fetch_object($users))) {
			$logins[] = (string) $row->login;
		}
		return $users ? GContactsLabelNames::ofCategories($categories, $logins) : null;
	}

	/**
	 * The categories that contacts carry.
	 *
	 * @param  array<int, int>                    $ids Ids of contacts
	 * @return array<int, array<int, array>>|null      id and name of each, by contact; null on failure
	 */
	public function ofContacts(array $ids): ?array
	{
		$sql = "SELECT cc.fk_socpeople as fk_object, cc.fk_categorie FROM ".$this->db->prefix()."categorie_contact cc";
		return $this->read($sql." WHERE cc.fk_socpeople IN (".implode(',', array_map('intval', $ids ?: array(0))).")");
	}

	/**
	 * The categories that third parties carry, as customers and as suppliers.
	 *
	 * @param  array<int, int>                    $ids Ids of third parties
	 * @return array<int, array<int, array>>|null      id and name of each, by third party; null on failure
	 */
	public function ofCompanies(array $ids): ?array
	{
		$in = implode(',', array_map('intval', $ids ?: array(0)));
		$sql = "SELECT cs.fk_soc as fk_object, cs.fk_categorie FROM ".$this->db->prefix()."categorie_societe cs WHERE cs.fk_soc IN (".$in.")";
		$sql .= " UNION ALL SELECT cf.fk_soc as fk_object, cf.fk_categorie FROM ".$this->db->prefix()."categorie_fournisseur cf WHERE cf.fk_soc IN (".$in.")";
		return $this->read($sql);
	}

	/**
	 * @param  string                             $sql Query for fk_object and fk_categorie
	 * @return array<int, array<int, array>>|null      Null on failure
	 */
	private function read(string $sql): ?array
	{
		$this->names = $this->names ?? $this->names();
		if (empty($this->names)) {
			return $this->names;
		}
		$this->queries++;
		$resql = $this->db->query($sql);
		$found = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$id = (int) $row->fk_categorie;
			if (isset($this->names[$id])) {
				$found[(int) $row->fk_object][] = array('id' => $id, 'name' => $this->names[$id]);
			}
		}
		return $resql ? $found : null;
	}
}
