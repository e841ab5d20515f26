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
 * \file    tests/dolibarr/GContactsEmulator.php
 * \ingroup gcontacts
 * \brief   The Google side of the tests
 */

/**
 * Talks to the emulator's controls and to its consent page, as a test and as the owner of the phone would.
 */
class GContactsEmulator
{
	/** @var string Address of the emulator, without a slash at its end */
	public $url;

	/**
	 * Constructor
	 *
	 * @param string $url Address of the emulator; that of the site under test unless given
	 */
	public function __construct(string $url = '')
	{
		$this->url = rtrim($url !== '' ? $url : (string) getenv('GCONTACTS_EMULATOR_URL'), '/');
		if ($this->url === '') {
			throw new LogicException('GCONTACTS_EMULATOR_URL is not set: these tests need a site with the emulator');
		}
	}

	/**
	 * Empties the address book, the log and the faults, and lets this site ask for consent
	 *
	 * @param array<string,mixed> $client What differs from the usual OAuth client
	 * @return void
	 */
	public function reset(array $client = array()): void
	{
		$this->post('/_reset', array());
		// Where Google leaves a behaviour open, the tests must pass with either: {"shuffle_items": true}
		$this->post('/_config', (array) json_decode((string) getenv('GCONTACTS_EMULATOR_SETTINGS'), true));
		$this->post('/_config', array('clients' => array($client + array(
			'client_id' => 'gcontacts-demo.apps.example',
			'client_secret' => 'demo-secret',
			'redirect_uris' => array(getenv('GCONTACTS_SITE_URL').'/custom/gcontacts/admin/callback.php', 'http://localhost'),
			'testing' => false,
		))));
	}

	/**
	 * What is in the address book: contacts, groups, trash
	 *
	 * @param string $user E-mail of the account; the first one unless given
	 * @return array<string,mixed>
	 */
	public function state(string $user = ''): array
	{
		return $this->call('GET', '/_state'.($user === '' ? '' : '?'.http_build_query(array('user' => $user))));
	}

	/**
	 * The calls since the last reset or emptyLog()
	 *
	 * @return array<string,mixed>
	 */
	public function log(): array
	{
		return $this->call('GET', '/_log');
	}

	/**
	 * Forgets the calls so far
	 *
	 * @return void
	 */
	public function emptyLog(): void
	{
		$this->call('DELETE', '/_log');
	}

	/**
	 * Makes calls fail
	 *
	 * @param array<string,mixed> $fault match, times, skip, action …
	 * @return array<string,mixed>
	 */
	public function fault(array $fault): array
	{
		return $this->post('/_faults', $fault);
	}

	/**
	 * Makes a call wait until it is released, so that a test can look at what is while it is under way
	 *
	 * @param string $match Which
	 * @param string $where Whether it waits before or after it is done
	 * @param int    $times How many do; 0 for all
	 * @param int    $skip  How many pass first
	 * @return void
	 */
	public function hold(string $match, string $where = 'after', int $times = 1, int $skip = 0): void
	{
		$this->fault(array('match' => $match, 'times' => $times, 'skip' => $skip, 'action' => array('latency' => array('where' => $where))));
	}

	/**
	 * Lets the calls go on that are held; heal() does so, too
	 *
	 * @return void
	 */
	public function release(): void
	{
		$this->post('/_faults/release', array());
	}

	/**
	 * @return bool Whether a call is held
	 */
	public function isHolding(): bool
	{
		return $this->call('GET', '/_calls')['held'] > 0;
	}

	/**
	 * @return bool Whether a call has come and not ended yet, also one that nobody waits for any more
	 */
	public function isAtWork(): bool
	{
		return $this->call('GET', '/_calls')['under_way'] > 0;
	}

	/**
	 * The troubles that were ordered, with how often each happened
	 *
	 * @return array<int,array<string,mixed>>
	 */
	public function faults(): array
	{
		return $this->call('GET', '/_faults');
	}

