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
 * \file    php-module/class/operation/gcontactsprogress.class.php
 * \ingroup gcontacts
 * \brief   How far an operation is, in words and numbers
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsclosingoperation.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * The progress of a run, for people. Plain text, no HTML.
 */
class GContactsProgress
{
	/** Seconds without a step after which nobody is at it. */
	const QUIET = 90;
	/** Seconds of work before which a rate says nothing. */
	const FIRST_SECONDS = 2.0;

	/** @var GContactsRun */
	private $run;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param GContactsRun     $run     Run
	 * @param GContactsAccount $account Its account
	 */
	public function __construct(GContactsRun $run, GContactsAccount $account)
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$this->run = $run;
		$this->account = $account;
	}

	/**
	 * All of it, for the page's script.
	 *
	 * @return array<string, bool|int|string|null>
	 */
	public function tell(): array
	{
		return array(
			'run' => $this->run->id,
			'state' => $this->run->state,
			'under_way' => $this->run->isUnderWay(),
			'percent' => $this->percent(),
			'stateText' => $this->stateText(),
			'sentence' => $this->sentence(),
			'counts' => $this->counts(),
			'speed' => $this->speed(),
		);
	}

	/** @return int|null Part that is dealt with, in hundredths; null where it is not known */
	public function percent(): ?int
	{
		if ($this->run->state === GContactsRun::DONE) {
			return 100;
		}
		$counts = $this->run->total > 0 && $this->countsObjects();
		return $counts ? (int) min(99, floor(100 * $this->run->dealtWith() / $this->run->total)) : null;
	}

	/** @return string The state in a word */
	public function stateText(): string
	{
		global $langs;
		$quiet = $this->run->kind === 'drain' && $this->run->isUnderWay() && $this->run->alive < time() - self::QUIET;
		return $langs->transnoentities('GContactsRunState_'.($quiet ? 'interrupted' : $this->run->state));
	}

	/** @return string What is being done, or why nothing is */
	public function sentence(): string
	{
		global $langs;
		$why = $this->run->reason === '' ? '' : GContactsEngine::sentence($this->run->reason, $this->run->message);
		if (!$this->run->isUnderWay()) {
			return $this->run->state === GContactsRun::DONE ? $this->result() : $why;
		}
		if ($this->run->state === GContactsRun::WAITING && $why !== '') {
			$until = $this->account->paused_until > time() ? dol_print_date($this->account->paused_until, 'dayhour', 'tzuserrel') : '';
			return $until === '' ? $langs->transnoentities('GContactsRunWaits', $why) : $langs->transnoentities('GContactsRunWaitsUntil', $until, $why);
		}
		if ($this->run->phase === '') {
			return $langs->transnoentities('GContactsRunBegins');
		}
		$phase = isset($this->run->parameters[GContactsClosingOperation::CLOSING]) ? 'close' : $this->run->phase;
		return $langs->transnoentities('GContactsRunPhase_'.$this->run->kind.'_'.$phase);
	}

	/** @return string What came of a run that is done */
	private function result(): string
	{
		global $langs;
		$key = 'GContactsRunDone_'.$this->run->kind;
		$done = $langs->transnoentities($key);
		if ($done === $key) {
			// What is no operation of somebody's says by its numbers what was done.
			return '';
		}
		$left = $this->run->kind === 'export' ? $this->run->total - $this->run->dealtWith() : 0;
		return $left > 0 ? $done.' '.$langs->transnoentities('GContactsRunLeft', self::number($left)) : $done;
	}

	/** @return string How many objects are dealt with, and how */
	public function counts(): string
	{
		global $langs;
		$run = $this->run;
		if (!$this->countsObjects()) {
			return $run->total > 0 ? $langs->transnoentities('GContactsRunFound', self::number($run->total)) : '';
		}
		$kind = 'GContactsRunCounts_'.$run->kind;
		$key = $langs->transnoentities($kind) === $kind ? 'GContactsRunCounts' : $kind;
		$numbers = array(max($run->total, $run->dealtWith()), $run->done, $run->unchanged, $run->failed);
		return $langs->transnoentities($key, self::number($run->dealtWith()), ...array_map(array(self::class, 'number'), $numbers));
	}

	/** @return string Rate and time left, empty where nobody can know */
	public function speed(): string
	{
		global $langs;
		$seconds = $this->run->worked / 1000;
		$dealt = $this->run->dealtWith();
		if ($this->run->state !== GContactsRun::RUNNING || !$this->countsObjects() || $seconds < self::FIRST_SECONDS || $dealt <= 0) {
			return '';
		}
		$left = max(0, $this->run->total - $this->run->dealtWith()) * $seconds / $dealt;
		return $langs->transnoentities('GContactsRunSpeed', self::number((int) round(60 * $dealt / $seconds)), self::duration($left));
	}

	/**
	 * A number of objects as people write it.
	 *
	 * @param  int    $number Number
	 * @return string
	 */
	public static function number(int $number): string
	{
		global $langs;
		return html_entity_decode(price($number, 0, $langs, 1, 0, 0), ENT_QUOTES | ENT_HTML5, 'UTF-8');
	}

	/**
	 * @param  float  $seconds Seconds
	 * @return string          About how long
	 */
	private static function duration(float $seconds): string
	{
		global $langs;
		if ($seconds < 60) {
			return $langs->transnoentities('GContactsRunSeconds', (string) (int) (5 * ceil($seconds / 5)));
		}
		$minutes = (int) ceil($seconds / 60);
		return $minutes < 90 ? $langs->transnoentities('GContactsRunMinutes', (string) $minutes) : $langs->transnoentities('GContactsRunHours', (string) (int) round($minutes / 60));
	}

	/** @return bool Whether the objects of the present phase are counted one by one */
	private function countsObjects(): bool
	{
		return !in_array($this->run->phase, array('', 'note', 'look', 'adopt', 'read'), true);
	}
}
