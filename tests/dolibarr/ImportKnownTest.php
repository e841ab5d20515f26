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
 * \file    tests/dolibarr/ImportKnownTest.php
 * \ingroup gcontacts
 * \brief   Who is in Dolibarr already is recognised, and never made twice
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/gcontactscron.class.php');

/**
 * Half an address book that Dolibarr knows under other notations, twins, two users, crashes.
 */
class ImportKnownTest extends GContactsImportTestCase
{
	/** @return void */
	protected function setUp(): void
	{
		parent::setUp();
		// Nothing is sent by itself: Dolibarr's contacts have no cards here.
		$this->set('GCONTACTS_PUSH', '0');
	}

	public function testNobodyIsImportedBeforeItIsKnownWhoIsThereAlready(): void
	{
		$this->somebody('Carla', 'Rossi', self::fields('carla@example.com'));
		$this->set('GCONTACTS_AUTO_IMPORT', '1');
		$page = '/custom/gcontacts/import.php';
		foreach (array('confirm', GContactsAccount::ADOPTING) as $state) {
			$this->assertGreaterThan(0, $this->account()->change(array('state' => $state)));
			$this->google->emptyLog();
			$visitor = (new GContactsVisitor())->login()->get($page);
			$this->assertStringContainsString('still open which of them are in Dolibarr already', $visitor->text());
			$this->assertStringNotContainsString('Rossi', $visitor->text());
			$this->assertStringContainsString('File of vCards', $visitor->text(), 'other sources are open');
			$cron = new GContactsCron($this->db);
			$this->assertSame(0, $cron->import(), $cron->error);
			$this->assertSame(array(), $this->contacts());
			$this->assertSame(array(), $this->google->log()['entries'], 'nobody asks Google in vain');
		}
		$this->assertGreaterThan(0, $this->account()->change(array('state' => 'sending')));
		$this->assertStringContainsString('Rossi', (new GContactsVisitor())->login()->get($page)->get($page)->text());
	}

	public function testHalfAnAddressBookIsKnownUnderOtherNotations(): void
	{
		for ($i = 0; $i < 10; $i++) {
			$this->contact(array('firstname' => 'Alice', 'lastname' => 'Personne'.$i, 'email' => 'p'.$i.'@example.com', 'phone_mobile' => sprintf('06.00.00.00.%02d', $i)));
			$notation = $i % 2 ? self::fields('P'.$i.'@Example.COM') : self::fields('', sprintf('+33 6 00 00 00 %02d', $i));
			$this->somebody('ALICE', 'PERSONNE'.$i, $notation);
			$this->somebody('Bob', 'Nouveau'.$i, self::fields('n'.$i.'@example.com'));
		}
		$list = $this->read();
		$counts = (new GContactsCandidateList($this->db, $list, $this->user))->counts();
		$this->assertSame(array(20, 10, 10), array($counts['all'], $counts['new'], $counts['known']));
		$candidates = $this->candidates($list, 'known');
		$likenesses = array();
		foreach ($candidates as $candidate) {
			$contact = array_values($candidate['contacts'])[0];
			$this->assertTrue($contact['sure']);
			$likenesses[$contact['likeness']] = true;
		}
		$this->assertSame(array('email_and_name', 'phone_and_name'), array_keys(array_merge(array('email_and_name' => 1, 'phone_and_name' => 1), $likenesses)));
		$log = $this->import($list, array_fill_keys(array_keys($this->candidates($list)), array()));
		$this->assertSame(array('done'), array_values(array_unique(array_column($log, 'result'))), json_encode($log));
		$this->assertCount(20, $this->contacts(), 'ten were linked, ten were made');
		$this->assertSame(array(), $this->candidates($this->read()));
		$this->set('GCONTACTS_PUSH', '1');
		$this->drain();
		$this->assertCount(20, $this->cards(), 'and nobody has two cards');
	}

	public function testSameNameAtTheSameCompanyIsKnownAndAnotherNameWithTheSameEmailIsDoubtful(): void
	{
		$company = $this->company(array('name' => 'Durand SARL'));
		$this->contact(array('firstname' => 'Alice', 'lastname' => 'Martin', 'socid' => $company->id));
		$this->contact(array('firstname' => 'Bob', 'lastname' => 'Petit', 'email' => 'info@durand.example'));
		$this->somebody('Alice', 'Martin', self::fields('', '', 'DURAND'));
		$this->somebody('Carl', 'Grand', self::fields('INFO@durand.example'));
		$candidates = $this->candidates($this->read());
		$alice = array_values($candidates['Alice Martin']['contacts'])[0];
		$carl = array_values($candidates['Carl Grand']['contacts'])[0];
		$this->assertSame(array('name_and_company', true), array($alice['likeness'], $alice['sure']));
		$this->assertSame(array('email_alone', false), array($carl['likeness'], $carl['sure']));
	}

