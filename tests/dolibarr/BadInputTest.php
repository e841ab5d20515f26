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
 * \file    tests/dolibarr/BadInputTest.php
 * \ingroup gcontacts
 * \brief   Data that cannot be sent: its own sentence, and nothing else suffers
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Damaged, refused and odd data.
 */
class BadInputTest extends GContactsSendingTestCase
{
	public function testInvalidUtf8IsRefusedWithItsFieldAndTheOthersGo(): void
	{
		$table = MAIN_DB_PREFIX.'socpeople';
		$type = $this->rows("SHOW COLUMNS FROM ".$table." LIKE 'lastname'")[0]->Type;
		$bad = $this->contact(array('lastname' => 'Dupond'));
		$good = $this->contact(array('lastname' => 'Legrand'));
		$this->sql('ALTER TABLE '.$table.' MODIFY lastname varbinary(50)');
		try {
			$this->sql('UPDATE '.$table." SET lastname = x'4475C328706F6E64' WHERE rowid = ".$bad->id);
			$this->drain();
		} finally {
			$this->sql('UPDATE '.$table." SET lastname = 'Dupond' WHERE rowid = ".$bad->id);
			$this->sql('ALTER TABLE '.$table.' MODIFY lastname '.$type);
		}
		$this->card($good);
		$this->assertRefused($bad, 'invalid_data', 'lastname');
		$this->edit($bad, array('lastname' => 'Durand'));
		$this->drain();
		$this->assertSame('Durand', $this->card($bad)['names'][0]['familyName']);
	}

