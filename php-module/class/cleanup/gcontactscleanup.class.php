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
 * \file    php-module/class/cleanup/gcontactscleanup.class.php
 * \ingroup gcontacts
 * \brief   Takes back what came from Dolibarr
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanupbatch.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanuplabels.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactsorphans.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactstraces.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * A clean-up: the cards that links know, then those that carry our marker without a link, then the labels. Afterwards the
 * account is as before its first export: it waits for an administrator's word, and meanwhile the outbox fills.
 */
class GContactsCleanUp implements GContactsOperation
{
	/** Cards of the smallest batch, and of the largest: what one deletion may carry. */
	const SIZES = array(10, 500);
	/** Cards per second that are expected of Google before it was seen. */
	const FIRST_RATE = 40.0;
	/** How often cards are gone through that Google did not let go of. */
	const ROUNDS = 3;

	/** @var string */
	public $error = '';

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

	/** @return string */
	public function kind(): string
	{
		return 'cleanup';
	}

	/**
	 * Begins one. Nothing is sent from now on: what is taken back must not be made again in between.
	 *
	 * @param  DoliDB              $db         Database handler
	 * @param  GContactsOperations $operations Operations of the account
	 * @param  GContactsAccount    $account    Account
	 * @return GContactsRun|null               Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin($db, GContactsOperations $operations, GContactsAccount $account): ?GContactsRun
	{
		return $operations->start('cleanup', array(), function () use ($db, $account): int {
			$adoption = new GContactsAdoption($db, $account);
			$waits = array('confirmed' => false) + ($account->state === 'reconnect' ? array() : array('state' => 'confirm'));
			return $adoption->forget() > 0 ? $account->change($waits) : -1;
		});
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
		$traces = new GContactsTraces($this->db, $this->account);
		// One that was stopped and is gone on with: sending may have been confirmed since.
		if ($this->account->confirmed && $this->account->change(array('state' => 'confirm', 'confirmed' => false)) < 0) {
			return $this->failed();
		}
		switch ($run->phase) {
			case '':
				$total = $traces->count();
				$labels = new GContactsCleanUpLabels($this->db, $this->account, $run);
				return $total === null ? $this->failed() : $this->to($run, 'cards', array('marked' => $labels->marked($until)), array_sum($total));
			case 'cards':
				return $this->cards($run, $traces, $until);
			case 'orphans':
				return $this->orphans($run, $until);
			case 'labels':
				$labels = new GContactsCleanUpLabels($this->db, $this->account, $run);
				return $labels->step($until) < 0 ? $this->failed() : $this->to($run, 'end', array());
			default:
				return $this->end($traces, $until);
		}
	}

	/**
	 * @param  GContactsRun    $run    Run
	 * @param  GContactsTraces $traces Traces
	 * @param  float           $until  Unix time
	 * @return int                     See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function cards(GContactsRun $run, GContactsTraces $traces, float $until): int
	{
		$position = $run->position + array('after' => 0, 'round' => 1, 'later' => 0);
		$rows = $traces->after((int) $position['after'], $this->size($run, $until));
		if ($rows === null) {
			return $this->failed();
		}
		if (!$rows) {
			$again = (int) $position['later'] > 0 && (int) $position['round'] < self::ROUNDS;
			return $again ? $this->to($run, 'cards', array('round' => (int) $position['round'] + 1)) : $this->waitForUnknown($run, $traces);
		}
		$batch = new GContactsCleanUpBatch($this->db, $this->account, $run);
		return $this->took($batch, $batch->linked($rows, $until, array('after' => max(array_keys($rows))) + $position));
	}

	/**
	 * A create whose answer was lost is found by its marker, but not before Google lists it.
	 *
	 * @param  GContactsRun    $run    Run
	 * @param  GContactsTraces $traces Traces
	 * @return int                     See GContactsOperation::step()
	 * @throws GContactsInterruption   It has to wait
	 */
	private function waitForUnknown(GContactsRun $run, GContactsTraces $traces): int
	{
		$youngest = $traces->youngestUnknown();
		$wait = $youngest + GContactsSettings::propagationSeconds() - time();
		if ($youngest > 0 && $wait > 0) {
			throw new GContactsInterruption(new GContactsStop('create_unresolved', '', $wait));
		}
		return $youngest < 0 ? $this->failed() : $this->to($run, 'orphans', array());
	}

	/**
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function orphans(GContactsRun $run, float $until): int
	{
		$orphans = (array) ($run->position['orphans'] ?? array());
		if (!$orphans) {
			if (!empty($run->position['last'])) {
				return $this->to($run, 'labels', array());
			}
			$listing = new GContactsOrphans($this->account);
			$position = $listing->page((string) ($run->position['cursor'] ?? ''), $until);
			return $this->to($run, 'orphans', $position, $run->total + count($position['orphans']));
		}
		$some = array_slice($orphans, 0, $this->size($run, $until));
		$batch = new GContactsCleanUpBatch($this->db, $this->account, $run);
		$rest = array('orphans' => array_slice($orphans, count($some))) + $run->position;
		return $this->took($batch, $batch->orphans($some, $until, $rest));
	}

	/**
	 * @param  GContactsTraces $traces Traces
	 * @param  float           $until  Unix time
	 * @return int                     See GContactsOperation::step()
	 * @throws \GContacts\Exception    Google refuses
	 */
	private function end(GContactsTraces $traces, float $until): int
	{
		$engine = new GContactsEngine();
		$cards = $engine->countCards(GContactsSettings::transport((int) (1000 * max(1.0, $until - microtime(true) - 0.4))), $this->account->accessToken());
		$adoption = new GContactsAdoption($this->db, $this->account);
		$waits = array('state' => 'confirm', 'confirmed' => false, 'state_reason' => '', 'state_message' => (string) $cards, 'sync_token' => '');
		$this->db->begin();
		if ($traces->forgetLinksWithoutCard() < 0 || $adoption->forget() < 0 || $this->account->change($waits) < 0) {
			return $this->failed();
		}
		return $this->db->commit() > 0 ? 0 : $this->failed();
	}

	/**
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 How many cards Google will probably be through with in half of the time
	 */
	private function size(GContactsRun $run, float $until): int
	{
		$rate = (float) ($run->position['rate'] ?? self::FIRST_RATE);
		return (int) max(self::SIZES[0], min(self::SIZES[1], $rate * max(0.5, $until - microtime(true)) / 2));
	}

	/**
	 * @param  GContactsCleanUpBatch $batch  Batch
	 * @param  int                   $result 1, or -1
	 * @return int                           See GContactsOperation::step()
	 * @throws GContactsInterruption         It was held up
	 */
	private function took(GContactsCleanUpBatch $batch, int $result): int
	{
		if ($batch->stopped !== null) {
			throw new GContactsInterruption($batch->stopped);
		}
		$this->error = $batch->error;
		return $result;
	}

	/**
	 * @param  GContactsRun         $run      Run
	 * @param  string               $phase    Phase that follows
	 * @param  array<string, mixed> $position Where it goes on
	 * @param  int|null             $total    Cards in all
	 * @return int                            See GContactsOperation::step()
	 */
	private function to(GContactsRun $run, string $phase, array $position, ?int $total = null): int
	{
		$kept = array_intersect_key($run->position, array('rate' => 1, 'marked' => 1));
		return $run->moveTo($position + $kept, $phase, $total) > 0 ? 1 : $this->failed();
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
