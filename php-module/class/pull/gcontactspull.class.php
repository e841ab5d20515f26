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
 * \file    php-module/class/pull/gcontactspull.class.php
 * \ingroup gcontacts
 * \brief   Reads what was changed at Google
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscompareengine.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspullpage.class.php');
dol_include_once('/gcontacts/class/pull/gcontactssyncposition.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * Reads the changes since the last look, page by page, and marks the links of contacts that differ. Each page is one
 * transaction with its place, so that a killed process goes on where it was.
 *
 * Nothing is written into Dolibarr's contacts, unless the setting GCONTACTS_AUTO_TAKE is on. Nothing is concluded from what
 * a listing does not show.
 */
class GContactsPull
{
	/** Seconds that the lease holds, and that one page may take. */
	const LEASE = 180;
	const LONGEST_PAGE = 60;
	/** Seconds below which no page is begun. */
	const SHORTEST_PAGE = 2;
	/** Reasons for which the account is left alone for a while. */
	const PAUSES = array('quota_rate', 'quota_account', 'quota_daily');
	/** Reasons that speak against the place in the listing, or against the listing itself. */
	const LOST = array('invalid_value', 'bad_answer', 'not_found');

	/** @var string Reason code why it ended early, empty where it did not */
	public $reason = '';
	/** @var string What Google or the database said */
	public $error = '';
	/** @var bool Whether all changes were read */
	public $complete = false;
	/** @var array<string, int> cards read, contacts marked, of deleted cards, taken, and calls */
	public $counts = array('cards' => 0, 'marked' => 0, 'removed' => 0, 'taken' => 0, 'calls' => 0);
	/** @var array<int, array<string, mixed>> id, name and fields of the contacts that differ */
	public $found = array();

	/** @var DoliDB */
	private $db;
	/** @var bool */
	private $dryRun;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsSyncPosition */
	private $position;

	/**
	 * @param DoliDB $db     Database handler
	 * @param bool   $dryRun True to store nothing
	 */
	public function __construct($db, bool $dryRun = false)
	{
		$this->db = $db;
		$this->dryRun = $dryRun;
		$this->account = new GContactsAccount($db);
	}

	/**
	 * Reads.
	 *
	 * @param  float $seconds Seconds that it may take
	 * @return int            0 all is read, 1 something is left or it may not be read now, -1 failure with ->error
	 */
	public function run(float $seconds): int
	{
		$until = microtime(true) + $seconds;
		if ($this->account->fetchForEntity() < 0) {
			return $this->ended('database', $this->account->error);
		}
		$reason = getDolGlobalInt('GCONTACTS_PULL') > 0 ? $this->account->blockedReason(array('push_off')) : 'pull_off';
		if ($reason === '' && !$this->account->acquireLease(self::LEASE)) {
			$reason = 'busy';
		}
		if ($reason !== '') {
			return $this->ended($reason, '');
		}
		try {
			return $this->read($until);
		} catch (Throwable $e) {
			while ($this->db->transaction_opened > 0) {
				$this->db->rollback();
			}
			return $this->ended('error', get_class($e).': '.$e->getMessage());
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * What happened.
	 *
	 * @return string Sentences
	 */
	public function report(): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$why = $this->reason === '' ? '' : GContactsEngine::sentence($this->reason, $this->error).' ';
		$numbers = array_map('strval', array_values(array_intersect_key($this->counts, array('cards' => 1, 'marked' => 1, 'removed' => 1, 'taken' => 1))));
		return $why.$langs->transnoentities('GContactsPullOutput', ...$numbers);
	}

	/**
	 * @param  float $until Unix time
	 * @return int          As run()
	 */
	private function read(float $until): int
	{
		$this->position = new GContactsSyncPosition($this->db, $this->account->id);
		if ($this->position->load() < 0) {
			return $this->ended('database', (string) $this->db->lasterror());
		}
		while ($until - microtime(true) >= self::SHORTEST_PAGE && $this->account->renewLease(self::LEASE)) {
			try {
				$stored = $this->page((int) (1000 * min(self::LONGEST_PAGE, $until - microtime(true))));
			} catch (\GContacts\Exception $e) {
				return $this->refused($e);
			}
			if ($stored < 0) {
				return $this->ended('database', (string) $this->db->lasterror());
			}
			if ($this->position->cursor === '') {
				$this->complete = true;
				return 0;
			}
		}
		return $this->ended('deadline', '');
	}

	/**
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             1, or -1
	 * @throws \GContacts\Exception Google refuses or cannot be reached
	 */
	private function page(int $deadlineMs): int
	{
		$engine = new GContactsCompareEngine();
		$transport = $this->account->transport($deadlineMs);
		$page = $engine->listChanges($transport, $this->account->accessToken(), GContactsSettings::forEngine(), $this->position->token, $this->position->cursor);
		$this->account->learn($page);
		$this->counts['cards'] += count($page['cards']);
		$this->counts['calls'] += (int) $page['calls'];
		$store = new GContactsPullPage($this->db, $this->account, $this->dryRun);
		if ($store->prepare($page) < 0) {
			return -1;
		}
		if ($this->dryRun) {
			list($this->position->token, $this->position->cursor) = array($page['restarted'] ? '' : $this->position->token, (string) $page['cursor']);
		} else {
			$this->db->begin();
			if ($store->store() < 0 || $this->position->moveBehind($page) < 0) {
				$this->db->rollback();
				return -1;
			}
			if ($this->db->commit() <= 0) {
				return -1;
			}
		}
		foreach ($store->counts as $name => $count) {
			$this->counts[$name] += $count;
		}
		$this->found = array_merge($this->found, $store->found);
		return 1;
	}

	/**
	 * @param  \GContacts\Exception $e What Google said
	 * @return int                     1
	 */
	private function refused(\GContacts\Exception $e): int
	{
		if (in_array($e->reason, self::LOST, true) && !$this->dryRun) {
			$this->position->goBack();
		}
		if (in_array($e->reason, self::PAUSES, true) || in_array($e->reason, GContactsStop::CONSENT, true)) {
			$stop = new GContactsStop($e->reason, $e->getMessage(), $e->retryAfter);
			$stop->applyTo($this->account, true);
		}
		return $this->ended($e->reason, $e->getMessage());
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  What was said
	 * @return int            1, or -1
	 */
	private function ended(string $reason, string $error): int
	{
		list($this->reason, $this->error) = array($reason, $error);
		if (!in_array($reason, array('database', 'error'), true)) {
			return 1;
		}
		dol_syslog('GContacts: pull failed: '.$error, LOG_ERR);
		return -1;
	}
}