	public function testOthersPrivateContactsAreNotShown(): void
	{
		$bob = $this->colleague();
		$this->contact(array('firstname' => 'Alice', 'lastname' => 'Martin', 'email' => 'alice@example.com', 'priv' => 1));
		$this->somebody('Alice', 'Martin', self::fields('alice@example.com'));
		$list = $this->read();
		$rows = (new GContactsCandidateList($this->db, $list, $bob))->page(array('shown' => 'all', 'search' => '', 'sort' => 'name', 'order' => 'asc'), 10, 0);
		$this->assertSame(array(), array_values($rows)[0]['contacts']);
		$this->assertCount(1, $this->candidates($list)['Alice Martin']['contacts'], 'their author sees them');
	}

	public function testTwinsStandTogetherAndTheSecondIsNotMade(): void
	{
		$this->somebody('Alice', 'Martin', self::fields('alice@example.com'));
		$this->somebody('Bob', 'Between');
		$this->somebody('Martin', 'Alice', self::fields('Alice@Example.com'));
		$list = $this->read();
		$rows = array_values($this->candidates($list));
		$this->assertSame($rows[0]['twin'], $rows[1]['twin']);
		$this->assertGreaterThan(0, $rows[0]['twin']);
		$this->assertSame(0, $rows[2]['twin']);
		$log = $this->import($list, array('Alice Martin' => array(), 'Martin Alice' => array()));
		$this->assertSame(array('done', 'import_known'), array($log['Alice Martin']->result, $log['Martin Alice']->reason));
		$this->assertCount(1, $this->contacts());
		$log = $this->import($this->read(), array('Martin Alice' => array('action' => 'anyway')));
		$this->assertSame('done', $log['Martin Alice']->result, 'unless somebody says so');
	}

	public function testOfTwoUsersWhoImportTheSameCardTheSecondIsTold(): void
	{
		$this->somebody('Alice', 'Martin');
		$list = $this->read();
		$candidate = $this->candidates($list)['Alice Martin'];
		$first = new GContactsImportChoices($this->db, $list, (int) $this->user->id);
		$second = new GContactsImportChoices($this->db, $list, 999);
		$choice = array('action' => 'import') + (new GContactsImportDefaults($this->user))->of($candidate);
		$this->assertSame(array(1, 1), array($first->draft(array($choice)), $second->draft(array($choice))));
		$bob = clone $this->user;
		$bob->id = 999;
		$others = new GContactsImport($this->db, $this->account(), $list, $bob);
		$run = $others->begin();
		$this->assertSame('done', $this->import($list, array('Alice Martin' => array()))['Alice Martin']->result);
		$this->assertSame(0, $others->step(microtime(true) + 300.0), $others->error);
		$this->assertSame('import_taken', GContactsImportReport::items($this->db, $run)[0]->reason);
		$this->assertCount(1, $this->contacts());
	}

	public function testACrashBeforeGoogleIsToldMakesNobodyTwice(): void
	{
		$this->set('GCONTACTS_PUSH', '1');
		$this->somebody('Alice', 'Martin', self::fields('alice@example.com'));
		$list = $this->read();
		$this->google->fault(array('match' => '*', 'action' => 'drop_after'));
		$this->assertSame('done', $this->import($list, array('Alice Martin' => array()))['Alice Martin']->result);
		$this->drain();
		$this->google->heal();
		$this->assertSame(array(), $this->candidates($this->read()));
		$this->later(3600);
		$this->drain();
		$this->assertCount(1, $this->contacts());
		$this->assertCount(1, $this->cards());
		$this->assertSame(array('Onelog'), $this->labels($this->cards()[0]));
	}

	public function testAListThatAnotherProcessReadsIsReadOnce(): void
	{
		$this->somebody('Alice', 'Martin');
		$list = $this->read();
		$other = new GContactsImportList($this->db);
		$other->fetchById($list->id);
		$listing = new GContactsImportListing($this->db, $this->account(), $list);
		$late = new GContactsImportListing($this->db, $this->account(), $other);
		$listing->begin();
		$other->fetchById($list->id);
		$this->assertSame(0, $listing->run(microtime(true) + 300.0));
		$this->assertSame(0, $late->run(microtime(true) + 300.0), 'it sees that all is done');
		$this->assertCount(1, $this->candidates($list));
	}

	public function testSomebodyDeletedInDolibarrIsOfferedAgain(): void
	{
		$this->somebody('Alice', 'Martin');
		$this->import($this->read(), array('Alice Martin' => array('thirdparty' => 'none')));
		$this->assertSame(array(), $this->candidates($this->read()));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople');
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_link');
		$this->assertCount(1, $this->candidates($this->read()));
	}
}
