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
 * \file    tests/dolibarr/FullCheckTest.php
 * \ingroup gcontacts
 * \brief   What a full check finds
 */

require_once __DIR__.'/GContactsFullCheckTestCase.php';
require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactstakeback.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * What a full check finds, at which cost, and that it survives whatever interrupts it.
 */
class FullCheckTest extends GContactsFullCheckTestCase
{
	/**
	 * @return array<int, object> Strays
	 */
	private function strays(): array
	{
		$strays = (new GContactsStray($this->db, $this->account()))->all(100);
		$this->assertIsArray($strays, (string) $this->db->lasterror());
		return $strays;
	}

	public function testWhereAllIsWellItReadsCardsAndLabelsAndWritesNothing(): void
	{
		$run = $this->check();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(array('connections.list', 'contactGroups.list'), array_map(function (string $method): string {
			return str_replace('people.', '', $method);
		}, array_column($this->google->log()['entries'], 'method')));
		$this->assertSame(array(0, 1), array($run->done, $run->unchanged));
		$this->assertSame(array(), $this->strays());
		$this->assertSame(0, $this->waiting());
	}

	public function testWhatThePhoneChangedIsMarked(): void
	{
		$this->google->phone(array('op' => 'edit', 'name' => $this->card($this->contact)['resourceName'], 'set' => array('phoneNumbers' => array(array('value' => '06 99 99 99 99', 'type' => 'mobile')))));
		$this->check();
		$totals = (array) (new GContactsCheckRows($this->db, $this->account(), $this->user))->totals();
		$this->assertSame(1, $totals['differs']);
	}

	public function testALabelThatSomebodyTookAwayIsNamedAndComesBack(): void
	{
		$this->google->phone(array('op' => 'remove_from_group', 'name' => $this->card($this->contact)['resourceName'], 'group' => $this->label));
		$run = $this->check();
		$this->assertSame(1, $run->done);
		$this->assertStringContainsString('Labels missing at Google: Onelog.', $this->sentence());
		$this->assertStringContainsString('Labels missing at Google: Onelog.', (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php')->text());
		$this->drain();
		$this->assertContains('Onelog', $this->labels($this->card($this->contact)));
		$this->assertStringNotContainsString('Onelog', $this->sentence(), 'once it is sent nothing is wrong');
	}

	public function testLabelsThatFitAreNotCalledWrongAnyLonger(): void
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET labels = '{\"missing\":[\"Onelog\"],\"extra\":[]}', date_labels = '2026-01-02 03:04:05'");
		$this->assertStringContainsString('Onelog', $this->sentence());
		$this->check();
		$this->assertStringNotContainsString('Onelog', $this->sentence());
	}

	public function testCardsInOurLabelThatNoContactKnowsAreFoundAndFreed(): void
	{
		$stray = $this->onThePhone('Inconnu', true);
		$this->onThePhone('Ailleurs', false);
		$this->check();
		$strays = $this->strays();
		$this->assertSame(array('Inconnu'), array_values(array_column($strays, 'name')));
		$page = (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php');
		$this->assertStringContainsString('Inconnu', $page->text());

		$this->google->emptyLog();
		$parting = new GContactsTakeBack($this->db, $this->account());
		$this->assertSame(1, $parting->strays($strays), $parting->reason.' '.$parting->error);
		$this->assertSame(array(1, array()), array($parting->done, $this->strays()));
		$cards = array_column($this->cards(), null, 'resourceName');
		$this->assertArrayHasKey($stray['resourceName'], $cards, 'it stays at Google');
		$this->assertNotContains('Onelog', $this->labels($cards[$stray['resourceName']]));
		$this->assertContains('Onelog', $this->labels($this->card($this->contact)));
	}

	public function testAListingThatFailsConcludesNothing(): void
	{
		$this->google->fault(array('match' => 'people.connections.list', 'times' => 0, 'action' => array('error' => array('http' => 503, 'status' => 'UNAVAILABLE', 'message' => 'later'))));
		$operations = new GContactsOperations($this->db, $this->account());
		$run = $operations->start('check');
		$this->finish();
		$this->assertSame('waiting', $this->stored((int) $run->id)->state);
		$this->assertSame('synced', $this->link($this->contact)->state);
		$this->google->heal();
		$this->later(4000);
		$this->finish();
		$this->assertSame('done', $this->stored((int) $run->id)->state);
		$this->assertSame(array(), $this->writes());
	}

	public function testThePageStartsItWithTheTokenAlone(): void
	{
		$visitor = (new GContactsVisitor())->login();
		$visitor->get('/custom/gcontacts/check.php');
		$runs = function (): int {
			return (int) $this->rows('SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'check'")[0]->nb;
		};
		$visitor->post('/custom/gcontacts/check.php', array('token' => 'wrong', 'action' => 'fullcheck'));
		$this->assertSame(0, $runs());
		$visitor->get('/custom/gcontacts/check.php');
		$visitor->post('/custom/gcontacts/check.php', array('token' => $visitor->token(), 'action' => 'fullcheck'));
		$this->assertSame(1, $runs());
	}

	public function testTheCommandLineChecksEverythingAndFailsWhereAnythingIsAmiss(): void
	{
		$well = GContactsProcess::script(array('check', '--full', '--json'));
		$this->assertSame(0, $well->wait(), $well->output());
		$this->onThePhone('Inconnu', true);
		$amiss = GContactsProcess::script(array('check', '--full', '--json'));
		$this->assertSame(1, $amiss->wait(), $amiss->output());
		$answer = (array) json_decode($amiss->output(1), true);
		$this->assertSame(array('Inconnu'), array_values($answer['strays']));
		$this->assertSame(1, $answer['totals']['in_sync']);
	}

	public function testAContactThatIsLinkedToTheWrongCardGetsItsOwn(): void
	{
		$wrong = $this->onThePhone('Somebody Else', false)['resourceName'];
		$card = $this->card($this->contact);
		$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_card SET resource_name = '".$wrong."', person = NULL, source_id = '', marker = ''");
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET origin = 'adopted', sent = NULL");
		$this->edit($this->contact, array('poste' => 'Buyer'));
		$this->drain();
		$this->assertCount(1, $this->cardsOf($this->contact), 'the wrong card has its values');

		$parting = new GContactsTakeBack($this->db, $this->account());
		$this->assertSame(1, $parting->links(array((int) $this->contact->id)), $parting->reason.' '.$parting->error);
		$this->drain();
		$own = $this->card($this->contact);
		$this->assertNotSame($wrong, $own['resourceName']);
		$there = array_column($this->cards(), null, 'resourceName')[$wrong];
		$this->assertSame(array(), $this->values($there, 'phoneNumbers'), 'what came from Dolibarr is off the wrong card');
		$this->assertNotContains('Onelog', $this->labels($there));
	}
}
