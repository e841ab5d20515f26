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
 * \file    php-module/class/push/gcontactsverdictstore.class.php
 * \ingroup gcontacts
 * \brief   Writes the verdicts of a batch into cards, links and the run
 */

dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * Writes verdicts, those of a whole batch together: a query each would take longer than Google does.
 */
class GContactsVerdictStore
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsCard */
	private $cards;
	/** @var GContactsLink */
	private $links;
	/** @var GContactsRun */
	private $run;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param GContactsRun     $run     Run that is going on
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->cards = new GContactsCard($db, $account);
		$this->links = new GContactsLink($db, $account);
		$this->run = $run;
	}

	/**
	 * Writes the verdicts of a batch. Part of the caller's transaction.
	 *
	 * @param  array<int, array{array<string, mixed>, ?object, GContactsVerdict}> $verdicts Outcome, link as it was loaded, verdict
	 * @return int                                                                          1, or -1
	 */
	public function store(array $verdicts): int
	{
		return $this->tellRun($verdicts) > 0 && $this->storeCards($verdicts) > 0 && $this->storeLinks($verdicts) > 0 ? 1 : -1;
	}

	/**
	 * @param  array<int, array{array<string, mixed>, ?object, GContactsVerdict}> $verdicts See store()
	 * @return int                                                                          1, or -1
	 */
	private function tellRun(array $verdicts): int
	{
		$told = array();
		foreach ($verdicts as [$row, , $verdict]) {
			if ($verdict->count !== '' && $row['action'] !== 'wait') {
				$told[] = $row;
			}
		}
		return $this->run->addAll($told);
	}

	/**
	 * @param  array<int, array{array<string, mixed>, ?object, GContactsVerdict}> $verdicts See store(); those whose card is kept get its id
	 * @return int                                                                          1, or -1
	 */
	private function storeCards(array $verdicts): int
	{
		$kept = array();
		$left = array();
		foreach ($verdicts as [$row, $link, $verdict]) {
			if ($verdict->keepsCard) {
				$nonce = (string) $row['nonce'];
				$kept[] = array('marker' => $nonce !== '' ? GContactsCard::marker((string) $row['type'], (int) $row['id'], $nonce) : '') + $row;
			}
			if ($link && $link->fk_card && ($verdict->keepsCard || $verdict->forgetsCard)) {
				$left[] = (int) $link->fk_card;
			}
		}
		$ids = $this->cards->saveAll($kept);
		if ($ids === null) {
			return -1;
		}
		foreach ($verdicts as [$row, , $verdict]) {
			if ($verdict->keepsCard) {
				$verdict->columns['fk_card'] = $ids[(string) $row['resource_name']];
			}
		}
		// Gone, or under another name now: nobody has the old one.
		return $this->cards->deleteAll(array_diff($left, $ids));
	}

	/**
	 * @param  array<int, array{array<string, mixed>, ?object, GContactsVerdict}> $verdicts See store()
	 * @return int                                                                          1, or -1
	 */
	private function storeLinks(array $verdicts): int
	{
		$now = $this->db->idate(dol_now());
		$columns = array();
		foreach ($verdicts as [$row, $link, $verdict]) {
			if ($verdict->columns !== null) {
				$synced = ($verdict->columns['state'] ?? '') === 'synced' ? array('date_sync' => $now) : array();
				$columns[(string) $row['type']][(int) $row['id']] = GContactsLink::datedChange($verdict->columns + $synced, $link, $now);
			} elseif ($this->links->delete((string) $row['type'], (int) $row['id']) < 0) {
				return -1;
			}
		}
		foreach ($columns as $type => $objects) {
			if ($this->links->saveAll($type, $objects) < 0) {
				return -1;
			}
		}
		return 1;
	}
}
