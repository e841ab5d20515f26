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
 * \file    class/setup/gcontactschecklist.class.php
 * \ingroup gcontacts
 * \brief   What stands between this Dolibarr and a connected Google account
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/account/gcontactsfailure.class.php');
dol_include_once('/gcontacts/class/account/gcontactsredirect.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * The checklist of the setup page: its lines in order, what each says, and whether it is done.
 *
 * Plain text, no HTML. A line is array(key, state, text); its title is the language key GContactsCheck_<key>.
 */
class GContactsChecklist
{
	/** Nothing to do */
	public const DONE = 'done';
	/** The administrator's turn */
	public const DUE = 'due';
	/** Tried, and failed */
	public const FAILED = 'failed';
	/** Another line comes first */
	public const LATER = 'later';

	/** The lines, in the order in which they are done */
	private const KEYS = array('extension', 'client', 'redirect', 'consent', 'api', 'scope', 'account');

	/** @var GContactsEngine The extension */
	private $engine;

	/** @var GContactsAccount|null The connected account, null if none */
	private $account;

	/** @var GContactsFailure|null What went wrong last, null if nothing did */
	private $failure;

	/**
	 * Constructor
	 *
	 * @param GContactsEngine       $engine  The extension
	 * @param GContactsAccount|null $account The connected account, null if none
	 * @param GContactsFailure|null $failure The failure of the last attempt to connect, null if none
	 */
	public function __construct(GContactsEngine $engine, ?GContactsAccount $account, ?GContactsFailure $failure)
	{
		$this->engine = $engine;
		$this->account = $account;
		$this->failure = $failure;
		if (!$failure && $account && $account->state === 'reconnect') {
			$this->failure = new GContactsFailure($account->state_reason ?: 'reconnect', $account->state_message);
		}
	}

	/**
	 * The lines, in the order in which they are done
	 *
	 * @return list<array{key:string,state:string,text:string}> Lines
	 */
	public function lines(): array
	{
		$lines = array();
		foreach (self::KEYS as $key) {
			$lines[] = array('key' => $key) + ($this->failed($key) ?? $this->{'line'.ucfirst($key)}());
		}
		return $lines;
	}

	/**
	 * Whether the Connect button can work
	 *
	 * @return bool True if extension, client id and secret are there
	 */
	public function canConnect(): bool
	{
		return $this->engine->problem() === '' && self::hasClient();
	}

	/** @return bool Whether client id and secret are set */
	public static function hasClient(): bool
	{
		$client = GContactsSettings::client('');
		return $client['client_id'] !== '' && $client['client_secret'] !== '';
	}

	/**
	 * Whether a failure of the last attempt stands in a line: one to connect again says nothing about the consent that there is
	 *
	 * @return bool True if it does, or if nothing failed
	 */
	public function tellsFailure(): bool
	{
		return !$this->failure || !$this->account || $this->account->state === 'reconnect' || $this->failure->line() !== 'consent';
	}

	/**
	 * A line that failed
	 *
	 * @param  string $key Line
	 * @return array{state:string,text:string}|null Null if it did not fail
	 */
	private function failed(string $key): ?array
	{
		$failure = $this->tellsFailure() ? $this->failure : null;
		if ($key === 'extension') {
			$problem = $this->engine->problem();
			$failure = $problem === '' ? null : new GContactsFailure($problem, (string) phpversion('gcontacts'));
		}
		return $failure && $failure->line() === $key ? array('state' => self::FAILED, 'text' => $failure->sentence()) : null;
	}

	/** @return array{state:string,text:string} The PHP extension */
	private function lineExtension(): array
	{
		return $this->line(self::DONE, 'GContactsCheckExtensionDone', (string) phpversion('gcontacts'), PHP_VERSION);
	}

	/** @return array{state:string,text:string} Client id and secret */
	private function lineClient(): array
	{
		return self::hasClient() ? $this->line(self::DONE, 'GContactsCheckClientDone') : $this->line(self::DUE, 'GContactsCheckClientDue');
	}

	/** @return array{state:string,text:string} The redirect address */
	private function lineRedirect(): array
	{
		if ($this->account) {
			return $this->line(self::DONE, 'GContactsCheckRedirectDone');
		}
		$refusal = GContactsRedirect::refusal(GContactsRedirect::callback());
		return $this->line(self::DUE, $refusal === '' ? 'GContactsCheckRedirectDue' : 'GContactsCheckRedirectRefused_'.$refusal);
	}

	/** @return array{state:string,text:string} The consent */
	private function lineConsent(): array
	{
		if ($this->account) {
			return $this->line(self::DONE, 'GContactsCheckConsentDone');
		}
		return $this->canConnect() ? $this->line(self::DUE, 'GContactsCheckConsentDue') : $this->line(self::LATER, 'GContactsCheckConsentLater');
	}

	/** @return array{state:string,text:string} The People API, which the connection proved */
	private function lineApi(): array
	{
		return $this->account ? $this->line(self::DONE, 'GContactsCheckApiDone') : $this->line(self::LATER, 'GContactsCheckLater');
	}

	/** @return array{state:string,text:string} The scope, which the connection proved */
	private function lineScope(): array
	{
		return $this->account ? $this->line(self::DONE, 'GContactsCheckScopeDone') : $this->line(self::LATER, 'GContactsCheckLater');
	}

	/** @return array{state:string,text:string} The account */
	private function lineAccount(): array
	{
		if (!$this->account) {
			return $this->line(self::LATER, 'GContactsCheckAccountLater');
		}
		return $this->line(self::DONE, 'GContactsCheckAccountDone', $this->account->email, dol_print_date($this->account->date_connected, 'dayhour', 'tzuserrel'));
	}

	/**
	 * A line's state and sentence
	 *
	 * @param  string $state  State
	 * @param  string $key    Language key of the sentence
	 * @param  string $first  What its first %s stands for
	 * @param  string $second What its second %s stands for
	 * @return array{state:string,text:string} State and sentence
	 */
	private function line(string $state, string $key, string $first = '', string $second = ''): array
	{
		global $langs;

		return array('state' => $state, 'text' => $langs->transnoentities($key, $first, $second));
	}
}
