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
 * \file    php-module/class/backup/gcontactsrestore.class.php
 * \ingroup gcontacts
 * \brief   Restores cards
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupfolder.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsdeletedcards.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorebatch.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorematching.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * Restores the cards of a backup, or those that a run deleted. Its phases: read the source, list what is there, match both,
 * make the labels, make the missing cards, look for creates whose answer was lost, take the markers of the restore off again,
 * and, where it was asked for, bring cards back that differ. A preview ends after the match.
 *
 * Parameters: file (name of a backup) or run (id) with item (id of one row, 0 for all); differing; pretend.
 */
class GContactsRestore implements GContactsOperation
{
	/** Cards that are read, or sent, in one step. */
	const READ = 1000;
	const SEND = 200;
	/** Smallest and first number of cards that are sent in one step. */
	const SMALLEST = 10;
	/** Cards per second that are expected of Google before it was seen. */
	const FIRST_RATE = 20.0;

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsRestoreCards */
	private $cards;
	/** @var GContactsPresentCards */
	private $present;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/** @return string */
	public function kind(): string
	{
		return 'restore';
	}

	/**
	 * Where cards are restored from.
	 *
	 * @param  DoliDB                      $db         Database handler
	 * @param  int                         $entity     Entity
	 * @param  array<string, mixed>        $parameters Parameters of the run
	 * @return GContactsRestoreSource|null             Null where there is no such backup
	 */
	public static function source($db, int $entity, array $parameters): ?GContactsRestoreSource
	{
		if (!empty($parameters['run'])) {
			return new GContactsDeletedCards($db, $entity, (int) $parameters['run'], (int) ($parameters['item'] ?? 0));
		}
		$folder = new GContactsBackupFolder($entity);
		return $folder->file((string) ($parameters['file'] ?? ''));
	}

