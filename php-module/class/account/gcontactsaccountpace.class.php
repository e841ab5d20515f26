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
 * \file    php-module/class/account/gcontactsaccountpace.class.php
 * \ingroup gcontacts
 * \brief   How fast a Google account may be called, and when not at all
 */

dol_include_once('/gcontacts/class/account/gcontactsaccountrow.class.php');
dol_include_once('/gcontacts/class/account/gcontactstoolate.class.php');
dol_include_once('/gcontacts/class/push/gcontactsbackoff.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * The pace of an account: the engine's limiter, kept from process to process, and pauses.
 */
abstract class GContactsAccountPace extends GContactsAccountRow
{
	/** Contacts that Google lets a new project make or change in a minute, as single calls. */
	const WRITES_PER_MINUTE = 30;
	/** Seconds that are left for storing what came of a call, and for each object of it. */
	const STORING = 0.4;
	const STORING_ONE = 0.004;
	/** Seconds below which no call is begun. */
	const SHORTEST_CALL = 0.3;

	/** @var float Unix time at which all that this process does has to be over, 0 where nobody waits for it */
	public $until = 0.0;
	/** @var bool Whether the limiter has learned what is not stored yet */
	private $unkept = false;

	/**
	 * How fast an account is called to begin with: its critical writes a minute, as Google's console shows them.
	 *
	 * @return int 0 for no limit of our own
	 */
	private static function writesPerMinute(): int
	{
		return min(100000, max(0, getDolGlobalInt('GCONTACTS_WRITES_PER_MINUTE', self::WRITES_PER_MINUTE)));
	}

	/**
	 * How to reach Google, no faster than this account may be called.
	 *
	 * Ask for the access token before: where it has to be refreshed, that takes time.
	 *
	 * @param  int                       $deadlineMs Milliseconds that the whole call may take
	 * @return array<string, int|string>
	 * @throws GContactsTooLate          There is no time left for a call
	 */
	public function transport(int $deadlineMs): array
	{
		return GContactsSettings::transport($this->timeFor($deadlineMs)) + array('writes_per_minute' => self::writesPerMinute(), 'limiter' => $this->limiter);
	}

	/**
	 * As transport(), for a call after which there is time to store what came of it.
	 *
	 * @param  float                     $until   Unix time at which that has to be over
	 * @param  int                       $objects How many the call is about
	 * @return array<string, int|string>
	 * @throws GContactsTooLate          There is no time left for a call
	 */
	public function transportUntil(float $until, int $objects = 0): array
	{
		$left = $until - microtime(true) - self::STORING - $objects * self::STORING_ONE;
		return $this->transport((int) (1000 * max(self::SHORTEST_CALL, $left)));
	}

	/**
	 * @param  int              $deadlineMs Milliseconds that a call may take
	 * @return int                          As many, or what is left
	 * @throws GContactsTooLate             There is no time left for a call
	 */
	protected function timeFor(int $deadlineMs): int
	{
		$left = (int) (1000 * ($this->until - microtime(true) - self::STORING));
		if ($this->until > 0.0 && $left < 1000 * self::SHORTEST_CALL) {
			throw new GContactsTooLate('there is no time left for a call');
		}
		return $this->until > 0.0 ? min($deadlineMs, $left) : $deadlineMs;
	}

	/**
	 * Keeps what a call has learned of Google's quota, for the next process.
	 *
	 * @param  array<string, mixed> $answer Answer of the engine to a call with transport()
	 * @return int                          1, or -1 with ->error
	 */
	public function learn(array $answer): int
	{
		$this->hear($answer);
		return $this->keep();
	}

	/**
	 * Takes what a call has learned of Google's quota, for the next call of this process.
	 *
	 * @param  array<string, mixed> $answer Answer of the engine to a call with transport()
	 * @return void
	 */
	public function hear(array $answer): void
	{
		$limiter = (string) ($answer['limiter'] ?? '');
		$this->unkept = $this->unkept || $limiter !== $this->limiter;
		$this->limiter = $limiter;
	}

	/**
	 * Keeps what was heard, for the next process.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function keep(): int
	{
		$keeps = $this->unkept;
		$this->unkept = false;
		return $keeps ? $this->change(array('limiter' => $this->limiter)) : 1;
	}

	/**
	 * Sends nothing for a while.
	 *
	 * @param  int    $seconds What Google asked for, or 0
	 * @param  string $reason  Reason code
	 * @param  string $message What Google said
	 * @param  bool   $exactly Whether the engine knows how long; else the pause grows with each that follows
	 * @return int             1, or -1 with ->error
	 */
	public function pause(int $seconds, string $reason, string $message, bool $exactly = false): int
	{
		return $this->change(array(
			'paused_until' => time() + ($exactly ? $seconds : max($seconds, GContactsBackoff::seconds($this->pause_count))),
			'pause_count' => $this->pause_count + ($exactly ? 0 : 1),
			'state_reason' => $reason,
			'state_message' => GContactsText::storable($message),
		));
	}

	/**
	 * Notes that Google answers as it should.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function answered(): int
	{
		$columns = array('paused_until' => 0, 'pause_count' => 0, 'state_reason' => '', 'state_message' => '');
		return $this->pause_count === 0 && $this->state_reason === '' ? 1 : $this->change($columns);
	}
}
