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
 * \file    tests/dolibarr/ContactTabTest.php
 * \ingroup gcontacts
 * \brief   The tab GContacts of a contact, as people and others open it
 */

require_once __DIR__.'/GContactsBackTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscontactstate.class.php');
dol_include_once('/gcontacts/class/pull/gcontactschangedlist.class.php');

/**
 * Every state, who may see and take, forged forms, hostile values, and the list of what changed.
 *
 * @group web
 */
class ContactTabTest extends GContactsBackTestCase
{
	/** Rights of Dolibarr that a salesperson has: see contacts, change contacts */
	private const READS = 281;
	private const CHANGES = 282;
	private const ALL_COMPANIES = 262;
	private const SEES_TAB = 50012001;

	/** @var GContactsVisitor */
	private $visitor;

	protected function setUp(): void
	{
		parent::setUp();
		$this->visitor = (new GContactsVisitor())->login();
	}

	/**
	 * @param  Contact $contact Contact
	 * @return string           What its tab says
	 */
	private function tab(Contact $contact): string
	{
		return $this->visitor->get('/custom/gcontacts/contact_tab.php?id='.$contact->id)->text();
	}

	/**
	 * Presses a button of the tab
	 *
	 * @param  Contact                     $contact Contact
	 * @param  string                      $button  take, takeall, send, sendall
	 * @param  array<int,string>           $fields  Fields that are ticked
	 * @param  array<string,string>        $more    What else the form sends
	 * @return string                               What the next page says
	 */
	private function press(Contact $contact, string $button, array $fields = array(), array $more = array()): string
	{
		$values = array('action' => 'settle', 'id' => (string) $contact->id, $button => '1') + $more;
		foreach ($fields as $number => $field) {
			$values['fields['.$number.']'] = $field;
		}
		return $this->visitor->post('/custom/gcontacts/contact_tab.php', $values)->follow()->text();
	}

