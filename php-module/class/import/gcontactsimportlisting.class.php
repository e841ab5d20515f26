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
 * \file    php-module/class/import/gcontactsimportlisting.class.php
 * \ingroup gcontacts
 * \brief   Reads the cards of the connected account that may be imported
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/import/gcontactsacquaintances.class.php');
dol_include_once('/gcontacts/class/import/gcontactscandidates.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportengine.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlist.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * Brings a list up to date, step by step: the pages of the address book, then who of them is in Dolibarr already. Each step
 * is one transaction: a killed process goes on where the last step ended, and of two processes one notices the other.
 */
class GContactsImportListing
{
	/** Google's own label of the contacts that phones show. */
	const MY_CONTACTS = 'contactGroups/myContacts';
	/** Seconds for which a listing of one page is good: somebody may add a card on the phone meanwhile. */
	const FRESH = 60;
	/** Seconds for which a longer one is. */
	const FRESH_LONG = 900;
	/** Cards of a page. */
	const PAGE = 1000;
	/** Milliseconds that Google may take for a page. */
	const DEADLINE_MS = 15000;

	/** @var string */
	public $error = '';
	/** @var GContactsImportList */
	public $list;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB              $db      Database handler
	 * @param GContactsAccount    $account Account whose cards are listed; not used for a list that was read from elsewhere
	 * @param GContactsImportList $list    List
	 */
	public function __construct($db, GContactsAccount $account, GContactsImportList $list)
	{
		$this->db = $db;
		$this->account = $account;
		$this->list = $list;
	}

	/** @return bool Whether the list should be read anew */
	public function isStale(): bool
	{
		$fresh = $this->list->seen > self::PAGE ? self::FRESH_LONG : self::FRESH;
		return $this->list->state === 'ready' && $this->list->isOfAccount() && $this->list->listed_at < time() - $fresh;
	}

	/**
	 * Starts over.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function begin(): int
	{
		$columns = array('state' => 'listing', 'page_cursor' => '', 'generation' => $this->list->generation + 1, 'seen' => 0, 'cut' => 0, 'began_at' => time());
		return $this->list->change($columns) < 0 ? $this->failed() : 1;
	}

	/**
	 * Goes on until all is done or the time is over.
	 *
	 * @param  float $until Unix time
	 * @return int          1 something is left, 0 all is done, -1 failure with ->error
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function run(float $until): int
	{
		$left = $this->list->state === 'ready' ? 0 : 1;
		while ($left > 0 && microtime(true) < $until) {
			$left = $this->step();
		}
		return $left;
	}

	/**
	 * @return int As run()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	private function step(): int
	{
		if ($this->list->state === 'ready') {
			return 0;
		}
		if ($this->list->state === 'listing') {
			return $this->listPage();
		}
		return $this->compare();
	}

	/**
	 * @return int As run()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function listPage(): int
	{
		if (!$this->list->isOfAccount()) {
			// Whoever reads it from elsewhere takes its pages in; the account's cards have no place in it.
			$this->error = 'the list '.$this->list->id.' is still being read from elsewhere';
			return -1;
		}
		$engine = new GContactsImportEngine();
		$cursor = $this->list->page_cursor;
		$generation = $this->list->generation;
		try {
			$transport = $this->account->transport(self::DEADLINE_MS);
			$page = $engine->listCandidates($transport, $this->account->accessToken(), GContactsSettings::forEngine(), $this->list->label(), $cursor);
			$this->account->learn($page);
			// In an account that two Dolibarrs or entities send to, each keeps the cards of its own contacts.
			$page['candidates'] = array_values(array_filter($page['candidates'], function (array $card): bool {
				return empty($card['of_another']);
			}));
		} catch (\GContacts\Exception $e) {
			if ($cursor !== '' && in_array($e->reason, GContactsStop::PLACE, true)) {
				$this->begin();
			}
			throw $e;
		}
		return $this->take($page, "state = 'listing' AND generation = ".$generation." AND page_cursor = '".$this->db->escape($cursor)."'");
	}

	/**
	 * Takes a page in.
	 *
	 * @param  array<string, mixed> $page Of the engine
	 * @param  string               $only Condition under which nobody else has done so
	 * @return int                        As run()
	 */
	public function take(array $page, string $only): int
	{
		$candidates = new GContactsCandidates($this->db, $this->list);
		$this->db->begin();
		$room = GContactsSettings::maxRetrieve() - $candidates->count();
		$stored = $candidates->store(array_slice($page['candidates'], 0, max(0, $room)));
		$more = (string) $page['cursor'] !== '';
		$cut = count($page['candidates']) > $room || ($more && $stored >= $room);
		$last = !$more || $cut;
		$columns = array(
			'page_cursor' => $last ? '' : (string) $page['cursor'], 'seen' => (int) $page['seen'], 'total' => (int) $page['total'],
			'cut' => (int) $cut, 'changed' => (int) ($candidates->changed || $this->list->changed),
		);
		$failed = $stored < 0 || ($last && $candidates->prune() < 0);
		return $this->end($failed ? -1 : $this->list->change($columns + ($last ? $this->comparing($columns) : array()), $only));
	}

	/**
	 * What a list says that is to be compared: with everybody where somebody is new, else with what changed.
	 *
	 * @param  array<string, int|string> $columns What it says else
	 * @return array<string, int|string>
	 */
	private function comparing(array $columns): array
	{
		$anew = (int) $columns['changed'] > 0 || $this->list->matched === '';
		return array('state' => 'matching', 'listed_at' => time(), 'last_contact' => $anew ? 0 : -1, 'last_company' => $anew ? 0 : -1);
	}

	/**
	 * Compares some contacts, then some third parties, then the candidates among themselves.
	 *
	 * @return int As run()
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function compare(): int
	{
		$acquaintances = new GContactsAcquaintances($this->db, $this->list);
		$was = "state = 'matching' AND last_contact = ".$this->list->last_contact." AND last_company = ".$this->list->last_company;
		$this->db->begin();
		try {
			if ($this->list->last_contact >= 0) {
				$anew = $this->list->last_contact === 0 && $this->list->last_company === 0;
				$last = $acquaintances->contacts("p.rowid > ".$this->list->last_contact);
				$columns = array('last_contact' => $last > 0 ? $last : -1) + ($anew ? array('matched' => (string) $acquaintances->latest()) : array());
			} elseif ($this->list->last_company >= 0) {
				$last = $acquaintances->companies("s.rowid > ".$this->list->last_company);
				$columns = array('last_company' => $last > 0 ? $last : -1);
			} else {
				$last = $acquaintances->refresh() < 0 ? -1 : (new GContactsCandidateMatches($this->db, $this->list))->twins();
				$columns = array('state' => 'ready', 'changed' => 0);
			}
			return $this->end($last < 0 ? -1 : $this->list->change($columns, $was));
		} catch (\GContacts\Exception $e) {
			$this->db->rollback();
			throw $e;
		}
	}

	/**
	 * Ends the transaction of a step.
	 *
	 * @param  int $done 1 it went well, 0 another process was faster, -1 it failed
	 * @return int       As run()
	 */
	private function end(int $done): int
	{
		if ($done > 0 && $this->db->commit() > 0) {
			return $this->list->state === 'ready' ? 0 : 1;
		}
		$this->failed();
		$this->db->rollback();
		if ($done < 0) {
			return -1;
		}
		$this->error = '';
		return $this->list->fetchById($this->list->id) < 0 ? $this->failed() : ($this->list->state === 'ready' ? 0 : 1);
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->list->error ?: ($this->db->lasterror() ?: 'the list of candidates could not be stored');
		return -1;
	}
}
