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
 * \file    tests/dolibarr/PhoneTest.php
 * \ingroup gcontacts
 * \brief   What the phone user changes stays
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Corrections and additions made on the phone survive the edits made in Dolibarr.
 */
class PhoneTest extends GContactsSendingTestCase
{
	public function testACardThatWasThereBeforeIsNobodysToDeleteUnderAnotherNameToo(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		// As a card that was there before is known until its first update
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET origin = 'adopted'");
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_card SET marker = ''");
		$this->edit($contact, array('poste' => 'Adjoint'));
		$this->drain();
		$this->google->fault(array('match' => 'people.updateContact', 'action' => array('error' => array('http' => 404))));
		$this->google->phone(array('op' => 'relink', 'name' => $this->card($contact)['resourceName']));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->drain();
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
		$this->edit($contact, array('priv' => 1));
		$this->drain();
		$this->assertCount(1, $this->cards(), 'a private contact takes its values off, and leaves the card');
	}

	public function testDeletingAContactLeavesTheCardIntoWhichItsOwnWasMerged(): void
	{
		$kept = $this->sentContact(array('lastname' => 'Dupond'));
		$gone = $this->sentContact(array('lastname' => 'Martin'));
		$this->google->phone(array('op' => 'merge', 'name' => $this->card($kept)['resourceName'], 'other' => $this->card($gone)['resourceName']));
		$this->remove($gone);
		$this->drain();
		$this->assertSame('Dupond', $this->card($kept)['names'][0]['familyName']);
		$this->assertSame(0, $this->waiting());
		$this->remove($kept);
		$this->drain();
		$this->assertSame(array(), $this->cards());
	}

	public function testContactsWhoseCardsWereMergedEndWithACardEach(): void
	{
		$kept = $this->sentContact(array('lastname' => 'Dupond'));
		$gone = $this->sentContact(array('lastname' => 'Martin'));
		$this->google->phone(array('op' => 'merge', 'name' => $this->card($kept)['resourceName'], 'other' => $this->card($gone)['resourceName']));
		$this->edit($gone, array('poste' => 'Directeur'));
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->remove($gone);
		$this->drain();
		$this->assertSame('Dupond', $this->card($kept)['names'][0]['familyName'], 'the other goes, this one stays');
		$this->assertCount(1, $this->cards());
	}

