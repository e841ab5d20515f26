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
 * \file    php-module/class/adoption/gcontactslisting.class.php
 * \ingroup gcontacts
 * \brief   The cards that an account had before anything was sent
 */

dol_include_once('/gcontacts/class/adoption/gcontactsdolimods.class.php');

/**
 * What a listing of all cards showed, with the keys by which contacts find them: rows of llx_gcontacts_card without a
 * link and without the whole person, and llx_gcontacts_card_key.
 */
class GContactsListing
{
	/** Rows that one INSERT writes. */
	const CHUNK = 250;

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
	 * How a key stands in the table.
	 *
	 * @param  string $key Key as the engine gives it
	 * @return string
	 */
	public static function hash(string $key): string
	{
		return md5($key);
	}

	/**
	 * Forgets all cards that no contact is linked to.
	 *
	 * @return int 1, or -1
	 */
	public function forget(): int
	{
		$sql = "DELETE FROM ".$this->db->prefix()."gcontacts_card WHERE fk_account = ".$this->account->id." AND rowid NOT IN";
		$sql .= " (SELECT l.fk_card FROM ".$this->db->prefix()."gcontacts_link l WHERE l.fk_card IS NOT NULL)";
		$keys = "DELETE FROM ".$this->db->prefix()."gcontacts_card_key WHERE fk_account = ".$this->account->id;
		return $this->db->query($keys) && $this->db->query($sql) ? 1 : -1;
	}

	/**
	 * Stores a page. A card that is known already, linked or of a page that came twice, stays as it is.
	 *
	 * @param  array<int, array<string, mixed>> $cards Cards of the engine's listing
	 * @return int                                     1, or -1
	 */
	public function store(array $cards): int
	{
		$named = array();
		foreach ($cards as $card) {
			if ($card['keys']) {
				$named[(string) $card['resource_name']] = $card;
			}
		}
		$known = $this->idsOf(array_keys($named));
		$new = $known === null ? array() : array_diff_key($named, $known);
		$rows = array_map(array($this, 'row'), array_values($new));
		$columns = "entity, fk_account, resource_name, source_id, etag, marker, labels, match_keys, dolimods_texts, dolimods";
		if ($known === null || $this->insert('card', $columns, $rows) < 0) {
			return -1;
		}
		$ids = $this->idsOf(array_keys($new));
		$keys = array();
		foreach ($ids ?? array() as $name => $id) {
			foreach ($new[$name]['keys'] as $key) {
				$keys[] = $this->account->entity.", ".$this->account->id.", ".$id.", '".self::hash((string) $key)."'";
			}
		}
		return $ids === null ? -1 : $this->insert('card_key', "entity, fk_account, fk_card, key_hash", $keys);
	}

	/**
	 * The cards without a contact that have one of some keys.
	 *
	 * @param  array<int, string>                    $keys Keys
	 * @return array<int, array<string, mixed>>|null       id, name, keys of each; null on failure
	 */
	public function withKeys(array $keys): ?array
	{
		if (!$keys) {
			return array();
		}
		$hashes = "'".implode("', '", array_map(array(self::class, 'hash'), $keys))."'";
		$sql = "SELECT c.rowid, c.match_keys FROM ".$this->db->prefix()."gcontacts_card c WHERE c.rowid IN";
		$sql .= " (SELECT k.fk_card FROM ".$this->db->prefix()."gcontacts_card_key k WHERE k.fk_account = ".$this->account->id." AND k.key_hash IN (".$hashes."))";
		$sql .= " AND NOT EXISTS (SELECT l.rowid FROM ".$this->db->prefix()."gcontacts_link l WHERE l.fk_card = c.rowid) ORDER BY c.rowid";
		$resql = $this->db->query($sql);
		$cards = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$cards[] = array('id' => (int) $row->rowid) + (array) json_decode((string) $row->match_keys, true);
		}
		return $resql ? $cards : null;
	}

	/**
	 * @param  array<string, mixed> $card Card of the engine's listing
	 * @return string                     Values for SQL
	 */
	private function row(array $card): string
	{
		$left = GContactsDoliMods::columns($card);
		$texts = array(
			(string) $card['resource_name'], (string) $card['source_id'], (string) $card['etag'], (string) $card['marker'],
			(string) json_encode($card['labels']), (string) json_encode(array('name' => $card['name'], 'keys' => $card['keys'])),
			(string) $left['dolimods_texts'],
		);
		$values = array();
		foreach ($texts as $text) {
			$values[] = "'".$this->db->escape($text)."'";
		}
		return $this->account->entity.", ".$this->account->id.", ".implode(', ', $values).", ".((int) $left['dolimods']);
	}

	/**
	 * @param  string             $table   Table without its prefix
	 * @param  string             $columns Columns
	 * @param  array<int, string> $rows    Values for SQL
	 * @return int                         1, or -1
	 */
	private function insert(string $table, string $columns, array $rows): int
	{
		foreach (array_chunk($rows, self::CHUNK) as $chunk) {
			$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_".$table." (".$columns.") VALUES (".implode('), (', $chunk).")";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  array<int, string>      $names Resource names
	 * @return array<string, int>|null        Id of the card by resource name; null on failure
	 */
	private function idsOf(array $names): ?array
	{
		$ids = array();
		foreach (array_chunk($names, self::CHUNK) as $chunk) {
			$sql = "SELECT rowid, resource_name FROM ".$this->db->prefix()."gcontacts_card WHERE fk_account = ".$this->account->id;
			$sql .= " AND resource_name IN ('".implode("', '", array_map(array($this->db, 'escape'), $chunk))."')";
			$resql = $this->db->query($sql);
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$ids[(string) $row->resource_name] = (int) $row->rowid;
			}
			if (!$resql) {
				return null;
			}
		}
		return $ids;
	}
}
