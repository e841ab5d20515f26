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
 * \file    php-module/class/backup/gcontactsrestorebatch.class.php
 * \ingroup gcontacts
 * \brief   Some cards of a restore
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorecards.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Has the engine make cards, give them back what programs kept with them, or bring them back to what they were. The nonce of
 * each create is committed before anything is sent.
 */
class GContactsRestoreBatch
{
	/** State that follows a step that was done. */
	const NEXT = array('create' => 'made', 'finish' => 'done', 'revert' => 'done');

	/** @var string */
	public $error = '';
	/** @var GContactsStop|null Why it ended early */
	public $stopped = null;
	/** @var int Cards that are one step further */
	public $moved = 0;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsRestoreCards */
	private $cards;

	/**
	 * @param DoliDB                $db      Database handler
	 * @param GContactsAccount      $account Account, whose lease this process has
	 * @param GContactsRun          $run     Run
	 * @param GContactsRestoreCards $cards   Its cards
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run, GContactsRestoreCards $cards)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
		$this->cards = $cards;
	}

	/**
	 * @param  string                            $step   create, finish or revert
	 * @param  array<int, object>                $rows   Rows of the cards
	 * @param  GContactsRestoreSource            $source Where they are restored from
	 * @param  array<int, array<string, string>> $labels What the engine's restoreLabels() gave
	 * @param  float                             $until  Unix time
	 * @return int                                       1, or -1 with ->error
	 * @throws \GContacts\Exception                      Nothing was sent
	 */
	public function send(string $step, array $rows, GContactsRestoreSource $source, array $labels, float $until): int
	{
		$people = $source->at(array_map('intval', array_column($rows, 'place')));
		$known = (new GContactsLabel($this->db, $this->account))->all();
		if ($people === null || $known === null) {
			$this->error = $people === null ? 'the backup cannot be read any more' : $this->db->lasterror();
			return -1;
		}
		$wanted = array();
		foreach ($rows as $id => $row) {
			$wanted[] = array('id' => $id, 'step' => $step, 'person' => $people[(int) $row->place], 'resource_name' => $step === 'create' ? '' : (string) $row->found);
		}
		$planned = (new GContactsBackupEngine())->planRestore(GContactsSettings::forEngine(), $known, $labels, $wanted);
		$intents = array_column($planned['intents'], null, 'id');
		$token = $this->account->accessToken();
		if ($step === 'create' && $this->commitNonces($intents) < 0) {
			return $this->failed();
		}
		try {
			$transport = $this->account->transport((int) (1000 * max(1.0, $until - microtime(true) - 0.4)));
			$sent = (new GContactsEngine())->send($transport, $token, $planned['plan'], $this->account);
			$this->account->learn($sent);
		} catch (\GContacts\Exception $e) {
			// Nothing was sent, so no create has to be looked for.
			$this->cards->move('sending', 'missing');
			throw $e;
		}
		$this->stopped = GContactsStop::ofEngine($sent['stopped']);
		return $this->store($step, $rows, $intents, $sent);
	}

	/**
	 * @param  array<int, array<string, mixed>> $intents Intents by id
	 * @return int                                       1, or -1
	 */
	private function commitNonces(array $intents): int
	{
		$this->db->begin();
		foreach ($intents as $id => $intent) {
			$columns = array('state' => 'sending', 'nonce' => (string) $intent['nonce'], 'nonce_time' => time());
			if ($this->cards->change((int) $id, $columns) < 0) {
				return -1;
			}
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * @param  string                           $step    create, finish or revert
	 * @param  array<int, object>               $rows    Rows of the cards
	 * @param  array<int, array<string, mixed>> $intents Intents by id
	 * @param  array<string, mixed>             $sent    What the engine's send() gave
	 * @return int                                       1, or -1 with ->error
	 */
	private function store(string $step, array $rows, array $intents, array $sent): int
	{
		$counts = array('calls' => (int) $sent['calls'], 'done' => 0, 'failed' => 0, 'unchanged' => 0);
		$outcomes = array_column($sent['outcomes'], null, 'id');
		$this->db->begin();
		foreach ($rows as $id => $row) {
			$unread = array('result' => 'refused', 'reason' => 'invalid_data', 'message' => (string) $intents[$id]['error'], 'action' => 'create', 'resource_name' => '', 'before' => '');
			$outcome = $outcomes[$id] ?? $unread;
			$state = $this->stateAfter($step, $outcome);
			$columns = array('state' => $state) + ($outcome['result'] === 'done' && $outcome['resource_name'] !== '' ? array('found' => (string) $outcome['resource_name']) : array());
			$columns += $state === 'unknown' ? array('nonce_time' => time()) : array();
			if ($this->cards->change($id, $columns) < 0 || $this->tell($step, $state, $row, $intents[$id], $outcome, $counts) < 0) {
				return $this->failed();
			}
		}
		if ($this->run->progress($counts) < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return 1;
	}

	/**
	 * @param  string               $step    create, finish or revert
	 * @param  array<string, mixed> $outcome Outcome
	 * @return string                        State of the card
	 */
	private function stateAfter(string $step, array $outcome): string
	{
		if ($outcome['result'] === 'done') {
			return $outcome['reason'] === 'exists' ? 'there' : self::NEXT[$step];
		}
		if ($outcome['result'] !== 'later') {
			return $outcome['result'] === 'unknown' ? 'unknown' : 'refused';
		}
		if ($outcome['reason'] === 'not_found' && $step !== 'create') {
			// Somebody deleted it meanwhile.
			return 'done';
		}
		return array('create' => 'missing', 'finish' => 'made', 'revert' => 'differs')[$step];
	}

	/**
	 * Counts a card and writes down what was done. What is made counts at once: that its marker goes is no matter of its own.
	 *
	 * @param  string               $step    create, finish or revert
	 * @param  string               $state   State of the card
	 * @param  object               $row     Row of the card
	 * @param  array<string, mixed> $intent  Intent
	 * @param  array<string, mixed> $outcome Outcome
	 * @param  array<string, int>   $counts  Counted up
	 * @return int                           1, or -1
	 */
	private function tell(string $step, string $state, object $row, array $intent, array $outcome, array &$counts): int
	{
		$final = array('made' => 'done', 'done' => 'done', 'there' => 'unchanged', 'refused' => 'failed')[$state] ?? '';
		$this->moved += $final === '' ? 0 : 1;
		if ($final === '' || ($step === 'finish' && $state === 'done')) {
			return 1;
		}
		$counts[$final]++;
		$left = array_merge($intent['photo_left'] ? array('photo') : array(), $intent['labels_left']);
		$told = array('type' => 'card', 'id' => 0, 'name' => (string) $row->name);
		if ($final === 'done' && $left) {
			$told += array('reason' => 'restored_without', 'message' => implode(', ', $left));
		}
		return $state === 'there' ? 1 : $this->run->add($told + $outcome);
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
