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
 * \file    tests/dolibarr/TakeTest.php
 * \ingroup gcontacts
 * \brief   Taking fields from Google, and sending Dolibarr's over them
 */

require_once __DIR__.'/GContactsBackTestCase.php';

/**
 * Each field; what Dolibarr keeps otherwise; what it cannot hold; what must not be written back.
 */
class TakeTest extends GContactsBackTestCase
{
	/** Field => items on the phone, property of the contact, value that it then has */
	private const FIELDS = array(
		'lastname' => array(array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Durand'))), 'lastname', 'Durand'),
		'firstname' => array(array('names' => array(array('givenName' => 'Zoé', 'familyName' => 'Martin'))), 'firstname', 'Zoé'),
		'civility' => array(array('names' => array(array('honorificPrefix' => 'Mrs.', 'givenName' => 'Alice', 'familyName' => 'Martin'))), 'civility_code', 'MME'),
		'job_title' => array(array('organizations' => array(array('title' => 'Directrice', 'type' => 'work'))), 'poste', 'Directrice'),
		'phone_pro' => array(array('phoneNumbers' => array(array('value' => '01 99 99 99 99', 'type' => 'work'))), 'phone_pro', '01 99 99 99 99'),
		'phone_perso' => array(array('phoneNumbers' => array(array('value' => '02 99 99 99 99', 'type' => 'home'))), 'phone_perso', '02 99 99 99 99'),
		'phone_mobile' => array(array('phoneNumbers' => array(array('value' => '06 99 99 99 99', 'type' => 'mobile'))), 'phone_mobile', '06 99 99 99 99'),
		'fax' => array(array('phoneNumbers' => array(array('value' => '03 99 99 99 99', 'type' => 'workFax'))), 'fax', '03 99 99 99 99'),
		'email' => array(array('emailAddresses' => array(array('value' => 'new@example.com', 'type' => 'home'))), 'email', 'new@example.com'),
		'birthday' => array(array('birthdays' => array(array('date' => array('year' => 1981, 'month' => 2, 'day' => 3)))), 'birthday', '1981-02-03'),
		'address' => array(array('addresses' => array(array('streetAddress' => '2 rue Neuve', 'postalCode' => '69001', 'city' => 'Lyon', 'country' => 'France', 'countryCode' => 'FR', 'type' => 'work'))), 'town', 'Lyon'),
	);

	public function testEachFieldIsTakenAndNothingIsLeftToSend(): void
	{
		foreach (self::FIELDS as $key => list($set, $property, $value)) {
			$contact = $this->sentContact(array('lastname' => 'Martin', 'firstname' => 'Alice'));
			$this->onPhone($contact, $set);
			$taking = $this->take($contact, $key);
			$this->assertSame(array($key), $taking->taken, $key.json_encode($taking->refused));
			$stored = $this->stored($contact);
			$now = $property === 'birthday' ? dol_print_date($stored->birthday, 'dayrfc') : $stored->$property;
			$this->assertSame($value, (string) $now, $key);
			$this->assertSame(0, $this->waiting(), $key.': a take is no change to send back');
			$this->assertSame('', (string) $this->link($contact)->changed, $key);
			$this->assertSame(array(), $this->writes(), $key);
			$this->remove($contact);
			$this->drain();
		}
	}

	public function testACorrectedNumberIsTakenAndAnUnrelatedEditSendsNothingOfIt(): void
	{
		$contact = $this->sentContact(array('phone_pro' => '01 23 45 67 89', 'phone_mobile' => '06 12 34 56 78'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '01 23 45 67 80', 'type' => 'work'), array('value' => '06 12 34 56 78', 'type' => 'mobile'))));
		$this->take($contact);
		$this->assertSame('01 23 45 67 80', $this->stored($contact)->phone_pro);
		$this->edit($contact, array('poste' => 'Directrice'));
		$this->drain();
		$this->assertSame(array('mobile: 06 12 34 56 78', 'work: 01 23 45 67 80'), $this->values($this->card($contact), 'phoneNumbers'));
	}

	public function testWhatDolibarrKeepsOtherwiseIsSentByTheOrdinaryPush(): void
	{
		$this->set('MAIN_FIRST_TO_UPPER', '1');
		$contact = $this->sentContact(array('lastname' => 'Martin', 'firstname' => 'Alice'));
		$this->onPhone($contact, array('names' => array(array('givenName' => 'alix', 'familyName' => 'Martin'))));
		$this->take($contact, 'firstname');
		$this->assertSame('Alix', $this->stored($contact)->firstname);
		$this->assertSame(1, $this->waiting());
		$this->drain();
		$this->assertSame('Alix', $this->card($contact)['names'][0]['givenName']);
		$this->drain();
		$this->assertSame(0, $this->waiting());
	}

	public function testWhatDolibarrCannotHoldIsToldByFieldAndTheOthersAreTaken(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'email' => 'a@example.com', 'birthday' => dol_mktime(0, 0, 0, 1, 1, 1980)));
		$this->onPhone($contact, array(
			'names' => array(array('givenName' => str_repeat('é', 10000))),
			'phoneNumbers' => array(array('value' => '06 00 00 00 00', 'type' => 'mobile')),
			'emailAddresses' => array(array('value' => '<script>alert(1)</script>', 'type' => 'work')),
			'birthdays' => array(array('date' => array('month' => 2, 'day' => 3))),
			'organizations' => array(array('title' => "\u{202E}rotceriD", 'type' => 'work')),
		));
		$taking = $this->take($contact);
		$this->assertSame(array('phone_mobile'), $taking->taken);
		$expected = array('birthday' => 'birthday_partial', 'email' => 'email_invalid', 'firstname' => 'too_long', 'job_title' => 'characters', 'lastname' => 'lastname_empty');
		$codes = array_map('current', $taking->refused);
		ksort($codes);
		$this->assertSame($expected, $codes);
		$this->assertSame('06 00 00 00 00', $this->stored($contact)->phone_mobile);
		$this->assertSame('Alice', $this->stored($contact)->firstname);
	}

	public function testAnEmojiIsTakenWhereTheDatabaseHoldsItAndToldElsewhere(): void
	{
		$contact = $this->sentContact();
		$this->onPhone($contact, array('organizations' => array(array('title' => "Chef \u{1F600}", 'type' => 'work'))));
		$taking = $this->take($contact);
		$text = new GContactsTakenText($this->db);
		if ($text->isStorable("\u{1F600}")) {
			$this->assertSame("Chef \u{1F600}", $this->stored($contact)->poste);
		} else {
			$this->assertSame(array('job_title' => array('four_bytes')), $taking->refused);
		}
	}

	public function testThirdPartysValuesAreNeverTaken(): void
	{
		$company = $this->company(array('name' => 'Durand SARL', 'phone' => '01 00 00 00 00'));
		$contact = $this->sentContact(array('socid' => $company->id));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '01 00 00 00 01', 'type' => 'Durand SARL'))));
		$taking = new GContactsTake($this->db, $this->account());
		$taking->take((int) $contact->id, array('company_phone'), array(), $this->user);
		$this->assertSame('take_nothing', $taking->reason);
		$company->fetch($company->id);
		$this->assertSame('0100000000', $company->phone);
	}

	public function testWhatChangedSinceThePageWasShownIsNotTaken(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'C', 'type' => 'work'))));
		$taking = new GContactsTake($this->db, $this->account());
		$taking->take((int) $contact->id, array('job_title'), array('job_title' => GContactsTake::seen('B')), $this->user);
		$this->assertSame(array('job_title' => array('changed_meanwhile')), $taking->refused);
		$this->assertSame('A', $this->stored($contact)->poste);
	}

	public function testWhileGoogleIsAwayNothingIsTaken(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'B', 'type' => 'work'))));
		$this->google->fault(array('match' => 'read', 'times' => 99, 'action' => array('error' => array('http' => 503))));
		$taking = new GContactsTake($this->db, $this->account());
		$this->assertSame(-1, $taking->take((int) $contact->id, array(), array(), $this->user));
		$this->assertSame('server_error', $taking->reason);
		$this->assertSame('A', $this->stored($contact)->poste);
	}

	public function testDolibarrsValuesGoOverAClash(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'poste' => 'A'));
		$phones = array(array('value' => '06 00 00 00 01', 'type' => 'mobile'), array('value' => '07 00 00 00 01', 'type' => 'home'));
		$this->onPhone($contact, array('phoneNumbers' => $phones, 'organizations' => array(array('title' => 'B', 'type' => 'work'))));
		$sending = new GContactsSendOver($this->db, $this->account());
		$this->assertSame(1, $sending->send((int) $contact->id, array('phone_mobile')), $sending->reason.' '.$sending->error);
		$card = $this->card($contact);
		$this->assertSame(array('home: 07 00 00 00 01', 'mobile: 06 12 34 56 78'), $this->values($card, 'phoneNumbers'), 'what the phone added stays');
		$this->assertSame('B', $card['organizations'][0]['title'], 'what was not ticked stays');
		$this->assertSame('job_title,phone_perso', (string) $this->link($contact)->changed);
		$this->assertSame(1, $sending->send((int) $contact->id, array()));
		$this->assertSame('A', $this->card($contact)['organizations'][0]['title']);
	}

	public function testACardThatWasDeletedIsMadeAgainByTheButton(): void
	{
		$contact = $this->sentContact();
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$sending = new GContactsSendOver($this->db, $this->account());
		$this->assertSame(1, $sending->send((int) $contact->id, array()), $sending->reason.' '.$sending->error);
		$this->assertLessThan(2, count($this->cardsOf($contact)), 'a listing may not show yet what was written just now');
		$this->later(601);
		$this->drain();
		$this->card($contact);
	}
}
