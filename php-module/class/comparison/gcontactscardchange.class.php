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
 * \file    php-module/class/comparison/gcontactscardchange.class.php
 * \ingroup gcontacts
 * \brief   What taking a card's values and sending over them have in common
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactsfreshcard.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * Settles fields of one contact: reads the card anew under the account's lease, moves the base of the fields to what Google
 * has, and notes the contact where something is left to send.
 */
abstract class GContactsCardChange
{
	/** Seconds that the lease holds, and that is waited for it. */
	const LEASE = 30;
	const PATIENCE = 3.0;

	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';
	/** @var string What was said */
	public $error = '';

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;
	/** @var GContactsComparison */
	protected $comparison;
	/** @var array<string, mixed> Both sides before anything is changed */
	protected $compared = array();
	/** @var array<string, mixed> Card as Google has it now */
	private $card = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->comparison = new GContactsComparison($db, $account);
	}

	/**
	 * Does something with both sides of a contact as they are at this moment.
	 *
	 * @param  int      $id   Id of the contact
	 * @param  callable $work What to do; 1, or -1
	 * @return int            1, or -1 with ->reason and ->error
	 */
	protected function withCard(int $id, callable $work): int
	{
		$until = microtime(true) + self::PATIENCE;
		while (!$this->account->acquireLease(self::LEASE)) {
			if (microtime(true) >= $until) {
				return $this->failed('busy', '');
			}
			usleep(100000);
		}
		try {
			return $this->readCard($id) < 0 ? -1 : $work();
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * Compares a contact with its card.
	 *
	 * @param  int                  $id   Id of the contact
	 * @param  array<string, mixed> $card Card as the engine gives it
	 * @return int                        1, or -1 with ->reason and ->error
	 * @throws \GContacts\Exception The engine refuses the call
	 */
	protected function compareWith(int $id, array $card): int
	{
		if ($this->comparison->load(array($id)) < 0) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$this->comparison->setCard($id, $card);
		$this->card = $card;
		$this->compared = $this->comparison->compare()[$id];
		return $this->compared['compared'] ? 1 : $this->failed((string) $this->compared['reason'], (string) $this->compared['message']);
	}

	/**
	 * Makes Google's word on fields what both agreed on last, and notes the contact where Dolibarr has another. Part of the
	 * caller's transaction, after Dolibarr's side was saved.
	 *
	 * @param  int                $id   Id of the contact
	 * @param  array<int, string> $keys Keys of rows
	 * @return int                      1, or -1
	 * @throws \GContacts\Exception The engine refuses the call
	 */
	protected function settle(int $id, array $keys): int
	{
		if ($this->comparison->load(array($id)) < 0) {
			return -1;
		}
		$this->comparison->setCard($id, $this->card);
		$rebased = $this->comparison->rebase($id, $keys);
		if ($rebased['sent'] === '') {
			return -1;
		}
		$this->comparison->setSent($id, $rebased['sent']);
		$after = $this->comparison->compare()[$id];
		$link = $this->comparison->links[$id];
		$cards = new GContactsCard($this->db, $this->account);
		$links = new GContactsLink($this->db, $this->account);
		$card = $cards->save($this->card, '');
		$columns = array('sent' => $rebased['sent'], 'fk_card' => $card, 'changed' => GContactsComparison::column($after['changed']));
		$columns = GContactsLink::datedChange($columns, $link, $this->db->idate(dol_now()));
		if ($card < 0 || $links->save('contact', $id, $columns) < 0) {
			return -1;
		}
		// Google gave the card another name: nobody has the old one.
		if ($card !== (int) $link->fk_card && $cards->delete((int) $link->fk_card) < 0) {
			return -1;
		}
		$planner = new GContactsPlanner($this->db, $this->account);
		$needs = $planner->needs(array($id));
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		return $needs === null ? -1 : ($needs[$id]['action'] === 'none' ? 1 : $outbox->add('contact', $id, 'TAKEN'));
	}

	/**
	 * @param  int $id Id of the contact
	 * @return int     1, or -1
	 */
	private function readCard(int $id): int
	{
		if ($this->comparison->load(array($id)) < 0) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$link = $this->comparison->links[$id] ?? null;
		if ($link === null || (string) $link->resource_name === '' || (string) $link->sent === '') {
			return $this->failed('take_no_card', '');
		}
		$fresh = GContactsFreshCard::read($this->account, (string) $link->resource_name);
		if ($fresh->card === null) {
			return $this->failed($fresh->gone ? 'not_found' : $fresh->reason, $fresh->message);
		}
		return $this->compareWith($id, $fresh->card);
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  What was said
	 * @return int            -1
	 */
	protected function failed(string $reason, string $error): int
	{
		$this->reason = $reason;
		$this->error = $error;
		return -1;
	}
}
