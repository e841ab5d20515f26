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
 * \file    tests/dolibarr/ImportTest.php
 * \ingroup gcontacts
 * \brief   People added on the phone become contacts, with company and representative, once
 */

require_once __DIR__.'/GContactsImportTestCase.php';

/**
 * The way of a card: on the phone, in the list, in Dolibarr, back at Google.
 */
class ImportTest extends GContactsImportTestCase
{
	public function testAPersonBecomesAContactOfANewProspect(): void
	{
		$name = $this->somebody('Zoé', 'Lefèvre', self::fields('Zoe@Durand.example', '06 11 22 33 44', 'Durand SARL') + array('biographies' => array(array('value' => 'Met at the fair', 'contentType' => 'TEXT_PLAIN')), 'nicknames' => array(array('value' => 'Zo'))));
		$list = $this->read();
		$log = $this->import($list, array('Zoé Lefèvre' => array()));
		$this->assertSame('done', $log['Zoé Lefèvre']->result, $log['Zoé Lefèvre']->message);
		$contact = $this->contacts()[0];
		$this->assertSame(array('Zoé', 'Lefèvre', 'zoe@durand.example', '06 11 22 33 44', 'Durand SARL', '2'), array($contact->firstname, $contact->lastname, $contact->email, $contact->phone_mobile, $contact->company, (string) $contact->client));
		$this->assertSame('Met at the fair', $contact->note_public);
		$representatives = $this->rows('SELECT fk_user FROM '.MAIN_DB_PREFIX.'societe_commerciaux');
		$this->assertSame(array((int) $this->user->id), array_map('intval', array_column($representatives, 'fk_user')));
		$link = $this->rows('SELECT l.origin, c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_link l INNER JOIN '.MAIN_DB_PREFIX.'gcontacts_card c ON c.rowid = l.fk_card');
		$this->assertSame(array('imported', $name), array($link[0]->origin, $link[0]->resource_name));
		$this->assertSame(array(), $this->candidates($this->read()), 'not in the list again, before anything was sent');

		$this->google->emptyLog();
		$this->assertSame(0, $this->drain());
		$cards = $this->cards();
		$this->assertCount(1, $cards);
		$this->assertSame(array('Onelog'), $this->labels($cards[0]));
		$this->assertSame('Zo', $cards[0]['nicknames'][0]['value'], 'what the phone knows stays');
		$this->assertNotContains('createContact', $this->writes());
		$this->assertSame(array(), $this->candidates($this->read()));
		$this->google->emptyLog();
		(new GContactsOutbox($this->db))->addAllContacts('AGAIN');
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'no echo');
	}

	public function testTheCardGainsTheLabelOfItsRepresentative(): void
	{
		$this->set('GCONTACTS_REP_LABELS', '1');
		$bob = $this->colleague();
		$this->somebody('Zoé', 'Lefèvre');
		$this->somebody('Ben', 'Okafor');
		$this->import($this->read(), array('Zoé Lefèvre' => array('representative' => (int) $bob->id), 'Ben Okafor' => array('representative' => 0)));
		$this->drain();
		$labels = array();
		foreach ($this->cards() as $card) {
			$labels[$card['names'][0]['givenName']] = $this->labels($card);
		}
		$this->assertSame(array('Onelog', 'Onelog/bob'), $labels['Zoé']);
		$this->assertSame(array('Onelog'), $labels['Ben']);
	}

	public function testTheMyContactsOptionKeepsTheCardThere(): void
	{
		$this->set('GCONTACTS_MY_CONTACTS', '1');
		$this->somebody('Zoé', 'Lefèvre');
		$this->import($this->read(), array('Zoé Lefèvre' => array()));
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->cards()[0]));
		$this->assertSame(array(), $this->candidates($this->read()), 'and yet not in the list again');
	}

	public function testThirdPartiesAreMadeTakenOrLeftOut(): void
	{
		$there = $this->company(array('name' => 'Petit S.A.', 'email' => 'contact@petit.example'));
		$this->somebody('Ann', 'None', self::fields('ann@none.example', '', 'Grand SAS'));
		$this->somebody('Ben', 'Private', self::fields('ben@gmail.com', '0600000002'));
		$this->somebody('Cleo', 'Existing', self::fields('cleo@x.example', '', 'PETIT'));
		$this->somebody('Dan', 'Domain', self::fields('dan@petit.example'));
		$this->somebody('Eve', 'First', self::fields('eve@neuf.example', '', 'Neuf'));
		$this->somebody('Fay', 'Second', self::fields('fay@neuf.example', '', 'NEUF'));
		$list = $this->read();
		$this->assertSame('domain', array_values($this->candidates($list)['Dan Domain']['companies'])[0]['likeness']);
		$log = $this->import($list, array(
			'Ann None' => array('thirdparty' => 'none'), 'Ben Private' => array(), 'Cleo Existing' => array(),
			'Dan Domain' => array('thirdparty' => 'existing', 'soc' => $there->id), 'Eve First' => array(), 'Fay Second' => array(),
		));
		$this->assertSame(array('done'), array_values(array_unique(array_column($log, 'result'))), json_encode($log));
		$byName = array_column($this->contacts(), null, 'lastname');
		$this->assertNull($byName['None']->company);
		$this->assertSame('Ben Private', $byName['Private']->company);
		$this->assertSame((int) dol_getIdFromCode($this->db, 'TE_PRIVATE', 'c_typent', 'code', 'id'), (int) $byName['Private']->fk_typent);
		$this->assertSame(array((int) $there->id, (int) $there->id), array((int) $byName['Existing']->fk_soc, (int) $byName['Domain']->fk_soc));
		$this->assertSame($byName['First']->fk_soc, $byName['Second']->fk_soc, 'colleagues of one import are in one company');
		$this->assertCount(3, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'societe'));
	}

	public function testACompanyWithoutAPersonBecomesAThirdParty(): void
	{
		$this->somebody('', '', self::fields('info@grand.example', '0102030405', 'Grand SAS'));
		$list = $this->read();
		$this->assertSame('company', $this->candidates($list)['Grand SAS']['kind']);
		$this->assertSame('done', $this->import($list, array('Grand SAS' => array()))['Grand SAS']->result);
		$this->assertSame(array(), $this->contacts());
		$company = $this->rows('SELECT nom, email, client FROM '.MAIN_DB_PREFIX.'societe')[0];
		$this->assertSame(array('Grand SAS', 'info@grand.example', '2'), array($company->nom, $company->email, (string) $company->client));
		$this->assertSame(array(), $this->candidates($this->read()), 'not in the list again');
	}

	public function testACardWithoutALastNameWaitsForOne(): void
	{
		$this->somebody('Plombier', '', self::fields('', '0600000003'));
		$list = $this->read();
		$this->assertSame(array(), $this->candidates($list));
		$this->assertSame(1, (new GContactsCandidateList($this->db, $list, $this->user))->counts()['nameless']);
		$log = $this->import($list, array('Plombier' => array()));
		$this->assertSame('import_lastname', $log['Plombier']->reason);
		$log = $this->import($list, array('Plombier' => array('lastname' => 'Rossi')));
		$this->assertSame('done', $log['Plombier']->result);
		$this->assertSame(array('Plombier', 'Rossi'), array($this->contacts()[0]->firstname, $this->contacts()[0]->lastname));
	}

	public function testWhatDoesNotFitIsToldWithItsValueAndHoldsUpNobody(): void
	{
		$long = str_repeat('Lang', 20);
		$this->somebody('Ann', $long);
		$this->somebody('Ben', 'Martin');
		$log = $this->import($this->read(), array('Ann '.$long => array(), 'Ben Martin' => array()));
		$this->assertSame('import_value', $log['Ann '.$long]->reason);
		$this->assertStringContainsString('50', $log['Ann '.$long]->message);
		$this->assertStringContainsString('LangLang', $log['Ann '.$long]->message);
		$this->assertSame('done', $log['Ben Martin']->result);
		$this->assertCount(1, $this->contacts());
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'societe'), 'the third party of the one that failed is undone');
		$this->assertArrayHasKey('Ann '.$long, $this->candidates($this->read()), 'and stays in the list');
	}

	public function testWhatARuleOfDolibarrRefusesIsTold(): void
	{
		$this->set('SOCIETE_EMAIL_MANDATORY', '1');
		$this->somebody('Ann', 'Martin');
		$log = $this->import($this->read(), array('Ann Martin' => array('thirdparty' => 'private')));
		$this->assertSame('import_refused', $log['Ann Martin']->reason);
		$this->assertNotSame('', $log['Ann Martin']->message);
		$this->assertSame(array(), $this->contacts());
	}

	public function testEveryOddCardIsListedAndImported(): void
	{
		$phones = array();
		for ($i = 10; $i < 30; $i++) {
			$phones[] = array('value' => '06000000'.$i, 'type' => 'Chalet '.$i);
		}
		$this->somebody('Ann 🌸', 'Martin 🚀', array('phoneNumbers' => $phones, 'birthdays' => array(array('date' => array('month' => 2, 'day' => 29)))));
		$this->somebody('', '', array('biographies' => array(array('value' => 'only a note', 'contentType' => 'TEXT_PLAIN'))));
		$list = $this->read();
		$this->assertCount(1, $this->candidates($list));
		$this->assertCount(1, $this->candidates($list, 'nameless'));
		$log = $this->import($list, array((string) array_keys($this->candidates($list))[0] => array()));
		$this->assertSame(array('done'), array_column($log, 'result'), json_encode($log));
		$contact = $this->contacts()[0];
		$this->assertStringStartsWith('Martin', $contact->lastname);
		// Google promises no order.
		$taken = array_unique(array($contact->phone_mobile, $contact->phone, $contact->phone_perso));
		$this->assertCount(3, array_intersect($taken, array_column($phones, 'value')));
		$this->drain();
		$card = array_values(array_filter($this->cards(), function (array $person): bool {
			return isset($person['names']);
		}))[0];
		$this->assertCount(20, $card['phoneNumbers'], 'all twenty are on the card still, none twice');
	}

	public function testTheSettingBoundsTheListAndItSaysSo(): void
	{
		for ($i = 0; $i < 5; $i++) {
			$this->somebody('Ann', 'Martin'.$i);
		}
		$this->set('GCONTACTS_MAX_RETRIEVE', '3');
		$list = $this->read();
		$this->assertCount(3, $this->candidates($list));
		$this->assertSame(1, $list->cut);
		$this->set('GCONTACTS_MAX_RETRIEVE', '5');
		$list = $this->read();
		$this->assertSame(array(5, 0), array(count($this->candidates($list)), $list->cut));
	}
}
