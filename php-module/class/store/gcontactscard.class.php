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
 * \file    php-module/class/store/gcontactscard.class.php
 * \ingroup gcontacts
 * \brief   What is known of Google's cards
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * The cards of an account: the table llx_gcontacts_card.
 */
class GContactsCard
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
	 * The marker that a card of this Dolibarr carries in its hidden client data.
	 *
	 * @param  string $type  Element type
	 * @param  int    $id    Id of the object
	 * @param  string $nonce Nonce of the create
	 * @return string
	 */
	public static function marker(string $type, int $id, string $nonce): string
	{
		return GContactsSettings::instance().':'.$type.':'.$id.':'.$nonce;
	}

	/**
	 * The nonce in a marker.
	 *
	 * @param  string $marker Marker
	 * @return string         Empty where there is none
	 */
	public static function nonceOf(string $marker): string
	{
		$parts = explode(':', $marker);
		return count($parts) === 4 ? $parts[3] : '';
	}

	/**
	 * Stores what Google returned of a card.
	 *
	 * @param  array<string, mixed> $row    resource_name, source_id, etag, person, labels
	 * @param  string               $marker Marker, empty to leave it as it is
	 * @return int                          Id of the card, or -1
	 */
	public function save(array $row, string $marker): int
	{
		$id = $this->idOf((string) $row['resource_name']);
		if ($id < 0) {
			return -1;
		}
		$columns = array(
			'resource_name' => (string) $row['resource_name'],
			'source_id' => (string) $row['source_id'],
			'etag' => (string) $row['etag'],
			'updated' => (string) ($row['updated'] ?? ''),
			'person' => (string) $row['person'],
			'labels' => (string) json_encode(array_values((array) $row['labels'])),
		);
		if ($marker !== '') {
			$columns['marker'] = $marker;
		}
		if ($id === 0) {
			return $this->insert($columns);
		}
		$assignments = array();
		foreach ($columns as $column => $value) {
			$assignments[] = $column." = '".$this->db->escape($value)."'";
		}
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_card SET ".implode(', ', $assignments)." WHERE rowid = ".$id;
		return $this->db->query($sql) ? $id : -1;
	}

	/**
	 * Forgets a card.
	 *
	 * @param  int $id Id of the card
	 * @return int     1, or -1
	 */
	public function delete(int $id): int
	{
		return $this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_card WHERE rowid = ".$id) ? 1 : -1;
	}

	/**
	 * @param  array<string, string> $columns Column => text
	 * @return int                            Id of the card, or -1
	 */
	private function insert(array $columns): int
	{
		$values = array();
		foreach ($columns as $value) {
			$values[] = "'".$this->db->escape($value)."'";
		}
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_card (entity, fk_account, ".implode(', ', array_keys($columns)).")";
		$sql .= " VALUES (".$this->account->entity.", ".$this->account->id.", ".implode(', ', $values).")";
		return $this->db->query($sql) ? (int) $this->db->last_insert_id($this->db->prefix().'gcontacts_card') : -1;
	}

	/**
	 * @param  string $resourceName Resource name
	 * @return int                  Id of the card, 0 where it is not known, -1 on failure
	 */
	private function idOf(string $resourceName): int
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_card WHERE entity = ".$this->account->entity;
		$sql .= " AND fk_account = ".$this->account->id." AND resource_name = '".$this->db->escape($resourceName)."'";
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row ? (int) $row->rowid : ($resql ? 0 : -1);
	}

	/**
	 * Whether a card carries a label, in SQL.
	 *
	 * @param  DoliDB $db    Database handler
	 * @param  string $alias Alias of llx_gcontacts_card
	 * @param  string $label Resource name of the label
	 * @return string        Condition
	 */
	public static function sqlCarries($db, string $alias, string $label): string
	{
		// The slash before it is written as JSON writes it.
		return $alias.".labels LIKE '%/".$db->escape($db->escapeforlike(basename($label)))."\"%'";
	}

	/**
	 * Whether a known card carries a label.
	 *
	 * @param  string $label Resource name of the label
	 * @return int           1 yes, 0 no, -1 failure
	 */
	public function carries(string $label): int
	{
		$sql = "SELECT c.rowid FROM ".$this->db->prefix()."gcontacts_card c WHERE c.fk_account = ".$this->account->id;
		$resql = $this->db->query($sql." AND ".self::sqlCarries($this->db, 'c', $label).$this->db->plimit(1));
		return $resql ? (int) ($this->db->num_rows($resql) > 0) : -1;
	}

	/**
	 * What a card is called, for people to read.
	 *
	 * @param  string $person Person as Google's JSON has it
	 * @return string         Empty where it has no name
	 */
	public static function nameOf(string $person): string
	{
		$fields = json_decode($person, true);
		$texts = array($fields['names'][0]['displayName'] ?? '', $fields['organizations'][0]['name'] ?? '', $fields['emailAddresses'][0]['value'] ?? '');
		return (string) (array_values(array_filter($texts))[0] ?? '');
	}
}
