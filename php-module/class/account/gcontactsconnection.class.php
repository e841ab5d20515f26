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
 * \file    class/account/gcontactsconnection.class.php
 * \ingroup gcontacts
 * \brief   Connecting a Google account: there and back
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/account/gcontactsconsent.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/account/gcontactsredirect.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * OAuth's two halves: begin() gives the address of Google's consent page, finish() takes Google's answer.
 *
 * Both ways back (our callback page, the pasted address) end in finish(). A failure leaves its reason code and Google's own words here;
 * neither ever holds a code, a token or a secret.
 */
class GContactsConnection
{
	/** Google's words for a consent that was not given, and the reasons that they stand for */
	private const REFUSALS = array('access_denied' => 'access_denied', 'admin_policy_enforced' => 'app_blocked', 'org_internal' => 'org_internal');

	/** What the account must grant */
	public const SCOPE = 'https://www.googleapis.com/auth/contacts';

	/** Reasons whose sentence says it all: what the extension adds to them is for the log */
	private const PLAIN = array('access_denied', 'scope_missing', 'state_invalid', 'client_id_missing', 'client_secret_missing');

	/** Milliseconds that Google has for one answer */
	private const DEADLINE_MS = 15000;

	/** @var string Reason code of the failure, '' if none */
	public $reason = '';

	/** @var string Google's own words about it */
	public $message = '';

	/** @var GContactsAccount The account, after finish() */
	public $account;

	/** @var DoliDB Database */
	private $db;

	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database
	 */
	public function __construct(DoliDB $db)
	{
		$this->db = $db;
		$this->account = new GContactsAccount($db);
	}

	/**
	 * Begins a consent
	 *
	 * @param  User   $user Administrator
	 * @return string       Address of Google's consent page, '' on failure
	 */
	public function begin(User $user): string
	{
		$this->reason = $this->obstacle();
		if ($this->reason !== '') {
			return '';
		}
		$address = GContactsRedirect::address();
		$hint = $this->account->fetchForEntity() > 0 ? (string) $this->account->email : '';
		$engine = new GContactsEngine();
		try {
			$request = $engine->consentRequest(GContactsSettings::client($address), $hint);
		} catch (\GContacts\Exception $e) {
			$this->failed($e->reason, $e->getMessage());
			return '';
		}
		$payload = array('verifier' => $request['verifier'], 'redirect_uri' => $address);
		$consent = new GContactsConsent($this->db);
		if ($consent->create($request['state'], $payload, $user) < 0) {
			$this->failed('database', $consent->error);
			return '';
		}
		return $request['url'];
	}

	/**
	 * Finishes a consent
	 *
	 * @param  array{state:string,code:string,error:string} $answer What Google sent back
	 * @param  User                                         $user   Administrator
	 * @return int                                                  Above 0 if the account is connected, below 0 if not
	 */
	public function finish(array $answer, User $user): int
	{
		$consent = new GContactsConsent($this->db);
		$payload = $consent->take($answer['state'], $user);
		if ($payload === null) {
			return $this->failed('state_invalid');
		}
		if ($answer['error'] !== '' || $answer['code'] === '') {
			// OAuth's own codes are plain ASCII; whatever else stands in the address is not repeated
			$said = substr((string) preg_replace('/[^A-Za-z0-9_.-]/', '', $answer['error']), 0, 60);
			return $this->failed(self::REFUSALS[$said] ?? 'permission_denied', $said);
		}
		try {
			return $this->connect($answer['code'], $payload, $user);
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		}
	}

	/**
	 * Asks the connected account whether it still answers
	 *
	 * @return int Number of its cards, below 0 on failure
	 */
	public function check(): int
	{
		if ($this->account->fetchForEntity() <= 0) {
			return $this->failed('not_connected');
		}
		try {
			return (new GContactsEngine())->countCards(GContactsSettings::transport(self::DEADLINE_MS), $this->account->accessToken());
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		}
	}

	/**
	 * Changes the code for tokens, proves that they work, and stores the account
	 *
	 * @param  string               $code    Google's code
	 * @param  array<string,string> $payload What begin() stored
	 * @param  User                 $user    Administrator
	 * @return int                           Above 0 if the account is connected
	 */
	private function connect(string $code, array $payload, User $user): int
	{
		$engine = new GContactsEngine();
		$transport = GContactsSettings::transport(self::DEADLINE_MS);
		$tokens = $engine->exchangeCode(GContactsSettings::client($payload['redirect_uri']), $transport, $code, $payload['verifier']);
		if (!in_array(self::SCOPE, $tokens['scopes'], true)) {
			return $this->failed('scope_missing');
		}
		$userinfo = $engine->userinfo($transport, $tokens['access_token']);
		$cards = $engine->countCards($transport, $tokens['access_token']);
		if ($this->account->connect($tokens, $userinfo, $cards, $user) < 0) {
			return $this->failed($this->account->reason, $this->account->reason === 'other_account' ? $this->account->email : '');
		}
		return 1;
	}

	/**
	 * What stands in the way of asking Google
	 *
	 * @return string Reason code, '' if nothing
	 */
	private function obstacle(): string
	{
		$client = GContactsSettings::client('');
		if ($client['client_id'] === '' || $client['client_secret'] === '') {
			return $client['client_id'] === '' ? 'client_id_missing' : 'client_secret_missing';
		}
		return (new GContactsEngine())->problem();
	}

	/**
	 * Keeps a failure
	 *
	 * @param  string $reason  Reason code
	 * @param  string $message Google's own words
	 * @return int             -1
	 */
	private function failed(string $reason, string $message = ''): int
	{
		$this->reason = $reason;
		$this->message = in_array($reason, self::PLAIN, true) ? '' : $message;
		dol_syslog('GContactsConnection '.$reason.' '.$message, LOG_WARNING);
		return -1;
	}
}