	/**
	 * Begins one.
	 *
	 * @param  DoliDB               $db         Database handler
	 * @param  GContactsOperations  $operations Operations of the account
	 * @param  GContactsAccount     $account    Account
	 * @param  array<string, mixed> $parameters See above
	 * @return GContactsRun|null                Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin($db, GContactsOperations $operations, GContactsAccount $account, array $parameters): ?GContactsRun
	{
		$source = self::source($db, $account->entity, $parameters);
		$problem = $source === null ? 'backup_missing' : $source->problem();
		if ($problem !== '') {
			$operations->reason = $problem;
			$operations->error = GContactsEngine::sentence($problem);
			return null;
		}
		return $operations->start('restore', $parameters);
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(GContactsRun $run, float $until): int
	{
		$this->run = $run;
		$this->cards = new GContactsRestoreCards($this->db, $this->account->entity, $run->id);
		$this->present = new GContactsPresentCards($this->db, $this->account->entity, $run->id);
		$source = self::source($this->db, $this->account->entity, $run->parameters);
		if ($source === null) {
			return $run->finish(GContactsRun::STOPPED, 'backup_missing') > 0 ? 1 : $this->failed();
		}
		switch ($run->phase) {
			case '':
			case 'read':
				return $this->read($source);
			case 'list':
				return $this->list($until);
			case 'match':
				return $this->match();
			case 'labels':
				return $this->labels($source, $until);
			case 'create':
				return $this->create($source, $until);
			case 'finish':
				return $this->send('finish', 'made', $source, $until, empty($run->parameters['differing']) ? 'end' : 'revert');
			case 'revert':
				return $this->send('revert', 'differs', $source, $until, 'end');
			default:
				return $this->end();
		}
	}

	/**
	 * @param  GContactsRestoreSource $source Source
	 * @return int                            See GContactsOperation::step()
	 */
	private function read(GContactsRestoreSource $source): int
	{
		$place = (int) ($this->run->position['place'] ?? 0);
		$page = $source->after($place, self::READ);
		if ($page === null) {
			$this->error = 'the backup cannot be read';
			return -1;
		}
		if (!$page) {
			return $this->to('list', array());
		}
		$prints = (new GContactsBackupEngine())->cardPrints($source->labels(), array_values($page));
		$this->db->begin();
		$done = $this->cards->add(array_combine(array_keys($page), $prints)) > 0 && $this->run->moveTo(array('place' => max(array_keys($page))), 'read', $source->count()) > 0;
		return $done && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  float $until Unix time
	 * @return int          See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function list(float $until): int
	{
		$cursor = (string) ($this->run->position['cursor'] ?? '');
		try {
			$page = (new GContactsBackupEngine())->listPrints($this->transport($until), $this->account->accessToken(), $cursor);
			$this->account->learn($page);
		} catch (\GContacts\Exception $e) {
			// The listing begins anew: its cursor may be the reason.
			if ($cursor !== '' && in_array($e->reason, array('invalid_value', 'bad_answer'), true) && ($this->present->forget() < 0 || $this->to('list', array()) < 0)) {
				return $this->failed();
			}
			throw $e;
		}
		$last = (string) $page['cursor'] === '';
		$this->db->begin();
		$done = ($cursor !== '' || $this->present->forget() > 0) && $this->present->add($page['cards']) > 0 && $this->run->progress(array('calls' => (int) $page['calls'])) > 0;
		$done = $done && $this->run->moveTo($last ? array() : array('cursor' => (string) $page['cursor']), $last ? 'match' : 'list') > 0;
		return $done && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/** @return int See GContactsOperation::step() */
	private function match(): int
	{
		$matching = new GContactsRestoreMatching($this->cards, $this->present);
		$this->db->begin();
		$looked = $matching->step();
		$counts = $looked === 0 ? $this->cards->count() : array();
		if ($looked < 0 || $counts === null) {
			return $this->failed();
		}
		$done = 1;
		if ($looked === 0) {
			$pretend = !empty($this->run->parameters['pretend']);
			$left = $counts['there'] ?? 0;
			$left += empty($this->run->parameters['differing']) ? ($counts['differs'] ?? 0) : 0;
			$told = $pretend ? 1 : $this->run->progress(array('unchanged' => $left, 'failed' => $counts['refused'] ?? 0));
			$done = $told > 0 ? $this->to($pretend ? 'end' : 'labels', array('found' => $counts)) : -1;
		}
		return $done > 0 && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  GContactsRestoreSource $source Source
	 * @param  float                  $until  Unix time
	 * @return int                            See GContactsOperation::step()
	 * @throws \GContacts\Exception           Google refuses
	 */
	private function labels(GContactsRestoreSource $source, float $until): int
	{
		$labels = (new GContactsBackupEngine())->restoreLabels($this->transport($until), $this->account->accessToken(), $source->labels(), false);
		return $this->to('create', array('labels' => $labels) + $this->run->position);
	}

	/**
	 * Makes missing cards; when there are none left, looks for those whose create has an unknown outcome.
	 *
	 * @param  GContactsRestoreSource $source Source
	 * @param  float                  $until  Unix time
	 * @return int                            See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function create(GContactsRestoreSource $source, float $until): int
	{
		// A process that was killed has left them: they may have been sent.
		if ($this->cards->move('sending', 'unknown') < 0) {
			return $this->failed();
		}
		$counts = $this->cards->count();
		if ($counts === null || !empty($counts['missing'])) {
			return $counts === null ? $this->failed() : $this->send('create', 'missing', $source, $until, 'create');
		}
		return empty($counts['unknown']) ? $this->to('finish', $this->run->position) : $this->resolve($until);
	}

	/**
	 * A create is repeated only when a complete listing, newer than Google may take to show a card, does not have it.
	 *
	 * @param  float $until Unix time
	 * @return int          See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption It has to wait
	 */
	private function resolve(float $until): int
	{
		$rows = $this->cards->in('unknown', self::READ);
		if ($rows === null) {
			return $this->failed();
		}
		$now = time();
		$listing = (new GContactsEngine())->resolve($this->transport($until), $this->account->accessToken(), array_column($rows, 'nonce'), GContactsSettings::country());
		$this->account->learn($listing);
		$found = array_column($listing['found'], null, 'nonce');
		$wait = 0;
		$made = 0;
		$this->db->begin();
		foreach ($rows as $id => $row) {
			$left = (int) $row->nonce_time + GContactsSettings::propagationSeconds() - $now;
			if (isset($found[$row->nonce])) {
				$columns = array('state' => 'made', 'found' => (string) $found[$row->nonce]['resource_name']);
				$told = array('type' => 'card', 'id' => 0, 'name' => (string) $row->name, 'action' => 'create', 'result' => 'done', 'reason' => '', 'message' => '', 'resource_name' => $columns['found']);
				$made++;
				$done = $this->run->add($told) > 0 && $this->cards->change($id, $columns) > 0;
			} else {
				$wait = max($wait, $left);
				$done = !$listing['complete'] || $left > 0 || $this->cards->change($id, array('state' => 'missing')) > 0;
			}
			if (!$done) {
				return $this->failed();
			}
		}
		if ($this->run->progress(array('done' => $made)) < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		$stop = GContactsStop::ofEngine($listing['stopped']) ?? ($wait > 0 ? new GContactsStop('create_unresolved', '', $wait) : null);
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return 1;
	}

	/**
	 * Sends the next cards of a state.
	 *
	 * @param  string                 $step   create, finish or revert
	 * @param  string                 $state  State of the cards
	 * @param  GContactsRestoreSource $source Source
	 * @param  float                  $until  Unix time
	 * @param  string                 $next   Phase that follows when there is none
	 * @return int                            See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function send(string $step, string $state, GContactsRestoreSource $source, float $until, string $next): int
	{
		$began = microtime(true);
		$rate = (float) ($this->run->position['rate'] ?? self::FIRST_RATE);
		$rows = $this->cards->in($state, (int) max(self::SMALLEST, min(self::SEND, $rate * max(0.5, $until - $began) / 2)));
		if (!$rows) {
			return $rows === null ? $this->failed() : $this->to($next, $this->run->position);
		}
		$batch = new GContactsRestoreBatch($this->db, $this->account, $this->run, $this->cards);
		if ($batch->send($step, $rows, $source, (array) ($this->run->position['labels'] ?? array()), $until) < 0) {
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

	/** @return int See GContactsOperation::step() */
	private function end(): int
	{
		$this->db->begin();
		$done = $this->cards->forget() > 0 && $this->present->forget() > 0 && $this->run->moveTo(array_intersect_key($this->run->position, array('found' => 1))) > 0;
		return $done && $this->db->commit() > 0 ? 0 : $this->failed();
	}

	/**
	 * @param  float                     $until Unix time
	 * @return array<string, int|string>        How to reach Google
	 */
	private function transport(float $until): array
	{
		return $this->account->transport((int) (1000 * max(1.0, $until - microtime(true) - 0.4)));
	}

	/**
	 * @param  string               $phase    Phase that follows
	 * @param  array<string, mixed> $position Where it goes on
	 * @return int                            See GContactsOperation::step()
	 */
	private function to(string $phase, array $position): int
	{
		return $this->run->moveTo($position, $phase) > 0 ? 1 : $this->failed();
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
