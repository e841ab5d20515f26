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
 * \file    php-module/class/push/gcontactsintents.class.php
 * \ingroup gcontacts
 * \brief   What is about to be sent, written down before it is
 */

dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');

/**
 * Commits intents to the links: from then on a create can be looked for by its nonce.
 */
class GContactsIntents
{
	/** Actions for which the engine has something to do. */
	const WORK = array('create', 'update', 'delete', 'release');

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
	 * Commits what is about to be sent.
	 *
	 * @param  array<int, array<string, mixed>> $intents Intents by contact: see the engine's plan()
	 * @return int                                       1, or -1
	 */
	public function commit(array $intents): int
	{
		$now = time();
		return $this->save($intents, function (array $intent) use ($now): array {
			$create = $intent['nonce'] !== '' ? array('nonce' => (string) $intent['nonce'], 'nonce_time' => $now, 'next_try' => 0) : array();
			return array('state' => 'sending') + $create + ($intent['sent'] !== '' ? array('sent' => (string) $intent['sent']) : array());
		});
	}

	/**
	 * Takes it back: surely nothing was sent.
	 *
	 * @param  array<int, array<string, mixed>> $intents Intents by contact
	 * @return int                                       1, or -1
	 */
	public function withdraw(array $intents): int
	{
		return $this->save($intents, function (): array {
			return array('state' => 'waiting') + GContactsVerdict::NO_CREATE;
		});
	}

	/**
	 * @param  array<int, array<string, mixed>> $intents Intents by contact
	 * @param  callable                         $columns Columns of the link of an intent
	 * @return int                                       1, or -1
	 */
	private function save(array $intents, callable $columns): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$rows = array();
		foreach ($intents as $id => $intent) {
			if (in_array($intent['action'], self::WORK, true)) {
				$rows[(string) $intent['type']][(int) $id] = $columns($intent);
			}
		}
		$this->db->begin();
		foreach ($rows as $type => $some) {
			if ($links->saveAll($type, $some) < 0) {
				$this->db->rollback();
				return -1;
			}
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}
}
