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
 * \file    php-module/class/import/gcontactsotheraccount.class.php
 * \ingroup gcontacts
 * \brief   Reads the cards of another Google account, once
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/account/gcontactsconsent.class.php');
dol_include_once('/gcontacts/class/account/gcontactsredirect.class.php');
dol_include_once('/gcontacts/class/import/gcontactselsewhere.class.php');
dol_include_once('/gcontacts/class/import/gcontactsreadingengine.class.php');

/**
 * Another Google account, from the consent to the user's own list. Its token can read contacts and nothing else; it is held
 * by this object alone, for as long as the list is read, and then revoked. An account that is connected here is left alone:
 * a revocation ends whatever that account has granted to this Dolibarr.
 */
class GContactsOtherAccount
{
	/** What the consent is for. */
	const PURPOSE = 'import';
	/** Seconds that the whole list may take: 25 pages of the largest account, at a slow hour of Google's. */
	const SECONDS = 110.0;
	/** Milliseconds that Google may take for one answer. */
	const DEADLINE_MS = 15000;
	/** Reasons whose usual sentences speak of the connected account, and what they are here. */
	const REASONS = array('access_denied' => 'other_refused', 'scope_missing' => 'other_scope', 'invalid_grant' => 'other_code', 'token_expired' => 'other_code', 'token_invalid' => 'other_code');
	/** Google's words for a consent that was not given, and the reasons that they stand for. */
	const REFUSALS = array('access_denied' => 'other_refused', 'admin_policy_enforced' => 'app_blocked', 'org_internal' => 'org_internal');

	/** @var string Reason code of the failure, empty for none */
	public $reason = '';
	/** @var string More of it; never a code or a token */
	public $error = '';
	/** @var string Reason code of what has to be told although the list was read, empty for none */
	public $notice = '';
	/** @var string Which account it is, once that is known */
	public $email = '';

	/** @var DoliDB */
	private $db;
	/** @var User */
	private $user;
	/** @var GContactsReadingEngine */
	private $engine;

	/**
	 * @param DoliDB $db   Database handler
	 * @param User   $user Whose list it will be
	 */
	public function __construct($db, User $user)
	{
		$this->db = $db;
		$this->user = $user;
		$this->engine = new GContactsReadingEngine();
	}

	/** @return string Address of Google's page that asks which account; empty with ->reason */
	public function begin(): string
	{
		$address = GContactsRedirect::address();
		try {
			$request = $this->engine->readingRequest(GContactsSettings::client($address));
		} catch (\GContacts\Exception $e) {
			$this->failed($e->reason, $e->getMessage());
			return '';
		}
		$consent = new GContactsConsent($this->db);
		$payload = array('verifier' => $request['verifier'], 'redirect_uri' => $address);
		if ($consent->create($request['state'], $payload, $this->user, self::PURPOSE) < 0) {
			$this->failed('database', $consent->error);
			return '';
		}
		return $request['url'];
	}

	/**
	 * Takes Google's answer, and reads the account.
	 *
	 * @param  array{state:string,code:string,error:string} $answer What Google sent back
	 * @return int                                                  How many people, or -1 with ->reason
	 */
	public function finish(array $answer): int
	{
		$payload = (new GContactsConsent($this->db))->take($answer['state'], $this->user, self::PURPOSE);
		if ($payload === null) {
			return $this->failed('other_state');
		}
		if ($answer['error'] !== '' || $answer['code'] === '') {
			return $this->failed(self::REFUSALS[$answer['error']] ?? 'other_refused');
		}
		try {
			$client = GContactsSettings::client($payload['redirect_uri']);
			$tokens = $this->engine->exchangeReadingCode($client, GContactsSettings::transport(self::DEADLINE_MS), $answer['code'], $payload['verifier']);
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		}
		return $this->read((string) $tokens['access_token']);
	}

	/**
	 * @param  string $token Access token
	 * @return int           As finish()
	 */
	private function read(string $token): int
	{
		try {
			$whose = (new GContactsEngine())->userinfo(GContactsSettings::transport(self::DEADLINE_MS), $token);
		} catch (\GContacts\Exception $e) {
			// It may be the account that is connected here: what is not known is not revoked.
			$this->notice = 'other_not_revoked';
			return $this->failed($e->reason, $e->getMessage());
		}
		$this->email = $whose['email'];
		$connected = $this->isConnected($whose['sub']);
		if ($connected !== 0) {
			return $connected > 0 ? $this->failed('other_connected', $this->email) : -1;
		}
		try {
			return $this->readList($token);
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		} finally {
			$this->revoke($token, $whose['sub']);
		}
	}

	/**
	 * Reads page by page into this user's list. A list that fails on its way is not kept.
	 *
	 * @param  string $token Access token
	 * @return int           As finish()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function readList(string $token): int
	{
		$reader = new GContactsElsewhere($this->db, $this->user);
		$listing = $reader->open('other', $this->email);
		if ($listing === null) {
			return $this->failed($reader->reason, $reader->error);
		}
		$until = microtime(true) + self::SECONDS;
		try {
			while ($listing->list->state === 'listing') {
				$left = (int) min(self::DEADLINE_MS, ($until - microtime(true)) * 1000);
				$page = (new GContactsImportEngine())->listCandidates(GContactsSettings::transport($left), $token, GContactsSettings::forEngine(), $listing->list->label(), $listing->list->page_cursor);
				if ($listing->take($page, "state = 'listing'") < 0) {
					return $this->failed('database', $listing->error);
				}
			}
		} finally {
			if ($listing->list->state === 'listing') {
				(new GContactsImportRemoval($this->db))->whole($listing->list);
			}
		}
		return (new GContactsCandidates($this->db, $listing->list))->count();
	}

	/**
	 * Takes the consent back; where that fails, the user is told, and the list is good all the same.
	 *
	 * @param  string $token Access token
	 * @param  string $sub   Whose it is
	 * @return void
	 */
	private function revoke(string $token, string $sub): void
	{
		try {
			// Somebody may have connected this very account meanwhile.
			if ($this->isConnected($sub) === 0) {
				(new GContactsEngine())->revoke(GContactsSettings::transport(self::DEADLINE_MS), $token);
				return;
			}
		} catch (\GContacts\Exception $e) {
			dol_syslog('GContacts: the consent to read another account could not be taken back: '.$e->reason.' '.$e->getMessage(), LOG_WARNING);
		}
		$this->notice = 'other_not_revoked';
	}

	/**
	 * @param  string $sub Google's number of an account
	 * @return int         1 it is connected in an entity of this Dolibarr, 0 it is not, -1 failure with ->reason
	 */
	private function isConnected(string $sub): int
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_account WHERE google_sub = '".$this->db->escape($sub)."'";
		$resql = $this->db->query($sql." AND state <> '".GContactsAccount::DISCONNECTED."'");
		return $resql ? min(1, (int) $this->db->num_rows($resql)) : $this->failed('database', $this->db->lasterror());
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  More of it
	 * @return int            -1
	 */
	private function failed(string $reason, string $error = ''): int
	{
		$this->reason = self::REASONS[$reason] ?? $reason;
		$this->error = $this->reason === $reason ? $error : '';
		dol_syslog('GContacts: another Google account could not be read: '.$reason.' '.$error, LOG_WARNING);
		return -1;
	}
}
