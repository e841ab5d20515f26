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
 * \file    php-module/class/backup/gcontactsrestoresending.class.php
 * \ingroup gcontacts
 * \brief   What a restore changes at Google
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestorebatch.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoreresolution.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');

/**
 * Makes labels and cards, takes the markers of the restore off again, and brings cards back that differ.
 */
class GContactsRestoreSending extends GContactsRestorePhase
{
	/** Smallest and largest number of cards that are sent in one step. */
	const SIZES = array(10, 200);
	/** Cards per second that are expected of Google before it was seen. */
	const FIRST_RATE = 20.0;

	/** @var GContactsRestoreSource */
	private $source;
	/** @var float */
	private $until;

	/**
	 * @param DoliDB                 $db      Database handler
	 * @param GContactsAccount       $account Account, whose lease this process has
	 * @param GContactsRun           $run     Run
	 * @param GContactsRestoreSource $source  Where cards are restored from
	 * @param float                  $until   Unix time at which the step has to be over
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run, GContactsRestoreSource $source, float $until)
	{
		parent::__construct($db, $account, $run);
		$this->source = $source;
		$this->until = $until;
	}

	/**
	 * @return int See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(): int
	{
		switch ($this->run->phase) {
			case 'labels':
				return $this->labels();
			case 'finish':
				return $this->send('finish', 'made', empty($this->run->parameters['differing']) ? 'end' : 'revert');
			case 'revert':
				return $this->send('revert', 'differs', 'end');
			default:
				return $this->create();
		}
	}

	/**
	 * Ends early: takes the markers off the cards that are made, also of those whose create has an unknown outcome.
	 *
	 * @param  string $login Who stopped it
	 * @return int           See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function close(string $login): int
	{
		$counts = $this->counts();
		$open = ($counts['unknown'] ?? 0) + ($counts['made'] ?? 0) > 0;
		if ($counts === null || ($open && $this->run->phase !== 'close' && $this->to('close', $this->run->position) < 0)) {
			return $this->failed();
		}
		if (!empty($counts['unknown'])) {
			return $this->resolve();
		}
		if (!empty($counts['made'])) {
			return $this->send('finish', 'made', 'close');
		}
		return $this->run->finish(GContactsRun::CANCELLED, 'cancelled', $login) > 0 ? 1 : $this->failed();
	}

	/**
	 * @return int See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function labels(): int
	{
		$token = $this->account->accessToken();
		$restored = (new GContactsBackupEngine())->restoreLabels($this->account->transportUntil($this->until), $token, $this->source->labels(), false);
		$this->account->learn($restored);
		return $this->to('create', array('labels' => $restored['labels']) + $this->run->position);
	}

	/**
	 * Makes missing cards; when there are none left, looks for those whose create has an unknown outcome.
	 *
	 * @return int See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function create(): int
	{
		$counts = $this->counts();
		if ($counts === null || !empty($counts['missing'])) {
			return $counts === null ? $this->failed() : $this->send('create', 'missing', 'create');
		}
		return empty($counts['unknown']) ? $this->to('finish', $this->run->position) : $this->resolve();
	}

	/** @return array<string, int>|null Cards by state, where none is being sent; null on failure */
	private function counts(): ?array
	{
		// A process that was killed has left them: they may have been sent.
		return $this->cards->move('sending', 'unknown') < 0 ? null : $this->cards->count();
	}

	/**
	 * @return int See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption It has to wait
	 */
	private function resolve(): int
	{
		$resolution = new GContactsRestoreResolution($this->db, $this->account, $this->run);
		$result = $resolution->step($this->until);
		$this->error = $resolution->error;
		return $result;
	}

	/**
	 * Sends the next cards of a state.
	 *
	 * @param  string $step  create, finish or revert
	 * @param  string $state State of the cards
	 * @param  string $next  Phase that follows when there is none
	 * @return int           See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function send(string $step, string $state, string $next): int
	{
		$began = microtime(true);
		$rate = (float) ($this->run->position['rate'] ?? self::FIRST_RATE);
		$rows = $this->cards->in($state, (int) max(self::SIZES[0], min(self::SIZES[1], $rate * max(0.5, $this->until - $began) / 2)));
		if (!$rows) {
			return $rows === null ? $this->failed() : $this->to($next, $this->run->position);
		}
		$batch = new GContactsRestoreBatch($this->db, $this->account, $this->run);
		if ($batch->send($step, $rows, $this->source, $this->until) < 0) {
			$this->error = $batch->error;
			return -1;
		}
		$seen = $batch->stopped === null ? count($rows) / max(0.001, microtime(true) - $began) : $rate / 2;
		$this->run->moveTo(array('rate' => round($seen, 2)) + $this->run->position);
		if ($batch->stopped !== null) {
			throw new GContactsInterruption($batch->stopped);
		}
		if ($batch->moved === 0 && $step !== 'create') {
			throw new GContactsInterruption(new GContactsStop('aborted', '', 60));
		}
		return 1;
	}
}
