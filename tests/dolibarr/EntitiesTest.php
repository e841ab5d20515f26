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
 * \file    tests/dolibarr/EntitiesTest.php
 * \ingroup gcontacts
 * \brief   Two entities of one Dolibarr, on two Google accounts and on one
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
dol_include_once('/gcontacts/class/check/gcontactsfullcheck.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');
dol_include_once('/gcontacts/class/import/gcontactscandidatelist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * Entities as the module MultiCompany switches them: neither touches what is the other's, in Dolibarr or at Google.
 */
class EntitiesTest extends GContactsOperationTestCase
{
	/** E-mails of the emulator's accounts, and Google's numbers of them */
	private const ACCOUNTS = array('phone@example.com' => '100000000000000000001', 'other@example.com' => '100000000000000000002');

	/**
	 * Enables the module for a second entity, with the settings of the first
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->forgetSecond();
		$same = "SELECT name, value, type, visible, note, 2 FROM ".MAIN_DB_PREFIX."const WHERE entity = 1 AND name <> 'GCONTACTS_INSTANCE'";
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'const (name, value, type, visible, note, entity) '.$same);
	}

	/**
	 * @return void
	 */
	protected function tearDown(): void
	{
		$this->enter(1);
		$this->forgetSecond();
		parent::tearDown();
	}

	public function testOnTwoAccountsEachReachesItsOwn(): void
	{
		$first = $this->contact(array('lastname' => 'Premier'));
		$this->enter(2);
		$this->connectTo('other@example.com');
		$second = $this->contact(array('lastname' => 'Deuxieme'));
		$this->assertSame(array('1' => 1, '2' => 1), $this->outbox());
		$this->drain();
		$this->assertSame(array('1' => 1), $this->outbox(), 'the first one still waits');
		$this->assertSame(array(array(), array('Deuxieme')), $this->books());
		$this->enter(1);
		$this->drain();
		$this->assertSame(array(array('Premier'), array('Deuxieme')), $this->books());
		$this->assertSame(array('1', '2'), array($this->link($first)->entity, $this->link($second)->entity));

		$this->edit($first, array('lastname' => 'Change'));
		$this->enter(2);
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->calls(), 'an edit in one entity is nothing to the other');
		$this->remove($second);
		$this->drain();
		$this->assertSame(array(array('Premier'), array()), $this->books());
		$this->enter(1);
		$this->drain();
		$this->assertSame(array(array('Change'), array()), $this->books());
	}

	public function testOnOneAccountNeitherTakesTheOthersCardsForItsOwn(): void
	{
		list($first, $second) = $this->bothOnOneAccount();
		$this->assertSame(array('Deuxieme', 'Premier'), $this->books()[0]);
		$cards = array($this->cardNamed('Premier'), $this->cardNamed('Deuxieme'));
		$this->assertNotSame($this->markerOf($cards[0]), $this->markerOf($cards[1]), 'the entities are told apart at Google');
		$this->assertSame($cards[0]['resourceName'], $this->nameOfLinked($first));
		$this->assertSame($cards[1]['resourceName'], $this->nameOfLinked($second));

		// The same person in both: each has a card of its own
		$twin = $this->contact(array('lastname' => 'Premier', 'email' => 'premier@example.com'));
		$this->drain();
		$this->assertSame(array('Deuxieme', 'Premier', 'Premier'), $this->books()[0]);
		$this->remove($twin);
		$this->drain();
		$this->assertSame($cards[0], $this->cardNamed('Premier'), 'not even its etag has changed');
	}

	public function testReconciliationAndTheFullCheckLookAtTheirOwnAlone(): void
	{
		list($first, $second) = $this->bothOnOneAccount();
		$before = $this->cardNamed('Premier');
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET poste = 'Acheteur' WHERE rowid IN (".((int) $first->id).', '.((int) $second->id).')');
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(20.0), $reconciliation->error);
		$this->assertSame(array('2' => 1), $this->outbox());
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertNotNull($operations->start('check'), $operations->error);
		$this->finish();
		$this->assertSame(array(), (new GContactsStray($this->db, $this->account()))->all(10), 'cards of the other entity are nobody\'s strays');
		$this->drain();
		$this->assertSame('Acheteur', $this->cardNamed('Deuxieme')['organizations'][0]['title']);
		$this->assertSame($before, $this->cardNamed('Premier'));
	}

	public function testCardsOfTheOtherEntityAreNotOfferedForImport(): void
	{
		$this->bothOnOneAccount();
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Zoe', 'familyName' => 'Rencontree')))));
		$list = new GContactsImportList($this->db);
		$this->assertSame(1, $list->open('account', 0, $this->account()->id), $list->error);
		$listing = new GContactsImportListing($this->db, $this->account(), $list);
		$this->assertSame(0, $listing->run(microtime(true) + 300.0), $listing->error);
		$rows = (new GContactsCandidateList($this->db, $list, $this->user))->page(array('shown' => 'all', 'search' => '', 'sort' => 'name', 'order' => 'asc'), 100, 0);
		$this->assertSame(array('Zoe Rencontree'), array_column((array) $rows, 'title'));
	}

	public function testACleanUpLeavesTheOtherEntityWhole(): void
	{
		list($first, $second) = $this->bothOnOneAccount();
		$before = array($this->cardNamed('Premier'), (array) $this->link($first), $this->labelRows(1));
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertNotNull(GContactsCleanUp::begin($this->db, $operations, $this->account()), $operations->error);
		$this->finish(1200);
		$this->assertSame(array('Premier'), $this->books()[0]);
		$this->assertNull($this->link($second));
		$this->assertSame($before, array($this->cardNamed('Premier'), (array) $this->link($first), $this->labelRows(1)));
		$this->enter(1);
		$this->edit($first, array('lastname' => 'Encore'));
		$this->drain();
		$this->assertSame(array('Encore'), $this->books()[0]);
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->cardNamed('Encore')));
	}

	public function testTwoEntitiesNeverWriteToOneAccountAtOnce(): void
	{
		$this->bothOnOneAccount();
		$this->contact(array('lastname' => 'Attend'));
		$this->enter(1);
		$account = $this->account();
		$this->assertTrue($account->acquireLease(60));
		$this->enter(2);
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->calls());
		$this->assertSame(array('2' => 1), $this->outbox());
		$account->releaseLease();
		$this->drain();
		$this->assertSame(array(), $this->outbox());
	}

	public function testOfTwoAccountsNoneWaitsForTheOther(): void
	{
		$account = $this->account();
		$this->assertTrue($account->acquireLease(60));
		$this->enter(2);
		$this->connectTo('other@example.com');
		$this->contact(array('lastname' => 'Deuxieme'));
		$this->drain();
		$this->assertSame(array('Deuxieme'), $this->books()[1]);
		$account->releaseLease();
	}

	/**
	 * A contact of each entity that is sent, on one account; the second entity is the present one
	 *
	 * @return array<int,Contact>
	 */
	private function bothOnOneAccount(): array
	{
		$first = $this->sentContact(array('lastname' => 'Premier', 'email' => 'premier@example.com'));
		$this->enter(2);
		$second = $this->contact(array('lastname' => 'Deuxieme'));
		$this->connectTo('phone@example.com');
		$this->assertSame('confirm', $this->account()->state, 'to this entity they are cards that were there before');
		$this->assertGreaterThan(0, $this->account()->confirmSending($this->user));
		$this->drain();
		$this->assertSame('synced', $this->link($second)->state);
		return array($first, $second);
	}

	/**
	 * Goes into an entity, as MultiCompany and the scheduled jobs do
	 *
	 * @param  int  $entity Entity
	 * @return void
	 */
	private function enter(int $entity): void
	{
		global $conf;

		$conf->setEntityValues($this->db, $entity);
		$this->assertSame($entity, (int) $conf->entity);
	}

	/**
	 * @param  string $email E-mail of the account
	 * @return void
	 */
	private function connectTo(string $email): void
	{
		$connection = new GContactsConnection($this->db);
		$address = $connection->begin($this->user);
		$this->assertNotSame('', $address, $connection->reason.' '.$connection->message);
		$back = $this->google->consent($address, 'allow', self::ACCOUNTS[$email]);
		$this->assertGreaterThan(0, $connection->finish($back, $this->user), $connection->reason.' '.$connection->message);
		$this->assertSame($email, $this->account()->email);
	}

	/**
	 * @return array<int,array<int,string>> Last names in each account, sorted
	 */
	private function books(): array
	{
		return array_map(function (string $email): array {
			$names = array_map(function (array $card): string {
				return (string) $card['names'][0]['familyName'];
			}, $this->google->state($email)['contacts']);
			sort($names);
			return $names;
		}, array_keys(self::ACCOUNTS));
	}

	/**
	 * @param  string              $lastname Last name
	 * @return array<string,mixed>           The one card of that name in the first account
	 */
	private function cardNamed(string $lastname): array
	{
		$found = array_values(array_filter($this->cards(), function (array $card) use ($lastname): bool {
			return $card['names'][0]['familyName'] === $lastname;
		}));
		$this->assertCount(1, $found, 'cards of '.$lastname);
		return $found[0];
	}

	/**
	 * @param  array<string,mixed> $card Card
	 * @return string                    Whose it is
	 */
	private function markerOf(array $card): string
	{
		$this->assertCount(1, $card['clientData']);
		return explode(':', (string) $card['clientData'][0]['value'])[0];
	}

	/**
	 * @param  Contact $contact Contact
	 * @return string           Resource name of the card that it is linked to
	 */
	private function nameOfLinked(Contact $contact): string
	{
		return (string) $this->rows('SELECT resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_card WHERE rowid = '.((int) $this->link($contact)->fk_card))[0]->resource_name;
	}

	/**
	 * @param  int                 $entity Entity
	 * @return array<int,stdClass>         Labels that it knows
	 */
	private function labelRows(int $entity): array
	{
		return array_map('get_object_vars', $this->rows('SELECT source, fk_source, resource_name, name FROM '.MAIN_DB_PREFIX.'gcontacts_label WHERE entity = '.$entity.' ORDER BY rowid'));
	}

	/**
	 * @return array<string,int> Rows that wait, by entity
	 */
	private function outbox(): array
	{
		return array_map('intval', array_column($this->rows('SELECT entity, COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'gcontacts_outbox GROUP BY entity ORDER BY entity'), 'nb', 'entity'));
	}

	/**
	 * Takes the second entity's settings away
	 *
	 * @return void
	 */
	private function forgetSecond(): void
	{
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'const WHERE entity = 2');
	}
}
