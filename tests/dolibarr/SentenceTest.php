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
 * \file    tests/dolibarr/SentenceTest.php
 * \ingroup gcontacts
 * \brief   Every trouble that Google or the network can make, and the sentence that people are told
 */

require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');

/**
 * Each fault reaches the setup page, Check synchro or both as a sentence that says what to do, in both languages.
 */
class SentenceTest extends GContactsSendingTestCase
{
	/** What Google says of an API error */
	private const INFO = 'type.googleapis.com/google.rpc.ErrorInfo';

	/**
	 * What concerns the account as a whole
	 *
	 * @return array<string, array{0: array<string,mixed>|string, 1: string, 2: string}> Fault, reason, part of the sentence
	 */
	public function troublesOfTheAccount(): array
	{
		$info = function (string $reason): array {
			return array(array('@type' => self::INFO, 'reason' => $reason, 'domain' => 'googleapis.com'));
		};
		$forbidden = function (string $reason) use ($info): array {
			return array('error' => array('http' => 403, 'status' => 'PERMISSION_DENIED', 'message' => 'No.', 'details' => $info($reason)));
		};
		return array(
			'a fault of its own' => array(array('error' => array('http' => 503)), 'server_error', 'tried again by itself'),
			'a page of a proxy' => array('garbage', 'bad_answer', 'proxy or firewall'),
			'a closed connection' => array('drop_before', 'network', 'could not be reached'),
			'no answer in time' => array(array('latency' => array('ms' => 8500)), 'deadline', 'sent in the next one'),
			'too many calls in a minute' => array(array('quota' => array('metric' => 'critical_write')), 'quota_rate', 'go slower'),
			'too many calls of a day' => array(array('quota' => array('metric' => 'daily_write')), 'quota_daily', 'tomorrow'),
			'too many writes of the account' => array('fbs_quota', 'quota_account', 'a little later'),
			'access token expired for good' => array('token_expired', 'token_expired', ''),
			'access token unknown' => array(array('error' => array('http' => 401, 'status' => 'UNAUTHENTICATED')), 'token_invalid', 'Connect the account again'),
			'consent withdrawn' => array('grant_revoked', 'invalid_grant', 'still in testing, which ends after 7 days'),
			'contacts not ticked' => array($forbidden('ACCESS_TOKEN_SCOPE_INSUFFICIENT'), 'scope_missing', 'tick'),
			'API not switched on' => array($forbidden('SERVICE_DISABLED'), 'api_disabled', 'Switch it on'),
			'service switched off in a Workspace' => array($forbidden('domainPolicy'), 'service_off', 'administrator of its Google Workspace'),
			'refused for a reason of its own' => array(array('error' => array('http' => 403, 'status' => 'PERMISSION_DENIED', 'message' => 'No.')), 'permission_denied', 'administrator of the Google account'),
			'contention' => array(array('error' => array('http' => 409, 'status' => 'ABORTED')), 'aborted', 'another change of this account'),
		);
	}

	/**
	 * @dataProvider troublesOfTheAccount
	 * @param array<string,mixed>|string $action   What Google does to every call
	 * @param string                     $reason   Reason code
	 * @param string                     $fragment Part of the English sentence
	 */
	public function testTheAccountSaysWhatIsWrong($action, string $reason, string $fragment): void
	{
		// One that fails may have itself to blame: the second one shows that it is the account.
		$this->contact(array('lastname' => 'Dupond'));
		$this->contact(array('lastname' => 'Durand'));
		$this->google->fault(array('match' => 'people.*', 'times' => 0, 'action' => $action));
		$this->drainFor(8.0);
		$this->assertSame($reason, $this->account()->state_reason, $this->account()->state_message);
		$this->assertTold($reason, $fragment);
		$page = (new GContactsVisitor())->login()->get('/custom/gcontacts/admin/setup.php')->text();
		$this->assertStringContainsString(rtrim(GContactsEngine::sentence($reason), '.'), $page, 'the setup page says it');
		$this->google->heal();
	}

