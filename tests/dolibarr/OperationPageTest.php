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
 * \file    tests/dolibarr/OperationPageTest.php
 * \ingroup gcontacts
 * \brief   The pages of operations and of the log, without JavaScript
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';

/**
 * Who may open the pages, what they change, and what they tell whom.
 *
 * @group web
 */
class OperationPageTest extends GContactsOperationTestCase
{
	/** Pages */
	private const OPERATIONS = '/custom/gcontacts/admin/operations.php';
	private const RUNS = '/custom/gcontacts/admin/runs.php';
	private const RUN = '/custom/gcontacts/admin/run.php';
	private const AJAX = '/custom/gcontacts/ajax/operation.php';

	public function testAnExportThroughThePageWithoutJavaScript(): void
	{
		$this->several(60);
		$visitor = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		$this->assertStringContainsString('Export now', $visitor->page);
		$this->assertStringNotContainsString('go_on=1', $visitor->page);
		$visitor->post(self::OPERATIONS, array('action' => 'start_export'))->follow();
		$this->assertStringContainsString('<noscript><meta http-equiv="refresh"', $visitor->page);
		$this->assertStringContainsString('role="progressbar"', $visitor->page);
		$left = 100;
		while ($left-- > 0 && strpos($visitor->page, 'go_on=1') !== false) {
			$began = microtime(true);
			$visitor->get(self::OPERATIONS.'?go_on=1');
			$this->assertLessThan(self::REQUEST, microtime(true) - $began);
		}
		$this->assertStringContainsString('60 of 60 contacts: 60 sent', $visitor->text());
		$this->assertCount(60, $this->cards());
	}

	public function testTheRequestOfTheScriptGoesOnAndTells(): void
	{
		$this->several(30);
		$run = $this->export();
		$visitor = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		for ($i = 0; $i < 100; $i++) {
			$began = microtime(true);
			$visitor->post(self::AJAX, array('run' => (string) $run->id));
			$this->assertLessThan(self::REQUEST, microtime(true) - $began);
			$told = json_decode($visitor->page, true);
			$this->assertIsArray($told, $visitor->page);
			if (!$told['under_way']) {
				break;
			}
			$visitor->get(self::OPERATIONS);
		}
		$this->assertSame(array('done', 100), array($told['state'], $told['percent']));
		$this->assertCount(30, $this->cards());
	}

	public function testTheRequestIsRefusedWithoutTokenOrRight(): void
	{
		$this->several(2);
		$run = $this->export();
		$colleague = $this->colleague();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$visitor = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		foreach (array(array('token' => 'wrong'), array('token' => '')) as $token) {
			$this->assertSame(403, $visitor->post(self::AJAX, $token + array('run' => (string) $run->id))->status);
		}
		$this->assertSame(403, $visitor->get(self::AJAX.'?run='.$run->id)->status, 'nothing is done by a GET');
		$bob = (new GContactsVisitor())->login('bob', 'bob')->get('/index.php?mainmenu=home');
		$this->assertSame(403, $bob->post(self::AJAX, array('run' => (string) $run->id))->status);
		foreach (array(self::OPERATIONS, self::RUNS, self::RUN.'?id='.$run->id) as $page) {
			$bob->get($page);
			$this->assertSame(403, $bob->status, $page);
			$this->assertStringNotContainsString('Personne', $bob->page);
		}
		$bob->get('/index.php?mainmenu=home')->post(self::OPERATIONS, array('action' => 'stop_run', 'run' => (string) $run->id));
		$this->assertSame(403, $bob->status);
		$stranger = new GContactsVisitor();
		$stranger->get(self::AJAX);
		$this->assertStringNotContainsString('"percent"', $stranger->page);
		$this->assertSame('waiting', $this->stored($run->id)->state);
		$this->assertSame(array(), $this->cards());
		$this->assertGreaterThan(0, $colleague->addrights(50012003));
		$this->assertSame(200, (new GContactsVisitor())->login('bob', 'bob')->get(self::OPERATIONS)->status, 'with the right he may');
	}

	public function testWhoeverMayOperateFindsTheWay(): void
	{
		$bob = $this->colleague();
		$this->assertGreaterThan(0, $bob->addrights(121));
		$thirdParties = '/societe/index.php?mainmenu=companies';
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		$this->assertStringNotContainsString(self::OPERATIONS, $visitor->get($thirdParties)->page);
		$this->assertGreaterThan(0, $bob->addrights(50012003));
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		$this->assertStringContainsString(self::OPERATIONS, $visitor->get($thirdParties)->page);
		$this->assertStringNotContainsString('gcontacts/admin/setup.php', $visitor->page);
		$this->assertSame(200, $visitor->get('/custom/gcontacts/index.php')->follow()->status);
		$this->assertStringContainsString('start_preview', $visitor->page);
		$this->assertStringNotContainsString('/admin/modules.php', $visitor->page, 'no link that is refused to him');
	}

