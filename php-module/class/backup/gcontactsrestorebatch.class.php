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

dol_include_once('/gcontacts/class/backup/gcontactsrestoredlinks.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoreoutcomes.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');

/**
 * Has the engine make cards, give them back what programs kept with them, or bring them back to what they were. The nonce of
 * each create is committed before anything is sent.
 */
class GContactsRestoreBatch extends GContactsRestorePhase
{
	/** @var GContactsStop|null Why it ended early */
	public $stopped = null;
	/** @var int Cards that are one step further */
	public $moved = 0;

	/**
	 * @param  string                 $step   create, finish or revert
	 * @param  array<int, object>     $rows   Rows of the cards
	 * @param  GContactsRestoreSource $source Where they are restored from
	 * @param  float                  $until  Unix time
	 * @return int                            1, or -1 with ->error
	 * @throws \GContacts\Exception           Nothing was sent
	 */
	public function send(string $step, array $rows, GContactsRestoreSource $source, float $until): int
	{
		$links = new GContactsRestoredLinks($this->db, $this->account);
		if ($links->load($rows) < 0 || ($step === 'create' && $this->leave($rows, $links) < 0)) {
			return $this->failed();
		}
		$planned = $rows ? $this->plan($step, $rows, $source) : array();
		if (!$planned) {
			return $rows ? -1 : 1;
		}
		$intents = array_column($planned['intents'], null, 'id');
		$token = $this->account->accessToken();
		if ($step === 'create' && $this->commitNonces($intents) < 0) {
			return $this->failed();
		}
		try {
			$sent = (new GContactsEngine())->send($this->account->transportUntil($until, count($rows)), $token, $planned['plan'], $this->account);
			$this->account->learn($sent);
		} catch (\GContacts\Exception | GContactsTooLate $e) {
			// Nothing was sent, so no create has to be looked for.
			$this->cards->move('sending', 'missing');
			throw $e;
		}
		$this->stopped = GContactsStop::ofEngine($sent['stopped']);
		$outcomes = new GContactsRestoreOutcomes($this->db, $this->account, $this->run);
		$stored = $outcomes->store($step, $rows, $intents, $sent, $links);
		$this->moved += $outcomes->moved;
		return $stored > 0 ? 1 : $this->failed();
	}

	/**
	 * Leaves cards out whose contacts are to be sent in the ordinary way, and notes these.
	 *
	 * @param  array<int, object>     $rows  Rows of the cards; those that are left out go
	 * @param  GContactsRestoredLinks $links Links of their contacts
	 * @return int                           1, or -1
	 */
	private function leave(array &$rows, GContactsRestoredLinks $links): int
	{
		$left = array_filter($rows, array($links, 'areSentAnew'));
		$rows = array_diff_key($rows, $left);
		$told = array();
		foreach ($left as $row) {
			$told[] = array('type' => 'card', 'id' => 0, 'name' => (string) $row->name, 'action' => 'create', 'result' => 'left_out', 'reason' => 'sent_anew', 'message' => '', 'resource_name' => (string) $row->resource_name);
		}
		$this->moved += count($left);
		$this->db->begin();
		$noted = $this->cards->change(array_fill_keys(array_keys($left), array('state' => 'left'))) > 0 && $links->note($left) > 0;
		return $noted && $this->run->addAll($told) > 0 && $this->run->progress(array('unchanged' => count($left))) > 0 && $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * @param  string                 $step   create, finish or revert
	 * @param  array<int, object>     $rows   Rows of the cards
	 * @param  GContactsRestoreSource $source Where they are restored from
	 * @return array<string, mixed>           plan, intents; empty on failure, with ->error
	 */
	private function plan(string $step, array $rows, GContactsRestoreSource $source): array
	{
		$people = $source->at(array_map('intval', array_column($rows, 'place')));
		$known = (new GContactsLabel($this->db, $this->account))->all();
		if ($people === null || $known === null) {
			$this->error = $people === null ? 'the backup cannot be read any more' : $this->db->lasterror();
			return array();
		}
		$wanted = array();
		foreach ($rows as $id => $row) {
			$wanted[] = array('id' => $id, 'step' => $step, 'person' => $people[(int) $row->place], 'resource_name' => $step === 'create' ? '' : (string) $row->found);
		}
		return (new GContactsBackupEngine())->planRestore(GContactsSettings::forEngine(), $known, (array) ($this->run->position['labels'] ?? array()), $wanted);
	}

	/**
	 * @param  array<int, array<string, mixed>> $intents Intents by id
	 * @return int                                       1, or -1
	 */
	private function commitNonces(array $intents): int
	{
		$now = time();
		$columns = array();
		foreach ($intents as $id => $intent) {
			$columns[$id] = array('state' => 'sending', 'nonce' => (string) $intent['nonce'], 'nonce_time' => $now);
		}
		$this->db->begin();
		return $this->cards->change($columns) > 0 && $this->db->commit() > 0 ? 1 : -1;
	}
}
