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
 * \file    php-module/class/pull/gcontactsautotake.class.php
 * \ingroup gcontacts
 * \brief   Taking changes of the phones by itself
 */

dol_include_once('/gcontacts/class/comparison/gcontactstake.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * With the setting GCONTACTS_AUTO_TAKE: what only Google changed goes into Dolibarr as if somebody had taken it on the tab.
 * Each contact stands in the log, with what Dolibarr had before.
 */
class GContactsAutoTake
{
	/** @var array<int, string> Fields of the last contact that are left to be decided */
	public $left = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = new GContactsRun($db, $account, 'pull');
	}

	/**
	 * Takes what only Google changed of a contact.
	 *
	 * @param  int                  $id       Contact
	 * @param  array<string, mixed> $compared Both sides
	 * @param  array<string, mixed> $card     Card as the engine gives it
	 * @return bool                           Whether anything was taken and all of the contact is stored
	 */
	public function take(int $id, array $compared, array $card): bool
	{
		global $user;
		$keys = array();
		foreach ($compared['rows'] as $row) {
			if ($row['takeable'] && $row['changed'] === 'phone') {
				$keys[] = (string) $row['key'];
			}
		}
		if (!$keys || getDolGlobalInt('GCONTACTS_AUTO_TAKE') <= 0 || !$user instanceof User || $this->run->start() < 0) {
			return false;
		}
		$taking = new GContactsTake($this->db, $this->account, $this->run);
		$taken = $taking->takeFrom($id, $keys, $card, $user) > 0 && $taking->taken;
		if (!$taken) {
			dol_syslog('GContacts: nothing of contact '.$id.' was taken by itself: '.$taking->reason.' '.json_encode(array_map('current', $taking->refused)), LOG_INFO);
		}
		$this->left = array_values(array_diff($compared['changed'], $taking->taken));
		return (bool) $taken;
	}

	/**
	 * Ends the run in the log.
	 *
	 * @return void
	 */
	public function finish(): void
	{
		$this->run->finish('done');
	}
}