	public function testControlCharactersDoNotReachGoogle(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond', 'email' => 'a@b.example'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET lastname = CONCAT('Du', CHAR(7), 'po', CHAR(0), 'nd'), town = CONCAT('Pa', CHAR(11), 'ris') WHERE rowid = ".$contact->id);
		$this->drain();
		if ($this->cardsOf($contact) === array()) {
			$this->assertRefused($contact, 'invalid_data', 'lastname');
			return;
		}
		$text = (string) json_encode($this->card($contact), JSON_UNESCAPED_UNICODE);
		$this->assertDoesNotMatchRegularExpression('/\\\\u00(0[0-8be-f]|1[0-9a-f])/', $text);
		$this->edit($contact, array());
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'what is cleaned is not sent again and again');
	}

	public function testOneOfEightThatGoogleRefuses(): void
	{
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$contacts = array();
		for ($i = 0; $i < 8; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i, 'email' => ($i === 3 ? 'refused' : 'fine').$i.'@b.example', 'phone_pro' => '01 23 45 67 8'.$i));
		}
		$contacts[3]->email = 'refused@b.example';
		$this->edit($contacts[3], array('email' => 'refused@b.example'));
		$this->drain();
		$this->assertSame('batch_refused', $this->link($contacts[0])->reason);
		$this->later(700);
		$this->drain();
		$this->assertCount(7, $this->cards());
		$this->assertRefused($contacts[3], 'invalid_value', '');
		$this->assertNotSame('', (string) $this->link($contacts[3])->message, 'Google says why');
		$this->assertSame(0, $this->waiting());
		$this->assertLessThanOrEqual(4, count($this->writes()));

		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'it is not tried again until it is edited');
		$this->edit($contacts[3], array('email' => 'better@b.example'));
		$this->drain();
		$this->assertSame(array('work: better@b.example'), $this->values($this->card($contacts[3]), 'emailAddresses'));
		$this->assertCount(8, $this->cards());
	}

	public function testAnEditThatGoogleRefusesKeepsTheCard(): void
	{
		$contact = $this->sentContact(array('email' => 'a@b.example'));
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$this->edit($contact, array('email' => 'refused@b.example'));
		$this->drain();
		$this->assertSame(array('work: a@b.example'), $this->values($this->card($contact), 'emailAddresses'));
		$this->assertRefused($contact, 'invalid_value', '', 1);
		$this->edit($contact, array('email' => 'c@b.example'));
		$this->drain();
		$this->assertSame(array('work: c@b.example'), $this->values($this->card($contact), 'emailAddresses'));
		$this->assertSame('synced', $this->link($contact)->state);
	}

	public function testABirthdayOfZeros(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET birthday = '0000-00-00' WHERE rowid = ".$contact->id);
		$this->drain();
		$this->assertArrayNotHasKey('birthdays', $this->card($contact));
	}

	public function testAThirdPartyWithoutAName(): void
	{
		$company = $this->company(array('phone' => '0144556677'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."societe SET nom = '' WHERE rowid = ".$company->id);
		$contact = $this->contact(array('socid' => $company->id, 'poste' => 'Directeur'));
		$this->drain();
		$card = $this->card($contact);
		$this->assertSame('Directeur', $card['organizations'][0]['title']);
		$this->assertStringEndsWith('0144556677', $this->values($card, 'phoneNumbers')[0]);
	}

	public function testAContactWithoutAThirdParty(): void
	{
		$this->assertArrayNotHasKey('organizations', $this->card($this->sentContact()));
	}

	public function testAThirdPartyThatIsGone(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->sql('SET FOREIGN_KEY_CHECKS = 0');
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET fk_soc = 999999 WHERE rowid = '.$contact->id);
		$this->sql('SET FOREIGN_KEY_CHECKS = 1');
		$this->drain();
		$this->assertArrayNotHasKey('organizations', $this->card($contact));
	}

	public function testAContactWithNothingToShow(): void
	{
		$contact = $this->contact(array('lastname' => 'x'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET lastname = '', firstname = '' WHERE rowid = ".$contact->id);
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertSame(array('left_out', 'empty'), array($this->link($contact)->state, $this->link($contact)->reason));
	}

	public function testAnEmojiFromGoogleInADatabaseOfThreeBytes(): void
	{
		$tables = array('link', 'card', 'run', 'run_item', 'account', 'label');
		foreach ($tables as $table) {
			$this->sql('ALTER TABLE '.MAIN_DB_PREFIX.'gcontacts_'.$table.' CONVERT TO CHARACTER SET utf8mb3');
		}
		try {
			$contact = $this->sentContact(array('lastname' => 'Dupond'));
			$this->google->phone(array('op' => 'edit', 'name' => $this->card($contact)['resourceName'], 'set' => array('nicknames' => array(array('value' => 'Didi 😀')))));
			$this->edit($contact, array('poste' => 'Directeur'));
			$this->drain();
			$this->assertSame('synced', $this->link($contact)->state);
			$this->assertSame('Didi 😀', $this->card($contact)['nicknames'][0]['value']);
			$refused = array('error' => array('http' => 400, 'message' => 'No 😀 here'));
			$this->google->fault(array('match' => 'people.updateContact', 'action' => $refused));
			$this->edit($contact, array('poste' => 'Directrice'));
			$this->drain();
			$this->assertStringContainsString('here', (string) $this->link($contact)->message);
		} finally {
			foreach ($tables as $table) {
				$this->sql('ALTER TABLE '.MAIN_DB_PREFIX.'gcontacts_'.$table.' CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
			}
		}
	}

	public function testIdsThatArriveAsStringsAreTakenByTheModuleAndNamedByTheExtension(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		// As a database hands it over
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_outbox SET fk_element = '".$contact->id."'");
		$read = (new GContactsOutbox($this->db))->read(10, time());
		$this->assertSame(array((int) $contact->id), array_keys((array) $read));
		$records = (new GContactsRecords($this->db, $this->account))->load(array_keys((array) $read));
		$this->assertSame('Dupond', $records[0]['contact']['lastname']);
		foreach (array('7', 'seven', -1, 7.5, null) as $id) {
			try {
				$plan = \GContacts\plan(GContactsSettings::forEngine(), array(), array(array('id' => $id) + $records[0]));
				$this->assertSame(array('refused', 'invalid_data'), array($plan['intents'][0]['action'], $plan['intents'][0]['reason']));
			} catch (\GContacts\DataException $e) {
				$this->assertStringContainsString('records[0].id', $e->getMessage(), var_export($id, true));
			}
		}
	}

	/**
	 * The contact has its own reason, which has a sentence, and no card came of it
	 *
	 * @param  Contact $contact Contact
	 * @param  string  $reason  Reason code
	 * @param  string  $word    Word of the message
	 * @param  int     $cards   Cards of the contact
	 * @return void
	 */
	private function assertRefused(Contact $contact, string $reason, string $word, int $cards = 0): void
	{
		$link = $this->link($contact);
		$this->assertSame(array('error', $reason), array($link->state, $link->reason));
		$this->assertStringContainsString($word, (string) $link->message);
		$sentence = GContactsEngine::sentence($link->reason, (string) $link->message);
		$this->assertStringNotContainsString('GContactsReason_', $sentence);
		$this->assertNotSame($reason, $sentence);
		$this->assertCount($cards, $this->cardsOf($contact));
	}
}
