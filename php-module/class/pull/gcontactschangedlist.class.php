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
 * \file    php-module/class/pull/gcontactschangedlist.class.php
 * \ingroup gcontacts
 * \brief   The contacts that were changed at Google
 */

dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * Lists the contacts with differences that a user may see. Two queries, whatever the number of contacts.
 */
class GContactsChangedList
{
	/** What rows can be sorted by: column of the page => SQL. */
	const SORTS = array('name' => 'p.lastname', 'company' => 's.nom', 'date' => 'l.date_changed');

	/** @var int Number of rows on all pages */
	public $total = 0;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var User */
	private $user;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param User             $user    Who looks
	 */
	public function __construct($db, GContactsAccount $account, User $user)
	{
		$this->db = $db;
		$this->account = $account;
		$this->user = $user;
	}

	/**
	 * A page of contacts.
	 *
	 * @param  array<string, string>   $filter name, company
	 * @param  string                  $sort   Key of SORTS
	 * @param  string                  $order  asc or desc
	 * @param  int                     $limit  Highest number of rows, 0 for all
	 * @param  int                     $offset Rows before them
	 * @return array<int, object>|null         id, firstname, lastname, fk_soc, company, changed, date_changed by contact; null on failure
	 */
	public function page(array $filter, string $sort, string $order, int $limit, int $offset): ?array
	{
		$counted = $this->db->query("SELECT COUNT(*) as nb".$this->from($filter));
		$column = self::SORTS[$sort] ?? self::SORTS['date'];
		$order = strtolower($order) === 'asc' ? 'ASC' : 'DESC';
		$sql = "SELECT p.rowid as id, p.firstname, p.lastname, p.statut, s.rowid as fk_soc, s.nom as company, l.changed, l.date_changed".$this->from($filter);
		$resql = $this->db->query($sql." ORDER BY ".$column." ".$order.", p.rowid ".$order.($limit > 0 ? $this->db->plimit($limit, $offset) : ""));
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->id] = $row;
		}
		$this->total = $counted ? (int) $this->db->fetch_object($counted)->nb : 0;
		return $resql && $counted ? $rows : null;
	}

	/**
	 * @param  array<string, string> $filter name, company
	 * @return string                        FROM and WHERE
	 */
	private function from(array $filter): string
	{
		$sql = " FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."socpeople p ON p.rowid = l.fk_element";
		$sql .= " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc WHERE l.entity = ".$this->account->entity;
		$sql .= " AND l.fk_account = ".$this->account->id." AND l.element_type = 'contact' AND l.date_changed IS NOT NULL";
		$sql .= " AND p.priv = 0 AND ".GContactsVisibility::sql($this->user, $this->db, 'p');
		if (($filter['name'] ?? '') !== '') {
			$sql .= natural_search(array('p.lastname', 'p.firstname'), $filter['name']);
		}
		return ($filter['company'] ?? '') === '' ? $sql : $sql.natural_search('s.nom', $filter['company']);
	}
}
