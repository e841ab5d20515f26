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
 * \file    php-module/class/push/gcontactsworker.class.php
 * \ingroup gcontacts
 * \brief   Sends what waits in the outbox
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/push/gcontactssendstep.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * The loop that empties the outbox of the present entity: one process at a time, batch after batch. An operation that is
 * under way goes first.
 */
class GContactsWorker
{
	/** Seconds that the lease holds; longer than any batch. */
	const LEASE = 180;
	/** Seconds that one call of the engine may take. */
	const LONGEST_SEND = 60;
	/** Seconds below which no batch is begun: a create that is cut off has to be looked for. */
	const SHORTEST_SEND = 4;
	/** Numbers of the summary. */
	const NUMBERS = array('settled' => 0, 'done' => 0, 'failed' => 0, 'later' => 0, 'held' => 0, 'calls' => 0, 'writes' => 0, 'batches' => 0, 'left' => 0);

	/** @var string */
	public $error = '';
	/** @var string What happened, as sentences */
	public $output = '';
	/** @var array<string, int|string> reason, message, and NUMBERS */
	public $summary = array('reason' => '', 'message' => '') + self::NUMBERS;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsOutbox */
	private $outbox;
	/** @var GContactsRun */
	private $run;

	/** @param DoliDB $db Database handler */
	public function __construct($db)
	{
		$this->db = $db;
		$this->account = new GContactsAccount($db);
		$this->outbox = new GContactsOutbox($db);
	}

	/**
	 * Sends what is due until nothing is, or the time is over.
	 *
	 * @param  float $deadlineSeconds Seconds that it may take
	 * @return int                    0 nothing is due any more, 1 something is left, -1 failure with ->error
	 */
	public function drain(float $deadlineSeconds): int
	{
		$until = microtime(true) + $deadlineSeconds;
		do {
			$result = $this->once($until);
			// A save that found another process at it has left its row to that one: so it looks once more.
			$again = $result >= 0 && $this->summary['reason'] === '' && $this->outbox->hasDue();
		} while ($again && $until - microtime(true) >= self::SHORTEST_SEND);
		return $result;
	}

	/**
	 * @param  float $until Unix time
	 * @return int          As drain()
	 */
	private function once(float $until): int
	{
		if ($this->db->transaction_opened > 0 || $this->account->fetchForEntity() < 0) {
			return $this->failed($this->account->error === '' ? 'a drain cannot be part of a transaction' : $this->account->error);
		}
		$driver = new GContactsOperationDriver($this->db, $this->account);
		$operation = $driver->advance($until);
		if ($operation === 0) {
			return $this->send($until);
		}
		return $operation < 0 ? $this->failed($driver->error) : $this->end(new GContactsStop($driver->busy ? 'busy' : 'operation_under_way'));
	}

	/**
	 * @param  float $until Unix time
	 * @return int          As drain()
	 */
	private function send(float $until): int
	{
		$reason = $this->account->blockedReason();
		$adoption = new GContactsAdoption($this->db, $this->account);
		$prepares = $reason === 'awaiting_confirmation' && $adoption->isDue();
		$reason = $prepares ? '' : $reason;
		if ($reason === '' && !$this->account->acquireLease(self::LEASE)) {
			$reason = 'busy';
		}
		if ($reason !== '') {
			return $this->end(new GContactsStop($reason, $reason === 'busy' ? '' : $this->account->state_message));
		}
		$this->run = new GContactsRun($this->db, $this->account, 'drain');
		try {
			return $prepares ? $this->end($adoption->prepare($until)) : $this->loop($until);
		} catch (Throwable $e) {
			while ($this->db->transaction_opened > 0) {
				$this->db->rollback();
			}
			$this->run->finish('stopped', 'error', $e->getMessage());
			return $this->failed(get_class($e).': '.$e->getMessage());
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * @param  float $until Unix time
	 * @return int          As drain()
	 */
	private function loop(float $until): int
	{
		$step = new GContactsSendStep($this->db, $this->account, $this->run);
		// As it is now that nobody else changes it.
		$this->account->fetchForEntity();
		$stop = null;
		$tokenRefused = false;
		while ($stop === null && !$step->idle && $until - microtime(true) >= self::SHORTEST_SEND && $this->account->renewLease(self::LEASE)) {
			try {
				$stop = $step->run((int) (1000 * min(self::LONGEST_SEND, $until - microtime(true))));
			} catch (\GContacts\Exception $e) {
				$stop = new GContactsStop($e->reason, $e->getMessage(), $e->retryAfter);
			}
			if ($stop !== null && !$tokenRefused && in_array($stop->reason, GContactsStop::TOKEN, true)) {
				$tokenRefused = true;
				$tokens = new GContactsTokens($this->db, $this->account->id);
				$tokens->forgetAccess();
				$stop = null;
			}
			$stop = $stop !== null && $stop->waitedOut($until - self::SHORTEST_SEND) ? null : $stop;
		}
		foreach (array_intersect_key($step->counts, self::NUMBERS) as $name => $count) {
			$this->summary[$name] += $count;
		}
		$stop = $stop ?? new GContactsStop();
		$stop->applyTo($this->account, $this->summary['done'] > 0);
		$this->account->change(array('date_drained' => $this->db->idate(dol_now())));
		$this->run->finish($stop->reason === '' ? 'done' : 'stopped', $stop->reason, $stop->message);
		return $stop->reason === 'database' ? $this->failed($stop->message) : $this->end($stop);
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		$this->error = $error;
		$this->output = $error;
		$this->summary = array('reason' => 'error', 'message' => $error) + $this->summary;
		dol_syslog('GContacts: drain failed: '.$error, LOG_ERR);
		return -1;
	}

	/**
	 * Sums up.
	 *
	 * @param  GContactsStop $stop Why it ended
	 * @return int                 0 or 1, see drain()
	 */
	private function end(GContactsStop $stop): int
	{
		$this->summary = array('reason' => $stop->reason, 'message' => $stop->message, 'left' => $this->outbox->count()) + $this->summary;
		$this->output = $stop->report($this->summary);
		return $stop->reason === '' && !$this->outbox->hasDue() ? 0 : 1;
	}
}
