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
 * \brief   Labels that the module uses at Google
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
		$resql = $this->db->query("SELECT source, fk_source, resource_name, name".$this->ofAccount()." ORDER BY rowid");
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
	 * @return int                                                1, or -1
	 */
	public function replace(array $labels): int
	{
		$known = $this->all();
		if ($known === null) {
			return -1;
		}
		foreach ($known as $label) {
			if (!in_array($label, $labels, true) && $this->query("DELETE".$this->ofAccount().$this->sameSource($label)) < 0) {
				return -1;
			}
		}
		foreach ($labels as $label) {
			if (!in_array($label, $known, true) && $this->insert($label) < 0) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Notes when to look whether nobody carries labels any more. The container's is never looked at.
	 *
	 * @param  array<int, string> $names  Resource names
	 * @param  int                $lookAt Unix time, 0 for never
	 * @return int                        1, or -1
	 */
	public function lookAt(array $names, int $lookAt): int
	{
		$where = $names ? " AND source <> 'container' AND resource_name IN (".$this->quoted($names).")" : '';
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_label SET look_at = ".$lookAt." WHERE fk_account = ".$this->account->id;
		return $names ? $this->query($sql.$where) : 1;
	}

	/**
	 * The labels that it is time to look at.
	 *
	 * @param  int                     $now Unix time
	 * @return array<int, string>|null      Resource names; null on failure
	 */
	public function due(int $now): ?array
	{
		$resql = $this->db->query("SELECT resource_name".$this->ofAccount()." AND look_at > 0 AND look_at <= ".$now." ORDER BY rowid");
		$names = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$names[] = (string) $row->resource_name;
		}
		return $resql ? $names : null;
	}

	/**
	 * Forgets labels that are gone at Google.
	 *
	 * @param  array<int, string> $names Resource names
	 * @return int                       1, or -1
	 */
	public function forget(array $names): int
	{
		return $names ? $this->query("DELETE".$this->ofAccount()." AND resource_name IN (".$this->quoted($names).")") : 1;
	}

	/**
	 * @param  array<string, int|string> $label Label
	 * @return int                                   1, or -1
	 */
	private function insert(array $label): int
	{
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_label (entity, fk_account, source, fk_source, resource_name, name) VALUES (";
		$sql .= $this->account->entity.", ".$this->account->id.", '".$this->db->escape((string) $label['source'])."', ".((int) $label['source_id']);
		$sql .= ", '".$this->db->escape((string) $label['resource_name'])."'";
		$sql .= ", '".$this->db->escape(GContactsText::storable((string) $label['name'], 255))."')";
		return $this->query($sql);
	}

	/**
	 * @return string FROM and WHERE
	 */
	private function ofAccount(): string
	{
		return " FROM ".$this->db->prefix()."gcontacts_label WHERE fk_account = ".$this->account->id;
	}

	/**
	 * @param  array<string, int|string> $label Label
	 * @return string                                Condition
	 */
	private function sameSource(array $label): string
	{
		return " AND source = '".$this->db->escape((string) $label['source'])."' AND fk_source = ".((int) $label['source_id']);
	}

	/**
	 * @param  array<int, string> $names Resource names
	 * @return string                    For IN ()
	 */
	private function quoted(array $names): string
	{
		return "'".implode("', '", array_map(array($this->db, 'escape'), $names))."'";
	}

	/**
	 * @param  string $sql Statement
	 * @return int         1, or -1
	 */
	private function query(string $sql): int
	{
		return $this->db->query($sql) ? 1 : -1;
	}
}
