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
 * \file    tests/dolibarr/ConsentSafetyTest.php
 * \ingroup gcontacts
 * \brief   Connecting an account: what nobody can abuse
 */

require_once __DIR__.'/GContactsConsentTestCase.php';

/**
 * States replayed, guessed and old, people without the right, forms without a token.
 */
class ConsentSafetyTest extends GContactsConsentTestCase
{
	public function testAStateIsGoodOnce(): void
	{
		$answer = $this->google->consent($this->toGoogle(), 'cancel');
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

	/**
	 * @return GContactsVisitor Somebody who may see contacts and administers nothing
	 */
	private function bob(): GContactsVisitor
	{
		$this->colleague()->addrights(281);
		return (new GContactsVisitor())->login('bob', 'bob');
	}
}
