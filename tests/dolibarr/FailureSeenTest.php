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
 * \file    tests/dolibarr/FailureSeenTest.php
 * \ingroup gcontacts
 * \brief   What failed is seen wherever somebody looks, and nothing says that all is well
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';

/**
 * One failure among others, by one run: on the contact's tab, in Check synchro, on the home page, in the log.
 */
class FailureSeenTest extends GContactsOperationTestCase
{
	public function testOneOfManyThatGoogleRefusesIsSeenEverywhereAtOnce(): void
	{
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$this->several(9);
		$this->export();
		$this->finish();
		$contact = $this->contact(array('lastname' => 'Refuse', 'email' => 'refused@b.example'));
		$run = $this->export();
		$this->finish();
		$this->assertCount(9, $this->cards());
		$stored = $this->stored($run->id);
		$this->assertSame(array(0, 9, 1), array($stored->done, $stored->unchanged, $stored->failed));
		$this->assertStringContainsString('1 failed', $this->progress($stored)->counts());

		$visitor = (new GContactsVisitor())->login();
		$sentence = GContactsEngine::sentence((string) $this->link($contact)->reason, (string) $this->link($contact)->message);
		$this->assertNotSame('', $sentence);
		$sentence = trim((string) preg_replace('/\s+/u', ' ', $sentence));
		$this->assertStringContainsString($sentence, $visitor->get('/custom/gcontacts/contact_tab.php?id='.$contact->id)->text(), 'the tab');
		$check = $visitor->get('/custom/gcontacts/check.php?state=error')->text();
		$this->assertStringContainsString('Alice Refuse', $check);
		$this->assertStringContainsString($sentence, $check, 'Check synchro');
		$this->assertStringContainsString($sentence, $visitor->get('/custom/gcontacts/admin/run.php?id='.$run->id.'&search_result=refused')->text(), 'the log');
		$home = $visitor->get('/index.php?mainmenu=home');
		$this->assertMatchesRegularExpression('~check\.php\?mainmenu=companies&(amp;)?state=error[^>]*>(<[^>]*>)*\s*1\b~', $home->page, 'the widget');
		$this->assertStringContainsString('1 failed', $visitor->get('/custom/gcontacts/admin/operations.php')->text(), 'the page of operations');
	}

	public function testWhereNothingGoesItIsSaidOnTheTabAndInCheckSynchro(): void
	{
		$contact = $this->contact(array('lastname' => 'Attend'));
		$this->google->fault(array('match' => '*', 'times' => 0, 'action' => array('error' => array('http' => 403, 'status' => 'PERMISSION_DENIED', 'details' => array(array('@type' => 'type.googleapis.com/google.rpc.ErrorInfo', 'reason' => 'SERVICE_DISABLED', 'domain' => 'googleapis.com'))))));
		$this->drain();
		$sentence = trim((string) preg_replace('/\s+/u', ' ', GContactsEngine::sentence($this->account()->state_reason, $this->account()->state_message)));
		$this->assertStringContainsString('People API', $sentence);
		$visitor = (new GContactsVisitor())->login();
		foreach (array('/custom/gcontacts/contact_tab.php?id='.$contact->id, '/custom/gcontacts/check.php', '/custom/gcontacts/admin/setup.php') as $page) {
			$this->assertStringContainsString('People API', $visitor->get($page)->text(), $page);
		}
	}
}