	/**
	 * What concerns one contact
	 *
	 * @return array<string, array{0: array<string,mixed>, 1: string, 2: string}> Error, reason, part of the sentence
	 */
	public function troublesOfAContact(): array
	{
		return array(
			'a value that Google refuses' => array(array('http' => 400, 'status' => 'INVALID_ARGUMENT', 'message' => 'The birthday is in the future'), 'invalid_value', 'The birthday is in the future'),
			'an account that is full' => array(array('http' => 429, 'message' => 'MY_CONTACTS_OVERFLOW_COUNT'), 'account_full', '25,000'),
		);
	}

	/**
	 * @dataProvider troublesOfAContact
	 * @param array<string,mixed> $error    What Google answers
	 * @param string              $reason   Reason code
	 * @param string              $fragment Part of the English sentence
	 */
	public function testTheContactSaysWhatIsWrong(array $error, string $reason, string $fragment): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => 'people.createContact', 'times' => 0, 'action' => array('error' => $error)));
		$this->drainFor(5.0);
		$rows = new GContactsCheckRows($this->db, $this->account(), $this->user);
		$page = (array) $rows->page(array(), 'name', 'asc', 5, 0);
		$row = $page[(int) $contact->id];
		$sentence = GContactsCheckState::sentence($row->state, $row, $this->account()->blockedReason());
		$this->assertStringContainsString($fragment, $sentence);
		$this->assertTold($reason, '');
		$this->google->heal();
	}

	/**
	 * What the network does, with the address at which Google is looked for
	 *
	 * @return array<string, array{0: string, 1: string, 2: string}> Address, reason, part of the sentence
	 */
	public function troublesOfTheNetwork(): array
	{
		$emulator = (string) getenv('GCONTACTS_EMULATOR_URL');
		return array(
			'nobody listens' => array('http://127.0.0.1:9', 'network_refused', 'port 443'),
			'the name is unknown' => array('http://people.invalid', 'network_dns', 'DNS'),
			'no trusted connection' => array(str_replace('http://', 'https://', $emulator), 'network_tls', 'date of this server and its certificates'),
		);
	}

	/**
	 * @dataProvider troublesOfTheNetwork
	 * @param string $address  Address of the People API
	 * @param string $reason   Reason code
	 * @param string $fragment Part of the English sentence
	 */
	public function testTheNetworkSaysWhatIsWrong(string $address, string $reason, string $fragment): void
	{
		$this->contact(array('lastname' => 'Dupond'));
		$process = GContactsProcess::drain(array('gcontacts.people_endpoint' => $address));
		$this->assertSame(1, $process->wait(), $process->output());
		$this->assertSame($reason, $this->account()->state_reason, $this->account()->state_message);
		$this->assertTold($reason, $fragment);
	}

	public function testAProxyThatDoesNotAnswer(): void
	{
		$this->contact(array('lastname' => 'Dupond'));
		foreach (array('MAIN_PROXY_USE' => '1', 'MAIN_PROXY_HOST' => '127.0.0.1', 'MAIN_PROXY_PORT' => '9') as $name => $value) {
			$this->set($name, $value);
		}
		$this->drainFor(5.0);
		$this->assertSame('network_proxy', $this->account()->state_reason);
		$this->assertTold('network_proxy', 'Check its address, login and password');
	}

	/**
	 * Asserts that a reason has a sentence of its own in both languages
	 *
	 * @param  string $reason   Reason code
	 * @param  string $fragment Part of the English sentence
	 * @return void
	 */
	private function assertTold(string $reason, string $fragment): void
	{
		global $langs, $conf;
		$english = GContactsEngine::sentence($reason);
		$this->assertNotSame($reason, $english, 'it has a sentence');
		$this->assertStringContainsString($fragment, $english);
		$present = $langs;
		$langs = new Translate('', $conf);
		$langs->setDefaultLang('fr_FR');
		$french = GContactsEngine::sentence($reason);
		$langs = $present;
		$this->assertNotSame($english, $french);
		$this->assertNotSame($reason, $french);
	}
}
