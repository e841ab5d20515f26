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
 * \file    tests/dolibarr/ContactTest.php
 * \ingroup gcontacts
 * \brief   A contact saved in Dolibarr, and its card
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The life of one contact: created, disabled, made private, deleted.
 */
class ContactTest extends GContactsSendingTestCase
{
	public function testADisabledContactLeavesThePhonesAndComesBack(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Durand'));
		$this->status($contact, 0);
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertSame('inactive', $this->link($contact)->reason);
		$this->status($contact, 1);
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		$this->assertCount(1, $this->cards());
	}

	public function testAPrivateContactNeverLeavesDolibarr(): void
	{
		$contact = $this->contact(array('lastname' => 'Secretan', 'priv' => 1, 'email' => 'secret@example.org'));
		$this->drain();
		$this->edit($contact, array('phone_mobile' => '06 99 99 99 99'));
		$this->drain();
		$this->assertSame(array(), $this->cards());
		foreach (array('Secretan', 'secret@example.org', '99 99 99') as $word) {
			$this->assertStringNotContainsString($word, json_encode($this->google->log()));
		}
		$this->assertSame(array('left_out', 'private'), array($this->link($contact)->state, $this->link($contact)->reason));
	}

	public function testAContactThatBecomesPrivateLeavesThePhonesAndComesBackWhenShared(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Durand'));
		$this->edit($contact, array('priv' => 1, 'lastname' => 'Secretan'));
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertStringNotContainsString('Secretan', json_encode($this->google->log()));
		$this->edit($contact, array('priv' => 0, 'lastname' => 'Durand'));
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
	}

	public function testADeletedContactLeavesThePhonesAndStaysInTheLog(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Durand'));
		$stays = $this->sentContact(array('lastname' => 'Legrand'));
		$this->remove($contact);
		$this->drain();
		$this->assertSame(array(), $this->cardsOf($contact));
		$this->assertSame('Legrand', $this->card($stays)['names'][0]['familyName']);
		$sql = 'SELECT card_before FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE action = 'delete' AND fk_element = ".((int) $contact->id);
		$kept = $this->rows($sql);
		$this->assertCount(1, $kept);
		$this->assertStringContainsString('Durand', $kept[0]->card_before);
	}

	public function testAContactThatIsGoneBeforeItWasSentNeverReachesGoogle(): void
	{
		$contact = $this->contact();
		$this->remove($contact);
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(0, $this->waiting());
	}

	public function testAnOptedOutContactIsNotSentWhereTheOptionIsOn(): void
	{
		$this->set('GCONTACTS_PER_CONTACT', '1');
		$in = $this->contact(array('lastname' => 'Dedans'));
		$out = $this->contact(array('lastname' => 'Dehors', 'array_options' => array('options_gcontacts_sync' => 'no')));
		$this->drain();
		$this->card($in);
		$this->assertSame(array(), $this->cardsOf($out));
		$this->assertSame('opted_out', $this->link($out)->reason);
		$this->edit($out, array('array_options' => array('options_gcontacts_sync' => 'yes')));
		$this->edit($in, array('array_options' => array('options_gcontacts_sync' => 'no')));
		$this->drain();
		$this->card($out);
		$this->assertSame(array(), $this->cardsOf($in));
	}

	public function testAContactOfAnotherEntityIsNeverSent(): void
	{
		$contact = $this->contact(array('lastname' => 'Ailleurs'));
		// Since version 24 the class takes no other entity than the present one
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET entity = 2 WHERE rowid = '.$contact->id);
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."gcontacts_outbox (entity, element_type, fk_element, event, due, datec) VALUES (1, 'contact', ".$contact->id.", 'TEST', 0, NOW())");
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertStringNotContainsString('Ailleurs', json_encode($this->google->log()));
	}

	public function testAPushLeavesTheContactsRowAsItIs(): void
	{
		$contact = $this->contact(array('ref_ext' => 'google:people/c1'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET tms = '2020-01-02 03:04:05' WHERE rowid = ".$contact->id);
		$before = $this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'socpeople WHERE rowid = '.$contact->id);
		$this->drain();
		$this->card($contact);
		$this->assertEquals($before, $this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'socpeople WHERE rowid = '.$contact->id));
		$this->assertSame('google:people/c1', $before[0]->ref_ext);
	}

	public function testASecondDrainWritesNothing(): void
	{
		$contact = $this->sentContact(array('poste' => 'Acheteur', 'phone_mobile' => '06 12 34 56 78', 'email' => 'a@b.example'));
		$this->edit($contact, array());
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(0, $this->waiting());
	}

	public function testAContactWithoutMyContactsIsInTheContainerOnly(): void
	{
		$this->set('GCONTACTS_MY_CONTACTS', '0');
		$this->assertSame(array('Onelog'), $this->labels($this->card($this->sentContact())));
	}

	/**
	 * @param  Contact $contact Contact
	 * @param  int     $status  1 enabled, 0 disabled
	 * @return void
	 */
	private function status(Contact $contact, int $status): void
	{
		$edited = new Contact($this->db);
		$edited->fetch($contact->id);
		$this->assertGreaterThanOrEqual(0, $edited->setstatus($status));
	}
}
