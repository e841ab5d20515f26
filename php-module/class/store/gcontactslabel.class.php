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
 * \file    php-module/class/store/gcontactslabel.class.php
 * \ingroup gcontacts
 * \brief   Labels that the module made at Google
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * The labels of an account: the table llx_gcontacts_label.
 */
class GContactsLabel
{
	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * The labels, as the engine takes them.
	 *
	 * @return array<int, array<string, int|string>>|null source, source_id, resource_name, name; null on failure
	 */
	public function all(): ?array
	{
		$sql = "SELECT source, fk_source, resource_name, name FROM ".$this->db->prefix()."gcontacts_label";
		$resql = $this->db->query($sql." WHERE fk_account = ".$this->account->id." ORDER BY rowid");
		$labels = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$labels[] = array(
				'source' => (string) $row->source,
				'source_id' => (int) $row->fk_source,
				'resource_name' => (string) $row->resource_name,
				'name' => (string) $row->name,
			);
		}
		return $resql ? $labels : null;
	}

	/**
	 * Stores the labels as the engine knows them now.
	 *
	 * @param  array<int, array<string, int|string>> $labels All labels of the account
	 * @return int                                           1, or -1
	 */
	public function replace(array $labels): int
	{
		$known = $this->all();
		if ($known === $labels) {
			return 1;
		}
		if ($known === null || !$this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_label WHERE fk_account = ".$this->account->id)) {
			return -1;
		}
		foreach ($labels as $label) {
			$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_label (entity, fk_account, source, fk_source, resource_name, name) VALUES (";
			$sql .= $this->account->entity.", ".$this->account->id.", '".$this->db->escape((string) $label['source'])."', ".((int) $label['source_id']);
			$sql .= ", '".$this->db->escape((string) $label['resource_name'])."'";
			$sql .= ", '".$this->db->escape(GContactsText::storable((string) $label['name'], 255))."')";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}
}
