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
 * \file    php-module/class/gcontactscron.class.php
 * \ingroup gcontacts
 * \brief   What Dolibarr's scheduler calls
 */

dol_include_once('/gcontacts/class/pull/gcontactspull.class.php');
dol_include_once('/gcontacts/class/import/gcontactsautoimport.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');
dol_include_once('/gcontacts/class/store/gcontactsretention.class.php');

/**
 * Scheduled jobs. Dolibarr reads ->output, ->error and ->errors.
 */
class GContactsCron
{
	/** Seconds that a job may take; what is left is sent by the next one. */
	const DEADLINE = 120;

	/** Seconds that forgetting old rows of the log may take. */
	const FORGETTING = 20;

	/** @var string */
	public $output = '';
	/** @var string */
	public $error = '';
	/** @var string[] */
	public $errors = array();

	/** @var DoliDB */
	private $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Sends what waits in the outbox. That sending is switched off or paused is no failure of the job: it is told.
	 *
	 * @return int 0, or -1 with ->error
	 */
	public function drain(): int
	{
		$worker = new GContactsWorker($this->db);
		$result = $worker->drain(self::DEADLINE);
		$this->output = $worker->output;
		$this->error = $worker->error;
		return $result < 0 ? -1 : 0;
	}

	/**
	 * Marks what was changed at Google, and sends what a save has left to it meanwhile.
	 *
	 * @return int 0, or -1 with ->error
	 */
	public function pull(): int
	{
		$pull = new GContactsPull($this->db);
		$result = $pull->run(self::DEADLINE);
		$worker = new GContactsWorker($this->db);
		$sent = $result < 0 ? $result : $worker->drain(self::DEADLINE);
		$this->output = $pull->report();
		$this->error = $result < 0 ? $pull->error : $worker->error;
		return $sent < 0 ? -1 : 0;
	}

	/**
	 * Notes what changed without a trigger; drain() sends it. Then forgets what is old in the log.
	 *
	 * @return int 0, or -1 with ->error
	 */
	public function reconcile(): int
	{
		global $conf;
		$reconciliation = new GContactsReconciliation($this->db);
		$result = $reconciliation->run(self::DEADLINE);
		$this->output = $result < 0 ? $reconciliation->error : $reconciliation->report();
		$retention = new GContactsRetention($this->db, (int) $conf->entity);
		$forgotten = $retention->forgetOld(self::FORGETTING);
		$this->error = trim($reconciliation->error.' '.$retention->error);
		return $result < 0 || $forgotten < 0 ? -1 : 0;
	}

	/**
	 * Goes on with imports that were begun, and imports whoever is beyond doubt, where the option is on.
	 *
	 * @return int 0, or -1 with ->error
	 */
	public function import(): int
	{
		global $user;
		$import = new GContactsAutoImport($this->db);
		$result = $import->run(microtime(true) + self::DEADLINE, $user);
		$this->output = $result < 0 ? $import->error : $import->report();
		$this->error = $import->error;
		return $result < 0 ? -1 : 0;
	}
}
