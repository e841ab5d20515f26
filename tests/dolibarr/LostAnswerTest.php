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
 * \file    tests/dolibarr/LostAnswerTest.php
 * \ingroup gcontacts
 * \brief   A create whose answer is lost: never a second card
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Creates that may have happened are found out by their marker, and repeated only when Google surely has no such card.
 */
class LostAnswerTest extends GContactsSendingTestCase
{
	/** Seconds after which a listing surely shows a card */
	private const WINDOW = 600;

	protected function setUp(): void
	{
		parent::setUp();
		// The container label is there, so that the create is the only write
		$this->remove($this->sentContact(array('lastname' => 'Premier')));
		$this->drain();
		$this->google->emptyLog();
		$this->assertSame(array(), $this->cards());
	}

	/**
	 * @dataProvider losses
	 * @param array<string,mixed>|string $action What Google does after the create
	 */
	public function testACreateThatHappenedIsFoundByItsMarker($action): void
	{
		$this->google->fault(array('match' => 'people.createContact', 'action' => $action));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		$this->later(60);
		$this->drain();
		$this->later(self::WINDOW);
		$this->drain();
		$this->assertOnce($contact);
		$this->assertCount(1, $this->calls('createContact'));
	}

	/**
	 * @return array<string,array<int,mixed>>
	 */
	public function losses(): array
	{
		return array(
			'the answer is lost' => array('drop_after'),
			'the answer is an error' => array(array('error_after' => array('http' => 503))),
		);
	}

	public function testACreateThatDidNotHappenIsRepeatedAfterTheWindowOnly(): void
	{
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_before'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		$this->assertSame('unknown', $this->link($contact)->state);
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->later(120);
		$this->drain();
		$this->assertCount(1, $this->calls('createContact'), 'Google may still come to show the first');
		$this->assertSame(array(), $this->cards());
		$this->assertSame('create_unresolved', $this->link($contact)->reason);
		$this->later(self::WINDOW);
		$this->drain();
		$this->assertOnce($contact);
		$this->assertCount(2, $this->calls('createContact'));
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
	}