	public function testAnActionNeedsItsToken(): void
	{
		$visitor = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		$visitor->post(self::OPERATIONS, array('action' => 'start_export', 'token' => 'wrong'));
		$visitor->get(self::OPERATIONS.'?action=start_export&token='.$visitor->token());
		$this->assertSame(array(), $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run'));
	}

	public function testTwoAdministratorsPressAndStopAndGoOn(): void
	{
		$this->several(40);
		$first = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		$second = (new GContactsVisitor())->login()->get(self::OPERATIONS);
		$first->post(self::OPERATIONS, array('action' => 'start_export'));
		$second->post(self::OPERATIONS, array('action' => 'start_export'))->follow();
		$this->assertStringContainsString('under way', $second->text());
		$this->assertStringContainsString('role="progressbar"', $second->page, 'the second sees the progress of the first');
		$runs = $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run');
		$this->assertCount(1, $runs);
		$second->post(self::OPERATIONS, array('action' => 'stop_run', 'run' => (string) $runs[0]->rowid))->follow();
		$this->assertStringContainsString('Stopped by hand', $second->text());
		$this->assertStringContainsString('admin stopped it', $second->text());
		$first->get(self::OPERATIONS)->post(self::OPERATIONS, array('action' => 'resume_run', 'run' => (string) $runs[0]->rowid))->follow();
		$this->assertStringContainsString('role="progressbar"', $first->page);
		$this->finish();
		$this->assertCount(40, $this->cards());
	}

	public function testAPauseIsToldWithItsEnd(): void
	{
		$this->several(1);
		$this->export();
		$this->google->fault(array('match' => 'people.createContact', 'times' => 1, 'action' => array('error' => array('http' => 429, 'retry_after' => 600))));
		$this->finish();
		$text = (new GContactsVisitor())->login()->get(self::OPERATIONS)->text();
		$this->assertMatchesRegularExpression('/It waits until \S+ \S+( [AP]M)? and then goes on by itself: Google limits/', $text);
	}

	public function testTheLogTellsWhatWasDoneAndIsSearched(): void
	{
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$this->several(3);
		$bad = $this->contact(array('lastname' => 'Mauvais', 'email' => 'refused@b.example'));
		$run = $this->export();
		$this->finish();
		$visitor = (new GContactsVisitor())->login();
		$text = $visitor->get(self::RUNS)->text();
		$this->assertStringContainsString('Export', $text);
		$this->assertStringContainsString('Done', $text);
		$page = self::RUN.'?id='.$run->id;
		$text = $visitor->get($page)->text();
		$this->assertStringContainsString('Alice Personne1', $text);
		$this->assertStringContainsString('Google refuses a value of this contact', $text);
		$this->assertStringContainsString('/contact/card.php?id='.$bad->id, $visitor->page);
		$text = $visitor->get($page.'&search_result=refused')->text();
		$this->assertStringContainsString('Mauvais', $text);
		$this->assertStringNotContainsString('Alice Personne1', $text);
		$text = $visitor->get($page.'&search_name=Personne2')->text();
		$this->assertStringContainsString('Alice Personne2', $text);
		$this->assertStringNotContainsString('Alice Personne1', $text);
		$text = $visitor->get($page.'&limit=2&page=1&sortfield=i.name&sortorder=asc')->text();
		$this->assertStringContainsString('Alice Personne2', $text);
		$this->assertStringNotContainsString('Alice Personne1', $text);
		$this->assertSame(404, $visitor->get(self::RUN.'?id=999999')->status);
		$visitor->get($page.'&sortfield=(SELECT+1)&sortorder=asc,1');
		$this->assertSame(200, $visitor->status);
		$this->assertStringContainsString('Alice Personne1', $visitor->text());
	}

	public function testTheLogDoesNotNameWhomTheReaderMayNotSee(): void
	{
		$bob = $this->colleague();
		$open = $this->sentContact(array('lastname' => 'Ouverte'));
		$secret = $this->sentContact(array('lastname' => 'Secrete'));
		$company = $this->company(array('name' => 'Ailleurs'));
		$elsewhere = $this->sentContact(array('lastname' => 'Lointaine', 'socid' => $company->id));
		$gone = $this->sentContact(array('lastname' => 'Partie'));
		$this->edit($secret, array('priv' => 1));
		$this->remove($gone);
		$this->drain();
		// The administrator may not see bob's private contact, and bob sees neither that of another nor the others' third parties
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET fk_user_creat = '.((int) $bob->id).' WHERE rowid = '.((int) $secret->id));
		$names = array();
		foreach (array('admin' => 'admin', 'bob' => 'bob') as $login => $password) {
			if ($login === 'bob') {
				foreach (array(50012003, 281) as $right) {
					$bob->addrights($right);
				}
			}
			$visitor = (new GContactsVisitor())->login($login, $password);
			$text = '';
			foreach ($this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run') as $run) {
				$text .= $visitor->get(self::RUN.'?id='.$run->rowid)->text();
				$this->assertSame(200, $visitor->status);
				$text .= $visitor->get(self::RUN.'?id='.$run->rowid.'&search_name=e')->text();
			}
			foreach (array('Ouverte', 'Secrete', 'Lointaine', 'Partie') as $name) {
				$names[$login][$name] = strpos($text, 'Alice '.$name) !== false;
			}
			$this->assertStringContainsString('A contact that you may not see', $text);
		}
		$this->assertSame(array('Ouverte' => true, 'Secrete' => false, 'Lointaine' => true, 'Partie' => true), $names['admin']);
		$this->assertSame(array('Ouverte' => true, 'Secrete' => true, 'Lointaine' => false, 'Partie' => false), $names['bob']);
	}
}
