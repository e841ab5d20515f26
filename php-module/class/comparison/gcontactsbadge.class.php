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
 * \file    php-module/class/comparison/gcontactsbadge.class.php
 * \ingroup gcontacts
 * \brief   The number on the tab of a contact
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');

/**
 * How many fields of a contact are known to differ since somebody changed them at Google. One query; Google is not asked.
 */
class GContactsBadge
{
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
	 * @param  int $id Id of the contact
	 * @return int     Number of fields
	 */
	public function differences($id): int
	{
		global $conf;
		$sql = "SELECT l.changed FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_account a ON a.rowid = l.fk_account";
		$sql .= " WHERE l.entity = ".((int) $conf->entity)." AND a.state <> 'disconnected' AND l.element_type = 'contact' AND l.fk_element = ".((int) $id);
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row ? count(GContactsComparison::keys((string) $row->changed)) : 0;
	}
}
