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
 * \file    php-module/class/import/gcontactscandidatelist.class.php
 * \ingroup gcontacts
 * \brief   A page of the people who may be imported, as it is shown
 */

dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * Searches, sorts and pages the candidates of a list, with who they may be in Dolibarr: as far as the reader may see that.
 * Six queries whatever their number.
 */
class GContactsCandidateList
{
	/** Filters of the page. */
	const SHOWN = array('all', 'new', 'known', 'twins', 'nameless');
	/** What can be sorted by. */
	const SORTS = array('name' => 'c.sort_title', 'company' => 'c.company');

	/** @var int How many the last fetch() would have found on all pages */
	public $total = 0;

	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;
	/** @var User */
	private $user;

	/**
	 * @param DoliDB              $db   Database handler
	 * @param GContactsImportList $list List
	 * @param User                $user Who reads it
	 */
	public function __construct($db, GContactsImportList $list, User $user)
	{
		$this->db = $db;
		$this->list = $list;
		$this->user = $user;
	}

	/**
	 * A page.
	 *
	 * @param  array{shown:string,search:string,sort:string,order:string} $view   What is wanted
	 * @param  int                                                        $limit  Highest number
	 * @param  int                                                        $offset How many to leave out
	 * @return array<int, array<string, mixed>>|null                              Candidates by id, each with its matches; null on failure
	 */
	public function page(array $view, int $limit, int $offset): ?array
	{
		$where = $this->where($view);
		$resql = $this->db->query("SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_candidate c WHERE ".$where);
		if (!$resql) {
			return null;
		}
		$this->total = (int) $this->db->fetch_object($resql)->nb;
		$direction = $view['order'] === 'desc' ? 'DESC' : 'ASC';
		$sql = "SELECT c.* FROM ".$this->db->prefix()."gcontacts_candidate c WHERE ".$where;
		$sql .= " ORDER BY ".(self::SORTS[$view['sort']] ?? self::SORTS['name'])." ".$direction.", c.sort_title, c.twin, c.rowid";
		return $this->fetch($sql.$this->db->plimit($limit, $offset));
	}

	/**
	 * Some candidates, imported or not.
	 *
	 * @param  array<int, int>                       $ids Ids
	 * @return array<int, array<string, mixed>>|null      As page()
	 */
	public function some(array $ids): ?array
	{
		$sql = "SELECT c.* FROM ".$this->db->prefix()."gcontacts_candidate c WHERE c.fk_import = ".$this->list->id;
		return $this->fetch($sql." AND c.rowid IN (".implode(', ', array_map('intval', $ids ?: array(0))).") ORDER BY c.sort_title, c.twin, c.rowid");
	}

	/**
	 * How many there are of each filter.
	 *
	 * @return array<string, int>|null Null on failure
	 */
	public function counts(): ?array
	{
		$counts = array();
		foreach (self::SHOWN as $shown) {
			$resql = $this->db->query("SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_candidate c WHERE ".$this->where(array('shown' => $shown, 'search' => '')));
			if (!$resql) {
				return null;
			}
			$counts[$shown] = (int) $this->db->fetch_object($resql)->nb;
		}
		return $counts;
	}

	/**
	 * @param  array<string, string> $view What is wanted
	 * @return string                      Condition of SQL
	 */
	public function where(array $view): string
	{
		$sql = "c.fk_import = ".$this->list->id." AND c.state = 'open' AND c.kind ".($view['shown'] === 'nameless' ? "=" : "<>")." 'nameless'";
		if ($view['shown'] === 'new' || $view['shown'] === 'known') {
			$sql .= " AND ".($view['shown'] === 'new' ? "NOT " : "")."EXISTS (SELECT m.rowid FROM ".$this->db->prefix()."gcontacts_candidate_match m";
			$sql .= " INNER JOIN ".$this->db->prefix()."socpeople p ON p.rowid = m.fk_element WHERE m.fk_candidate = c.rowid AND m.element_type = 'contact'";
			$sql .= " AND ".GContactsVisibility::sql($this->user, $this->db, 'p').")";
		} elseif ($view['shown'] === 'twins') {
			$sql .= " AND c.twin > 0";
		}
		$search = trim($view['search'] ?? '');
		if ($search !== '') {
			$sql .= " AND (".natural_search(array('c.title', 'c.company', 'c.details'), $search, 0, 1).")";
		}
		return $sql;
	}

