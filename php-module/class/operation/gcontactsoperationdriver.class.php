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
 * \file    php-module/class/operation/gcontactsoperationdriver.class.php
 * \ingroup gcontacts
 * \brief   Does the steps of the operation that is under way
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationkinds.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Step after step, under the lease of the account, until the operation or the time is over. Called by the page that shows
 * the progress, by the scheduled job, and by the next open page: whoever comes goes on where the last one stood.
 */
class GContactsOperationDriver
{
	/** Seconds below which no step is begun. */
	const SHORTEST_STEP = 2.0;
	/** Seconds that the lease holds longer than the step may take: after a kill, the next process waits so long. */
	const MARGIN = 25;
	/** Seconds that one step may take. */
	const LONGEST_STEP = 60.0;
	/** How often in a row a step may fail for a reason of our own. */
	const TRIES = 3;
	/** Reasons that are not Google's. */
	const OURS = array('database', 'error');

	/** @var string What failed */
	public $error = '';
	/** @var bool Whether another process is at it */
	public $busy = false;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var bool Whether Google refused the access token before */
	private $tokenRefused = false;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Goes on with the operation that is under way.
	 *
	 * @param  float $until Unix time at which it has to be over
	 * @return int          0 none is under way any more, 1 something is left, -1 failure with ->error
	 */
	public function advance(float $until): int
	{
		$this->busy = false;
		$run = new GContactsRun($this->db, $this->account);
		$found = $this->account->id > 0 ? $run->fetchUnderWay() : 0;
		if ($found < 0 || $this->db->transaction_opened > 0) {
			$this->error = $found < 0 ? $run->error : 'a step cannot be part of a transaction';
			return -1;
		}
		if ($found === 0 || $this->hasToWait($run)) {
			return $found;
		}
		if (!$this->account->acquireLease($this->leaseFor($until))) {
			$this->busy = true;
			return 1;
		}
		try {
			return $this->work($until);
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * @param  float $until Unix time
	 * @return int          As advance()
	 */
	private function work(float $until): int
	{
		// As they are now that nobody else changes them.
		$this->account->fetchForEntity();
		$run = new GContactsRun($this->db, $this->account);
		$goesOn = $run->fetchUnderWay() > 0 && !$this->hasToWait($run);
		while ($goesOn && $until - microtime(true) >= self::SHORTEST_STEP && $this->account->renewLease($this->leaseFor($until))) {
			$goesOn = $this->step($run, min($until, microtime(true) + self::LONGEST_STEP));
			// Somebody may have stopped it meanwhile.
			$goesOn = $run->fetch($run->id) > 0 && $goesOn && $run->isUnderWay();
		}
		return $run->isUnderWay() ? 1 : 0;
	}

	/**
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return bool                Whether the next step may follow at once
	 */
	private function step(GContactsRun $run, float $until): bool
	{
		$run->change(array('state' => GContactsRun::RUNNING, 'reason' => '', 'message' => '', 'alive' => time()), true);
		$began = microtime(true);
		$before = $run->dealtWith();
		$operation = GContactsOperationKinds::make($run->kind, $this->db, $this->account);
		$left = 1;
		$stop = null;
		$late = false;
		$this->account->until = $until;
		try {
			$left = $operation ? $operation->step($run, $until) : -1;
			$stop = $left < 0 ? new GContactsStop('database', $operation ? $operation->error : 'there is no operation '.$run->kind) : null;
		} catch (GContactsTooLate $e) {
			$late = true;
		} catch (GContactsInterruption $e) {
			$stop = $e->stop;
		} catch (\GContacts\Exception $e) {
			$stop = new GContactsStop($e->reason, $e->getMessage(), $e->retryAfter);
		} catch (Throwable $e) {
			$stop = new GContactsStop('error', get_class($e).': '.$e->getMessage());
		}
		$this->account->until = 0.0;
		while ($this->db->transaction_opened > 0) {
			$this->db->rollback();
		}
		$run->change(array('alive' => time(), 'worked' => $run->worked + (int) (1000 * (microtime(true) - $began))));
		return $stop === null ? $this->went($run, $left) && !$late : $this->stopped($run, $stop, $run->dealtWith() > $before);
	}

	/**
	 * @param  GContactsRun $run  Run
	 * @param  int          $left 0 where all is done
	 * @return bool               Whether the next step may follow at once
	 */
	private function went(GContactsRun $run, int $left): bool
	{
		if ($left === 0) {
			$run->finish(GContactsRun::DONE);
		} elseif ($run->tries > 0) {
			$run->change(array('tries' => 0));
		}
		return $left > 0;
	}

	/**
	 * @param  GContactsRun  $run      Run
	 * @param  GContactsStop $stop     Why the step ended early
	 * @param  bool          $progress Whether the step did anything before
	 * @return bool                    Whether the next step may follow at once
	 */
	private function stopped(GContactsRun $run, GContactsStop $stop, bool $progress): bool
	{
		if (!$this->tokenRefused && in_array($stop->reason, GContactsStop::TOKEN, true)) {
			$this->tokenRefused = true;
			$tokens = new GContactsTokens($this->db, $this->account->id);
			$tokens->forgetAccess();
			return true;
		}
		dol_syslog('GContacts: run '.$run->id.' was held up: '.$stop->reason.' '.$stop->message, LOG_WARNING);
		$message = GContactsText::storable($stop->message);
		if ($stop->reason === 'deadline' && !$progress && $run->tries + 1 < self::TRIES) {
			// The batch was too large for the time that was left: the next one is smaller. Google hangs only where that does not help.
			$run->change(array('tries' => $run->tries + 1));
			return false;
		}
		if (!in_array($stop->reason, self::OURS, true)) {
			$stop->applyTo($this->account, $progress);
			$run->change(array('state' => GContactsRun::WAITING, 'reason' => $stop->reason, 'message' => $message), true);
		} elseif ($run->tries + 1 >= self::TRIES) {
			$run->finish(GContactsRun::STOPPED, $stop->reason, $message);
		} else {
			$run->change(array('tries' => $run->tries + 1, 'state' => GContactsRun::WAITING, 'reason' => $stop->reason, 'message' => $message), true);
		}
		return false;
	}

	/**
	 * Whether the account holds the operation up; then the run says so.
	 *
	 * @param  GContactsRun $run Run
	 * @return bool
	 */
	private function hasToWait(GContactsRun $run): bool
	{
		$reason = GContactsOperationKinds::blockedReason($run->kind, $this->account);
		if ($reason !== '' && ($run->state !== GContactsRun::WAITING || $run->reason !== $reason)) {
			$run->change(array('state' => GContactsRun::WAITING, 'reason' => $reason, 'message' => $this->account->state_message), true);
		}
		return $reason !== '';
	}

	/**
	 * @param  float $until Unix time
	 * @return int          Seconds that the lease has to hold
	 */
	private function leaseFor(float $until): int
	{
		return (int) ceil(min(self::LONGEST_STEP, max(0.0, $until - microtime(true)))) + self::MARGIN;
	}
}
