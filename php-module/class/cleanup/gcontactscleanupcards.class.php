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
 * \file    php-module/class/cleanup/gcontactscleanupcards.class.php
 * \ingroup gcontacts
 * \brief   The cards that a clean-up takes back
 */

dol_include_once('/gcontacts/class/cleanup/gcontactscleanupbatch.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactsorphans.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactstraces.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationphase.class.php');

/**
 * Takes back the cards that links know, batch by batch, then those that carry our marker without a link.
 */
class GContactsCleanUpCards extends GContactsOperationPhase
{
	/** Cards of the smallest batch, and of the largest: what one deletion may carry. */
	const SIZES = array(10, 500);
	/** Cards per second that are expected of Google before it was seen. */
	const FIRST_RATE = 40.0;
	/** How often cards are gone through that Google did not let go of. */
	const ROUNDS = 3;

	/**
	 * @param  array<int, array<string, mixed>> $marked Labels that this Dolibarr made
	 * @param  int                              $total  Cards that links know
	 * @return int                                      See GContactsOperation::step()
	 */
	public function begin(array $marked, int $total): int
	{
		return $this->to('cards', array('marked' => $marked), $total);
	}

	/**
	 * @param  GContactsTraces $traces Traces
	 * @param  float           $until  Unix time
	 * @return int                     See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function linked(GContactsTraces $traces, float $until): int
	{
		$position = $this->run->position + array('after' => 0, 'round' => 1, 'later' => 0);
		$rows = $traces->after((int) $position['after'], $this->size($until));
		if ($rows === null) {
			return $this->failed();
		}
		if (!$rows) {
			$again = (int) $position['later'] > 0 && (int) $position['round'] < self::ROUNDS;
			return $again ? $this->to('cards', array('round' => (int) $position['round'] + 1)) : $this->waitForUnknown($traces);
		}
		$batch = new GContactsCleanUpBatch($this->db, $this->account, $this->run);
		return $this->took($batch, $batch->linked($rows, $until, array('after' => max(array_keys($rows))) + $position));
	}

	/**
	 * A create whose answer was lost is found by its marker, but not before Google lists it.
	 *
	 * @param  GContactsTraces $traces Traces
	 * @return int                     See GContactsOperation::step()
	 * @throws GContactsInterruption   It has to wait
	 */
	private function waitForUnknown(GContactsTraces $traces): int
	{
		$youngest = $traces->youngestUnknown();
		$wait = $youngest + GContactsSettings::propagationSeconds() - time();
		if ($youngest > 0 && $wait > 0) {
			throw new GContactsInterruption(new GContactsStop('create_unresolved', '', $wait));
		}
		return $youngest < 0 ? $this->failed() : $this->to('orphans', array());
	}

	/**
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function orphans(float $until): int
	{
		$orphans = (array) ($this->run->position['orphans'] ?? array());
		if (!$orphans) {
			if (!empty($this->run->position['last'])) {
				return $this->to('labels', array());
			}
			$listing = new GContactsOrphans($this->account);
			$position = $listing->page((string) ($this->run->position['cursor'] ?? ''), $until);
			return $this->to('orphans', $position, $this->run->total + count($position['orphans']));
		}
		$some = array_slice($orphans, 0, $this->size($until));
		$batch = new GContactsCleanUpBatch($this->db, $this->account, $this->run);
		$rest = array('orphans' => array_slice($orphans, count($some))) + $this->run->position;
		return $this->took($batch, $batch->orphans($some, $until, $rest));
	}

	/**
	 * @param  float        $until Unix time
	 * @return int                 How many cards Google will probably be through with in half of the time
	 */
	private function size(float $until): int
	{
		$rate = (float) ($this->run->position['rate'] ?? self::FIRST_RATE);
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
	 * @param  string               $phase    Phase that follows
	 * @param  array<string, mixed> $position Where it goes on
	 * @param  int|null             $total    Cards in all
	 * @return int                            See GContactsOperation::step()
	 */
	protected function to(string $phase, array $position, ?int $total = null): int
	{
		return parent::to($phase, $position + array_intersect_key($this->run->position, array('rate' => 1, 'marked' => 1)), $total);
	}
}