	public function testACardThatGoogleDoesNotListYetIsNotMadeAgain(): void
	{
		$this->google->post('/_config', array('list_propagation_s' => 400));
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_after'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		foreach (array(60, 120, 180) as $seconds) {
			$this->later($seconds);
			$this->drain();
			$this->assertSame('unknown', $this->link($contact)->state);
		}
		$this->later(self::WINDOW);
		$this->drain();
		$this->assertOnce($contact);
		$this->assertCount(1, $this->calls('createContact'));
	}

	public function testABatchOfCreatesWhoseAnswerIsLost(): void
	{
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'action' => 'drop_after'));
		$contacts = array();
		for ($i = 0; $i < 8; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i));
		}
		$this->drain();
		$this->later(self::WINDOW + 60);
		$this->drain();
		$this->drain();
		foreach ($contacts as $contact) {
			$this->assertOnce($contact);
		}
		$this->assertCount(8, $this->cards());
		$this->assertCount(1, $this->calls('batchCreateContacts'));
	}

	public function testAProcessKilledBetweenAnswerAndCommit(): void
	{
		$this->google->hold('people.createContact');
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertCount(1, $this->cards());
		$process->kill();
		$this->assertSame('sending', $this->link($contact)->state);
		// Google answers, and nobody is there to hear it
		$this->healed();
		$this->assertCount(1, $this->calls('createContact'));
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->later(300);
		$this->drain();
		$this->assertOnce($contact);
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
	}

	public function testAProcessKilledBeforeItsCallIsRepeatedAfterTheWindow(): void
	{
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_before'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		// As a killed process leaves it: the intent is committed, and nothing more
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET state = 'sending', reason = '', message = '', next_try = 0");
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET lease_holder = 'killed:1:0', lease_until = ".(time() + 30));
		$this->later(60);
		$this->drain();
		$this->assertCount(1, $this->calls('createContact'));
		$this->later(self::WINDOW);
		$this->drain();
		$this->assertOnce($contact);
	}

	public function testAContactDeletedWhileItsCreateIsUnknownLeavesNoCard(): void
	{
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_after'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->remove($contact);
		$this->later(self::WINDOW + 60);
		$this->drain();
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testAnUpdateAndADeletionWhoseAnswersAreLost(): void
	{
		$edited = $this->sentContact(array('lastname' => 'Dupond'));
		$deleted = $this->sentContact(array('lastname' => 'Parti'));
		$this->google->fault(array('match' => 'people.updateContact', 'action' => 'drop_after'));
		$this->google->fault(array('match' => 'people.deleteContact', 'action' => 'drop_after'));
		$this->edit($edited, array('poste' => 'Directeur'));
		$this->remove($deleted);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertSame('Directeur', $this->card($edited)['organizations'][0]['title']);
		$this->assertCount(1, $this->cards());
		$this->assertSame(0, $this->waiting());
		$this->assertSame('synced', $this->link($edited)->state);
	}

	public function testAnUpdateThatArrivedUnheardIsTakenBackWithDolibarr(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond', 'phone_mobile' => '0611111111'));
		$this->google->fault(array('match' => 'people.updateContact', 'action' => 'drop_after'));
		$this->edit($contact, array('phone_mobile' => '0622222222'));
		$this->drain();
		$this->assertSame(array('mobile: 0622222222'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->edit($contact, array('phone_mobile' => '0611111111'));
		$this->later(4000);
		$this->drain();
		$this->assertSame(array('mobile: 0611111111'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->assertOnce($contact);
	}

	public function testACardWhoseLossIsToldBeforeItIsListedIsMadeAgainOnceAndInFewCalls(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->advance(1000);
		$this->google->post('/_config', array('list_propagation_s' => 300));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->google->emptyLog();
		$this->drain();
		$this->assertLessThan(10, count($this->google->log()['entries']), 'the list still has it');
		$this->later(4000);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertOnce($contact);
	}

	public function testDataThatCannotBeReadMeanwhileMakeNoSecondCard(): void
	{
		$table = MAIN_DB_PREFIX.'socpeople';
		$type = $this->rows("SHOW COLUMNS FROM ".$table." LIKE 'lastname'")[0]->Type;
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_after'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		$this->sql('ALTER TABLE '.$table.' MODIFY lastname varbinary(50)');
		try {
			$this->sql('UPDATE '.$table." SET lastname = x'4475C328706F6E64'");
			$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_outbox SET due = 0');
			$this->drain();
		} finally {
			$this->sql('UPDATE '.$table." SET lastname = 'Dupond'");
			$this->sql('ALTER TABLE '.$table.' MODIFY lastname '.$type);
		}
		$this->assertSame('invalid_data', $this->link($contact)->reason);
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->later(4000);
		$this->drain();
		$this->assertOnce($contact);
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
	}

	public function testALabelWhoseAnswerIsLostIsMadeOnce(): void
	{
		$this->set('GCONTACTS_LABEL', 'Autre');
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_label');
		$this->google->fault(array('match' => 'contactGroups.create', 'action' => 'drop_after'));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->drain();
		$this->later(self::WINDOW + 60);
		$this->drain();
		$this->assertOnce($contact);
		$names = array_count_values(array_column($this->google->state()['groups'], 'name'));
		$this->assertSame(1, $names['Autre'] ?? 0);
		$this->assertSame(array('Autre', 'myContacts'), $this->labels($this->card($contact)));
	}

	/**
	 * Exactly one card, and the link knows it
	 *
	 * @param  Contact $contact Contact
	 * @return void
	 */
	private function assertOnce(Contact $contact): void
	{
		$card = $this->card($contact);
		$link = $this->link($contact);
		$this->assertSame('synced', $link->state);
		$rows = $this->rows('SELECT resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_card WHERE rowid = '.((int) $link->fk_card));
		$this->assertSame($card['resourceName'], $rows[0]->resource_name ?? null);
	}
}
