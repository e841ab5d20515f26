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
 * \file    php-module/class/check/gcontactsstrayrelease.class.php
 * \ingroup gcontacts
 * \brief   Takes our labels off cards that no contact knows
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanupengine.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * Has our labels and our mark taken off strays: the cards stay at Google, and are no longer Dolibarr's. Each is read before.
 */
class GContactsStrayRelease
{
	/** Seconds that the lease holds, and that the calls may take. */
	const LEASE = 60;
	const DEADLINE = 20;

	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';

	/** @var string What was said */
	public $error = '';

	/** @var int Cards that are free of our labels now */
	public $done = 0;

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

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
	 * Takes the labels off.
	 *
	 * @param  array<int, object> $strays Rows of GContactsStray::all(), by id
	 * @return int                        1, or -1 with ->reason and ->error
	 */
	public function run(array $strays): int
	{
		$reason = $this->account->blockedReason();
		if ($reason === '' && !$this->account->acquireLease(self::LEASE)) {
			$reason = 'busy';
		}
		if ($reason !== '') {
			return $this->failed($reason, $this->account->state_message);
		}
		try {
			return $this->send($strays);
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		} finally {
			$this->account->releaseLease();
		}
	}

	/**
	 * @param  array<int, object> $strays Strays
	 * @return int                        1, or -1 with ->reason and ->error
	 * @throws \GContacts\Exception Nothing was sent
	 */
	private function send(array $strays): int
	{
		$labels = (new GContactsLabel($this->db, $this->account))->all();
		if ($labels === null) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$traces = array();
		foreach ($strays as $id => $stray) {
			$traces[] = array('type' => 'stray', 'id' => $id, 'resource_name' => (string) $stray->resource_name, 'source_id' => (string) $stray->source_id, 'sent' => '');
		}
		$plan = (new GContactsCleanUpEngine())->planCleanUp(GContactsSettings::forEngine(), $labels, $traces);
		$engine = new GContactsEngine();
		$sent = $engine->send(GContactsSettings::transport(1000 * self::DEADLINE), $this->account->accessToken(), $plan, $this->account);
		return $this->store($sent, $strays);
	}

	/**
	 * @param  array<string, mixed> $sent   What send() returned
	 * @param  array<int, object>   $strays Strays
	 * @return int                          1, or -1 with ->reason and ->error
	 */
	private function store(array $sent, array $strays): int
	{
		$run = new GContactsRun($this->db, $this->account, 'strays');
		$store = new GContactsStray($this->db, $this->account);
		$stored = $run->start() > 0;
		foreach ($sent['outcomes'] as $outcome) {
			$isDone = $outcome['result'] === 'done';
			$this->done += $isDone ? 1 : 0;
			$stored = $stored && $run->add(array('name' => (string) $strays[$outcome['id']]->name) + $outcome) > 0;
			$stored = $stored && (!$isDone || $store->forget((int) $outcome['id']) > 0);
		}
		$stored = $stored && $run->progress(array('calls' => (int) $sent['calls'], 'done' => $this->done, 'failed' => count($strays) - $this->done)) > 0;
		$stop = $sent['stopped'];
		if (!$stored || $run->finish($stop === null ? 'done' : 'stopped', (string) ($stop['reason'] ?? ''), (string) ($stop['message'] ?? '')) < 0) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		return $stop === null ? 1 : $this->failed((string) $stop['reason'], (string) $stop['message']);
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  What was said
	 * @return int            -1
	 */
	private function failed(string $reason, string $error): int
	{
		list($this->reason, $this->error) = array($reason, $error);
		return -1;
	}
}
