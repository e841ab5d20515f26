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
 * \file    php-module/class/push/gcontactspreview.class.php
 * \ingroup gcontacts
 * \brief   What would be sent
 */

dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');

/**
 * Plans without sending and without changing anything.
 */
class GContactsPreview
{
	/** @var string */
	public $error = '';
	/** @var int Foreseen calls to Google */
	public $calls = 0;
	/** @var array<string, int> Number of contacts by action */
	public $actions = array();
	/** @var array<int, array<string, int|string>> id, name, action, reason, message */
	public $contacts = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var bool */
	private $cleanDoliMods;

	/**
	 * @param DoliDB           $db            Database handler
	 * @param GContactsAccount $account       Account
	 * @param bool             $cleanDoliMods Whether what the module Google of DoliMods left on cards is to be taken off them
	 */
	public function __construct($db, GContactsAccount $account, bool $cleanDoliMods = false)
	{
		$this->cleanDoliMods = $cleanDoliMods;
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Plans for contacts.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1 with ->error
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	public function run(array $ids): int
	{
		$planner = new GContactsPlanner($this->db, $this->account, $this->cleanDoliMods);
		foreach (array_chunk($ids, GContactsRecords::LIMIT) as $chunk) {
			$plan = $planner->plan($chunk);
			if ($plan === null) {
				$this->error = $this->db->lasterror();
				return -1;
			}
			$this->calls += (int) $plan['calls'];
			$this->add($plan['intents'], $planner);
		}
		return 1;
	}

	/**
	 * @param  array<int, array<string, mixed>> $intents Intents
	 * @param  GContactsPlanner                 $planner Who planned
	 * @return void
	 */
	private function add(array $intents, GContactsPlanner $planner): void
	{
		foreach ($intents as $intent) {
			$action = (string) $intent['action'];
			$this->actions[$action] = ($this->actions[$action] ?? 0) + 1;
			$this->contacts[] = array(
				'id' => (int) $intent['id'],
				'name' => $planner->name((int) $intent['id']),
				'action' => $action,
				'reason' => (string) $intent['reason'],
				'message' => (string) $intent['message'],
			);
		}
	}
}
