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

require_once __DIR__.'/GContactsConsentTestCase.php';

/**
 * The setup page, the consent and the callback, over HTTP: each wrong step has its own sentence.
 */
class ConsentTest extends GContactsConsentTestCase
{
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
		$this->back($this->google->consent($this->toGoogle(), 'cancel'));
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

	public function testTheSecretNeverComesBackOut(): void
	{
		$this->set('GCONTACTS_CLIENT_SECRET', 'GOCSPX-very-secret');
		$this->admin->get(self::SETUP);
		$this->assertStringNotContainsString('GOCSPX', $this->admin->page);
		$stored = $this->rows('SELECT value FROM '.MAIN_DB_PREFIX."const WHERE name = 'GCONTACTS_CLIENT_SECRET'")[0]->value;
		$this->assertStringStartsWith('dolcrypt:', $stored);
	}
}
