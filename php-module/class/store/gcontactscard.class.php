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

dol_include_once('/gcontacts/class/adoption/gcontactsdolimods.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrows.class.php');

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
	 * The contact of this Dolibarr that a marker names.
	 *
	 * @param  string $marker Marker
	 * @return int            Id, 0 where it names none
	 */
	public static function contactOf(string $marker): int
	{
		$parts = explode(':', $marker);
		return count($parts) === 4 && $parts[0] === GContactsSettings::instance() && $parts[1] === 'contact' ? (int) $parts[2] : 0;
	}

	/**
	 * Whether a card was made with a marker. The engine gives a card that was there before a nonce that says so.
	 *
	 * @param  string $marker Marker
	 * @return bool
	 */
	public static function wasMade(string $marker): bool
	{
		return strpos(self::nonceOf($marker), 'a-') !== 0;
	}

	/**
	 * Stores what Google returned of a card.
	 *
	 * @param  array<string, mixed> $row    resource_name, source_id, etag, person, labels, and dolimods where the engine tells it
	 * @param  string               $marker Marker, empty to leave it as it is
	 * @return int                          Id of the card, or -1
	 */
	public function save(array $row, string $marker): int
	{
		$ids = $this->saveAll(array($row + array('marker' => $marker)));
		return $ids === null ? -1 : $ids[(string) $row['resource_name']];
	}

	/**
	 * Stores what Google returned of some cards.
	 *
	 * @param  array<int, array<string, mixed>> $rows See save(), with the marker as marker
	 * @return array<string, int>|null                Id of each card by its resource name; null on failure
	 */
	public function saveAll(array $rows): ?array
	{
		$cards = array();
		foreach ($rows as $row) {
			$cards[(string) $row['resource_name']] = $this->columns($row);
		}
		$table = new GContactsRows($this->db, 'gcontacts_card');
		$among = "entity = ".$this->account->entity." AND fk_account = ".$this->account->id;
		$known = $table->find('resource_name', array_keys($cards), $among);
		if ($known === null) {
			return null;
		}
		$new = array_diff_key($cards, $known);
		$changed = array();
		foreach ($known as $name => $id) {
			$changed[$id] = $cards[$name];
		}
		if ($table->update($changed) < 0 || $table->insert(array_values($new)) < 0) {
			return null;
		}
		$made = $new ? $table->find('resource_name', array_keys($new), $among) : array();
		return $made === null || count($made) < count($new) ? null : $known + $made;
	}

	/**
	 * @param  array<string, mixed>      $row See saveAll()
	 * @return array<string, int|string>      Column => value
	 */
	private function columns(array $row): array
	{
		$columns = array(
			'entity' => (int) $this->account->entity,
			'fk_account' => (int) $this->account->id,
			'resource_name' => (string) $row['resource_name'],
			'source_id' => (string) $row['source_id'],
			'etag' => (string) $row['etag'],
			'updated' => (string) ($row['updated'] ?? ''),
			'person' => (string) $row['person'],
			'labels' => (string) json_encode(array_values((array) $row['labels'])),
		) + GContactsDoliMods::columns($row);
		return $columns + ($row['marker'] !== '' ? array('marker' => (string) $row['marker']) : array());
	}

	/**
	 * Forgets a card.
	 *
	 * @param  int $id Id of the card
	 * @return int     1, or -1
	 */
	public function delete(int $id): int
	{
		return $this->deleteAll(array($id));
	}

	/**
	 * Forgets some cards.
	 *
	 * @param  array<int, int> $ids Ids of the cards
	 * @return int                  1, or -1
	 */
	public function deleteAll(array $ids): int
	{
		$table = new GContactsRows($this->db, 'gcontacts_card');
		return $table->delete($ids);
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
	 * @return string         Empty where it has no name, and where nothing can be read
	 */
	public static function nameOf(string $person): string
	{
		return GContactsEngine::isLoaded() ? (string) (new GContactsBackupEngine())->cardPrints(array(), array($person))[0]['name'] : '';
	}
}
