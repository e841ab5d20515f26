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
 * \file    php-module/class/push/gcontactsrecords.class.php
 * \ingroup gcontacts
 * \brief   All that Dolibarr knows of some contacts, as the engine takes it
 */

dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/push/gcontactscategories.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecordshape.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');

/**
 * Loads contacts with their third parties, representatives and links.
 *
 * The number of queries does not depend on the number of contacts.
 */
class GContactsRecords
{
	/** Contacts of a batch. */
	const LIMIT = 200;

	/** @var int Number of queries that the last load() made */
	public $queries = 0;

	/** @var array<int, object> The links of the last load(), by contact */
	public $links = array();

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/** @var GContactsRecordShape */
	private $shape;

	/** @var GContactsCategories */
	private $categories;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account whose links are loaded
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->shape = new GContactsRecordShape($db, $account->entity);
		$this->categories = new GContactsCategories($db);
	}

	/**
	 * Loads the records of contacts. One that no longer exists has no contact in its record.
	 *
	 * @param  array<int, int>                       $ids Ids of contacts, at least one
	 * @return array<int, array<string, mixed>>|null      Records in the order of the ids; null on failure
	 */
	public function load(array $ids): ?array
	{
		$this->queries = 0;
		$tagged = $this->categories->ofContacts($ids);
		$contacts = $tagged === null ? null : $this->contacts($ids);
		$companies = $contacts === null ? null : $this->companies($contacts);
		$link = new GContactsLink($this->db, $this->account);
		$this->queries++;
		$links = $companies === null ? null : $link->fetchFor('contact', $ids);
		if ($links === null) {
			return null;
		}
		$this->queries += $this->categories->queries;
		$this->links = $links;
		$records = array();
		foreach ($ids as $id) {
			$row = $contacts[$id] ?? null;
			$records[] = array(
				'type' => 'contact',
				'id' => $id,
				'contact' => $row ? $this->shape->contact($row, $tagged[$id] ?? array()) : null,
				'company' => $row ? ($companies[(int) $row->fk_soc] ?? null) : null,
				'link' => isset($links[$id]) ? $this->shape->link($links[$id]) : null,
			);
		}
		return $records;
	}

	/**
	 * @param  array<int, int>         $ids Ids of contacts
	 * @return array<int, object>|null      Rows by id; null on failure
	 */
	private function contacts(array $ids): ?array
	{
		$this->queries++;
		$field = new GContactsSyncField($this->db);
		$withField = GContactsSettings::perContact() && $field->exists();
		$sql = "SELECT p.rowid, p.entity, p.fk_soc, p.civility, p.firstname, p.lastname, p.poste, p.email, p.phone, p.phone_perso, p.phone_mobile";
		$sql .= ", p.fax, p.address, p.zip, p.town, p.birthday, p.url, p.socialnetworks, p.note_public, p.priv, p.statut";
		$sql .= ", d.nom as state, c.code as country_code, c.label as country".($withField ? ", ef.".GContactsSyncField::NAME." as synchronise" : "");
		$sql .= " FROM ".$this->db->prefix()."socpeople p".$this->joinPlace('p');
		$sql .= $withField ? " LEFT JOIN ".$this->db->prefix()."socpeople_extrafields ef ON ef.fk_object = p.rowid" : "";
		return $this->rows($sql." WHERE p.rowid IN (".implode(',', array_map('intval', $ids)).")");
	}

	/**
	 * @param  array<int, object>                    $contacts Rows of contacts
	 * @return array<int, array<string, mixed>>|null           Third parties as the engine takes them, by id; null on failure
	 */
	private function companies(array $contacts): ?array
	{
		$ids = array();
		foreach ($contacts as $contact) {
			$ids[(int) $contact->fk_soc] = (int) $contact->fk_soc;
		}
		// Without any third party the condition is 0, so that the number of queries stays the same.
		$in = implode(',', $ids ?: array(0));
		$sql = "SELECT s.rowid, s.nom, s.email, s.phone, s.fax, s.address, s.zip, s.town, s.url, s.status, s.client, s.fournisseur";
		$sql .= ", d.nom as state, c.code as country_code, c.label as country FROM ".$this->db->prefix()."societe s".$this->joinPlace('s');
		$rows = $this->rows($sql." WHERE s.rowid IN (".$in.")");
		$representatives = $rows === null ? null : $this->representatives($in);
		$tagged = $representatives === null ? null : $this->categories->ofCompanies($ids);
		if ($tagged === null) {
			return null;
		}
		$companies = array();
		foreach ($rows as $id => $row) {
			$companies[$id] = $this->shape->company($row, $representatives[$id] ?? array(), $tagged[$id] ?? array());
		}
		return $companies;
	}

	/**
	 * @param  string                $in Ids of third parties
	 * @return array<int, array>|null    id and login of each representative, by third party; null on failure
	 */
	private function representatives(string $in): ?array
	{
		$this->queries++;
		$sql = "SELECT DISTINCT sc.fk_soc, u.rowid, u.login FROM ".$this->db->prefix()."societe_commerciaux sc";
		$sql .= " INNER JOIN ".$this->db->prefix()."user u ON u.rowid = sc.fk_user WHERE sc.fk_soc IN (".$in.") ORDER BY sc.fk_soc, u.rowid";
		$resql = $this->db->query($sql);
		$found = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$found[(int) $row->fk_soc][] = array('id' => (int) $row->rowid, 'login' => (string) $row->login);
		}
		return $resql ? $found : null;
	}

	/**
	 * @param  string                  $sql Query
	 * @return array<int, object>|null      Rows by rowid; null on failure
	 */
	private function rows(string $sql): ?array
	{
		$this->queries++;
		$resql = $this->db->query($sql);
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->rowid] = $row;
		}
		return $resql ? $rows : null;
	}

	/**
	 * @param  string $alias Alias of the table that has the columns fk_departement and fk_pays
	 * @return string        Joins of state and country
	 */
	private function joinPlace(string $alias): string
	{
		return " LEFT JOIN ".$this->db->prefix()."c_departements d ON d.rowid = ".$alias.".fk_departement"
			." LEFT JOIN ".$this->db->prefix()."c_country c ON c.rowid = ".$alias.".fk_pays";
	}
}
