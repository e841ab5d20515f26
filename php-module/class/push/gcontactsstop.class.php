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
 * \file    php-module/class/push/gcontactsstop.class.php
 * \ingroup gcontacts
 * \brief   Why sending ended early, and what that means for the account
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletions.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/account/gcontactstokens.class.php');

/**
 * The end of a drain before its work is done.
 */
class GContactsStop
{
	/** Reasons that may speak against the place in a listing: it starts at its beginning then. */
	const PLACE = array('invalid_value', 'bad_answer');
	/** Reasons for which a fresh access token may help. */
	const TOKEN = array('token_expired', 'token_invalid');

	/** Reasons that only a new consent removes. */
	const CONSENT = array('token_expired', 'token_invalid', 'scope_missing', 'invalid_grant', 'reauth_required', 'reconnect');

	/** Reasons for which the engine knows how long to wait: its limiter remembers the refusals, and lets the waits grow. */
	const QUOTA = array('quota_rate', 'quota_account', 'quota_daily', 'account_full');

	/** Seconds that a drain waits for the account's quota, with the lease in its hand. */
	const LONGEST_WAIT = 90;

	/** Reasons that are not Google's. */
	const OURS = array('', 'database');

	/** @var string Reason code, empty where nothing was left to do */
	public $reason;
	/** @var string What Google or the database said */
	public $message;
	/** @var int Seconds for which Google wants to be left alone, 0 where it did not say */
	public $wait;
	/** @var bool Whether the wait is the limiter's, neither longer nor shorter than needed */
	public $exactly = false;

	/**
	 * @param string   $reason  Reason code
	 * @param string   $message What Google or the database said
	 * @param int|null $wait    Seconds for which Google wants to be left alone
	 */
	public function __construct(string $reason = '', string $message = '', ?int $wait = null)
	{
		$this->reason = $reason;
		$this->message = $message;
		$this->wait = (int) $wait;
	}

	/**
	 * What the engine says of a call that ended early.
	 *
	 * @param  array<string, mixed>|null $stopped reason, message, retry_after; null where it did not
	 * @return self|null
	 */
	public static function ofEngine(?array $stopped): ?self
	{
		if ($stopped === null) {
			return null;
		}
		$stop = new self((string) $stopped['reason'], (string) $stopped['message'], $stopped['retry_after']);
		$stop->exactly = $stop->wait > 0 && in_array($stop->reason, self::QUOTA, true);
		return $stop;
	}

	/**
	 * Waits for the account's quota, where there is time for it.
	 *
	 * @param  float $until Unix time
	 * @return bool         Whether sending may go on
	 */
	public function waitedOut(float $until): bool
	{
		if ($this->reason !== 'quota_rate' || !$this->exactly || $this->wait > self::LONGEST_WAIT || microtime(true) + $this->wait > $until) {
			return false;
		}
		sleep($this->wait);
		return true;
	}

	/**
	 * Pauses the account, or has it connected again, as the reason demands.
	 *
	 * @param  GContactsAccount $account  Account
	 * @param  bool             $progress Whether anything was done before
	 * @return void
	 */
	public function applyTo(GContactsAccount $account, bool $progress): void
	{
		if (in_array($this->reason, self::CONSENT, true)) {
			$account->needReconnect($this->reason, $this->message);
		} elseif (!in_array($this->reason, self::OURS, true) && !($this->reason === 'deadline' && $progress)) {
			// A round that ran out of time although nothing was done: Google hangs.
			$account->pause($this->wait, $this->reason, $this->message, $this->exactly);
		}
	}

	/**
	 * What happened until then, and why it ended.
	 *
	 * @param  array<string, int|string> $summary done, failed, held, left
	 * @return string                             Sentences
	 */
	public function report(array $summary): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$sum = $langs->transnoentities('GContactsDrainOutput', (string) $summary['done'], (string) $summary['failed'], (string) $summary['left']);
		$held = $summary['held'] > 0 ? GContactsEngine::sentence(GContactsDeletions::HELD, (string) $summary['held']) : '';
		return trim(GContactsEngine::sentence($this->reason, $this->message).' '.$sum.' '.$held);
	}
}
