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
 * \file  tests/dolibarr/ErrorSentenceTest.php
 * \brief Every fault and error of the emulator, and the sentence that a page shows for it
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/setup/gcontactssending.class.php');

/**
 * What goes wrong at Google or on the way there, said in both languages
 */
class ErrorSentenceTest extends GContactsSendingTestCase
{
	/** Faults after which nothing is left to say: the drain deals with them by itself */
	private const SILENT = array('concurrent_edit', 'sync_expired', 'latency');

	/**
	 * @dataProvider faults
	 * @param string       $match  Methods that it meets
	 * @param mixed        $action What happens
	 * @param string       $reason What the account says, or where it says nothing the contact
	 * @param string       $said   Google's own words that stand behind the sentence, '' for none
	 */
	public function testAFaultHasItsSentence(string $match, $action, string $reason, string $said = ''): void
	{
		for ($i = 0; $i < 7; $i++) {
			$contact = $this->contact(array('lastname' => 'Dupond'.$i));
		}
		$this->google->fault(array('match' => $match, 'times' => 0, 'action' => $action));
		if (strncmp($match, 'oauth', 5) === 0) {
			(new GContactsTokens($this->db, $this->account->id))->forgetAccess();
		}
		$this->drainFor(8.0);
		$this->assertSaid($contact, $reason, $said);
	}

	/**
	 * @return array<string,array<int,mixed>>
	 */
	public function faults(): array
	{
		$error = function (int $http, array $more = array()): array {
			return array('error' => array('http' => $http) + $more);
		};
		$told = function (int $http, string $reason, string $message) use ($error): array {
			return $error($http, array('message' => $message, 'details' => array(array('@type' => 'type.googleapis.com/google.rpc.ErrorInfo', 'reason' => $reason))));
		};
		$oauth = function (int $http, string $code, string $message) use ($error): array {
			return $error($http, array('status' => $code, 'message' => $message));
		};
		$batch = 'people.batchCreateContacts';
		$all = 'people.*';
		$faults = array(
			'error 400' => array($all, $error(400, array('message' => 'Invalid birthday.')), 'invalid_value', 'Invalid birthday.'),
			'error 401' => array($all, $error(401, array('message' => 'Bad token.')), 'token_invalid', 'Bad token.'),
			'account suspended' => array($all, $told(401, 'ACCOUNT_STATE_INVALID', 'The account was disabled.'), 'account_suspended', 'The account was disabled.'),
			'service off, 401' => array($all, $told(401, '', 'Google service not enabled for this user.'), 'service_off', 'not enabled for this user'),
			'service off, 403' => array($all, $told(403, 'domainPolicy', 'The domain administrators have disabled Contacts.'), 'service_off', 'have disabled Contacts'),
			'app blocked' => array($all, $told(403, 'USER_BLOCKED_BY_ADMIN', 'Blocked by the administrator.'), 'app_blocked', 'Blocked by the administrator.'),
			'project suspended' => array($all, $told(403, 'CONSUMER_SUSPENDED', 'Suspended.'), 'project_suspended', 'Suspended.'),
			'error 403' => array($all, $error(403, array('message' => 'No.')), 'permission_denied', 'No.'),
			'scope' => array($all, $told(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'Insufficient scopes.'), 'scope_missing', 'Insufficient scopes.'),
			'error 409' => array($all, $error(409, array('message' => 'Aborted.')), 'aborted', 'Aborted.'),
			'error 429' => array($all, $error(429), 'quota_account', 'Resource has been exhausted'),
			'error 500' => array($all, $error(500, array('message' => 'Oops.')), 'server_error', 'Oops.'),
			'error 503' => array($all, $error(503), 'server_error'),
			'error_after' => array($all, array('error_after' => array('http' => 502)), 'server_error'),
			'quota of a minute' => array($all, array('quota' => array('metric' => 'critical_write')), 'quota_rate', 'Critical write requests'),
			'quota of a day' => array($all, array('quota' => array('metric' => 'daily_write')), 'quota_daily', 'Daily Contact Writes'),
			'fbs_quota' => array($all, 'fbs_quota', 'quota_account', 'Resource has been exhausted'),
			'drop_before' => array($all, 'drop_before', 'network'),
			'drop_after' => array($all, 'drop_after', 'network'),
			'garbage' => array($all, 'garbage', 'bad_answer'),
			'garbage_after' => array($all, 'garbage_after', 'bad_answer'),
			'truncate' => array($all, 'truncate', 'network'),
			'partial_batch' => array($batch, array('partial_batch' => array('keep' => 2, 'then' => $error(503))), 'server_error'),
			'token_expired' => array($all, 'token_expired', 'token_expired'),
			'grant_revoked' => array($all, 'grant_revoked', 'invalid_grant'),
			'consent withdrawn or Testing' => array('oauth.token', $oauth(400, 'invalid_grant', 'Token has been expired or revoked.'), 'invalid_grant', 'Token has been expired or revoked.'),
			'sign in again' => array('oauth.token', $oauth(400, 'invalid_grant', 'reauth related error (invalid_rapt)'), 'reauth_required', 'invalid_rapt'),
			'policy' => array('oauth.token', $oauth(400, 'admin_policy_enforced', 'Blocked.'), 'app_blocked', 'Blocked.'),
			'internal' => array('oauth.token', $oauth(403, 'org_internal', 'Internal.'), 'org_internal', 'Internal.'),
			'client' => array('oauth.token', $oauth(401, 'invalid_client', 'The OAuth client was not found.'), 'invalid_client', 'The OAuth client was not found.'),
			'client deleted' => array('oauth.token', $oauth(401, 'deleted_client', 'The OAuth client was deleted.'), 'invalid_client', 'The OAuth client was deleted.'),
		);
		return $faults;
	}