	/**
	 * An example of each trouble that there is
	 *
	 * @return array<int,array<string,mixed>|string>
	 */
	public function actions(): array
	{
		return $this->call('GET', '/_faults/actions');
	}

	/**
	 * Ends all troubles
	 *
	 * @return void
	 */
	public function heal(): void
	{
		$this->call('DELETE', '/_faults');
	}

	/**
	 * Does what the owner of the phone does
	 *
	 * @param array<string,mixed> $operation op (create, edit, delete …) and what it needs
	 * @return array<string,mixed>
	 */
	public function phone(array $operation): array
	{
		return $this->post('/_phone', $operation);
	}

	/**
	 * Lets time pass
	 *
	 * @param int $seconds Seconds
	 * @return void
	 */
	public function advance(int $seconds): void
	{
		$this->post('/_clock', array('advance_s' => $seconds));
	}

	/**
	 * Agrees on the consent page, as its form does
	 *
	 * @param string $address Address of the consent page
	 * @param string $button  Value of the button that is pressed: allow or cancel
	 * @param string $account The account's number or e-mail; the one that is ticked unless given
	 * @return array{state:string,code:string,error:string} What Google sends back with the browser
	 */
	public function consent(string $address, string $button = 'allow', string $account = ''): array
	{
		$page = $this->fetch('GET', $address);
		$form = GContactsForm::first($page['body']);
		$answer = $this->fetch('POST', $form->address($address), http_build_query(($account === '' ? array() : array('account' => $account)) + $form->values($button)), 'application/x-www-form-urlencoded');
		parse_str((string) parse_url($answer['location'], PHP_URL_QUERY), $values);
		if (!isset($values['state'])) {
			throw new RuntimeException('no way back from the consent page: '.$answer['status'].' '.$answer['body']);
		}
		return array('state' => (string) $values['state'], 'code' => (string) ($values['code'] ?? ''), 'error' => (string) ($values['error'] ?? ''));
	}

	/**
	 * Posts JSON to a control
	 *
	 * @param string              $path Path
	 * @param array<string,mixed> $body Body
	 * @return array<string,mixed>      Answer
	 */
	public function post(string $path, array $body): array
	{
		return $this->call('POST', $path, json_encode((object) $body, JSON_THROW_ON_ERROR));
	}

	/**
	 * Calls a control
	 *
	 * @param string      $method Method
	 * @param string      $path   Path
	 * @param string|null $body   JSON
	 * @return array<string,mixed>
	 */
	private function call(string $method, string $path, ?string $body = null): array
	{
		$answer = $this->fetch($method, $this->url.$path, $body, 'application/json');
		if ($answer['status'] >= 400) {
			throw new RuntimeException($method.' '.$path.': '.$answer['status'].' '.$answer['body']);
		}
		$decoded = json_decode($answer['body'], true);
		return is_array($decoded) ? $decoded : array();
	}

	/**
	 * One HTTP request; redirects are answers
	 *
	 * @param string      $method Method
	 * @param string      $url    Address
	 * @param string|null $body   Body
	 * @param string      $type   Its type
	 * @return array{status:int,body:string,location:string}
	 */
	private function fetch(string $method, string $url, ?string $body = null, string $type = ''): array
	{
		$handle = curl_init($url);
		curl_setopt_array($handle, array(CURLOPT_CUSTOMREQUEST => $method, CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 60, CURLOPT_PROXY => ''));
		if ($body !== null) {
			curl_setopt_array($handle, array(CURLOPT_POSTFIELDS => $body, CURLOPT_HTTPHEADER => array('Content-Type: '.$type)));
		}
		$text = curl_exec($handle);
		if ($text === false) {
			throw new RuntimeException($method.' '.$url.': '.curl_error($handle));
		}
		return array(
			'status' => (int) curl_getinfo($handle, CURLINFO_RESPONSE_CODE),
			'body' => (string) $text,
			'location' => (string) curl_getinfo($handle, CURLINFO_REDIRECT_URL),
		);
	}
}
