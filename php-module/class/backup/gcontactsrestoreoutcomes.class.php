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
 * \file    php-module/class/backup/gcontactsrestoreoutcomes.class.php
 * \ingroup gcontacts
 * \brief   Stores what happened to some cards of a restore
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestoredlinks.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');

/**
 * Writes outcomes into the cards, the links of their contacts and the run, in one transaction.
 */
class GContactsRestoreOutcomes extends GContactsRestorePhase
{
	/** State that follows a step that was done. */
	const NEXT = array('create' => 'made', 'finish' => 'done', 'revert' => 'done');
	/** State before a step. */
	const BEFORE = array('create' => 'missing', 'finish' => 'made', 'revert' => 'differs');

	/** @var int Cards that are one step further */
	public $moved = 0;

	/**
	 * @param  string                           $step    create, finish or revert
	 * @param  array<int, object>               $rows    Rows of the cards
	 * @param  array<int, array<string, mixed>> $intents Intents by id
	 * @param  array<string, mixed>             $sent    What the engine's send() gave
	 * @param  GContactsRestoredLinks           $links   Links of their contacts
	 * @return int                                       1, or -1
	 */
	public function store(string $step, array $rows, array $intents, array $sent, GContactsRestoredLinks $links): int
	{
		$counts = array('calls' => (int) $sent['calls'], 'done' => 0, 'failed' => 0, 'unchanged' => 0);
		$outcomes = array_column($sent['outcomes'], null, 'id');
		$columns = $told = $made = array();
		foreach ($rows as $id => $row) {
			$outcome = $outcomes[$id] ?? self::unread($intents[$id]);
			$state = $this->stateAfter($step, $outcome);
			$columns[$id] = self::columns($state, $outcome);
			$told = array_merge($told, $this->tell($step, $state, $row, $intents[$id], $outcome, $counts));
			// With what programs kept with it the card gets another version.
			if ($step !== 'revert' && $outcome['result'] === 'done' && (string) $outcome['person'] !== '') {
				$made[$id] = $outcome;
			}
		}
		$this->db->begin();
		$stored = $this->cards->change($columns) > 0 && $this->run->addAll($told) > 0 && $links->link($rows, $made) > 0;
		return $stored && $this->run->progress($counts) > 0 && $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * The outcome of a card that could not be read.
	 *
	 * @param  array<string, mixed> $intent Intent
	 * @return array<string, mixed>
	 */
	private static function unread(array $intent): array
	{
		return array('result' => 'refused', 'reason' => 'invalid_data', 'message' => (string) $intent['error'], 'action' => 'create', 'resource_name' => '', 'before' => '');
	}

	/**
	 * @param  string                    $state   State of the card
	 * @param  array<string, mixed>      $outcome Outcome
	 * @return array<string, int|string>          Its new columns
	 */
	private static function columns(string $state, array $outcome): array
	{
		$named = $outcome['result'] === 'done' && $outcome['resource_name'] !== '';
		return array('state' => $state) + ($named ? array('found' => (string) $outcome['resource_name']) : array()) + ($state === 'unknown' ? array('nonce_time' => time()) : array());
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
		return self::BEFORE[$step];
	}

	/**
	 * Counts a card, and says what was done. What is made counts at once: that its marker goes is no matter of its own.
	 *
	 * @param  string                           $step    create, finish or revert
	 * @param  string                           $state   State of the card
	 * @param  object                           $row     Row of the card
	 * @param  array<string, mixed>             $intent  Intent
	 * @param  array<string, mixed>             $outcome Outcome
	 * @param  array<string, int>               $counts  Counted up
	 * @return array<int, array<string, mixed>>          Rows of the log, one at most
	 */
	private function tell(string $step, string $state, object $row, array $intent, array $outcome, array &$counts): array
	{
		$final = array('made' => 'done', 'done' => 'done', 'there' => 'unchanged', 'refused' => 'failed')[$state] ?? '';
		if ($state === self::BEFORE[$step] || $final === '') {
			return array();
		}
		$this->moved++;
		if ($step === 'finish' && $state === 'done') {
			return array();
		}
		$counts[$final]++;
		$left = array_merge($intent['photo_left'] ? array('photo') : array(), $intent['labels_left']);
		$told = array('type' => 'card', 'id' => 0, 'name' => (string) $row->name);
		if ($final === 'done' && $left) {
			$told += array('reason' => 'restored_without', 'message' => implode(', ', $left));
		}
		return $state === 'there' ? array() : array($told + $outcome);
	}
}
