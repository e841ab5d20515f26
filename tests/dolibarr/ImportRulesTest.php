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
 * \file    tests/dolibarr/ImportRulesTest.php
 * \ingroup gcontacts
 * \brief   What Dolibarr asks of new third parties and of its database, and the salesperson's own choice
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/import/gcontactsimportoptions.class.php');

/**
 * Customer codes of each numbering module, a database of three bytes, name-case settings, contact by contact.
 */
class ImportRulesTest extends GContactsImportTestCase
{
	public function testTheNumberingThatCountsGivesACode(): void
	{
		$this->set('SOCIETE_CODECLIENT_ADDON', 'mod_codeclient_elephant');
		$this->set('COMPANY_ELEPHANT_MASK_CUSTOMER', 'C{0000}');
		$this->assertFalse(GContactsImportOptions::needsCode($this->db));
		$this->people();
		$this->assertSame(array('done', 'done'), array_column($this->import($this->read(), array('Zoé Lefèvre' => array(), 'Ben Okafor' => array())), 'result'));
		$this->assertSame(array('C0001', 'C0002'), $this->codes());
	}

	public function testWhereACodeMustBeTypedItIsAskedForAndItsAbsenceIsTold(): void
	{
		$this->set('SOCIETE_CODECLIENT_ADDON', 'mod_codeclient_leopard');
		$this->assertFalse(GContactsImportOptions::needsCode($this->db), 'a code may be left out there');
		$this->set('MAIN_COMPANY_CODE_ALWAYS_REQUIRED', '1');
		$this->assertTrue(GContactsImportOptions::needsCode($this->db));
		$this->people();
		$list = $this->read();
		$log = $this->import($list, array('Zoé Lefèvre' => array('code' => 'CLI-7'), 'Ben Okafor' => array()));
		$this->assertSame(array('done', 'import_refused'), array($log['Zoé Lefèvre']->result, $log['Ben Okafor']->reason));
		$this->assertNotSame('', $log['Ben Okafor']->message);
		$this->assertSame(array('CLI-7'), $this->codes());
		$log = $this->import($list, array('Ben Okafor' => array('code' => 'CLI-7')));
		$this->assertSame('import_refused', $log['Ben Okafor']->reason, 'nor is one taken twice');
		$this->assertSame('done', $this->import($list, array('Ben Okafor' => array('code' => 'CLI-8')))['Ben Okafor']->result);
		$this->assertSame(array('CLI-7', 'CLI-8'), $this->codes());
	}

	public function testInADatabaseOfThreeBytesAnEmojiHoldsNothingUp(): void
	{
		$tables = array('gcontacts_import', 'gcontacts_candidate', 'gcontacts_import_choice', 'gcontacts_run', 'gcontacts_run_item', 'gcontacts_card', 'gcontacts_link', 'socpeople', 'societe');
		$this->assertNotEmpty($tables);
		$before = array_column($this->rows("SELECT table_name as name, table_collation as collation FROM information_schema.tables WHERE table_schema = DATABASE()"), 'collation', 'name');
		$this->sql('SET FOREIGN_KEY_CHECKS = 0');
		try {
			foreach ($tables as $table) {
				$this->sql('ALTER TABLE '.MAIN_DB_PREFIX.$table.' CONVERT TO CHARACTER SET utf8mb3');
			}
			$this->somebody('Zoé 🌸', 'Lefèvre 🚀', self::fields('zoe@durand.example', '', 'Fleurs 🌸 SARL') + array('biographies' => array(array('value' => '🌸 Salon', 'contentType' => 'TEXT_PLAIN'))));
			$list = $this->read();
			$drafts = new GContactsImportChoices($this->db, $list, (int) $this->user->id);
			$drafts->draft(array((new GContactsImportDefaults($this->user))->of(array_values($this->candidates($list))[0])));
			$run = (new GContactsImport($this->db, $this->account(), $list, $this->user))->begin();
			// In a process that has not seen the columns yet
			$process = new GContactsProcess(array(__DIR__.'/site/import.php', (string) $list->id, (string) $this->user->id));
			$this->assertSame(0, $process->wait(), $process->output());
			$log = GContactsImportReport::items($this->db, $run);
			$this->assertSame(array('done'), array_column($log, 'result'), (string) json_encode($log));
			$contact = $this->contacts()[0];
			$this->assertStringStartsWith('Lefèvre', $contact->lastname);
			$this->assertStringStartsWith('Fleurs', $contact->company);
			$this->drain();
			$this->assertSame('Zoé', $this->cards()[0]['names'][0]['givenName'], 'both sides say the same');
			$this->assertSame(array(), $this->candidates($this->read()));
		} finally {
			foreach ($tables as $table) {
				$collation = $before[MAIN_DB_PREFIX.$table];
				$this->sql('ALTER TABLE '.MAIN_DB_PREFIX.$table.' CONVERT TO CHARACTER SET '.strtok($collation, '_').' COLLATE '.$collation);
			}
			$this->sql('SET FOREIGN_KEY_CHECKS = 1');
		}
	}

	public function testNamesAreWrittenAsTheSettingsSayAndTheCardFollows(): void
	{
		$this->set('MAIN_FIRST_TO_UPPER', '1');
		$this->set('MAIN_ALL_TO_UPPER', '1');
		$this->somebody('zoé', 'lefèvre');
		$this->import($this->read(), array('zoé lefèvre' => array('thirdparty' => 'none')));
		$contact = $this->contacts()[0];
		$this->assertSame('Zoé', $contact->firstname);
		$this->drain();
		$card = $this->cards()[0];
		$this->assertSame(array($contact->firstname, $contact->lastname), array($card['names'][0]['givenName'], $card['names'][0]['familyName']));
		$this->assertSame(array(), $this->candidates($this->read()));
	}

	public function testTheDefaultOfContactByContactHoldsForWhoIsImported(): void
	{
		$this->set('GCONTACTS_PER_CONTACT', '1');
		$this->set('GCONTACTS_PER_CONTACT_DEFAULT', '0');
		$this->people();
		$this->import($this->read(), array('Zoé Lefèvre' => array()));
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'who is not synchronised by default is left as it is at Google');
		$this->assertSame(array('Ben Okafor'), array_keys($this->candidates($this->read())), 'and is not offered again');
		$this->set('GCONTACTS_PER_CONTACT_DEFAULT', '1');
		(new GContactsOutbox($this->db))->addAllContacts('SETTINGS');
		$this->drain();
		$this->assertSame(array(array('Onelog'), array('myContacts')), array_map(array($this, 'labels'), $this->cardsByName()));
	}

	/** @return array<int,array<string,mixed>> Zoé's card, then Ben's */
	private function cardsByName(): array
	{
		$cards = array_column(array_map(function (array $card): array {
			return array('name' => $card['names'][0]['givenName'], 'card' => $card);
		}, $this->cards()), 'card', 'name');
		return array($cards['Zoé'], $cards['Ben']);
	}

	/** @return void */
	private function people(): void
	{
		$this->somebody('Zoé', 'Lefèvre', self::fields('zoe@durand.example', '', 'Durand SARL'));
		$this->somebody('Ben', 'Okafor', self::fields('ben@gmail.com'));
	}

	/** @return array<int,string> Customer codes */
	private function codes(): array
	{
		$codes = array_column($this->rows('SELECT code_client FROM '.MAIN_DB_PREFIX.'societe ORDER BY code_client'), 'code_client');
		return array_map('strval', $codes);
	}
}
