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
 * \file    php-module/class/push/gcontactsexpansion.class.php
 * \ingroup gcontacts
 * \brief   From a third party, a user or a category that changed to the contacts whose cards follow
 */

dol_include_once('/gcontacts/class/push/gcontactscategories.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Turns the outbox rows of third parties, users and categories into rows of contacts.
 */
class GContactsExpansion
{
	/** Objects of a kind that one step turns. */
	const STEP = 100;

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/** @var GContactsOutbox */
	private $outbox;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->outbox = new GContactsOutbox($db, $account->entity);
	}

	/**
	 * Turns what is due, a bounded number of objects.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function run(): int
	{
		foreach (array('company', 'user', 'category') as $type) {
			$objects = $this->outbox->read(self::STEP, time(), $type);
			if ($objects === null) {
				$this->error = $this->db->lasterror();
				return -1;
			}
			if ($objects && $this->turn($this->where($type, array_keys($objects)), strtoupper($type), $objects) < 0) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  string          $type Element type
	 * @param  array<int, int> $ids  Ids of objects
	 * @return string                Condition on the contacts whose cards follow; empty for none
	 */
	private function where(string $type, array $ids): string
	{
		if ($type === 'company') {
			return "p.fk_soc IN (".implode(',', $ids).")";
		}
		// A name that a category gave up may be another's now.
		return $type === 'user' ? $this->carrying('representative', $ids, $this->logins($ids)) : $this->carrying('category', null, (new GContactsCategories($this->db))->names());
	}

	/**
	 * @param  string                      $where Condition on the contacts; empty for none of them
	 * @param  string                      $event Event code of the new rows
	 * @param  array<int, array<int, int>> $read  The rows that were read, by object
	 * @return int                                1, or -1 with ->error
	 */
	private function turn(string $where, string $event, array $read): int
	{
		$this->db->begin();
		$ok = $where === '' || $this->outbox->addContactsWhere($where, $event) > 0;
		if ($ok && $this->outbox->delete(array_merge(...array_values($read))) > 0 && $this->db->commit() > 0) {
			return 1;
		}
		$this->error = $this->db->lasterror();
		$this->db->rollback();
		return -1;
	}

	/**
	 * The contacts whose cards carry labels that are to have another name now, or to go. Users and categories change for many
	 * reasons; their names seldom. Who gets a label, or loses it while it stays, is noted by himself.
	 *
	 * @param  string                  $source Why the labels exist
	 * @param  array<int, int>|null    $ids    Ids of the objects that they stand for, null for all
	 * @param  array<int, string>|null $names  Names that they should have, by id; null where they could not be read
	 * @return string                          Condition on the contacts; empty for none
	 */
	private function carrying(string $source, ?array $ids, ?array $names): string
	{
		$store = new GContactsLabel($this->db, $this->account);
		$patterns = array();
		foreach ($store->all() ?? array() as $label) {
			$id = (int) $label['source_id'];
			// Where the names are not known all are looked at: one look too many costs nothing; one too few would leave an old name.
			$wanted = isset($names[$id]) ? GContactsSettings::label().'/'.$names[$id] : null;
			if ($label['source'] === $source && ($ids === null || in_array($id, $ids, true)) && $label['name'] !== $wanted) {
				$patterns[] = GContactsCard::sqlCarries($this->db, 'c', (string) $label['resource_name']);
			}
		}
		if (empty($patterns)) {
			return '';
		}
		$cards = "SELECT l.fk_element FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
		$cards .= " WHERE l.fk_account = ".$this->account->id." AND l.element_type = 'contact' AND (".implode(' OR ', $patterns).")";
		return "p.rowid IN (".$cards.")";
	}

	/**
	 * @param  array<int, int>         $ids Ids of users
	 * @return array<int, string>|null      Logins of those that there are; null on failure
	 */
	private function logins(array $ids): ?array
	{
		$resql = $this->db->query("SELECT rowid, login FROM ".$this->db->prefix()."user WHERE rowid IN (".implode(',', $ids).")");
		$logins = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$logins[(int) $row->rowid] = (string) $row->login;
		}
		return $resql ? $logins : null;
	}
}
