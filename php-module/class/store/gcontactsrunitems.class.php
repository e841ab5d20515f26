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
 * \file    php-module/class/store/gcontactsrunitems.class.php
 * \ingroup gcontacts
 * \brief   The log: what a run did with each object
 */

dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * The objects of a run, page by page, as somebody may see them: of a contact that the reader may not see neither the name
 * nor the message is told.
 */
class GContactsRunItems
{
	/** Columns by which they can be sorted. */
	const SORTS = array('i.rowid', 'i.name', 'i.action', 'i.result', 'i.datec');

	/** @var string */
	public $error = '';
	/** @var string Action to show, empty for all */
	public $action = '';
	/** @var string Result to show, empty for all */
	public $result = '';
	/** @var string Part of a name to show, empty for all */
	public $name = '';

	/** @var DoliDB */
	private $db;
	/** @var int */
	private $run;
	/** @var string SQL: 1 where the reader may see the contact of a row */
	private $seen;

	/**
	 * @param DoliDB $db   Database handler
	 * @param int    $run  Id of the run
	 * @param User   $user Reader
	 */
	public function __construct($db, int $run, User $user)
	{
		$this->db = $db;
		$this->run = $run;
		// Whose a contact was that is gone nobody knows: its name is for those who see all.
		$gone = (int) ($user->hasRight('societe', 'contact', 'lire') && $user->hasRight('societe', 'client', 'voir'));
		$visible = GContactsVisibility::sql($user, $db, 'p');
		$this->seen = "CASE WHEN i.element_type <> 'contact' OR i.fk_element = 0 THEN 1 WHEN p.rowid IS NULL THEN ".$gone." WHEN ".$visible." THEN 1 ELSE 0 END";
	}

	/** @return int How many there are, -1 on failure */
	public function count(): int
	{
		$rows = $this->rows("SELECT COUNT(*) as nb".$this->from());
		return $rows === null ? -1 : (int) $rows[0]->nb;
	}

	/**
	 * How many objects of the run had each action and result, whatever is searched for.
	 *
	 * @return array<int, object>|null action, result, nb; null on failure
	 */
	public function totals(): ?array
	{
		$sql = "SELECT action, result, COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_run_item WHERE fk_run = ".$this->run;
		return $this->rows($sql." GROUP BY action, result ORDER BY action, result");
	}

	/**
	 * For how many objects of the run nothing could be done, by the reason.
	 *
	 * @return array<int, object>|null reason, nb; null on failure
	 */
	public function reasons(): ?array
	{
		$sql = "SELECT reason, COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_run_item WHERE fk_run = ".$this->run." AND reason <> ''";
		return $this->rows($sql." AND result IN ('refused', 'left_out') GROUP BY reason ORDER BY nb DESC, reason");
	}

	/**
	 * @param  string                  $sort   One of SORTS; else in the order in which it was done
	 * @param  string                  $order  asc or desc
	 * @param  int                     $limit  Highest number of rows
	 * @param  int                     $offset Rows to leave out before
	 * @return array<int, object>|null         element_type, fk_element (0 where it is gone or not to be seen), name, action, result, reason, message, datec, seen
	 */
	public function page(string $sort, string $order, int $limit, int $offset): ?array
	{
		$sql = "SELECT i.rowid, i.element_type, i.fk_element, i.name, i.action, i.result, i.reason, i.message, i.datec, CASE WHEN i.action = 'delete' AND i.result = 'done' AND i.card_before IS NOT NULL AND i.element_type <> 'label' THEN 1 ELSE 0 END as restorable, p.rowid as existing, ".$this->seen." as seen";
		$sort = in_array($sort, self::SORTS, true) ? $sort : 'i.rowid';
		$rows = $this->rows($sql.$this->from().$this->db->order($sort.',i.rowid', $order.','.$order).$this->db->plimit($limit, $offset));
		foreach ($rows ?? array() as $row) {
			$row->seen = (int) $row->seen > 0;
			$row->fk_element = $row->seen && $row->existing !== null ? (int) $row->fk_element : 0;
			$row->name = $row->seen ? (string) $row->name : '';
			$row->message = $row->seen ? (string) $row->message : '';
		}
		return $rows;
	}

	/** @return string FROM and WHERE */
	private function from(): string
	{
		global $conf;
		$sql = " FROM ".$this->db->prefix()."gcontacts_run_item i LEFT JOIN ".$this->db->prefix()."socpeople p ON i.element_type = 'contact' AND p.rowid = i.fk_element";
		$sql .= " WHERE i.entity = ".((int) $conf->entity)." AND i.fk_run = ".$this->run;
		$sql .= $this->action === '' ? '' : " AND i.action = '".$this->db->escape($this->action)."'";
		$sql .= $this->result === '' ? '' : " AND i.result = '".$this->db->escape($this->result)."'";
		// A search must not tell who is hidden.
		return $sql.($this->name === '' ? '' : natural_search('i.name', $this->name)." AND (".$this->seen.") = 1");
	}

	/**
	 * @param  string                  $sql Query
	 * @return array<int, object>|null      Null on failure, with ->error
	 */
	private function rows(string $sql): ?array
	{
		$resql = $this->db->query($sql);
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[] = $row;
		}
		$this->error = $resql ? '' : $this->db->lasterror();
		return $resql ? $rows : null;
	}
}