	/**
	 * Bob with rights, logged in
	 *
	 * @param  int ...$rights Ids of rights
	 * @return User
	 */
	private function bob(int ...$rights): User
	{
		$bob = $this->colleague();
		foreach ($rights as $right) {
			$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'user_rights (entity, fk_user, fk_id) VALUES (1, '.((int) $bob->id).', '.$right.')');
		}
		$this->visitor = (new GContactsVisitor())->login('bob', 'bob');
		return $bob;
	}

	public function testEachStateSaysWhatIsSo(): void
	{
		$synced = $this->sentContact(array('lastname' => 'Synced', 'poste' => 'Buyer'));
		$this->assertStringContainsString('In sync', $this->tab($synced));
		$this->assertStringContainsString('Buyer', $this->tab($synced));
		$this->onPhone($synced, array('organizations' => array(array('title' => 'Director', 'type' => 'work'))));
		$differs = $this->tab($synced);
		$this->assertStringContainsString('Differs', $differs);
		$this->assertStringContainsString('Director', $differs);
		$private = $this->contact(array('lastname' => 'Private', 'priv' => 1));
		$this->drain();
		$this->assertStringContainsString('Private contact: it never leaves Dolibarr.', $this->tab($private));
		$waiting = $this->contact(array('lastname' => 'Waiting'));
		$this->assertStringContainsString('never sent', $this->tab($waiting));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($synced)['resourceName']));
		$this->assertStringContainsString('The card is no longer at Google.', $this->tab($synced));
		$this->google->post('/_config', array('refused_values' => array('+33 6 00 00 00 00')));
		$error = $this->contact(array('lastname' => 'Error', 'phone_mobile' => '+33 6 00 00 00 00'));
		$this->drain();
		$this->assertStringContainsString('Google refuses a value of this contact', $this->tab($error));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET state = 'disconnected'");
		$this->assertStringContainsString('No Google account is connected.', $this->tab($synced));
	}

	public function testWhatWasReadNowAndWhatWasPulledAreSaidAlike(): void
	{
		$contacts = array('in_sync' => $this->sentContact(array('lastname' => 'Same')), 'differs' => $this->sentContact(array('lastname' => 'Other', 'poste' => 'Buyer')));
		$contacts['labels'] = $this->sentContact(array('lastname' => 'Unlabelled'));
		$this->onPhone($contacts['differs'], array('organizations' => array(array('title' => 'Director', 'type' => 'work'))));
		$label = array_column($this->google->state()['groups'], 'resourceName', 'name')['Onelog'];
		$this->google->phone(array('op' => 'remove_from_group', 'name' => $this->card($contacts['labels'])['resourceName'], 'group' => $label));
		$this->pull();
		foreach ($contacts as $state => $contact) {
			$tab = new GContactsContactState($this->db);
			$this->assertSame(1, $tab->load((int) $contact->id));
			$row = (new GContactsCheckRows($this->db, $this->account(), $this->user))->one((int) $contact->id);
			$this->assertSame(array($row->state, GContactsCheckState::sentence($row, '')), array($tab->state, $tab->sentence), $state);
			$this->assertSame($state === 'in_sync' ? 'in_sync' : 'differs', $tab->state, $state);
		}
		$this->assertSame('Labels missing at Google: Onelog.', $tab->sentence);
	}

	public function testOneCallReadsTheCardAndWithoutAnAnswerTheLastAgreementIsShown(): void
	{
		$contact = $this->sentContact(array('poste' => 'Buyer'));
		$this->tab($contact);
		$this->assertSame(array('get'), array_column($this->calls(), 'name'));
		$this->google->fault(array('match' => 'people.get', 'times' => 99, 'action' => array('error' => array('http' => 503))));
		$began = microtime(true);
		$text = $this->tab($contact);
		$this->assertLessThan(8.0, microtime(true) - $began);
		$this->assertStringContainsString('Google did not answer.', $text);
		$this->assertStringContainsString('Buyer', $text);
		$this->assertStringNotContainsString('Google has what Dolibarr has.', $text);
		$this->assertStringNotContainsString('name="take"', $this->visitor->page);
	}

	public function testTickedFieldsAreTakenAndOthersStay(): void
	{
		$contact = $this->sentContact(array('poste' => 'Buyer', 'phone_mobile' => '06 12 34 56 78'));
		$phones = array(array('value' => '06 00 00 00 00', 'type' => 'mobile'), array('value' => '07 00 00 00 00', 'type' => 'Zweithandy'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'Director', 'type' => 'work')), 'phoneNumbers' => $phones, 'nicknames' => array(array('value' => 'Lili'))));
		$text = $this->tab($contact);
		$this->assertStringContainsString('Only at Google', $text);
		$this->assertStringContainsString('Nickname: Lili', $text);
		$this->assertStringContainsString('07 00 00 00 00', $text);
		$this->assertStringContainsString('Taken from Google: Mobile phone.', $this->press($contact, 'take', array('phone_mobile')));
		$this->assertSame('06 00 00 00 00', $this->stored($contact)->phone_mobile);
		$this->assertSame('Buyer', $this->stored($contact)->poste);
		$this->press($contact, 'sendall');
		$this->assertSame('Buyer', $this->card($contact)['organizations'][0]['title']);
		$this->assertStringContainsString('In sync', $this->tab($contact));
	}

	public function testAFormWithoutOrWithAnotherTokenTakesNothing(): void
	{
		$contact = $this->sentContact(array('poste' => 'Buyer'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'Director', 'type' => 'work'))));
		foreach (array('', 'wrong') as $token) {
			$this->tab($contact);
			$this->press($contact, 'takeall', array(), array('token' => $token));
			$this->assertSame('Buyer', $this->stored($contact)->poste);
		}
		$this->visitor->get('/custom/gcontacts/contact_tab.php?id='.$contact->id.'&action=settle&takeall=1&token='.$this->visitor->token());
		$this->assertSame('Buyer', $this->stored($contact)->poste, 'a link takes nothing');
	}

	public function testWhoMaySeeAndWhoMayTake(): void
	{
		$company = $this->company(array('name' => 'Durand SARL'));
		$contact = $this->sentContact(array('socid' => $company->id, 'poste' => 'Buyer'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'Director', 'type' => 'work', 'name' => 'Durand SARL'))));
		$this->pull();
		$this->bob(self::READS, self::CHANGES, self::ALL_COMPANIES);
		$this->assertStringNotContainsString('Director', $this->tab($contact), 'without the right to the tab');
		$this->assertStringNotContainsString('Martin', $this->visitor->get('/custom/gcontacts/changed.php')->text());
		$this->bob(self::READS, self::ALL_COMPANIES, self::SEES_TAB);
		$this->assertStringContainsString('Director', $this->tab($contact));
		$this->assertStringNotContainsString('name="take"', $this->visitor->page);
		$this->press($contact, 'takeall');
		$this->assertSame('Buyer', $this->stored($contact)->poste, 'without the right to change contacts');
		$this->bob(self::READS, self::CHANGES, self::SEES_TAB);
		$this->assertStringNotContainsString('Director', $this->tab($contact), 'a third party of others');
		$this->assertStringNotContainsString('Alice', $this->visitor->get('/custom/gcontacts/changed.php')->text());
		$this->press($contact, 'takeall');
		$this->assertSame('Buyer', $this->stored($contact)->poste);
		$bob = $this->bob(self::READS, self::CHANGES, self::SEES_TAB);
		$company->add_commercial($this->user, (int) $bob->id);
		$this->assertStringContainsString('Director', $this->tab($contact));
		$this->assertStringContainsString('Alice', $this->visitor->get('/custom/gcontacts/changed.php')->text());
		$this->tab($contact);
		$this->press($contact, 'takeall');
		$this->assertSame('Director', $this->stored($contact)->poste);
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET priv = 1 WHERE rowid = '.((int) $contact->id));
		$this->assertStringNotContainsString('Director', $this->tab($contact), 'another one\'s private contact');
	}

	public function testHostileValuesAreText(): void
	{
		$contact = $this->sentContact(array('poste' => 'Buyer'));
		$this->onPhone($contact, array(
			'organizations' => array(array('title' => '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>', 'type' => 'work')),
			'nicknames' => array(array('value' => "\u{202E}<b>evil</b>")),
			'phoneNumbers' => array(array('value' => str_repeat('9', 10000), 'type' => 'mobile')),
			'userDefined' => array(array('key' => '<i>key</i>', 'value' => "\u{1F600}")),
		));
		$text = $this->tab($contact);
		foreach (array('<script>alert', '<img src=x', '<b>evil', '<i>key') as $hostile) {
			$this->assertStringNotContainsString($hostile, $this->visitor->page);
		}
		$this->assertStringContainsString('<script>alert("x")</script>', $text);
		$this->assertLessThan(2000, substr_count($this->visitor->page, '9999'), 'what is too long is cut on the page');
		$said = $this->press($contact, 'takeall');
		$this->assertStringContainsString('was not taken', $said);
		$this->assertSame('Buyer', $this->stored($contact)->poste);
	}

	public function testHostileNamesAreTextInListsAndFile(): void
	{
		$names = array('<script>alert("n")</script>', "\u{202E}txet \"'", str_repeat('x', 40).'<img src=x onerror=alert(1)>', '=1+1', '+1', '-1', '@SUM(1)', "\t=1");
		$company = $this->company(array('name' => '<script>alert("c")</script>'));
		foreach ($names as $number => $name) {
			$contact = $this->sentContact(array('lastname' => 'Safe'.$number, 'socid' => $company->id));
			// As an import or another program would store it
			$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET firstname = '".$this->db->escape(substr($name, 0, 50))."', lastname = '' WHERE rowid = ".((int) $contact->id));
			$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET changed = '<b>x</b>,email', date_changed = '2026-01-02 03:04:05', labels = '".$this->db->escape((string) json_encode(array('missing' => array('<i>label</i>'), 'extra' => array('=2')))).
				"', date_labels = '2026-01-02 03:04:05' WHERE fk_element = ".((int) $contact->id));
		}
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'societe SET nom = \'<script>alert("c")</script>\' WHERE rowid = '.((int) $company->id));
		foreach (array('check.php', 'changed.php') as $page) {
			$this->visitor->get('/custom/gcontacts/'.$page.'?limit=50');
			$this->assertSame(200, $this->visitor->status);
			foreach (array('<script>alert', '<img src=x', '<b>x', '<i>label') as $hostile) {
				$this->assertStringNotContainsString($hostile, $this->visitor->page, $page);
			}
		}
		$lines = array_filter(explode("\n", $this->visitor->get('/custom/gcontacts/check.php?csv=1')->page));
		$this->assertGreaterThan(count($names), count($lines));
		foreach (array_slice($lines, 1) as $line) {
			foreach (str_getcsv($line, ',', '"', '') as $cell) {
				$this->assertDoesNotMatchRegularExpression('/^[=+\-@\t\r]/', (string) $cell);
			}
		}
		$this->visitor->get('/index.php?mainmenu=home');
		$this->assertStringNotContainsString('<script>alert("', $this->visitor->page);
	}

	public function testAnExternalUserSeesTheContactsOfTheirOwnThirdParty(): void
	{
		$own = $this->company(array('name' => 'Durand SARL'));
		$other = $this->company(array('name' => 'Leroy SA'));
		$mine = $this->sentContact(array('lastname' => 'Mine', 'socid' => $own->id, 'poste' => 'Buyer'));
		$contacts = array($mine, $this->sentContact(array('lastname' => 'Theirs', 'socid' => $other->id, 'poste' => 'Buyer')), $this->sentContact(array('lastname' => 'Nobodys', 'poste' => 'Buyer')));
		foreach ($contacts as $contact) {
			$this->onPhone($contact, array('organizations' => array(array('title' => 'Director', 'type' => 'work'))));
		}
		$this->pull();
		$bob = $this->bob(self::READS, self::CHANGES, self::ALL_COMPANIES, self::SEES_TAB);
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'user SET fk_soc = '.((int) $own->id).', fk_socpeople = NULL WHERE rowid = '.((int) $bob->id));
		try {
			$this->visitor = (new GContactsVisitor())->login('bob', 'bob');
			foreach ($contacts as $contact) {
				$seen = $contact === $mine;
				$this->assertSame($seen, strpos($this->tab($contact), 'Director') !== false, $contact->lastname);
				$this->press($contact, 'takeall');
				$this->assertSame($seen ? 'Director' : 'Buyer', $this->stored($contact)->poste, $contact->lastname);
			}
			$this->onPhone($mine, array('organizations' => array(array('title' => 'President', 'type' => 'work'))));
			$this->pull();
			foreach (array('changed.php', 'check.php', 'check.php?csv=1') as $page) {
				$text = $this->visitor->get('/custom/gcontacts/'.$page)->text();
				$this->assertStringContainsString('Mine', $text, $page);
				$this->assertStringNotContainsString('Theirs', $text, $page);
				$this->assertStringNotContainsString('Nobodys', $text, $page);
			}
			$this->assertStringContainsString('counted nowhere here: 2 ', $this->visitor->get('/custom/gcontacts/check.php')->text());
		} finally {
			$this->sql('UPDATE '.MAIN_DB_PREFIX.'user SET fk_soc = NULL WHERE rowid = '.((int) $bob->id));
		}
	}

	public function testAnothersPrivateContactIsCountedAndNotListed(): void
	{
		$private = $this->contact(array('lastname' => 'Secretan', 'priv' => 1));
		$this->drain();
		$this->bob(self::READS, self::CHANGES, self::ALL_COMPANIES, self::SEES_TAB);
		$this->assertStringNotContainsString('Secretan', $this->tab($private));
		$this->assertSame(403, $this->visitor->status);
		foreach (array('changed.php', 'check.php?csv=1', 'check.php?search_name=Secretan') as $page) {
			$this->assertStringNotContainsString('Alice Secretan', $this->visitor->get('/custom/gcontacts/'.$page)->text(), $page);
		}
		$this->assertStringContainsString('counted nowhere here: 1 ', $this->visitor->get('/custom/gcontacts/check.php')->text());
	}

	/**
	 * What the tab shows, what a pull marks, and what Check synchro and the list of changes tell, after edits by chance on both sides
	 *
	 * @return void
	 */
	public function testAllPagesTellTheSameFields(): void
	{
		$seed = (int) getenv('GCONTACTS_SEED') ?: random_int(1, 1000000);
		mt_srand($seed);
		$contacts = array();
		for ($number = 0; $number < 16; $number++) {
			$contacts[] = $this->sentContact(array('lastname' => 'Number'.$number, 'poste' => 'Buyer', 'phone_mobile' => '06 12 34 56 '.(10 + $number), 'email' => 'a'.$number.'@b.example'));
		}
		foreach ($contacts as $number => $contact) {
			$phone = array(
				'organizations' => array(array('title' => 'Director', 'type' => 'work')),
				'phoneNumbers' => array(array('value' => mt_rand(0, 1) ? '+33 6 12 34 56 '.(10 + $number) : '06 99 99 99 '.(10 + $number), 'type' => 'mobile')),
				'emailAddresses' => mt_rand(0, 1) ? array() : array(array('value' => 'A'.$number.'@B.example', 'type' => 'work')),
			);
			$edited = array_intersect_key($phone, array_flip((array) array_rand($phone, mt_rand(1, 3))));
			if (mt_rand(0, 3) > 0) {
				$this->onPhone($contact, $edited);
			}
			if (mt_rand(0, 2) === 0) {
				$this->edit($contact, mt_rand(0, 1) ? array('poste' => 'Director') : array('poste' => 'Seller', 'email' => ''));
			}
		}
		$this->pull();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$changed = array_column((new GContactsChangedList($this->db, $this->account(), $this->user))->page(array(), 'name', 'asc', 100, 0), 'changed', 'id');
		foreach ($contacts as $contact) {
			$said = 'seed '.$seed.', '.$contact->lastname;
			$tab = new GContactsContactState($this->db);
			$this->assertSame(1, $tab->load((int) $contact->id), $said);
			$row = (new GContactsCheckRows($this->db, $this->account(), $this->user))->one((int) $contact->id);
			$fields = array_column(array_filter($tab->compared['rows'], function (array $field): bool {
				return $field['differs'] && $field['changed'] === 'phone';
			}), 'key');
			$marked = array_filter(explode(',', (string) $row->changed));
			$this->assertSame($tab->compared['changed'], array_values($marked), $said);
			$this->assertSame(array(), array_diff($fields, $marked), $said);
			$this->assertSame((string) $row->changed, (string) ($changed[$contact->id] ?? ''), $said);
			$this->assertSame($marked ? 'differs' : ($tab->compared['to_send'] ? 'waiting' : 'in_sync'), $tab->state, $said);
		}
	}

	public function testWhatWasTakenByItselfIsPutBackFromTheLog(): void
	{
		$this->set('GCONTACTS_AUTO_TAKE', '1');
		$contact = $this->sentContact(array('poste' => 'Buyer'));
		$this->onPhone($contact, array('organizations' => array(array('title' => 'Director', 'type' => 'work'))));
		$this->pull();
		$this->assertSame('Director', $this->stored($contact)->poste);
		$item = $this->rows('SELECT rowid, fk_run FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE action = 'take'")[0];
		$log = '/custom/gcontacts/admin/run.php';
		$text = $this->visitor->get($log.'?id='.$item->fk_run)->text();
		$this->assertStringContainsString('Taken from Google', $text);
		$this->assertStringNotContainsString('GContactsRunDone', $text);
		$this->assertStringContainsString('name="undo" value="'.$item->rowid.'"', $this->visitor->page);
		$form = array('id' => (string) $item->fk_run, 'undo' => (string) $item->rowid);
		$this->visitor->post($log, array('token' => 'wrong') + $form);
		$this->assertSame('Director', $this->stored($contact)->poste, 'a forged form');
		$this->visitor->get($log.'?id='.$item->fk_run);
		$this->visitor->post($log, $form);
		$this->assertSame('Buyer', $this->stored($contact)->poste);
	}

	public function testTheTabCountsAndTheListTakes(): void
	{
		$first = $this->sentContact(array('lastname' => 'Premier', 'poste' => 'A'));
		$second = $this->sentContact(array('lastname' => 'Second', 'poste' => 'A'));
		foreach (array($first, $second) as $contact) {
			$this->onPhone($contact, array('organizations' => array(array('title' => 'B', 'type' => 'work'))));
		}
		$this->pull();
		$this->assertSame(1, (new GContactsBadge($this->db))->differences($first->id));
		$this->visitor->get('/contact/card.php?id='.$first->id);
		$this->assertMatchesRegularExpression('#contact_tab\.php\?id='.$first->id.'[^>]*>[^<]*(<[^>]*>[^<]*)*<span class="badge[^>]*>1<#', $this->visitor->page);
		$list = $this->visitor->get('/custom/gcontacts/changed.php?search_name=premier')->text();
		$this->assertStringContainsString('Premier', $list);
		$this->assertStringNotContainsString('Second', $list);
		$this->visitor->get('/custom/gcontacts/changed.php');
		$values = array('action' => 'take', 'take' => '1', 'toselect[0]' => (string) $second->id);
		$this->visitor->post('/custom/gcontacts/changed.php', array('token' => 'wrong') + $values);
		$this->assertSame('A', $this->stored($second)->poste);
		$this->visitor->get('/custom/gcontacts/changed.php');
		$said = $this->visitor->post('/custom/gcontacts/changed.php', $values)->follow()->text();
		$this->assertStringContainsString('Taken from Google', $said);
		$this->assertSame(array('B', 'A'), array($this->stored($second)->poste, $this->stored($first)->poste));
		$this->assertSame(0, (new GContactsBadge($this->db))->differences($second->id));
	}
}
