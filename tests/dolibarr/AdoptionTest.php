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
 * \file    tests/dolibarr/AdoptionTest.php
 * \ingroup gcontacts
 * \brief   An account that has cards already: nobody is there twice
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';

/**
 * First sync against a filled address book: cards that are there are linked, not doubled.
 */
class AdoptionTest extends GContactsSendingTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		foreach (array('adoption', 'card_key', 'pair') as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table);
		}
		$this->assertGreaterThan(0, $this->account->disconnect());
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_account');
	}

	public function testHalfOfTheContactsAreThereAndNoneIsDoubled(): void
	{
		$contacts = $this->hundred();
		for ($i = 0; $i < 50; $i++) {
			$value = $i % 2 ? array('emailAddresses' => array(array('value' => 'PERSONNE'.$i.'@Example.com'))) : array('phoneNumbers' => array(array('value' => sprintf('+33 1 00 00 %02d %02d', $i, $i))));
			$this->there('ALICE', 'personne'.$i, $value + array('nicknames' => array(array('value' => 'Nick'))));
		}
		$this->assertCount(50, $this->cards());
		$account = $this->connect();
		$this->drain();
		$this->assertSame(array('certain' => 0, 'alike' => 50), (new GContactsAdoption($this->db, $account))->proposals());
		$this->assertSame(array(), $this->writes());
		$this->google->emptyLog();
		$this->assertGreaterThan(0, $account->confirmSending($this->user));
		$this->drain();
		$this->assertCount(100, $this->cards());
		$card = $this->card($contacts[1]);
		$this->assertSame('Nick', $card['nicknames'][0]['value'], 'what was there stays');
		$this->assertCount(1, $card['emailAddresses']);
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($card));
		$this->assertCount(1, $this->card($contacts[2])['phoneNumbers']);
		$this->assertSame('adopted', $this->link($contacts[1])->origin);
		$this->assertSame('synced', $this->link($contacts[1])->state);
		$this->assertSame('created', $this->link($contacts[99])->origin);
		$this->assertLeftNothing();
		$this->google->emptyLog();
		(new GContactsOutbox($this->db))->addAllContacts('AGAIN');
		$this->drain();
		$this->assertSame(array(), $this->writes());
	}

	public function testCardsThatOnlyLookTheSameAreAddedWhereTheAdministratorWantsSo(): void
	{
		$marked = $this->contact(array('lastname' => 'Certain', 'email' => 'certain@example.com'));
		$alike = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Alice', 'Certain', array('userDefined' => array(array('key' => 'dolibarr-id', 'value' => $marked->id.'/contact'))));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$account = $this->connect();
		$this->assertGreaterThan(0, $account->confirmSending($this->user, false));
		$this->drain();
		$this->assertCount(3, $this->cards());
		$this->assertSame(array('adopted', 'created'), array($this->link($marked)->origin, $this->link($alike)->origin));
	}

	public function testOurOwnCardsAreFoundAgainAfterTheLinksWereLost(): void
	{
		$this->connect();
		$contacts = array();
		for ($i = 0; $i < 8; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i));
		}
		$this->drain();
		foreach (array('link', 'card', 'label', 'account') as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table);
		}
		$this->edit($contacts[3], array('lastname' => 'Autre', 'firstname' => 'Zoé'));
		$this->assertGreaterThan(0, $this->connect()->confirmSending($this->user));
		$this->drain();
		$this->assertCount(8, $this->cards());
		foreach ($contacts as $contact) {
			$this->assertSame('synced', $this->link($contact)->state);
		}
		$this->assertSame('Autre', $this->card($contacts[3])['names'][0]['familyName']);
	}

	public function testAnEmptiedTableOfLinksMakesNoCardTwice(): void
	{
		$this->connect();
		$contacts = array($this->contact(array('lastname' => 'Dupond')), $this->contact(array('lastname' => 'Durand')));
		$this->drain();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_link');
		$this->edit($contacts[0], array('lastname' => 'Dupont'));
		$this->drain();
		$this->assertCount(2, $this->cards());
		$this->assertSame('Dupont', $this->card($contacts[0])['names'][0]['familyName']);
		$this->assertSame('synced', $this->link($contacts[1])->state);
		$this->assertLeftNothing();
	}

	public function testMarksOfEarlierModulesAreKnown(): void
	{
		$byField = $this->contact(array('lastname' => 'Champ'));
		$byNote = $this->contact(array('lastname' => 'Note'));
		$oneX = $this->contact(array('lastname' => 'Ancien'));
		$this->there('Alice', 'Champ', array('userDefined' => array(array('key' => 'dolibarr-id', 'value' => $byField->id.'/contact'))));
		$note = "Vue à Lyon\n--- (do not delete) --- dolibarr_id = ".$byNote->id.'/contact';
		$this->there('Alice', 'Note', array('biographies' => array(array('value' => $note, 'contentType' => 'TEXT_PLAIN'))));
		$old = $this->there('Alice', 'Ancien', array());
		$group = $this->google->phone(array('op' => 'create_group', 'group' => 'Onelog'))['resourceName'];
		$this->google->phone(array('op' => 'add_to_group', 'name' => $old, 'group' => $group));
		$account = $this->connect();
		$this->drain();
		$this->assertSame(array('certain' => 3, 'alike' => 0), (new GContactsAdoption($this->db, $account))->proposals());
		$account->confirmSending($this->user, false);
		$this->drain();
		$this->assertCount(3, $this->cards());
		foreach (array($byField, $byNote, $oneX) as $contact) {
			$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($contact)));
		}
		$this->assertStringContainsString('Vue à Lyon', $this->card($byNote)['biographies'][0]['value']);
	}

	public function testAmbiguousTwinsAreNotAdopted(): void
	{
		$contact = $this->contact(array('lastname' => 'Jumeau', 'email' => 'jumeau@example.com'));
		$twin = array('emailAddresses' => array(array('value' => 'jumeau@example.com')));
		$twins = array($this->there('Alice', 'Jumeau', $twin), $this->there('Alice', 'Jumeau', $twin));
		$this->assertGreaterThan(0, $this->connect()->confirmSending($this->user));
		$this->drain();
		$this->assertCount(3, $this->cards());
		$this->assertNotContains($this->card($contact)['resourceName'], $twins);
	}

	public function testWhatTheThirdPartyHasMakesNobodyTheSame(): void
	{
		$company = $this->company(array('email' => 'info@durand.example', 'phone' => '01 11 11 11 11'));
		$this->contact(array('lastname' => 'Dupond', 'socid' => $company->id));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'info@durand.example')), 'phoneNumbers' => array(array('value' => '0111111111'))));
		$this->assertGreaterThan(0, $this->connect()->confirmSending($this->user));
		$this->drain();
		$this->assertCount(2, $this->cards());
	}

	public function testNothingIsSentBeforeAllCardsAreKnown(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$account = $this->connect();
		$this->google->fault(array('match' => 'people.connections.list', 'times' => 0, 'action' => array('error' => array('http' => 429, 'retry_after' => 600))));
		$account->confirmSending($this->user);
		$this->drain();
		$this->assertSame(array('adopting', array()), array($this->account()->state, $this->writes()));
		$this->google->heal();
		$this->later(700);
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($contact);
		$this->assertLeftNothing();
	}

	public function testAProcessKilledBetweenListingAndPairingGoesOn(): void
	{
		$contacts = $this->hundred(12);
		foreach (array_keys($contacts) as $i) {
			$this->there('Alice', 'Personne'.$i, array('emailAddresses' => array(array('value' => 'personne'.$i.'@example.com'))));
		}
		$account = $this->connect();
		$account->confirmSending($this->user);
		$adoption = new GContactsAdoption($this->db, $account);
		$this->assertTrue($account->acquireLease(30));
		$this->assertSame(1, $adoption->step(10000));
		$adoption->fetch();
		$this->assertSame('pairing', $adoption->state);
		// The process ends here, and its lease with it
		$this->later(60);
		$this->google->emptyLog();
		$this->drain();
		$this->assertCount(0, $this->calls('connections.list'), 'the cards are known');
		$this->assertCount(12, $this->cards());
		$this->assertLeftNothing();
	}

	public function testAProcessKilledWhileTheCardsAreListedStartsThatPageAgain(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$this->connect()->confirmSending($this->user);
		$this->google->hold('people.connections.list', 'before');
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$process->kill();
		$this->healed();
		$this->assertSame('adopting', $this->account()->state);
		$this->later(300);
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($contact);
	}

	public function testACardThatComesBetweenTheLookAndTheYesIsFoundToo(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Grand', 'Mere', array('emailAddresses' => array(array('value' => 'mamie@example.com'))));
		$account = $this->connect();
		$this->drain();
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$late = $this->contact(array('lastname' => 'Mere', 'firstname' => 'Grand', 'email' => 'mamie@example.com'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_adoption SET listed_at = listed_at - 1000');
		$account->confirmSending($this->user);
		$this->drain();
		$this->assertCount(2, $this->cards());
		$this->card($contact);
		$this->card($late);
	}

	public function testAWithdrawnConsentForgetsNothingOfTheAdoption(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$account = $this->connect();
		$account->confirmSending($this->user);
		$account->needReconnect('invalid_grant', '');
		$this->assertSame('adopting', $this->connect()->state);
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($contact);
	}

	public function testAYesWhileTheCardsAreLookedThroughLosesNobody(): void
	{
		$contacts = $this->hundred(6);
		foreach (array_keys($contacts) as $i) {
			$this->there('Alice', 'Personne'.$i, array('emailAddresses' => array(array('value' => 'personne'.$i.'@example.com'))));
		}
		$account = $this->connect();
		$this->google->hold('people.connections.list', 'before');
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."gcontacts_adoption WHERE state = 'listing'"));
		$this->assertGreaterThan(0, $account->confirmSending($this->user));
		$this->google->release();
		$process->wait();
		$this->drain();
		$this->assertCount(6, $this->cards());
		array_map(array($this, 'card'), $contacts);
		$this->assertLeftNothing();
	}

	public function testTheSetupPageTellsHowManyAndAsks(): void
	{
		$marked = $this->contact(array('lastname' => 'Certain'));
		$alike = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->there('Alice', 'Certain', array('userDefined' => array(array('key' => 'dolibarr-id', 'value' => $marked->id.'/contact'))));
		$this->there('Alice', 'Dupond', array('emailAddresses' => array(array('value' => 'dupond@example.com'))));
		$this->connect();
		$page = '/custom/gcontacts/admin/setup.php';
		$visitor = (new GContactsVisitor())->login();
		$this->assertStringContainsString('is looking for', $visitor->get($page)->text());
		$this->drain();
		$text = $visitor->get($page)->text();
		$this->assertStringContainsString('Already there for certain: 1.', $text);
		$this->assertStringContainsString('same phone and name): 1.', $text);
		$this->assertMatchesRegularExpression('/name="accept_alike" value="1" checked/', $visitor->page);
		// The box is not ticked
		$visitor->post($page, array('action' => 'confirm_sending'))->follow();
		$this->assertSame(200, $visitor->status);
		$this->until(function (): bool {
			GContactsProcess::drain()->wait();
			return $this->waiting() === 0;
		});
		$this->assertSame(array('adopted', 'created'), array($this->link($marked)->origin, $this->link($alike)->origin));
		$this->assertStringNotContainsString('accept_alike', $visitor->get($page)->page);
	}

	/**
	 * A card that somebody made on the phone
	 *
	 * @param  string              $given  First name
	 * @param  string              $family Last name
	 * @param  array<string,mixed> $more   Its values
	 * @return string                      Resource name
	 */
	private function there(string $given, string $family, array $more): string
	{
		$person = array('names' => array(array('givenName' => $given, 'familyName' => $family))) + $more;
		return (string) $this->google->phone(array('op' => 'create', 'person' => $person))['resourceName'];
	}

	/**
	 * Contacts with an e-mail and a phone each
	 *
	 * @param  int                $number How many
	 * @return array<int,Contact>
	 */
	private function hundred(int $number = 100): array
	{
		$contacts = array();
		for ($i = 0; $i < $number; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i, 'email' => 'personne'.$i.'@example.com', 'phone_pro' => sprintf('010000%02d%02d', $i, $i)));
		}
		return $contacts;
	}

	/**
	 * The adoption is over, and all is sent
	 *
	 * @return void
	 */
	private function assertLeftNothing(): void
	{
		$this->assertSame('sending', $this->account()->state);
		$this->assertSame(0, $this->waiting());
		foreach (array('adoption', 'card_key', 'pair') as $table) {
			$this->assertSame('0', (string) $this->rows('SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table)[0]->nb, $table);
		}
	}
}
