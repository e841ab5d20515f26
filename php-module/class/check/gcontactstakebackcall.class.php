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
 * \file    php-module/class/check/gcontactstakebackcall.class.php
 * \ingroup gcontacts
 * \brief   Has cards taken back at Google, and stores what came of it
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanupengine.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Has what is ours taken off some cards, as a clean-up does with all of them: each is read before, one that Dolibarr made and
 * nobody else knows is deleted, any other stays at Google without our labels, mark and values. By itself, with a run of its
 * own, or in a step of an operation.
 */
abstract class GContactsTakeBackCall
{
	/** Seconds that the lease holds, and that the calls may take. */
	const LEASE = 60;
	const DEADLINE = 20;

	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';

	/** @var string What was said */
	public $error = '';

	/** @var int Cards that are parted from Dolibarr now */
	public $done = 0;
	/** @var array<int, string> Reason code, by object whose card Google did not let go of */
	public $refused = array();
	/** @var array<int, int> Objects that were not come to: Google held all up before */
	public $later = array();
	/** @var int Calls to Google */
	public $calls = 0;

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;
	/** @var GContactsRun|null */
	private $operation;
	/** @var float */
	private $until;

	/**
	 * @param DoliDB            $db        Database handler
	 * @param GContactsAccount  $account   Account
	 * @param GContactsRun|null $operation Operation that this is a step of: this process has the lease then
	 * @param float             $until     Unix time at which the step has to be over
	 */
	public function __construct($db, GContactsAccount $account, ?GContactsRun $operation = null, float $until = 0.0)
	{
		$this->db = $db;
		$this->account = $account;
		$this->operation = $operation;
		$this->until = $until;
	}

	/**
	 * @param  array<int, array<string, mixed>> $traces Cards
	 * @param  array<int, string>               $names  What they are called, by id
	 * @param  callable                         $forget Forgets the object of an id; below 0 on failure
	 * @param  callable|null                    $with   Done in the transaction that stores what came of it; below 0 to undo it
	 * @return int                                      1, or -1 with ->reason and ->error
	 */
	protected function run(array $traces, array $names, callable $forget, ?callable $with = null): int
	{
		if ($this->operation !== null) {
			return $this->send($traces, $names, $forget, $with);
		}
		$reason = $this->account->blockedReason();
		if ($reason === '' && !$this->account->acquireLease(self::LEASE)) {
			$reason = 'busy';
		}
		if ($reason !== '') {
			return $this->failed($reason, $this->account->state_message);
		}
		try {
			return $traces ? $this->send($traces, $names, $forget, $with) : 1;
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * @param  array<int, array<string, mixed>> $traces See run()
	 * @param  array<int, string>               $names  See run()
	 * @param  callable                         $forget See run()
	 * @param  callable|null                    $with   See run()
	 * @return int                                      1, or -1 with ->reason and ->error
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption In a step of an operation: the same, told by an answer
	 */
	private function send(array $traces, array $names, callable $forget, ?callable $with): int
	{
		$sent = array('outcomes' => array(), 'calls' => 0, 'stopped' => null);
		if ($traces) {
			$labels = (new GContactsLabel($this->db, $this->account))->all();
			if ($labels === null) {
				return $this->failed('database', (string) $this->db->lasterror());
			}
			$plan = (new GContactsCleanUpEngine())->planCleanUp(GContactsSettings::forEngine(), $labels, $traces);
			$token = $this->account->accessToken();
			$transport = $this->operation === null ? $this->account->transport(1000 * self::DEADLINE) : $this->account->transportUntil($this->until, count($traces));
			$sent = (new GContactsEngine())->send($transport, $token, $plan, $this->account);
			$this->account->learn($sent);
		}
		$stored = $this->store($sent, $names, $forget, $with);
		$stop = GContactsStop::ofEngine($sent['stopped']);
		if ($stored < 0 || $stop === null) {
			return $stored;
		}
		if ($this->operation !== null) {
			throw new GContactsInterruption($stop);
		}
		return $this->failed($stop->reason, $stop->message);
	}

	/**
	 * @param  array<string, mixed> $sent   What send() of the engine returned
	 * @param  array<int, string>   $names  What the cards are called, by id
	 * @param  callable             $forget Forgets the object of an id
	 * @param  callable|null        $with   See run()
	 * @return int                          1, or -1 with ->reason and ->error
	 */
	private function store(array $sent, array $names, callable $forget, ?callable $with): int
	{
		$run = $this->operation ?? new GContactsRun($this->db, $this->account, 'strays');
		$stored = $run->start() > 0;
		$this->calls = (int) $sent['calls'];
		$this->db->begin();
		foreach ($sent['outcomes'] as $outcome) {
			$isDone = $outcome['result'] === 'done';
			$this->done += $isDone ? 1 : 0;
			if ($outcome['result'] === 'later' && $sent['stopped'] !== null) {
				$this->later[] = (int) $outcome['id'];
				continue;
			}
			if (!$isDone) {
				$this->refused[(int) $outcome['id']] = (string) $outcome['reason'];
			}
			$told = array('name' => $names[$outcome['id']] ?? '') + ($isDone ? array('message' => GContactsRun::ALLOWED) : array());
			$stored = $stored && $run->add($told + $outcome) > 0 && (!$isDone || $forget((int) $outcome['id']) > 0);
		}
		$stored = $stored && ($this->operation !== null || $this->end($run, $sent) > 0) && ($with === null || $with() >= 0);
		if ($stored && $this->db->commit() > 0) {
			return 1;
		}
		$error = (string) $this->db->lasterror();
		$this->db->rollback();
		$this->done = 0;
		return $this->failed('database', $error);
	}

	/**
	 * @param  GContactsRun         $run  Run of its own
	 * @param  array<string, mixed> $sent What send() of the engine returned
	 * @return int                        1, or -1
	 */
	private function end(GContactsRun $run, array $sent): int
	{
		$counts = array('calls' => $this->calls, 'done' => $this->done, 'failed' => count($sent['outcomes']) - $this->done);
		$stop = $sent['stopped'] ?? array('reason' => '', 'message' => '');
		$finished = $run->finish($stop['reason'] === '' ? 'done' : 'stopped', (string) $stop['reason'], (string) $stop['message']);
		return $run->progress($counts) > 0 && $finished > 0 ? 1 : -1;
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  What was said
	 * @return int            -1
	 */
	protected function failed(string $reason, string $error): int
	{
		list($this->reason, $this->error) = array($reason, $error);
		return -1;
	}
}
