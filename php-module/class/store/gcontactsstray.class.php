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
 * \file    php-module/class/store/gcontactsstray.class.php
 * \ingroup gcontacts
 * \brief   Cards in our labels that no contact knows
 */

dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * The strays of an account: the table llx_gcontacts_stray. One that was linked to a contact since is no stray any more.
 */
class GContactsStray
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
	 * Keeps those cards that are in one of our labels. Another Dolibarr, or entity, may share the label: its cards are its own.
	 *
	 * @param  array<int, array<string, mixed>> $cards  Cards of a page of the engine's listing that no contact is linked to
	 * @param  \GContacts\ListedCards           $listed What that page tells of them
	 * @return int                                      1, or -1
	 * @throws \GContacts\Exception A card cannot be read
	 */
	public function keep(array $cards, \GContacts\ListedCards $listed): int
	{
		$known = $cards ? (new GContactsLabel($this->db, $this->account))->all() : array();
		$names = array_column((array) $known, 'name', 'resource_name');
		foreach ($cards as $card) {
			$labels = array_intersect_key($names, array_flip($card['labels']));
			if ($labels && !$card['of_another']) {
				$state = (array) $listed->state($card['resource_name'], GContactsSettings::country());
				if ($this->insert($state, implode(', ', $labels)) < 0) {
					return -1;
				}
			}
		}
		return $known === null ? -1 : 1;
	}

	/**
	 * Forgets all of them.
	 *
	 * @return int 1, or -1
	 */
	public function clear(): int
	{
		return $this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_stray WHERE fk_account = ".$this->account->id) ? 1 : -1;
	}

	/**
	 * Forgets one.
	 *
	 * @param  int $id Id
	 * @return int     1, or -1
	 */
	public function forget(int $id): int
	{
		return $this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_stray WHERE fk_account = ".$this->account->id." AND rowid = ".$id) ? 1 : -1;
	}

	/**
	 * The first of them, by name.
	 *
	 * @param  int                     $limit Highest number
	 * @return array<int, object>|null        Rows by id: resource_name, source_id, name, labels; null on failure
	 */
	public function all(int $limit): ?array
	{
		$sql = "SELECT y.rowid, y.resource_name, y.source_id, y.name, y.labels FROM ".$this->db->prefix()."gcontacts_stray y";
		$sql .= " WHERE y.fk_account = ".$this->account->id." AND NOT EXISTS (SELECT l.rowid FROM ".$this->db->prefix()."gcontacts_link l";
		$sql .= " INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card WHERE c.fk_account = y.fk_account AND c.resource_name = y.resource_name)";
		$resql = $this->db->query($sql." ORDER BY y.name, y.rowid".$this->db->plimit($limit));
		$strays = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$strays[(int) $row->rowid] = $row;
		}
		return $resql ? $strays : null;
	}

	/**
	 * @param  array<string, mixed> $card   All that Google has of the card
	 * @param  string               $labels Names of our labels that it is in
	 * @return int                          1, or -1
	 */
	private function insert(array $card, string $labels): int
	{
		$name = GContactsText::storable(GContactsCard::nameOf((string) $card['person']), 255);
		$this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_stray WHERE fk_account = ".$this->account->id." AND resource_name = '".$this->db->escape($card['resource_name'])."'");
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_stray (entity, fk_account, resource_name, source_id, name, labels) VALUES (".$this->account->entity.", ".$this->account->id;
		foreach (array($card['resource_name'], $card['source_id'], $name, GContactsText::storable($labels)) as $text) {
			$sql .= ", '".$this->db->escape((string) $text)."'";
		}
		return $this->db->query($sql.")") ? 1 : -1;
	}
}
