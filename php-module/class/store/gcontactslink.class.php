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
 * \file    php-module/class/store/gcontactslink.class.php
 * \ingroup gcontacts
 * \brief   Which Dolibarr object has which card
 */

dol_include_once('/gcontacts/class/store/gcontactsrows.class.php');

/**
 * The links of an account: the table llx_gcontacts_link.
 *
 * States: waiting, sending, unknown (a create may have happened), synced, error, left_out, removed. A link with a
 * nonce and without a card is a create whose outcome has to be found out.
 */
class GContactsLink
{
	/** Columns of a link whose card carries the labels that it should. */
	const LABELS_FIT = array('labels' => null, 'date_labels' => null);

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
	 * The links of some objects, with their cards. One query.
	 *
	 * @param  string                  $type Element type
	 * @param  array<int, int>         $ids  Ids of the objects, at least one
	 * @return array<int, object>|null       Id of the object => row; null on failure
	 */
	public function fetchFor(string $type, array $ids): ?array
	{
		$sql = "SELECT l.rowid, l.fk_element, l.fk_card, l.origin, l.state, l.reason, l.nonce, l.nonce_time, l.sent, l.attempts, l.next_try, l.message, l.changed, l.date_changed, l.labels, l.date_labels, l.date_sync";
		$sql .= ", c.resource_name, c.source_id, c.person, c.marker FROM ".$this->db->prefix()."gcontacts_link l";
		$sql .= " LEFT JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
		$sql .= " WHERE l.entity = ".$this->account->entity." AND l.fk_account = ".$this->account->id;
		$sql .= " AND l.element_type = '".$this->db->escape($type)."' AND l.fk_element IN (".implode(',', array_map('intval', $ids)).")";
		$resql = $this->db->query($sql);
		$links = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$links[(int) $row->fk_element] = $row;
		}
		return $resql ? $links : null;
	}

	/**
	 * The creates whose outcome is not known.
	 *
	 * @return array<int, object>|null Rows; null on failure
	 */
	public function unresolved(): ?array
	{
		$sql = "SELECT rowid, element_type, fk_element, nonce, nonce_time, attempts, next_try, reason FROM ".$this->db->prefix()."gcontacts_link";
		$sql .= " WHERE fk_account = ".$this->account->id." AND fk_card IS NULL AND nonce <> '' ORDER BY rowid";
		$resql = $this->db->query($sql);
		$links = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$links[] = $row;
		}
		return $resql ? $links : null;
	}

	/**
	 * Whether a card is linked to by another link.
	 *
	 * @param  string    $resourceName Resource name of the card
	 * @param  int       $link         Id of the link that does not count
	 * @return bool|null               Null on failure
	 */
	public function hasOther(string $resourceName, int $link): ?bool
	{
		$sql = "SELECT l.rowid FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
		$sql .= " WHERE c.fk_account = ".$this->account->id." AND c.resource_name = '".$this->db->escape($resourceName)."' AND l.rowid <> ".$link;
		$resql = $this->db->query($sql);
		return $resql ? $this->db->num_rows($resql) > 0 : null;
	}

	/**
	 * Changes the link of an object, or makes it.
	 *
	 * @param  string                         $type    Element type
	 * @param  int                            $id      Id of the object
	 * @param  array<string, int|string|null> $columns Column => value
	 * @return int                                     1, or -1
	 */
	public function save(string $type, int $id, array $columns): int
	{
		return $this->saveAll($type, array($id => $columns));
	}

	/**
	 * Changes the links of some objects, or makes them.
	 *
	 * @param  string                                     $type  Element type
	 * @param  array<int, array<string, int|string|null>> $links Column => value, by id of the object
	 * @return int                                               1, or -1
	 */
	public function saveAll(string $type, array $links): int
	{
		$table = new GContactsRows($this->db, 'gcontacts_link');
		$rowids = $table->find('fk_element', array_keys($links), $this->among($type));
		if ($rowids === null) {
			return -1;
		}
		$new = array();
		$changed = array();
		foreach ($links as $id => $columns) {
			if (isset($rowids[$id])) {
				$changed[$rowids[$id]] = $columns;
			} else {
				$object = array('entity' => (int) $this->account->entity, 'fk_account' => (int) $this->account->id, 'element_type' => $type, 'fk_element' => $id);
				$new[] = $object + $columns;
			}
		}
		return $table->update($changed) > 0 && $table->insert($new) > 0 ? 1 : -1;
	}

	/**
	 * Adds to columns that tell which fields were changed at Google since when it has been so.
	 *
	 * @param  array<string, int|string|null> $columns Column => value
	 * @param  object|null                    $link    Link as it was loaded
	 * @param  string                         $now     Present time for SQL
	 * @return array<string, int|string|null>
	 */
	public static function datedChange(array $columns, ?object $link, string $now): array
	{
		if (isset($columns['changed'])) {
			$before = $link && (string) $link->changed === $columns['changed'] ? (string) $link->date_changed : '';
			$columns['date_changed'] = $columns['changed'] === '' ? null : ($before !== '' ? $before : $now);
		}
		return $columns;
	}

	/**
	 * Columns that tell which labels a card is without or has too many, and since when it has been so.
	 *
	 * @param  array<int, string>             $missing Names
	 * @param  array<int, string>             $extra   Names
	 * @param  object|null                    $link    Link as it was loaded
	 * @param  string                         $now     Present time for SQL
	 * @return array<string, string|null>
	 */
	public static function labelColumns(array $missing, array $extra, ?object $link, string $now): array
	{
		if (!$missing && !$extra) {
			return self::LABELS_FIT;
		}
		$since = $link ? (string) $link->date_labels : '';
		return array('labels' => json_encode(array('missing' => $missing, 'extra' => $extra)), 'date_labels' => $since === '' ? $now : $since);
	}

	/**
	 * Notes that the labels of some contacts' cards are as they should be.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 */
	public function labelsFit(array $ids): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_link SET labels = NULL, date_labels = NULL WHERE ".$this->among('contact');
		$sql .= " AND date_labels IS NOT NULL AND fk_element IN (".implode(',', array_map('intval', $ids)).")";
		return !$ids || $this->db->query($sql) ? 1 : -1;
	}

	/**
	 * Forgets the link of an object.
	 *
	 * @param  string $type Element type
	 * @param  int    $id   Id of the object
	 * @return int          1, or -1
	 */
	public function delete(string $type, int $id): int
	{
		return $this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_link WHERE ".$this->among($type)." AND fk_element = ".$id) ? 1 : -1;
	}

	/**
	 * How many links are in each state.
	 *
	 * @return array<string, int>|null State => number; null on failure
	 */
	public function countByState(): ?array
	{
		$sql = "SELECT state, COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_link WHERE fk_account = ".$this->account->id." GROUP BY state ORDER BY state";
		$resql = $this->db->query($sql);
		$counts = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$counts[(string) $row->state] = (int) $row->nb;
		}
		return $resql ? $counts : null;
	}

	/**
	 * @param  string $type Element type
	 * @return string       Condition
	 */
	private function among(string $type): string
	{
		return "entity = ".$this->account->entity." AND fk_account = ".$this->account->id." AND element_type = '".$this->db->escape($type)."'";
	}
}
