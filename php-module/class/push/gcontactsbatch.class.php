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
 * \file    php-module/class/push/gcontactsbatch.class.php
 * \ingroup gcontacts
 * \brief   Up to 200 contacts on their way to Google
 */

dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/push/gcontactsoutcomes.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * One batch: load, plan, commit what is intended, send, store what happened.
 *
 * No transaction is open while Google is asked. A process killed in between leaves nonces, by which the next one
 * finds out what happened.
 */
class GContactsBatch
{
	/** Actions for which the engine has something to do. */
	const WORK = array('create', 'update', 'delete', 'release');

	/** What sending nothing returns. */
	const NOTHING_SENT = array('outcomes' => array(), 'labels' => null, 'left' => array(), 'stopped' => null, 'calls' => 0, 'writes' => 0);

	/** @var string */
	public $error = '';
	/** @var array<string, mixed>|null Why sending ended early: reason, message, retry_after */
	public $stopped = null;
	/** @var array<string, int> */
	public $counts = array('done' => 0, 'failed' => 0, 'later' => 0, 'held' => 0, 'calls' => 0, 'writes' => 0);
	/** @var int Contacts for which nothing is left to do */
	public $settled = 0;
	/** @var array<int, array<string, mixed>> What was intended, by contact: see the engine's plan() */
	public $intents = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsEngine */
	private $engine;
	/** @var array<int, object> Links by contact, as they were loaded */
	private $links = array();
	/** @var array<int, bool> Contacts that no longer exist in Dolibarr */
	private $gone = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run that is going on
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
		$this->engine = new GContactsEngine();
	}

	/**
	 * Sends contacts.
	 *
	 * @param  array<int, array<int, int>> $objects    Outbox rows by contact, as GContactsOutbox::read() gives them
	 * @param  int                         $deadlineMs Milliseconds that sending may take
	 * @return int                                     1, or -1 with ->error
	 * @throws \GContacts\Exception The engine refuses the whole batch, or there is no token: nothing was sent
	 */
	public function send(array $objects, int $deadlineMs): int
	{
		$plan = $this->plan(array_keys($objects));
		if ($plan === null) {
			return $this->failed();
		}
		$actions = array_column($this->intents, 'action');
		// Not by the foreseen calls: a card that agrees already may need none, and yet its link has to be told so.
		$works = array_intersect(self::WORK, $actions) !== array();
		$token = $works ? $this->account->accessToken() : '';
		if (($works || in_array('refused', $actions, true)) && $this->run->start() < 0) {
			return $this->failed();
		}
		if ($works && $this->commitIntents() < 0) {
			return $this->failed();
		}
		$sent = $works ? $this->ask($plan['plan'], $token, $deadlineMs) : self::NOTHING_SENT;
		$this->stopped = $sent['stopped'];
		$outcomes = new GContactsOutcomes($this->db, $this->account, $this->run);
		if ($outcomes->storeAll($objects, $this->intents, $sent, $this->links, $this->gone) < 0) {
			return $this->failed();
		}
		$this->settled = count($outcomes->settled);
		$this->counts = $outcomes->counts + array('calls' => (int) $sent['calls'], 'writes' => (int) $sent['writes']);
		return 1;
	}

	/**
	 * Finds out what would be sent.
	 *
	 * @param  array<int, int>           $ids Ids of contacts
	 * @return array<string, mixed>|null      plan, intents, calls; null where the database failed
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	public function plan(array $ids): ?array
	{
		$planner = new GContactsPlanner($this->db, $this->account, !empty($this->run->parameters['clean_dolimods']));
		$plan = $planner->plan($ids);
		$this->links = $planner->links;
		foreach ($planner->records as $id => $record) {
			$this->gone[$id] = $record['contact'] === null;
		}
		$this->intents = $plan === null ? array() : array_column($plan['intents'], null, 'id');
		foreach (array_keys($this->intents) as $id) {
			$this->intents[$id]['name'] = $planner->name($id);
		}
		return $plan;
	}

	/**
	 * @param  string               $plan       What plan() returned as plan
	 * @param  string               $token      Access token
	 * @param  int                  $deadlineMs Milliseconds that it may take
	 * @return array<string, mixed>             See the engine's send()
	 * @throws \GContacts\Exception Nothing was sent
	 */
	private function ask(string $plan, string $token, int $deadlineMs): array
	{
		try {
			$sent = $this->engine->send($this->account->transport($deadlineMs), $token, $plan, $this->account);
			$this->account->learn($sent);
			if ($sent['stopped'] === null) {
				$this->account->answered();
			}
			return $sent;
		} catch (\GContacts\Exception | GContactsTooLate $e) {
			// Nothing was sent, so no create has to be looked for.
			$this->commitIntents(array('state' => 'waiting') + GContactsVerdict::NO_CREATE);
			throw $e;
		}
	}

	/**
	 * Writes down what is about to be sent, before it is.
	 *
	 * @param  array<string, int|string> $instead Columns to take it back with
	 * @return int                                1, or -1
	 */
	private function commitIntents(array $instead = array()): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$now = time();
		$columns = array();
		foreach ($this->intents as $id => $intent) {
			if (in_array($intent['action'], self::WORK, true)) {
				$create = $intent['nonce'] !== '' ? array('nonce' => (string) $intent['nonce'], 'nonce_time' => $now, 'next_try' => 0) : array();
				$sent = $intent['sent'] !== '' ? array('sent' => (string) $intent['sent']) : array();
				$columns[(string) $intent['type']][(int) $id] = $instead ?: array('state' => 'sending') + $create + $sent;
			}
		}
		$this->db->begin();
		foreach ($columns as $type => $objects) {
			if ($links->saveAll($type, $objects) < 0) {
				$this->db->rollback();
				return -1;
			}
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * @return int -1
	 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
