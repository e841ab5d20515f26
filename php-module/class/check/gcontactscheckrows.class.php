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
 * \file    php-module/class/check/gcontactscheckrows.class.php
 * \ingroup gcontacts
 * \brief   The contacts of Check synchro with their states
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/check/gcontactscheckstate.class.php');
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * Counts and lists the contacts of the account's entity that somebody may see. The number of queries does not depend on the
 * number of contacts.
 */
class GContactsCheckRows
{
	/** What rows can be sorted by: column of the page => SQL. */
	const SORTS = array('name' => 'p.lastname', 'company' => 's.nom', 'state' => 'state', 'date' => 'l.date_sync');

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/** @var int Entity of the contacts: also where no account is connected */
	private $entity;

	/** @var User|null */
	private $user;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param User|null        $user    Who looks; null on the server's own command line, which sees all
	 */
	public function __construct($db, GContactsAccount $account, ?User $user)
	{
		global $conf;

		$this->db = $db;
		$this->account = $account;
		$this->entity = (int) ($account->id > 0 ? $account->entity : $conf->entity);
		$this->user = $user;
	}

	/**
	 * How many contacts are in each state.
	 *
	 * @param  array<string, string>   $filter name, company
	 * @return array<string, int>|null         All states of GContactsCheckState::ALL => number; null on failure
	 */
	public function totals(array $filter = array()): ?array
	{
		$totals = array_fill_keys(GContactsCheckState::ALL, 0);
		$sql = "SELECT state, COUNT(*) as nb FROM (SELECT ".GContactsCheckState::sql('p', 'l', 'o')." as state".$this->from($filter);
		$resql = $this->db->query($sql.") counted GROUP BY state");
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$totals[(string) $row->state] = (int) $row->nb;
		}
		return $resql ? $totals : null;
	}

	/**
	 * How many contacts the reader may not see.
	 *
	 * @return int -1 on failure
	 */
	public function hidden(): int
	{
		$sql = "SELECT COUNT(*) as nb FROM ".$this->db->prefix()."socpeople p WHERE p.entity = ".$this->entity;
		// Not simply NOT: what is compared with nothing (no third party) is neither true nor false.
		$resql = $this->db->query($sql." AND CASE WHEN ".$this->visible()." THEN 1 ELSE 0 END = 0");
		return $resql ? (int) $this->db->fetch_object($resql)->nb : -1;
	}

	/**
	 * A page of contacts.
	 *
	 * @param  array<string, string>   $filter state, name, company
	 * @param  string                  $sort   Key of SORTS
	 * @param  string                  $order  asc or desc
	 * @param  int                     $limit  Highest number of rows
	 * @param  int                     $offset Rows before them
	 * @return array<int, object>|null         Rows by contact: id, firstname, lastname, poste, priv, statut, fk_soc, company, state,
	 *                                         link_state, and the link's reason, message, changed, clashes, labels, date_sync
	 *                                         (Unix time or ''); null on failure
	 */
	public function page(array $filter, string $sort, string $order, int $limit, int $offset): ?array
	{
		$column = self::SORTS[$sort] ?? self::SORTS['name'];
		$order = strtolower($order) === 'desc' ? 'DESC' : 'ASC';
		$sql = "SELECT p.rowid as id, ".GContactsCheckState::sql('p', 'l', 'o')." as state".$this->from($filter);
		$sql .= " ORDER BY ".$column." ".$order.", p.rowid ".$order.$this->db->plimit($limit, $offset);
		return $this->rows($sql);
	}

	/**
	 * @param  string                  $sql Gives id and state
	 * @return array<int, object>|null      Rows of page(), in that order; null on failure
	 */
	private function rows(string $sql): ?array
	{
		$resql = $this->db->query($sql);
		$states = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$states[(int) $row->id] = (string) $row->state;
		}
		return $resql ? $this->details($states) : null;
	}

	/**
	 * One contact.
	 *
	 * @param  int         $id Id
	 * @return object|null     Row of page(); null where it is not there, may not be seen, or the database failed
	 */
	public function one(int $id): ?object
	{
		$sql = "SELECT ".GContactsCheckState::sql('p', 'l', 'o')." as state".$this->from(array())." AND p.rowid = ".$id;
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row ? ($this->details(array($id => (string) $row->state))[$id] ?? null) : null;
	}

	/**
	 * The contacts whose cards have not the labels that they should.
	 *
	 * @param  int                     $limit Highest number of rows
	 * @return array<int, object>|null        Rows of page(); null on failure
	 */
	public function withWrongLabels(int $limit): ?array
	{
		$sql = "SELECT p.rowid as id, ".GContactsCheckState::sql('p', 'l', 'o')." as state".$this->from(array());
		return $this->rows($sql." AND l.date_labels IS NOT NULL ORDER BY p.rowid".$this->db->plimit($limit));
	}

	/**
	 * The contacts in a state, for repairing them.
	 *
	 * @param  array<string, string>      $filter state, name, company
	 * @param  array<int, int>|null       $among  Ids of the contacts that come into question, null for all
	 * @return array<int, string>|null            Names by id; null on failure
	 */
	public function names(array $filter, ?array $among = null): ?array
	{
		$sql = "SELECT p.rowid as id, p.firstname, p.lastname".$this->from($filter);
		$sql .= $among === null ? "" : " AND p.rowid IN (".implode(',', array_map('intval', $among) ?: array(0)).")";
		$resql = $this->db->query($sql." ORDER BY p.rowid");
		$names = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$names[(int) $row->id] = trim($row->firstname.' '.$row->lastname);
		}
		return $resql ? $names : null;
	}

	/**
	 * @param  array<int, string>      $states State by contact, in the order of the page
	 * @return array<int, object>|null         See page()
	 */
	private function details(array $states): ?array
	{
		$sql = "SELECT p.rowid as id, p.firstname, p.lastname, p.poste, p.priv, p.statut, s.rowid as fk_soc, s.nom as company";
		$sql .= ", l.state as link_state, l.reason, l.message, l.changed, l.clashes, l.labels, l.date_sync FROM ".$this->db->prefix()."socpeople p".$this->joins();
		$resql = $this->db->query($sql." WHERE p.rowid IN (".implode(',', array_keys($states) ?: array(0)).")");
		$rows = $states;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$row->state = $states[(int) $row->id];
			$row->date_sync = $this->db->jdate((string) $row->date_sync);
			$rows[(int) $row->id] = $row;
		}
		// One that was deleted between both queries is left out.
		return $resql ? array_filter($rows, 'is_object') : null;
	}

	/**
	 * @param  array<string, string> $filter state, name, company
	 * @return string                        FROM and WHERE
	 */
	private function from(array $filter): string
	{
		$waiting = "SELECT DISTINCT fk_element FROM ".$this->db->prefix()."gcontacts_outbox WHERE entity = ".$this->entity;
		$sql = " FROM ".$this->db->prefix()."socpeople p".$this->joins();
		$sql .= " LEFT JOIN (".$waiting." AND element_type = 'contact') o ON o.fk_element = p.rowid";
		$sql .= " WHERE p.entity = ".$this->entity." AND ".$this->visible();
		if (in_array($filter['state'] ?? '', GContactsCheckState::ALL, true)) {
			$sql .= " AND ".GContactsCheckState::sql('p', 'l', 'o')." = '".$this->db->escape($filter['state'])."'";
		}
		if (($filter['name'] ?? '') !== '') {
			$sql .= natural_search(array('p.lastname', 'p.firstname'), $filter['name']);
		}
		return ($filter['company'] ?? '') === '' ? $sql : $sql.natural_search('s.nom', $filter['company']);
	}

	/** @return string Condition: the reader may see it */
	private function visible(): string
	{
		return $this->user === null ? "(1 = 1)" : GContactsVisibility::sql($this->user, $this->db, 'p');
	}

	/** @return string Joins of third party and link */
	private function joins(): string
	{
		$sql = " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc";
		$sql .= " LEFT JOIN ".$this->db->prefix()."gcontacts_link l ON l.fk_account = ".$this->account->id;
		return $sql." AND l.element_type = 'contact' AND l.fk_element = p.rowid";
	}
}
