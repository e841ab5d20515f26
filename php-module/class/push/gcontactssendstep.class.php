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
 * \file    php-module/class/push/gcontactssendstep.class.php
 * \ingroup gcontacts
 * \brief   Batches of the outbox, with what has to come before them
 */

dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/push/gcontactspipeline.class.php');
dol_include_once('/gcontacts/class/push/gcontactsemptylabels.class.php');
dol_include_once('/gcontacts/class/push/gcontactsexpansion.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/push/gcontactsresolution.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * A step of sending, whoever drives it: a drain or an export. Batches of full size follow one another in it.
 */
class GContactsSendStep
{
	/** @var array<string, int> objects, settled, done, failed, later, held, calls, writes, batches: of all steps */
	public $counts = array();
	/** @var bool Whether there was nothing to do */
	public $idle = false;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;

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
	}

	/**
	 * @param  int                $deadlineMs Milliseconds that it may take
	 * @param  int                $contacts   Highest number of contacts to send at a time
	 * @return GContactsStop|null             Null to go on
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 */
	public function run(int $deadlineMs, int $contacts = GContactsRecords::LIMIT): ?GContactsStop
	{
		$this->idle = false;
		$until = microtime(true) + $deadlineMs / 1000;
		$adoption = new GContactsAdoption($this->db, $this->account);
		$adopting = $adoption->run($deadlineMs);
		if ($adopting !== 0) {
			return $adopting < 0 ? new GContactsStop('database', $adoption->error) : null;
		}
		$expansion = new GContactsExpansion($this->db, $this->account);
		$resolution = new GContactsResolution($this->db, $this->account);
		if ($expansion->run() < 0 || $resolution->run($deadlineMs) < 0) {
			return new GContactsStop('database', $expansion->error.$resolution->error);
		}
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$objects = $resolution->stopped === null ? $outbox->read($contacts, time()) : array();
		if (!$objects) {
			$failed = $objects === null ? new GContactsStop('database', $this->db->lasterror()) : null;
			$stop = GContactsStop::ofEngine($resolution->stopped) ?? $failed ?? $this->deleteEmptyLabels($deadlineMs);
			$this->idle = $objects !== null;
			return $stop;
		}
		return $this->send($objects, $until, $contacts);
	}

	/**
	 * @param  array<int, array<int, int>> $objects  Outbox rows by contact
	 * @param  float                       $until    Unix time at which it has to be over
	 * @param  int                         $contacts Highest number of contacts to send at a time
	 * @return GContactsStop|null                    Null to go on
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 */
	private function send(array $objects, float $until, int $contacts): ?GContactsStop
	{
		$pipeline = new GContactsPipeline($this->db, $this->account, $this->run, $until);
		try {
			// Where the time allows small batches only, its caller says how large the next one is.
			return $pipeline->send($objects, $contacts >= GContactsRecords::LIMIT);
		} finally {
			foreach ($pipeline->counts as $name => $count) {
				$this->counts[$name] = ($this->counts[$name] ?? 0) + $count;
			}
		}
	}

	/**
	 * Where no contact is left to send: deletes labels that cards have left.
	 *
	 * @param  int                $deadlineMs Milliseconds that it may take
	 * @return GContactsStop|null             Null where all is well
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 */
	private function deleteEmptyLabels(int $deadlineMs): ?GContactsStop
	{
		$labels = new GContactsEmptyLabels($this->db, $this->account, $this->run);
		if ($labels->run($deadlineMs) < 0) {
			return new GContactsStop('database', $labels->error);
		}
		return GContactsStop::ofEngine($labels->stopped);
	}
}
