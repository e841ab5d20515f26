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
 * \file    tests/dolibarr/ConsentTest.php
 * \ingroup gcontacts
 * \brief   Connecting an account by its pages, and every wrong step
 */

require_once __DIR__.'/GContactsVisitor.php';

/**
 * The setup page, the consent and the callback, over HTTP: each wrong step has its own sentence.
 */
class ConsentTest extends GContactsTestCase
{
	private const SETUP = '/custom/gcontacts/admin/setup.php';
	private const CONNECT = '/custom/gcontacts/admin/connect.php';
	private const CALLBACK = '/custom/gcontacts/admin/callback.php';

	/** @var GContactsVisitor */
	private $admin;

	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_CLIENT_ID', 'gcontacts-demo.apps.example');
		$this->set('GCONTACTS_CLIENT_SECRET', 'demo-secret');
		$this->admin = (new GContactsVisitor())->login();
	}

	public function testTheAccountIsConnectedAndShownByItsAddress(): void
	{
		$answer = $this->google->consent($this->toGoogle());
		$this->back($answer);
		$this->assertStringContainsString('phone@example.com', $this->admin->text());
		$account = $this->account();
		$this->assertSame(array('phone@example.com', 'sending'), array($account->email, $account->state));
		$this->assertSame(array(), $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_consent'));
	}

	public function testTheRequestToGoogleIsAsItShouldBe(): void
	{
		parse_str((string) parse_url($this->toGoogle(), PHP_URL_QUERY), $query);
		$this->assertSame('S256', $query['code_challenge_method']);
		$this->assertSame(array('offline', 'consent', 'true'), array($query['access_type'], $query['prompt'], $query['include_granted_scopes']));
		$this->assertSame('openid email https://www.googleapis.com/auth/contacts', $query['scope']);
		$this->assertSame(getenv('GCONTACTS_SITE_URL').self::CALLBACK, $query['redirect_uri']);
		parse_str((string) parse_url($this->toGoogle(), PHP_URL_QUERY), $second);
		$this->assertNotSame($query['state'], $second['state']);
		$this->assertNotSame($query['code_challenge'], $second['code_challenge']);
	}

	public function testWithoutAClientIdGoogleIsNotAsked(): void
	{
		$this->set('GCONTACTS_CLIENT_ID', '');
		$this->start();
		$this->assertFails('client_id_missing');
	}

	public function testWithoutASecretGoogleIsNotAsked(): void
	{
		$this->set('GCONTACTS_CLIENT_SECRET', '');
		$this->start();
		$this->assertFails('client_secret_missing');
	}

	public function testAWrongSecret(): void
	{
		$this->set('GCONTACTS_CLIENT_SECRET', 'typo');
		$this->back($this->google->consent($this->toGoogle()));
		$this->assertFails('invalid_client');
	}

	public function testAConsentThatIsRefused(): void
	{
		$this->back($this->google->consent($this->toGoogle(), 'deny'));
		$this->assertFails('access_denied');
	}

	public function testAScopeThatIsNotTicked(): void
	{
		$this->google->post('/_config', array('withhold_scopes' => array('https://www.googleapis.com/auth/contacts')));
		$this->back($this->google->consent($this->toGoogle()));
		$this->assertFails('scope_missing');
	}

	public function testTheApiNotEnabledInTheProject(): void
	{
		$this->google->post('/_config', array('api_enabled' => false));
		$this->back($this->google->consent($this->toGoogle()));
		$this->assertFails('api_disabled');
	}

	public function testARedirectAddressThatIsNotRegistered(): void
	{
		$this->google->reset(array('redirect_uris' => array('https://elsewhere.example/callback')));
		$page = (new GContactsVisitor())->get($this->toGoogle());
		$this->assertSame(400, $page->status);
		$this->assertStringContainsString('redirect_uri_mismatch', $page->page);
		$this->assertSame('', $page->location, 'Google sends nobody back');
		$this->assertNoAccount();
		$this->admin->get(self::SETUP);
		$this->assertStringContainsString(getenv('GCONTACTS_SITE_URL').self::CALLBACK, $this->admin->page, 'the address to register is shown');
		$this->assertStringContainsString('redirect_uri_mismatch', $this->admin->text(), 'and what the error means');
	}

	public function testAStateIsGoodOnce(): void
	{
		$answer = $this->google->consent($this->toGoogle(), 'deny');
		$this->back($answer);
		$this->back($answer);
		$this->assertFails('state_invalid');
	}

	public function testAStateThatNobodyBegan(): void
	{
		$this->back(array('state' => 'guessed', 'code' => '4/0guessed', 'error' => ''));
		$this->assertFails('state_invalid');
		$this->assertSame(array(), $this->google->log()['entries']);
	}

	public function testAStateThatIsTooOld(): void
	{
		$answer = $this->google->consent($this->toGoogle());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_consent SET expires = expires - 601');
		$this->back($answer);
		$this->assertFails('state_invalid');
	}

	public function testSomebodyElseBringsTheAnswer(): void
	{
		$answer = $this->google->consent($this->toGoogle());
		$bob = $this->bob();
		$bob->get(self::CALLBACK.'?'.http_build_query($answer));
		$this->assertSame(403, $bob->status);
		$this->assertStringContainsString(GContactsEngine::sentence('not_admin'), $bob->text());
		$this->assertNoAccount();
	}

	public function testSomebodyElseCannotBeginOrSeeTheSetup(): void
	{
		$bob = $this->bob();
		foreach (array(self::SETUP, self::CONNECT) as $path) {
			$bob->post($path, array());
			$this->assertSame(403, $bob->status, $path);
			$this->assertSame('', $bob->location);
		}
		$nobody = new GContactsVisitor();
		$nobody->get(self::SETUP);
		$this->assertStringContainsString('name="password"', $nobody->page);
	}

	public function testAFormWithoutDolibarrsTokenDoesNothing(): void
	{
		$this->admin->get(self::SETUP);
		$this->admin->post(self::CONNECT, array('token' => ''));
		$this->assertStringNotContainsString('code_challenge', $this->admin->location);
		$this->admin->get(self::SETUP)->post(self::CONNECT, array('token' => 'forged'));
		$this->assertStringNotContainsString('code_challenge', $this->admin->location);
		$this->admin->get(self::CONNECT);
		$this->assertStringNotContainsString('code_challenge', $this->admin->location);
		$this->assertSame(array(), $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_consent'));
	}

	public function testTheSecretNeverComesBackOut(): void
	{
		$this->set('GCONTACTS_CLIENT_SECRET', 'GOCSPX-very-secret');
		$this->admin->get(self::SETUP);
		$this->assertStringNotContainsString('GOCSPX', $this->admin->page);
		$stored = $this->rows('SELECT value FROM '.MAIN_DB_PREFIX."const WHERE name = 'GCONTACTS_CLIENT_SECRET'")[0]->value;
		$this->assertStringStartsWith('dolcrypt:', $stored);
	}

	/**
	 * Presses Connect
	 *
	 * @return void
	 */
	private function start(): void
	{
		$this->admin->get(self::SETUP)->post(self::CONNECT, array());
	}

	/**
	 * @return string Address of Google's consent page
	 */
	private function toGoogle(): string
	{
		$this->start();
		$this->assertStringStartsWith($this->google->url.'/o/oauth2/v2/auth?', $this->admin->location);
		return $this->admin->location;
	}

	/**
	 * Google sends the browser back
	 *
	 * @param  array<string,string> $answer state, code, error
	 * @return void
	 */
	private function back(array $answer): void
	{
		$this->admin->get(self::CALLBACK.'?'.http_build_query(array_filter($answer)))->follow();
	}

	/**
	 * No account is connected, and the page says why and what to do
	 *
	 * @param  string $reason Reason code
	 * @return void
	 */
	private function assertFails(string $reason): void
	{
		$this->admin->follow();
		$this->assertNoAccount();
		$sentence = GContactsEngine::sentence($reason);
		$this->assertNotSame($reason, $sentence);
		$this->assertStringContainsString((string) preg_replace('/\s+/u', ' ', $sentence), $this->admin->text());
	}

	/**
	 * @return void
	 */
	private function assertNoAccount(): void
	{
		$this->assertSame(0, (new GContactsAccount($this->db))->fetchForEntity());
	}

	/**
	 * @return GContactsAccount
	 */
	private function account(): GContactsAccount
	{
		$account = new GContactsAccount($this->db);
		$this->assertSame(1, $account->fetchForEntity());
		return $account;
	}

	/**
	 * @return GContactsVisitor Somebody who may see contacts and administers nothing
	 */
	private function bob(): GContactsVisitor
	{
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."user WHERE login LIKE 'bob%'");
		$bob = new User($this->db);
		$bob->login = 'bob';
		$bob->lastname = 'Bob';
		$this->assertGreaterThan(0, $bob->create($this->user), $bob->error);
		$bob->setPassword($this->user, 'bob-password-1');
		$bob->addrights(281);
		return (new GContactsVisitor())->login('bob', 'bob-password-1');
	}
}
