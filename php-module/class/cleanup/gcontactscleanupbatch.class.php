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
 * \file    php-module/class/cleanup/gcontactscleanupbatch.class.php
 * \ingroup gcontacts
 * \brief   Some cards of a clean-up
 */

dol_include_once('/gcontacts/class/cleanup/gcontactscleanupengine.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Has the engine take cards back, and stores what came of it in one transaction with the place where the run goes on.
 */
class GContactsCleanUpBatch
{
	/** @var string */
	public $error = '';
	/** @var GContactsStop|null Why it ended early */
	public $stopped = null;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
	}

	/**
	 * Takes back the cards of links.
	 *
	 * @param  array<int, object>   $rows  Rows of GContactsTraces
	 * @param  float                $until Unix time
	 * @param  array<string, mixed> $next  Where the run goes on if all of them were tried
	 * @return int                         1, or -1 with ->error
	 * @throws \GContacts\Exception        Nothing was sent
	 */
	public function linked(array $rows, float $until, array $next): int
	{
		$traces = array();
		$cards = array();
		foreach ($rows as $row) {
			$traces[] = array(
				'type' => (string) $row->element_type, 'id' => (int) $row->fk_element, 'resource_name' => (string) $row->resource_name,
				'source_id' => (string) $row->source_id, 'sent' => (string) $row->sent,
			);
			$cards[$row->element_type.':'.((int) $row->fk_element)] = (int) $row->fk_card;
		}
		return $this->send($traces, $cards, $until, $next);
	}

	/**
	 * Takes back cards that no link knows.
	 *
	 * @param  array<int, array<string, mixed>> $traces See GContactsOrphans
	 * @param  float                            $until  Unix time
	 * @param  array<string, mixed>             $next   Where the run goes on if all of them were tried
	 * @return int                                      1, or -1 with ->error
	 * @throws \GContacts\Exception                     Nothing was sent
	 */
	public function orphans(array $traces, float $until, array $next): int
	{
		return $this->send($traces, array(), $until, $next);
	}

	/**
	 * @param  array<int, array<string, mixed>> $traces Cards
	 * @param  array<string, int>               $cards  Id of the card by type and id of the object, where a link knows it
	 * @param  float                            $until  Unix time
	 * @param  array<string, mixed>             $next   Where the run goes on
	 * @return int                                      1, or -1 with ->error
	 * @throws \GContacts\Exception                     Nothing was sent
	 */
	private function send(array $traces, array $cards, float $until, array $next): int
	{
		$began = microtime(true);
		$labels = (new GContactsLabel($this->db, $this->account))->all();
		if ($labels === null) {
			return $this->failed();
		}
		$engine = new GContactsEngine();
		$plan = (new GContactsCleanUpEngine())->planCleanUp(GContactsSettings::forEngine(), array_merge($labels, (array) ($this->run->position['marked'] ?? array())), $traces);
		$token = $this->account->accessToken();
		$sent = $engine->send($this->account->transportUntil($until, count($traces)), $token, $plan, $this->account);
		$this->account->learn($sent);
		$this->stopped = GContactsStop::ofEngine($sent['stopped']);
		$this->db->begin();
		$counts = array('calls' => (int) $sent['calls'], 'done' => 0, 'failed' => 0, 'unchanged' => 0);
		foreach ($sent['outcomes'] as $outcome) {
			$result = $this->store($outcome, $cards[$outcome['type'].':'.$outcome['id']] ?? 0, $counts);
			if ($result < 0) {
				return $this->failed();
			}
			$next['later'] = ($next['later'] ?? 0) + $result;
		}
		$seconds = max(0.001, microtime(true) - $began);
		$rate = $this->stopped === null ? count($traces) / $seconds : (float) ($next['rate'] ?? GContactsCleanUpCards::FIRST_RATE) / 2;
		// What was held up is tried again from where this batch began; what is done is not found there any more.
		$position = array('rate' => round($rate, 2)) + ($this->stopped === null ? $next : $this->run->position);
		if ($this->run->progress($counts) < 0 || $this->run->moveTo($position) < 0) {
			return $this->failed();
		}
		return $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  array<string, mixed> $outcome Outcome
	 * @param  int                  $card    Id of the card, 0 where no link knows it
	 * @param  array<string, int>   $counts  done, failed, unchanged; counted up
	 * @return int                           1 where it is to be tried again, 0 not, -1 on failure
	 */
	private function store(array $outcome, int $card, array &$counts): int
	{
		if ($outcome['result'] === 'later') {
			return 1;
		}
		$done = $outcome['result'] === 'done';
		// What was gone already was nothing to do.
		$counts[$done ? ($outcome['before'] === '' ? 'unchanged' : 'done') : 'failed']++;
		if ($done && $card > 0) {
			$links = new GContactsLink($this->db, $this->account);
			$cards = new GContactsCard($this->db, $this->account);
			if ($links->delete((string) $outcome['type'], (int) $outcome['id']) < 0 || $cards->delete($card) < 0) {
				return -1;
			}
		}
		if ($done && $outcome['before'] === '') {
			return 0;
		}
		// An administrator said yes: the guard against mass deletions does not count these.
		$told = array('name' => GContactsCard::nameOf((string) $outcome['before'])) + ($done ? array('message' => GContactsRun::ALLOWED) : array());
		return $this->run->add($told + $outcome) < 0 ? -1 : 0;
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