	public function testTheTableHasEveryFaultOfTheEmulator(): void
	{
		$source = (string) file_get_contents(dirname(__DIR__, 2).'/crates/people-emulator/src/faults/action.rs');
		$this->assertSame(1, preg_match('/pub enum Action \{(.*?)\n\}/s', $source, $enum));
		preg_match_all('/^    ([A-Z][A-Za-z]+)/m', $enum[1], $names);
		$this->assertGreaterThan(14, count($names[1]));
		$told = array_map(function (array $fault): string {
			return is_array($fault[1]) ? (string) key($fault[1]) : (string) $fault[1];
		}, $this->faults());
		foreach ($names[1] as $name) {
			$code = strtolower((string) preg_replace('/(?<!^)[A-Z]/', '_$0', $name));
			$this->assertContains($code, array_merge($told, self::SILENT), 'a fault without a sentence');
		}
	}

	/**
	 * @dataProvider circumstances
	 * @param array<string,mixed> $config Settings of the emulator
	 * @param string              $reason What the account says, or the contact
	 * @param string              $said   Google's own words
	 */
	public function testACircumstanceHasItsSentence(array $config, string $reason, string $said): void
	{
		$this->google->post('/_config', $config);
		$contact = $this->contact(array('lastname' => 'Dupond', 'poste' => 'verboten'));
		$this->drainFor(8.0);
		$this->assertSaid($contact, $reason, $said);
	}

	/**
	 * @return array<string,array<int,mixed>>
	 */
	public function circumstances(): array
	{
		return array(
			'API disabled' => array(array('api_enabled' => false), 'api_disabled', 'People API has not been used'),
			'account full' => array(array('max_contacts' => 0), 'account_full', 'MY_CONTACTS_OVERFLOW_COUNT'),
			'value refused' => array(array('refused_values' => array('verboten')), 'invalid_value', ''),
		);
	}

	public function testTheWayToGoogleHasItsSentences(): void
	{
		$contact = $this->contact();
		$ways = array(
			'network_refused' => array('gcontacts.people_endpoint' => 'http://127.0.0.1:9', 'gcontacts.oauth_endpoint' => 'http://127.0.0.1:9'),
			'network_dns' => array('gcontacts.people_endpoint' => 'http://'.str_repeat('a', 64).'.invalid'),
			'network_tls' => array('gcontacts.people_endpoint' => str_replace('http://', 'https://', $this->google->url)),
		);
		foreach ($ways as $reason => $ini) {
			GContactsProcess::drain($ini)->wait();
			$this->assertSaid($contact, $reason, '');
			$this->later(7200);
		}
		$this->set('MAIN_PROXY_USE', '1');
		$this->set('MAIN_PROXY_HOST', '127.0.0.1');
		$this->set('MAIN_PROXY_PORT', '9');
		GContactsProcess::drain()->wait();
		$this->assertSaid($contact, 'network_proxy', '');
	}

	public function testAServerWithoutCertificatesSaysSo(): void
	{
		$contact = $this->contact();
		$before = getenv('SSL_CERT_FILE');
		putenv('SSL_CERT_FILE=/dev/null');
		putenv('SSL_CERT_DIR=/nonexistent');
		GContactsProcess::drain(array('gcontacts.people_endpoint' => str_replace('http://', 'https://', $this->google->url)))->wait();
		putenv($before === false ? 'SSL_CERT_FILE' : 'SSL_CERT_FILE='.$before);
		putenv('SSL_CERT_DIR');
		$this->assertSaid($contact, 'no_certificates', '');
	}

	/**
	 * The account says the reason, or its contact does; and the sentence is there in both languages
	 *
	 * @param  Contact $contact Contact
	 * @param  string  $reason  Reason code
	 * @param  string  $said    Google's own words
	 * @return void
	 */
	private function assertSaid(Contact $contact, string $reason, string $said): void
	{
		global $langs;
		$account = $this->account();
		$link = $this->link($contact);
		$ofAccount = $account->state_reason !== '';
		$this->assertSame($reason, $ofAccount ? $account->state_reason : (string) $link->reason, $account->state_message.' '.($link ? $link->reason.' '.$link->message : ''));
		$default = $langs->defaultlang;
		$sentences = array();
		foreach (array('en_US', 'fr_FR') as $language) {
			$langs = new Translate('', $GLOBALS['conf']);
			$langs->setDefaultLang($language);
			$shown = (new GContactsSending($this->db, $account))->sentence();
			$sentence = $ofAccount ? $shown : GContactsEngine::sentence($reason, (string) $link->message);
			$langs->load('gcontacts@gcontacts');
			$plain = explode('%s', $langs->tab_translate['GContactsReason_'.$reason])[0];
			$this->assertStringContainsString($plain, $sentence, $language);
			if ($said !== '') {
				$this->assertStringContainsString($said, $sentence, 'Google\'s own words stand behind it');
			}
			$sentences[] = $plain;
		}
		$langs = new Translate('', $GLOBALS['conf']);
		$langs->setDefaultLang($default);
		$this->assertNotSame($sentences[0], $sentences[1], 'translated');
	}
}
