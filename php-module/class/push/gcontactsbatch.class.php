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
dol_include_once('/gcontacts/class/push/gcontactsintents.class.php');
dol_include_once('/gcontacts/class/push/gcontactsoutcomes.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * One batch: prepare() loads, plans and commits what is intended; launch() begins the call and collect() waits for its
 * answer; store() stores what happened. Between launch() and collect() there is time for other work.
 *
 * No transaction is open while Google is asked. A process killed in between leaves nonces, by which the next one
 * finds out what happened.
 */
class GContactsBatch
{
	/** What sending nothing returns. */
	const NOTHING_SENT = array('outcomes' => array(), 'labels' => null, 'left' => array(), 'stopped' => null, 'calls' => 0, 'writes' => 0);
	/** Reason of a call that ended without an answer that can be used: it may have happened all the same. */
	const UNANSWERED = 'bad_answer';

	/** @var string */
	public $error = '';
	/** @var array<int, array<int, int>> Outbox rows by contact */
	public $objects = array();
	/** @var array<string, mixed> What came of it: see the engine's send() */
	public $sent = self::NOTHING_SENT;
	/** @var array<string, int> */
	public $counts = array('done' => 0, 'failed' => 0, 'later' => 0, 'held' => 0, 'calls' => 0, 'writes' => 0);
	/** @var int Contacts for which nothing is left to do */
	public $settled = 0;
	/** @var array<int, array<string, mixed>> What is intended, by contact: see the engine's plan() */
	public $intents = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsEngine */
	private $engine;
	/** @var bool Whether Google has to be asked */
	private $works = false;
	/** @var \GContacts\Plan What plan() returned as plan */
	private $plan;
	/** @var string Access token */
	private $token = '';
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
	 * Plans for contacts, and commits what is intended.
	 *
	 * @param  array<int, array<int, int>> $objects Outbox rows by contact, as GContactsOutbox::read() gives them
	 * @param  bool                        $ahead   Whether another batch is on its way: then none is prepared that takes cards away
	 * @return int                                  1, 0 where it has to be prepared later, or -1 with ->error
	 * @throws \GContacts\Exception The engine refuses the whole batch, or there is no token: nothing was committed
	 */
	public function prepare(array $objects, bool $ahead = false): int
	{
		$this->objects = $objects;
		$planner = new GContactsPlanner($this->db, $this->account, !empty($this->run->parameters['clean_dolimods']));
		$plan = $planner->plan(array_keys($objects));
		if ($plan === null) {
			return $this->failed();
		}
		$this->remember($planner, $plan);
		if ($ahead && $this->takesAway()) {
			return 0;
		}
		$actions = array_column($this->intents, 'action');
		// Not by the foreseen calls: a card that agrees already may need none, and yet its link has to be told so.
		$this->works = array_intersect(GContactsIntents::WORK, $actions) !== array();
		$this->token = $this->works ? $this->account->accessToken() : '';
		if (($this->works || in_array('refused', $actions, true)) && $this->run->start() < 0) {
			return $this->failed();
		}
		$intents = new GContactsIntents($this->db, $this->account);
		return !$this->works || $intents->commit($this->intents) > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  GContactsPlanner     $planner Planner, after plan()
	 * @param  array<string, mixed> $plan    What it gave
	 * @return void
	 */
	private function remember(GContactsPlanner $planner, array $plan): void
	{
		$this->plan = $plan['plan'];
		$this->links = $planner->links;
		foreach ($planner->records as $id => $record) {
			$this->gone[$id] = $record['contact'] === null;
		}
		$this->intents = array_column($plan['intents'], null, 'id');
		foreach (array_keys($this->intents) as $id) {
			$this->intents[$id]['name'] = $planner->name($id);
		}
	}

	/** @return bool Whether cards are to go, or wait for an administrator's word on that */
	public function takesAway(): bool
	{
		return array_filter($this->intents, array('GContactsPlanner', 'takesAway')) !== array();
	}

	/**
	 * Begins the call.
	 *
	 * @param  int                    $deadlineMs Milliseconds that it may take
	 * @param  array<int, array>|null $labels     Labels that are known by now, null for those of the plan
	 * @return void
	 * @throws \GContacts\Exception Nothing was sent, and what was intended is taken back
	 * @throws GContactsTooLate     The same, for want of time
	 */
	public function launch(int $deadlineMs, ?array $labels = null): void
	{
		try {
			if ($this->works) {
				$this->engine->beginSend($this->account->transport($deadlineMs), $this->token, $this->plan, $this->account, $labels);
			}
		} catch (\GContacts\Exception | GContactsTooLate $e) {
			$this->withdraw();
			throw $e;
		}
	}

	/**
	 * Waits for the answer.
	 *
	 * @return void
	 * @throws \GContacts\Exception Nothing was sent, and what was intended is taken back; or it is not known what happened, and will be looked for
	 */
	public function collect(): void
	{
		if (!$this->works) {
			return;
		}
		try {
			$this->sent = $this->engine->endSend();
		} catch (\GContacts\Exception $e) {
			if ($e->reason !== self::UNANSWERED) {
				$this->withdraw();
			}
			throw $e;
		}
		$this->account->hear($this->sent);
		if ($this->sent['stopped'] === null) {
			$this->account->answered();
		}
	}

	/**
	 * Takes back what was intended: surely nothing was sent, so no create has to be looked for.
	 *
	 * @return void
	 */
	public function withdraw(): void
	{
		if ($this->works) {
			(new GContactsIntents($this->db, $this->account))->withdraw($this->intents);
		}
	}

	/**
	 * Stores what happened.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function store(): int
	{
		$outcomes = new GContactsOutcomes($this->db, $this->account, $this->run);
		if ($outcomes->storeAll($this->objects, $this->intents, $this->sent, $this->links, $this->gone) < 0) {
			return $this->failed();
		}
		$this->settled = count($outcomes->settled);
		$this->counts = $outcomes->counts + array('calls' => (int) $this->sent['calls'], 'writes' => (int) $this->sent['writes']);
		return 1;
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
