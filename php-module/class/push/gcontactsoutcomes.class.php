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
 * \file    php-module/class/push/gcontactsoutcomes.class.php
 * \ingroup gcontacts
 * \brief   Stores what happened to the objects of a batch
 */

dol_include_once('/gcontacts/class/push/gcontactsdeletions.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdictstore.class.php');

/**
 * Writes outcomes into cards, links and the run, and settles the outbox, in one transaction.
 */
class GContactsOutcomes
{
	/** @var array<string, int> Number of objects */
	public $counts = array('done' => 0, 'failed' => 0, 'later' => 0, 'held' => 0);
	/** @var array<int, int> Ids of the contacts for which nothing is left to do */
	public $settled = array();
	/** @var array<int, int> Seconds until the next try, by contact */
	private $delays = array();
	/** @var DoliDB */
	private $db;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param GContactsRun     $run     Run that is going on
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->run = $run;
		$this->account = $account;
	}

	/**
	 * Stores what happened to a batch, in one transaction with the outbox rows that were read.
	 *
	 * @param  array<int, array<int, int>>      $objects Outbox rows by contact
	 * @param  array<int, array<string, mixed>> $intents What was intended, by contact
	 * @param  array<string, mixed>             $sent    outcomes, labels (null for unchanged), left, stopped, calls
	 * @param  array<int, object>               $links   Links by contact, as they were loaded
	 * @param  array<int, bool>                 $gone    Contacts that no longer exist in Dolibarr
	 * @return int                                       1, or -1
	 */
	public function storeAll(array $objects, array $intents, array $sent, array $links, array $gone): int
	{
		$verdicts = $this->verdicts($intents, $sent['outcomes'], $links, $gone);
		$this->db->begin();
		$store = new GContactsVerdictStore($this->db, $this->account, $this->run);
		if ($store->store($verdicts) < 0) {
			$this->db->rollback();
			return -1;
		}
		$label = new GContactsLabel($this->db, $this->account);
		$stored = $sent['labels'] === null ? 1 : $label->replace($sent['labels']);
		$stored = $stored < 0 ? -1 : $label->lookAt($sent['left'], time());
		$unchanged = max(0, count($this->settled) - $this->counts['done'] - $this->counts['failed']);
		$told = $this->run->progress($this->counts + array('calls' => (int) $sent['calls'], 'unchanged' => $unchanged));
		if ($stored < 0 || $told < 0 || $this->account->keep() < 0 || $this->emptyOutbox($objects, $sent['stopped'] !== null) < 0) {
			$this->db->rollback();
			return -1;
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * What each outcome means.
	 *
	 * @param  array<int, array<string, mixed>> $intents  What was intended, by contact
	 * @param  array<int, array<string, mixed>> $outcomes What came of it
	 * @param  array<int, object>               $links    Links by contact, as they were loaded
	 * @param  array<int, bool>                 $gone     Contacts that no longer exist in Dolibarr
	 * @return array<int, array{array<string, mixed>, ?object, GContactsVerdict}>
	 */
	private function verdicts(array $intents, array $outcomes, array $links, array $gone): array
	{
		$rows = array_column($outcomes, null, 'id');
		$verdicts = array();
		foreach ($intents as $id => $intent) {
			$row = ($rows[$id] ?? array()) + self::untold($intent);
			// Why a card goes stands in the intent.
			$row['reason'] = (string) $row['reason'] !== '' ? $row['reason'] : $intent['reason'];
			$row['message'] = (string) $row['message'] !== '' ? $row['message'] : $intent['message'];
			$verdict = GContactsVerdict::of($row, $links[$id] ?? null, $gone[$id] ?? false, time());
			if ($intent['sent'] !== '' && ($verdict->columns['sent'] ?? '') === $intent['sent']) {
				// So it stands in the link since before the call.
				unset($verdict->columns['sent']);
			}
			$verdicts[] = array($row, $links[$id] ?? null, $verdict);
			$this->count($row, $verdict);
		}
		return $verdicts;
	}

	/**
	 * The outcome of an intent that nothing was sent for.
	 *
	 * @param  array<string, mixed> $intent Intent
	 * @return array<string, mixed>         Outcome
	 */
	private static function untold(array $intent): array
	{
		$waits = $intent['reason'] === GContactsDeletions::HELD ? 'held' : 'unknown';
		$results = array('none' => 'done', 'left_out' => 'left_out', 'refused' => 'refused', 'wait' => $waits);
		return $intent + array('result' => $results[$intent['action']] ?? 'later');
	}

	/**
	 * Deletes exactly the rows that were read and are dealt with; puts the others off, or behind the untried ones if the account pauses.
	 *
	 * @param  array<int, array<int, int>> $objects Outbox rows by contact
	 * @param  bool                        $stopped Whether sending ended early
	 * @return int                                  1, or -1
	 */
	private function emptyOutbox(array $objects, bool $stopped): int
	{
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$dealt = array_intersect_key($objects, array_flip($this->settled));
		if ($outbox->delete(array_merge(...array_values($dealt))) < 0) {
			return -1;
		}
		foreach ($this->delays as $id => $seconds) {
			if (($stopped || $seconds > 0) && $outbox->postpone($objects[$id] ?? array(), $stopped ? 0 : $seconds) < 0) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  array<string, mixed> $row     Row of the engine's outcomes, or one made of an intent
	 * @param  GContactsVerdict     $verdict Verdict on it
	 * @return void
	 */
	private function count(array $row, GContactsVerdict $verdict): void
	{
		if ($verdict->count !== '') {
			$this->counts[$verdict->count]++;
		}
		if ($verdict->delay === null) {
			$this->settled[] = (int) $row['id'];
		} else {
			$this->delays[(int) $row['id']] = $verdict->delay;
		}
	}
}
