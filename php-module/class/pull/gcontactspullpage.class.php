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
 * \file    php-module/class/pull/gcontactspullpage.class.php
 * \ingroup gcontacts
 * \brief   A page of changes at Google
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/pull/gcontactsautotake.class.php');
dol_include_once('/gcontacts/class/pull/gcontactschangedcards.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * Compares the contacts of a page's cards and marks those that differ.
 */
class GContactsPullPage
{
	/** @var array<string, int> */
	public $counts = array('marked' => 0, 'removed' => 0, 'taken' => 0);
	/** @var array<int, array<string, mixed>> id, name and fields of the contacts that differ */
	public $found = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var bool */
	private $dryRun;
	/** @var GContactsChangedCards */
	private $cards;
	/** @var array<int, array<int, string>> Fields that were changed at Google, by contact */
	private $changed = array();
	/** @var array<int, array{0: array<int, string>, 1: array<int, string>}> Names of labels that are missing and too many, by contact */
	private $labels = array();
	/** @var array<int, object> Links by contact */
	private $links = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param bool             $dryRun  True to take nothing
	 */
	public function __construct($db, GContactsAccount $account, bool $dryRun)
	{
		$this->db = $db;
		$this->account = $account;
		$this->dryRun = $dryRun;
		$this->cards = new GContactsChangedCards($db, $account);
	}

	/**
	 * Finds out whose the cards are and what differs; takes what is to be taken by itself, each contact in a transaction of its own.
	 *
	 * @param  array<string, mixed> $page Page of the engine's listing
	 * @return int                        1, or -1
	 * @throws \GContacts\Exception A card cannot be read, or the engine refuses the call
	 */
	public function prepare(array $page): int
	{
		if ($this->cards->match($page) < 0) {
			return -1;
		}
		$auto = new GContactsAutoTake($this->db, $this->account);
		foreach (array_chunk(array_keys($this->cards->ofContacts), GContactsRecords::LIMIT) as $ids) {
			$comparison = new GContactsComparison($this->db, $this->account);
			if ($comparison->load($ids) < 0) {
				return -1;
			}
			foreach ($ids as $id) {
				$comparison->setCard($id, $this->cards->ofContacts[$id]);
			}
			foreach ($comparison->compare() as $id => $compared) {
				$taken = !$this->dryRun && $auto->take($id, $compared, $this->cards->ofContacts[$id]);
				$this->counts['taken'] += $taken ? 1 : 0;
				$this->labels[$id] = array($compared['labels_missing'], $compared['labels_extra']);
				$this->note($id, $taken ? $auto->left : $compared['changed'], $comparison);
				if ($taken) {
					unset($this->changed[$id]);
				}
			}
		}
		$auto->finish();
		return 1;
	}

	/**
	 * @param  int                 $id         Contact
	 * @param  array<int, string>  $keys       Fields that differ
	 * @param  GContactsComparison $comparison Comparison that has it loaded
	 * @return void
	 */
	private function note(int $id, array $keys, GContactsComparison $comparison): void
	{
		$this->changed[$id] = $keys;
		$this->links[$id] = $comparison->links[$id];
		if ($keys) {
			$contact = $comparison->records[$id]['contact'];
			$this->found[] = array('id' => $id, 'name' => trim($contact['firstname'].' '.$contact['lastname']), 'fields' => $keys);
			$this->counts['marked']++;
		}
	}

	/**
	 * Stores the cards and the marks. Part of the caller's transaction.
	 *
	 * @return int 1, or -1
	 */
	public function store(): int
	{
		if ($this->changed && $this->mark() < 0) {
			return -1;
		}
		$links = new GContactsLink($this->db, $this->account);
		$lost = $this->cards->deleted ? $links->fetchFor('contact', $this->cards->deleted) : array();
		foreach ((array) $lost as $id => $link) {
			$this->counts['removed']++;
			if ($this->remove($id, $link) < 0) {
				return -1;
			}
		}
		return $lost === null ? -1 : 1;
	}

	/** @return array<int, int> Contacts whose card or link store() has changed */
	public function news(): array
	{
		return array_merge(array_keys($this->changed), $this->cards->deleted);
	}

	/** @return array<int, array<string, mixed>> Cards of the page that no contact is linked to */
	public function strangers(): array
	{
		return $this->cards->strangers;
	}

	/** @return int 1, or -1 */
	private function mark(): int
	{
		$cards = new GContactsCard($this->db, $this->account);
		$links = new GContactsLink($this->db, $this->account);
		$stored = $cards->saveAll(array_map(function (array $card): array {
			return $card + array('marker' => '');
		}, array_intersect_key($this->cards->ofContacts, $this->changed)));
		if ($stored === null) {
			return -1;
		}
		$columns = array();
		$left = array();
		foreach (array_keys($this->changed) as $id) {
			$card = $stored[(string) $this->cards->ofContacts[$id]['resource_name']];
			$columns[$id] = $this->columns($id, $card);
			// Google gave the card another name: nobody has the old one.
			$left[] = $card === (int) $this->links[$id]->fk_card ? 0 : (int) $this->links[$id]->fk_card;
		}
		return $links->saveAll('contact', $columns) > 0 && $cards->deleteAll(array_filter($left)) > 0 ? 1 : -1;
	}

	/**
	 * @param  int                            $id   Contact
	 * @param  int                            $card Id of its card
	 * @return array<string, int|string|null>       Columns of its link
	 */
	private function columns(int $id, int $card): array
	{
		$link = $this->links[$id];
		$columns = array('fk_card' => $card, 'changed' => GContactsComparison::column($this->changed[$id]));
		if ((string) $link->state === 'removed') {
			$columns += array('state' => 'synced', 'reason' => '', 'message' => '');
		}
		$now = $this->db->idate(dol_now());
		return GContactsLink::datedChange($columns, $link, $now) + GContactsLink::labelColumns($this->labels[$id][0], $this->labels[$id][1], $link, $now);
	}

	/**
	 * Its tombstone says that a card is gone: by setting it is made again, or the contact says so until somebody decides.
	 *
	 * @param  int    $id   Contact
	 * @param  object $link Link with its card
	 * @return int          1, or -1
	 */
	private function remove(int $id, object $link): int
	{
		$links = new GContactsLink($this->db, $this->account);
		if (GContactsSettings::deletedAtGoogle() === 'mark') {
			return $links->save('contact', $id, array('state' => 'removed', 'reason' => 'not_found', 'message' => '', 'changed' => null, 'date_changed' => null));
		}
		$cards = new GContactsCard($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$lost = GContactsVerdict::ofLost($link, time());
		$stored = $links->save('contact', $id, (array) $lost->columns) < 0 || $cards->delete((int) $link->fk_card) < 0;
		return $stored ? -1 : $outbox->add('contact', $id, 'DELETED_AT_GOOGLE');
	}
}