	/**
	 * @param  string                                $sql Query
	 * @return array<int, array<string, mixed>>|null      By id; null on failure
	 */
	private function fetch(string $sql): ?array
	{
		$resql = $this->db->query($sql);
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->rowid] = array(
				'id' => (int) $row->rowid, 'name' => (string) $row->name, 'kind' => (string) $row->kind, 'title' => (string) $row->title, 'twin' => (int) $row->twin,
				'state' => (string) $row->state, 'source_id' => (string) $row->source_id, 'etag' => (string) $row->etag, 'marker' => (string) $row->marker,
				'labels' => (string) $row->labels, 'contents' => (array) json_decode((string) $row->contents, true), 'contacts' => array(), 'companies' => array(),
			);
		}
		return $resql && $this->addContacts($rows) && $this->addCompanies($rows) ? $rows : null;
	}

	/**
	 * @param  array<int, array<string, mixed>> $rows Candidates; each gets its contacts
	 * @return bool
	 */
	private function addContacts(array &$rows): bool
	{
		$sql = "SELECT m.fk_candidate, m.likeness, m.sure, p.rowid, p.firstname, p.lastname, p.statut, s.nom as company, l.fk_card";
		$sql .= " FROM ".$this->db->prefix()."gcontacts_candidate_match m INNER JOIN ".$this->db->prefix()."socpeople p ON p.rowid = m.fk_element";
		$sql .= " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc LEFT JOIN ".$this->db->prefix()."gcontacts_link l";
		$sql .= " ON l.fk_account = ".$this->list->fk_account." AND l.element_type = 'contact' AND l.fk_element = p.rowid";
		$sql .= " WHERE m.element_type = 'contact' AND m.fk_candidate IN (".implode(', ', array_keys($rows) ?: array(0)).") AND ".GContactsVisibility::sql($this->user, $this->db, 'p');
		$resql = $this->db->query($sql." ORDER BY m.sure DESC, p.rowid");
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->fk_candidate]['contacts'][(int) $row->rowid] = array(
				'id' => (int) $row->rowid, 'name' => trim($row->firstname.' '.$row->lastname), 'company' => (string) $row->company, 'active' => (int) $row->statut === 1,
				'likeness' => (string) $row->likeness, 'sure' => (int) $row->sure > 0, 'has_card' => $row->fk_card !== null,
			);
		}
		return (bool) $resql;
	}

	/**
	 * @param  array<int, array<string, mixed>> $rows Candidates; each gets its third parties
	 * @return bool
	 */
	private function addCompanies(array &$rows): bool
	{
		$sql = "SELECT m.fk_candidate, m.likeness, m.sure, s.rowid, s.nom, s.town FROM ".$this->db->prefix()."gcontacts_candidate_match m";
		$sql .= " INNER JOIN ".$this->db->prefix()."societe s ON s.rowid = m.fk_element WHERE m.element_type = 'thirdparty'";
		$sql .= " AND m.fk_candidate IN (".implode(', ', array_keys($rows) ?: array(0)).") AND s.status = 1 AND ".self::visibleCompany($this->user, $this->db);
		$resql = $this->db->query($sql." ORDER BY m.sure DESC, s.nom, s.rowid");
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->fk_candidate]['companies'][(int) $row->rowid] = array(
				'id' => (int) $row->rowid, 'name' => (string) $row->nom, 'town' => (string) $row->town, 'likeness' => (string) $row->likeness, 'sure' => (int) $row->sure > 0,
			);
		}
		return (bool) $resql;
	}

	/**
	 * Which third parties a user may see.
	 *
	 * @param  User   $user Who looks
	 * @param  DoliDB $db   Database handler
	 * @return string       Condition of SQL on s
	 */
	public static function visibleCompany(User $user, $db): string
	{
		$sql = "s.entity IN (".getEntity('societe').")";
		if (!$user->hasRight('societe', 'lire')) {
			return "1 = 0";
		}
		if ($user->socid > 0) {
			return $sql." AND s.rowid = ".((int) $user->socid);
		}
		if (!$user->hasRight('societe', 'client', 'voir')) {
			$sql .= " AND s.rowid IN (SELECT sc.fk_soc FROM ".$db->prefix()."societe_commerciaux sc WHERE sc.fk_user = ".((int) $user->id).")";
		}
		return $sql;
	}
}
