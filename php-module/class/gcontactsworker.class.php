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
 * \file    php-module/class/gcontactsworker.class.php
 * \ingroup gcontacts
 * \brief   Sends what waits in the outbox
 */

dol_include_once('/gcontacts/class/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsbatch.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactsexpansion.class.php');
dol_include_once('/gcontacts/class/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/gcontactsresolution.class.php');
dol_include_once('/gcontacts/class/gcontactsrun.class.php');

/**
 * The loop that empties the outbox of the present entity: one process at a time, batch after batch.
 */
class GContactsWorker
{
	/** Seconds that the lease holds; longer than any batch. */
	const LEASE = 180;

	/** Seconds that one call of the engine may take. */
	const LONGEST_SEND = 60;

	/** Seconds below which no batch is begun: a create that is cut off has to be looked for. */
	const SHORTEST_SEND = 4;

	/** @var string */
	public $error = '';
	/** @var string[] */
	public $errors = array();
	/** @var string What happened, as sentences */
	public $output = '';
	/** @var array<string, int|string> reason, message, settled, done, failed, later, calls, writes, batches, left */
	public $summary = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsOutbox */
	private $outbox;
	/** @var GContactsRun */
	private $run;
	/** @var bool Whether Google has refused an access token already */
	private $tokenRefused = false;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
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
		$this->summary = array('reason' => '', 'message' => '') + array_fill_keys(array('settled', 'done', 'failed', 'later', 'calls', 'writes', 'batches', 'left'), 0);
		$this->account = new GContactsAccount($this->db);
		if ($this->db->transaction_opened > 0 || $this->account->fetchForEntity() < 0) {
			return $this->failed($this->account->error === '' ? 'drain() was called within a transaction' : $this->account->error);
		}
		$this->outbox = new GContactsOutbox($this->db);
		$reason = $this->account->blockedReason();
		if ($reason === '' && !$this->account->acquireLease(self::LEASE)) {
			$reason = 'busy';
		}
		if ($reason !== '') {
			return $this->end($reason, $this->account->state_message);
		}
		try {
			// As it is now that nobody else changes it.
			$this->account->fetchForEntity();
			return $this->loop($until);
		} catch (Throwable $e) {
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
		$this->run = new GContactsRun($this->db, $this->account, 'drain');
		$stop = null;
		while ($stop === null && $until - microtime(true) >= self::SHORTEST_SEND && $this->account->renewLease(self::LEASE)) {
			try {
				$stop = $this->step((int) (1000 * min(self::LONGEST_SEND, $until - microtime(true))));
			} catch (\GContacts\Exception $e) {
				$stop = array('reason' => $e->reason, 'message' => $e->getMessage(), 'retry_after' => $e->retryAfter);
			}
			$stop = $stop === null ? null : $this->judge($stop);
		}
		$this->account->change(array('date_drained' => $this->db->idate(dol_now())));
		$reason = (string) ($stop['reason'] ?? '');
		$this->run->finish($reason === '' ? 'done' : 'stopped', $reason, (string) ($stop['message'] ?? ''));
		return $this->error !== '' ? -1 : $this->end($reason, (string) ($stop['message'] ?? ''));
	}

	/**
	 * One batch, with what has to come before it.
	 *
	 * @param  int                       $deadlineMs Milliseconds that it may take
	 * @return array<string, mixed>|null             Why to stop: reason, message, retry_after; null to go on
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 */
	private function step(int $deadlineMs): ?array
	{
		$label = new GContactsLabel($this->db, $this->account);
		$expansion = new GContactsExpansion($this->db, $this->outbox);
		$resolution = new GContactsResolution($this->db, $this->account);
		if ($expansion->run($this->account->entity, (array) $label->all()) < 0 || $resolution->run($deadlineMs) < 0) {
			return $this->broken($expansion->error.$resolution->error);
		}
		if ($resolution->stopped !== null) {
			return $resolution->stopped;
		}
		$objects = $this->outbox->read(GContactsRecords::LIMIT, time());
		if (!$objects) {
			return $objects === null ? $this->broken($this->db->lasterror()) : array('reason' => '');
		}
		$batch = new GContactsBatch($this->db, $this->account, $this->run);
		if ($batch->send($objects, $deadlineMs) < 0) {
			return $this->broken($batch->error);
		}
		foreach ($batch->counts as $name => $count) {
			$this->summary[$name] += $count;
		}
		$this->summary['batches']++;
		$this->summary['settled'] += $batch->settled;
		if ($batch->stopped === null) {
			$this->account->answered();
		}
		return $batch->stopped;
	}

	/**
	 * What a stop means for the account.
	 *
	 * @param  array<string, mixed>      $stop reason, message, retry_after
	 * @return array<string, mixed>|null       Null to go on
	 */
	private function judge(array $stop): ?array
	{
		$reason = (string) $stop['reason'];
		if (in_array($reason, array('token_expired', 'token_invalid'), true) && !$this->tokenRefused) {
			$this->tokenRefused = true;
			$tokens = new GContactsTokens($this->db, $this->account->id);
			$tokens->forgetAccess();
			return null;
		}
		if (in_array($reason, array('token_expired', 'token_invalid', 'scope_missing', 'invalid_grant', 'reconnect'), true)) {
			$this->account->needReconnect($reason, (string) $stop['message']);
		} elseif (!in_array($reason, array('', 'database'), true) && !($reason === 'deadline' && $this->summary['done'] > 0)) {
			$this->account->pause((int) ($stop['retry_after'] ?? 0), $reason, (string) $stop['message']);
		}
		return $stop;
	}

	/**
	 * The database failed: nothing of the account's doing.
	 *
	 * @param  string                $error What it said
	 * @return array<string, string>        A stop
	 */
	private function broken(string $error): array
	{
		$this->failed($error);
		return array('reason' => 'database', 'message' => $error);
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		$this->error = $error;
		$this->summary['reason'] = 'error';
		$this->summary['message'] = $error;
		$this->output = $error;
		dol_syslog('GContacts: drain failed: '.$error, LOG_ERR);
		return -1;
	}

	/**
	 * Sums up.
	 *
	 * @param  string $reason  Why it ended early, empty where it did not
	 * @param  string $message What Google said
	 * @return int             0 or 1, see drain()
	 */
	private function end(string $reason, string $message): int
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$this->summary['reason'] = $reason;
		$this->summary['message'] = $message;
		$this->summary['left'] = $this->outbox->count();
		$counts = array($this->summary['done'], $this->summary['failed'], $this->summary['left']);
		$this->output = $langs->transnoentities('GContactsDrainOutput', ...array_map('strval', $counts));
		if ($reason !== '') {
			$this->output = GContactsEngine::sentence($reason, $message).' '.$this->output;
		}
		return $reason === '' && !$this->outbox->hasDue() ? 0 : 1;
	}
}
