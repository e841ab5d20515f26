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
 * \file    tests/dolibarr/GContactsConsentTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of connecting an account have in common
 */

require_once __DIR__.'/GContactsVisitor.php';

/**
 * An administrator in a browser, on the way to Google and back.
 */
abstract class GContactsConsentTestCase extends GContactsTestCase
{
	protected const SETUP = '/custom/gcontacts/admin/setup.php';
	protected const CONNECT = '/custom/gcontacts/admin/connect.php';
	protected const CALLBACK = '/custom/gcontacts/admin/callback.php';

	/** @var GContactsVisitor */
	protected $admin;

	/**
	 * Lets an administrator log in to a module that has its client
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_CLIENT_ID', 'gcontacts-demo.apps.example');
		$this->set('GCONTACTS_CLIENT_SECRET', 'demo-secret');
		$this->admin = (new GContactsVisitor())->login();
	}

	/**
	 * Presses Connect
	 *
	 * @return void
	 */
	protected function start(): void
	{
		$this->admin->get(self::SETUP)->post(self::CONNECT, array());
	}

	/**
	 * @return string Address of Google's consent page
	 */
	protected function toGoogle(): string
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
	protected function back(array $answer): void
	{
		$this->admin->get(self::CALLBACK.'?'.http_build_query(array_filter($answer)))->follow();
	}

	/**
	 * No account is connected, and the page says why and what to do
	 *
	 * @param  string $reason Reason code
	 * @return void
	 */
	protected function assertFails(string $reason): void
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
	protected function assertNoAccount(): void
	{
		$this->assertSame(0, (new GContactsAccount($this->db))->fetchForEntity());
	}

	/**
	 * @return GContactsAccount
	 */
	protected function account(): GContactsAccount
	{
		$account = new GContactsAccount($this->db);
		$this->assertSame(1, $account->fetchForEntity());
		return $account;
	}
}
