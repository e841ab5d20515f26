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
	 * @param  int                       $deadlineMs Milliseconds that the whole call may take
	 * @return array<string, int|string>
	 */
	public function transport(int $deadlineMs): array
	{
		return GContactsSettings::transport($deadlineMs) + array('writes_per_minute' => self::writesPerMinute(), 'limiter' => $this->limiter);
	}

	/**
	 * Keeps what a call has learned of Google's quota, for the next process.
	 *
	 * @param  array<string, mixed> $answer Answer of the engine to a call with transport()
	 * @return int                          1, or -1 with ->error
	 */
	public function learn(array $answer): int
	{
		$limiter = (string) ($answer['limiter'] ?? '');
		return $limiter === $this->limiter ? 1 : $this->change(array('limiter' => $limiter));
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
