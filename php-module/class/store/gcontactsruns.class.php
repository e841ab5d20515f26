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
 * \file    php-module/class/store/gcontactsruns.class.php
 * \ingroup gcontacts
 * \brief   The log: which runs there were
 */

/**
 * The runs of the present entity, page by page.
 */
class GContactsRuns
{
	/** Columns by which they can be sorted. */
	const SORTS = array('r.rowid', 'r.kind', 'r.date_start', 'u.login', 'r.state', 'r.done', 'r.unchanged', 'r.failed', 'r.calls');

	/** @var string */
	public $error = '';
	/** @var string Kind to show, empty for all */
	public $kind = '';
	/** @var string State to show, empty for all */
	public $state = '';

	/** @var DoliDB */
	private $db;

	/** @param DoliDB $db Database handler */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/** @return int How many there are, -1 on failure */
	public function count(): int
	{
		$rows = $this->rows("SELECT COUNT(*) as nb".$this->from());
		return $rows === null ? -1 : (int) $rows[0]->nb;
	}

	/** @return array<int, string>|null Kinds that there are; null on failure */
	public function kinds(): ?array
	{
		global $conf;
		$rows = $this->rows("SELECT DISTINCT kind FROM ".$this->db->prefix()."gcontacts_run WHERE entity = ".((int) $conf->entity)." ORDER BY kind");
		return $rows === null ? null : array_column($rows, 'kind');
	}

	/**
	 * @param  string                  $sort   One of SORTS; else the newest first
	 * @param  string                  $order  asc or desc
	 * @param  int                     $limit  Highest number of rows
	 * @param  int                     $offset Rows to leave out before
	 * @return array<int, object>|null         Rows; null on failure
	 */
	public function page(string $sort, string $order, int $limit, int $offset): ?array
	{
		$sql = "SELECT r.*, u.login, u.firstname as user_firstname, u.lastname as user_lastname".$this->from();
		$sort = in_array($sort, self::SORTS, true) ? $sort : 'r.rowid';
		return $this->rows($sql.$this->db->order($sort.',r.rowid', $order.','.$order).$this->db->plimit($limit, $offset));
	}

	/** @return string FROM and WHERE */
	private function from(): string
	{
		global $conf;
		$sql = " FROM ".$this->db->prefix()."gcontacts_run r LEFT JOIN ".$this->db->prefix()."user u ON u.rowid = r.fk_user WHERE r.entity = ".((int) $conf->entity);
		$sql .= $this->kind === '' ? '' : " AND r.kind = '".$this->db->escape($this->kind)."'";
		return $sql.($this->state === '' ? '' : " AND r.state = '".$this->db->escape($this->state)."'");
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
