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
 * \file    php-module/class/push/gcontactspipeline.class.php
 * \ingroup gcontacts
 * \brief   Batch after batch: while Google works at one, the last one is stored and the next one is prepared
 */

dol_include_once('/gcontacts/class/push/gcontactsbatch.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Sends batches. Never two at a time, since Google forbids that: only the database works meanwhile.
 *
 * What is intended of a batch is committed before its call, and what came of it is stored during the next call. A process
 * killed at any time leaves up to two batches whose creates are looked for by their nonces.
 */
class GContactsPipeline
{
	/** How many times as long as the last batch the time that is left must be, for another one. */
	const MARGIN = 2.0;

	/** @var array<string, int> objects, settled, done, failed, later, held, calls, writes, batches */
	public $counts = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var float Unix time at which all has to be over */
	private $until;
	/** @var GContactsStop|null Why it ends early */
	private $stop = null;
	/** @var GContactsBatch|null Prepared, and not on its way yet */
	private $next = null;
	/** @var GContactsBatch|null On its way */
	private $sending = null;
	/** @var GContactsBatch|null Answered, and not stored yet */
	private $answered = null;
	/** @var array<int, array>|null Labels as the last answer told them */
	private $labels = null;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run that is going on
	 * @param float            $until   Unix time at which all has to be over
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run, float $until)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
		$this->until = $until;
	}

	/**
	 * Sends a batch, and those that follow while there is time.
	 *
	 * @param  array<int, array<int, int>> $objects Outbox rows by contact, of the first batch
	 * @param  bool                        $goesOn  Whether others may follow
	 * @return GContactsStop|null                   Null to go on
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 * @throws GContactsTooLate     There is no time left for a call
	 */
	public function send(array $objects, bool $goesOn): ?GContactsStop
	{
		$this->next = $this->prepared($objects, false);
		try {
			while ($this->next !== null && $this->stop === null) {
				$this->turn($goesOn);
			}
		} finally {
			$this->settle();
		}
		return $this->stop;
	}

	/**
	 * Sends the batch that is prepared; meanwhile stores the last one and prepares the next.
	 *
	 * @param  bool $goesOn Whether others may follow
	 * @return void
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 * @throws GContactsTooLate     There is no time left for a call
	 */
	private function turn(bool $goesOn): void
	{
		$began = microtime(true);
		$batch = $this->next;
		$this->next = null;
		$batch->launch((int) (1000 * max(0.0, $this->until - $began)), $this->labels);
		$this->sending = $batch;
		$this->storeAnswered();
		if ($goesOn && $this->stop === null && !$batch->takesAway()) {
			$this->next = $this->ahead();
		}
		$this->collect();
		$took = microtime(true) - $began;
		if ($this->next !== null && ($this->stop !== null || $this->until - microtime(true) < self::MARGIN * $took || !$this->run->isWanted())) {
			$this->next->withdraw();
			$this->next = null;
		}
	}

	/**
	 * @return GContactsBatch|null The batch that follows the one on its way; null for none now
	 * @throws \GContacts\Exception The engine refuses it, or there is no token
	 */
	private function ahead(): ?GContactsBatch
	{
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$objects = $outbox->read(GContactsRecords::LIMIT, time(), 'contact', array_keys($this->sending->objects));
		if ($objects === null) {
			$this->stop = new GContactsStop('database', $this->db->lasterror());
		}
		return $objects ? $this->prepared($objects, true) : null;
	}

	/**
	 * @param  array<int, array<int, int>> $objects Outbox rows by contact
	 * @param  bool                        $ahead   Whether another batch is on its way
	 * @return GContactsBatch|null                  Null where it cannot be prepared, or not now
	 * @throws \GContacts\Exception The engine refuses it, or there is no token
	 */
	private function prepared(array $objects, bool $ahead): ?GContactsBatch
	{
		$batch = new GContactsBatch($this->db, $this->account, $this->run);
		$prepared = $batch->prepare($objects, $ahead);
		if ($prepared < 0) {
			$this->stop = new GContactsStop('database', $batch->error);
		}
		return $prepared > 0 ? $batch : null;
	}

	/**
	 * @return void
	 * @throws \GContacts\Exception Nothing was sent, or it has to be found out what was
	 */
	private function collect(): void
	{
		$batch = $this->sending;
		$this->sending = null;
		$batch->collect();
		$this->answered = $batch;
		$this->labels = $batch->sent['labels'] ?? $this->labels;
		$this->stop = GContactsStop::ofEngine($batch->sent['stopped']) ?? $this->stop;
	}

	/** @return void */
	private function storeAnswered(): void
	{
		$batch = $this->answered;
		$this->answered = null;
		if ($batch !== null && $batch->store() < 0) {
			$this->stop = new GContactsStop('database', $batch->error);
			return;
		}
		$counts = $batch === null ? array() : $batch->counts + array('settled' => $batch->settled, 'batches' => 1, 'objects' => count($batch->objects));
		foreach ($counts as $name => $count) {
			$this->counts[$name] = ($this->counts[$name] ?? 0) + $count;
		}
	}

	/**
	 * Loses nothing of what happened, however it ended.
	 *
	 * @return void
	 * @throws \GContacts\Exception As collect()
	 */
	private function settle(): void
	{
		while ($this->db->transaction_opened > 0) {
			$this->db->rollback();
		}
		$this->storeAnswered();
		if ($this->sending !== null) {
			$this->collect();
			$this->storeAnswered();
		}
		if ($this->next !== null) {
			$this->next->withdraw();
		}
	}
}
