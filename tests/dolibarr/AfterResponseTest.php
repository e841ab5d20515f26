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
 * \file    tests/dolibarr/AfterResponseTest.php
 * \ingroup gcontacts
 * \brief   What happens after the page is answered
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';

/**
 * A contact saved in Dolibarr's own form: the page answers at once, and the card appears without anybody doing anything.
 *
 * @group web
 */
class AfterResponseTest extends GContactsSendingTestCase
{
	/** Seconds in which a page has to be there; Google answers nobody meanwhile */
	private const AT_ONCE = 10.0;

	public function testTheSaveAnswersAtOnceAndTheCardFollows(): void
	{
		$visitor = (new GContactsVisitor())->login();
		$this->google->hold('*', 'before', 0);
		$visitor->get('/contact/card.php?action=create');
		$start = microtime(true);
		$visitor->post('/contact/card.php', array('action' => 'add', 'lastname' => 'Formulaire', 'firstname' => 'Anne', 'country_id' => '1', 'priv' => '0', 'status' => '1'));
		$this->assertLessThan(self::AT_ONCE, microtime(true) - $start, 'the save waits for nobody');
		$this->assertSame(302, $visitor->status, $visitor->text());
		$rows = $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."socpeople WHERE lastname = 'Formulaire'");
		$this->assertCount(1, $rows);

		$start = microtime(true);
		$visitor->follow();
		$this->assertLessThan(self::AT_ONCE, microtime(true) - $start, 'nor does the next page');
		$this->assertSame(array(), $this->cards());
		if (getenv('GCONTACTS_SITE_SERVER') === 'fpm') {
			$this->untilHeld();
			$this->google->heal();
		} else {
			$this->assertFalse($this->google->isAtWork());
			$this->google->heal();
			$this->drainAsTheBrowserDoes($visitor);
		}
		$contact = new Contact($this->db);
		$contact->fetch((int) $rows[0]->rowid);
		$this->until(function () use ($contact): bool {
			return $this->cardsOf($contact) !== array();
		});
		$this->assertSame('Formulaire', $this->card($contact)['names'][0]['familyName']);
		$this->until(function (): bool {
			return $this->waiting() === 0;
		});
		$visitor->get('/contact/card.php?id='.$contact->id);
		$this->assertStringNotContainsString('drain.js', $visitor->page, 'nothing waits any more');
	}

	public function testTheDrainNeedsALoginAndAToken(): void
	{
		$this->contact();
		$nobody = new GContactsVisitor();
		$nobody->get('/index.php');
		$nobody->post('/custom/gcontacts/ajax/drain.php', array());
		$visitor = (new GContactsVisitor())->login();
		foreach (array('', 'forged') as $token) {
			$visitor->post('/custom/gcontacts/ajax/drain.php', array('token' => $token));
		}
		$visitor->get('/custom/gcontacts/ajax/drain.php');
		$this->assertSame(array(), $this->cards());
		$this->assertSame(1, $this->waiting());
	}

	/**
	 * What js/drain.js does once the page is shown
	 *
	 * @param  GContactsVisitor $visitor Visitor
	 * @return void
	 */
	private function drainAsTheBrowserDoes(GContactsVisitor $visitor): void
	{
		$this->assertSame(1, preg_match('#<script[^>]*drain\.js[^>]*data-url="([^"]+)" data-token="([^"]+)"#', $visitor->page, $script), 'the page asks for a drain');
		$visitor->post($script[1], array('token' => $script[2]));
		$this->assertSame(200, $visitor->status, $visitor->page);
		$this->assertSame(array('done' => true, 'waiting' => 0), json_decode($visitor->page, true));
	}
}