	public function testAPhoneNumberCorrectedAtGoogleSurvivesAnEditOfTheJob(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'poste' => 'Acheteur'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '06 12 34 56 79', 'type' => 'mobile'))));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->drain();
		$card = $this->card($contact);
		$this->assertSame(array('mobile: 06 12 34 56 79'), $this->values($card, 'phoneNumbers'));
		$this->assertSame('Directeur', $card['organizations'][0]['title']);
		$this->assertSame(0, $this->waiting());
	}

	public function testBothSidesEditsOfDifferentFieldsSurviveAStaleEtag(): void
	{
		$contact = $this->sentContact(array('email' => 'a@b.example', 'phone_mobile' => '06 12 34 56 78'));
		$this->edit($contact, array('email' => 'new@b.example'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '06 12 34 56 78', 'type' => 'mobile'), array('value' => '07 00 00 00 01', 'type' => 'mobile'))));
		$this->drain();
		$card = $this->card($contact);
		$this->assertSame(array('work: new@b.example'), $this->values($card, 'emailAddresses'));
		$this->assertSame(array('mobile: 06 12 34 56 78', 'mobile: 07 00 00 00 01'), $this->values($card, 'phoneNumbers'));
		$this->assertSame(array(400, 200), array_column($this->calls('updateContact'), 'status'));
	}

	public function testTheSameFieldEditedOnBothSidesTakesDolibarrsValue(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->onPhone($contact, array('names' => array(array('familyName' => 'Dupont', 'givenName' => 'Alice'))));
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
	}

	public function testEverythingThatTheModuleDoesNotKnowStays(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'note_public' => 'Ours'));
		$data = $this->card($contact)['clientData'];
		$data[] = array('key' => 'crm', 'value' => '42');
		$extra = array(
			'phoneNumbers' => array(array('value' => '06 12 34 56 78', 'type' => 'mobile'), array('value' => '07 00 00 00 02', 'type' => 'Zweithandy')),
			'nicknames' => array(array('value' => 'Lili')), 'userDefined' => array(array('key' => 'Shoe size', 'value' => '38')),
			'relations' => array(array('person' => 'Bob', 'type' => 'spouse')), 'events' => array(array('date' => array('month' => 5, 'day' => 6), 'type' => 'anniversary')),
			'clientData' => $data, 'biographies' => array(array('value' => "Ours\n\nTheirs")),
		);
		$this->onPhone($contact, $extra);
		$this->google->phone(array('op' => 'add_to_group', 'name' => $this->card($contact)['resourceName'], 'group' => 'contactGroups/starred'));
		$this->edit($contact, array('poste' => 'Directrice', 'phone_mobile' => '06 12 34 56 99', 'note_public' => 'Ours, newer'));
		$this->drain();
		$card = $this->card($contact);
		$this->assertSame(array('Zweithandy: 07 00 00 00 02', 'mobile: 06 12 34 56 99'), $this->values($card, 'phoneNumbers'));
		foreach (array('nicknames' => 'Lili', 'userDefined' => 'Shoe size', 'relations' => 'Bob', 'events' => 'anniversary', 'clientData' => '"crm"', 'biographies' => 'Theirs') as $kind => $word) {
			$this->assertStringContainsString($word, json_encode($card[$kind] ?? null), $kind);
		}
		$this->assertStringContainsString('Ours, newer', $card['biographies'][0]['value']);
		$this->assertContains('starred', $this->labels($card));
		$this->assertSame('Directrice', $card['organizations'][0]['title']);
	}

	public function testANumberRelabelledOnThePhoneIsNotSentAgain(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '+33612345678', 'type' => 'Auto'))));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->drain();
		$this->assertSame(array('Auto: +33612345678'), $this->values($this->card($contact), 'phoneNumbers'));
	}

	public function testAValueDroppedInDolibarrGoesAndTheCorrectionOfAnotherStays(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'phone_pro' => '01 23 45 67 89'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '06 12 34 56 00', 'type' => 'mobile'), array('value' => '01 23 45 67 89', 'type' => 'work'))));
		$this->edit($contact, array('phone_pro' => ''));
		$this->drain();
		$this->assertSame(array('mobile: 06 12 34 56 00'), $this->values($this->card($contact), 'phoneNumbers'));
	}

	public function testACardDeletedOnThePhoneDoesNotHinderTheSave(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$other = $this->sentContact(array('lastname' => 'Legrand'));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->edit($other, array('poste' => 'Directrice'));
		$this->drain();
		$this->assertSame('Directrice', $this->card($other)['organizations'][0]['title']);
		$this->assertLessThan(2, count($this->cardsOf($contact)));
		$this->later(601);
		$this->drain();
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
	}

	public function testTheCardOfAnotherDolibarrIsNotOurs(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$theirs = array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Dupond')), 'clientData' => array(array('key' => 'dolibarr', 'value' => 'feedbeef:contact:'.$contact->id.':0a')));
		$this->google->phone(array('op' => 'create', 'person' => $theirs));
		$before = $this->foreign();
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$this->remove($contact);
		$this->drain();
		$this->assertSame($before, $this->foreign());
		$this->assertCount(1, $this->cards());
	}

	/**
	 * @return array<int,array<string,mixed>> Cards that somebody made on the phone
	 */
	private function foreign(): array
	{
		return array_values(array_filter($this->cards(), static function (array $person): bool {
			return $person['origin'] === 'phone';
		}));
	}

	/**
	 * @param  Contact             $contact Contact whose card is edited on the phone
	 * @param  array<string,mixed> $fields  The new content of whole fields
	 * @return void
	 */
	private function onPhone(Contact $contact, array $fields): void
	{
		$this->google->phone(array('op' => 'edit', 'name' => $this->card($contact)['resourceName'], 'set' => $fields));
	}
}
