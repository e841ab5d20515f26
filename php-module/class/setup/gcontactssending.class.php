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
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    class/setup/gcontactssending.class.php
 * \ingroup gcontacts
 * \brief   Whether changes reach Google just now, and what waits
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * The state of sending as the setup page tells it. Plain text, no HTML.
 */
class GContactsSending
{
	/** Changes reach Google */
	public const GOOD = 'good';
	/** They will, without anybody doing anything */
	public const WAITS = 'waits';
	/** They will once an administrator has done something */
	public const STOPPED = 'stopped';
	/** They do not, as an administrator wants it or has not begun */
	public const OFF = 'off';

	/** @var DoliDB Database */
	private $db;

	/** @var GContactsAccount|null The connected account, null if none */
	private $account;

	/**
	 * Constructor
	 *
	 * @param DoliDB                $db      Database
	 * @param GContactsAccount|null $account The connected account, null if none
	 */
	public function __construct(DoliDB $db, ?GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * What holds sending up
	 *
	 * @return string Reason code, '' if nothing does
	 */
	public function reason(): string
	{
		if (!$this->account) {
			return 'not_connected';
		}
		$reason = $this->account->blockedReason();
		$waits = in_array($this->account->state, GContactsAccount::SENDS, true) && $this->pausedUntil() > 0;
		return $waits && in_array($reason, array('', $this->account->state_reason), true) ? 'paused' : $reason;
	}

	/**
	 * How good that is
	 *
	 * @return string GOOD, WAITS, STOPPED or OFF
	 */
	public function mood(): string
	{
		$moods = array('' => self::GOOD, 'paused' => self::WAITS, 'awaiting_confirmation' => self::WAITS, 'not_connected' => self::OFF, 'push_off' => self::OFF);
		return $moods[$this->reason()] ?? self::STOPPED;
	}

	/**
	 * The state in a sentence or two
	 *
	 * @return string Sentence
	 */
	public function sentence(): string
	{
		global $langs;

		$reason = $this->reason();
		if ($reason === '') {
			return $langs->transnoentities('GContactsSendingGood', $this->account->email);
		}
		if ($reason === 'paused') {
			$until = dol_print_date($this->pausedUntil(), 'dayhour', 'tzuserrel');
			$why = GContactsEngine::sentence((string) $this->account->state_reason, (string) $this->account->state_message);
			return $langs->transnoentities('GContactsSendingPaused', $until, $why);
		}
		if ($reason === 'awaiting_confirmation' && ctype_digit($this->account->state_message)) {
			return $langs->transnoentities('GContactsSendingConfirm', $this->account->email, $this->account->state_message);
		}
		return $this->account ? $this->account->alarm($reason) : GContactsEngine::sentence($reason);
	}

	/**
	 * How many contacts have a card at Google already
	 *
	 * @return array{certain:int,alike:int}|null Surely, and by all looks; null while it is not known
	 */
	public function proposals(): ?array
	{
		return $this->account ? (new GContactsAdoption($this->db, $this->account))->proposals() : null;
	}

	/**
	 * What waits, what failed, and when something last happened
	 *
	 * @return list<array{key:string,value:string,good:bool}> Language key, value, and whether it is as it should be
	 */
	public function figures(): array
	{
		$waiting = (new GContactsOutbox($this->db))->count();
		$states = $this->account ? (new GContactsLink($this->db, $this->account))->countByState() : array();
		$errors = $states['error'] ?? 0;
		return array(
			array('key' => 'GContactsFigureWaiting', 'value' => (string) max(0, $waiting), 'good' => $waiting >= 0),
			array('key' => 'GContactsFigureErrors', 'value' => (string) $errors, 'good' => $states !== null && $errors === 0),
			$this->drained(),
			$this->cron(),
		);
	}

	/**
	 * When the outbox was last worked off
	 *
	 * @return array{key:string,value:string,good:bool} Figure
	 */
	private function drained(): array
	{
		global $langs;

		$date = $this->account ? $this->account->date_drained : null;
		$value = $date ? dol_print_date($date, 'dayhour', 'tzuserrel') : $langs->transnoentities('GContactsNever');
		return array('key' => 'GContactsFigureDrained', 'value' => $value, 'good' => true);
	}

	/**
	 * When Dolibarr's scheduled job last ran
	 *
	 * @return array{key:string,value:string,good:bool} Figure
	 */
	private function cron(): array
	{
		global $langs;

		$figure = array('key' => 'GContactsFigureCron', 'value' => $langs->transnoentities('GContactsCronOff'), 'good' => false);
		if (!isModEnabled('cron')) {
			return $figure;
		}
		require_once DOL_DOCUMENT_ROOT.'/cron/class/cronjob.class.php';
		$job = new Cronjob($this->db);
		$found = $job->fetch(0, 'GContactsCron', 'drain') > 0 && $job->id > 0;
		if (!$found || (int) $job->status !== Cronjob::STATUS_ENABLED) {
			$figure['value'] = $langs->transnoentities('GContactsCronDisabled');
		} elseif (!$job->datelastrun) {
			$figure['value'] = $langs->transnoentities('GContactsCronNever');
		} else {
			$figure['value'] = dol_print_date($job->datelastrun, 'dayhour', 'tzuserrel');
			// Dolibarr's scheduler is usually started every five minutes
			$figure['good'] = $job->datelastrun > dol_now() - 3600 && (string) $job->lastresult === '0';
		}
		return $figure;
	}

	/**
	 * Until when Google asked us to wait
	 *
	 * @return int Unix time, 0 if it is over
	 */
	private function pausedUntil(): int
	{
		$until = (int) $this->account->paused_until;
		return $until > time() ? $until : 0;
	}
}
