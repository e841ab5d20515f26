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
 * \brief   From a third party or a user that changed to the contacts whose cards follow
 */

dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Turns the outbox rows of third parties and users into rows of contacts.
 */
class GContactsExpansion
{
	/** Third parties or users that one step turns. */
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
		$now = time();
		$companies = $this->outbox->read(self::STEP, $now, 'company');
		$users = $this->outbox->read(self::STEP, $now, 'user');
		if ($companies === null || $users === null) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		if ($companies && $this->turn("p.fk_soc IN (".implode(',', array_keys($companies)).")", 'COMPANY', $companies) < 0) {
			return -1;
		}
		return $users ? $this->turn($this->ofUsers(array_keys($users)), 'USER', $users) : 1;
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
	 * The contacts of those users whose label has another name now. Users change for many reasons; their login seldom.
	 *
	 * @param  array<int, int> $ids Ids of users
	 * @return string               Condition on the contacts, empty for none
	 */
	private function ofUsers(array $ids): string
	{
		$store = new GContactsLabel($this->db, $this->account);
		$labels = $store->all();
		$names = array();
		foreach ($labels ?? array() as $label) {
			if ($label['source'] === 'representative') {
				$names[(int) $label['source_id']] = $label['name'];
			}
		}
		$resql = $this->db->query("SELECT rowid, login FROM ".$this->db->prefix()."user WHERE rowid IN (".implode(',', $ids).")");
		// Where they cannot be read all are looked at: one look too many costs nothing; one too few would leave an old name.
		$renamed = $resql && $labels !== null ? array() : $ids;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$name = $names[(int) $row->rowid] ?? null;
			if ($name !== null && $name !== GContactsSettings::label().'/'.$row->login) {
				$renamed[] = (int) $row->rowid;
			}
		}
		if (empty($renamed) || !GContactsSettings::representativeLabels()) {
			return '';
		}
		$companies = "SELECT sc.fk_soc FROM ".$this->db->prefix()."societe_commerciaux sc WHERE sc.fk_user IN (".implode(',', $renamed).")";
		return "p.entity = ".$this->account->entity." AND p.fk_soc IN (".$companies.")";
	}
}
