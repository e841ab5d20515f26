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
 * \file    tests/dolibarr/TriggerTest.php
 * \ingroup gcontacts
 * \brief   What a save costs, and what it can never suffer
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The triggers: one plain INSERT in the transaction of the save, never an error, never the network.
 */
class TriggerTest extends GContactsSendingTestCase
{
	public function testARolledBackSaveLeavesNoOutboxRow(): void
	{
		$this->db->begin();
		$this->contact(array('lastname' => 'Dupond'));
		$this->assertSame(1, $this->waiting());
		$this->db->rollback();
		$this->assertSame(0, $this->waiting());
		$this->drain();
		$this->assertSame(array(), $this->writes());
	}

	public function testASaveCostsOneInsertMore(): void
	{
		$this->statements(function (): void {
			$this->contact(array('lastname' => 'Warm'));
		});
		$with = $this->statements(function (): void {
			$this->contact(array('lastname' => 'Avec'));
		});
		$without = $this->statements(function (): void {
			$this->withoutModule(function (): void {
				$this->contact(array('lastname' => 'Sans'));
			});
		});
		$this->assertSame(1, $with['Com_insert'] - $without['Com_insert'], 'INSERT statements');
		$this->assertSame(1, $with['Questions'] - $without['Questions'], 'statements in all');
		$this->assertSame(2, $this->waiting());
	}

	public function testATriggerThatBreaksTellsNobody(): void
	{
		global $conf, $langs;
		dol_include_once('/gcontacts/core/triggers/interface_99_modGContacts_GContactsTriggers.class.php');
		$contact = new Contact($this->db);
		$contact->id = 1;
		$trigger = new InterfaceGContactsTriggers($this->db);
		// Without a database noting the change throws
		(new ReflectionProperty($trigger, 'db'))->setValue($trigger, null);
		$this->assertSame(0, $trigger->runTrigger('CONTACT_MODIFY', $contact, $this->user, $langs, $conf));
		$this->assertSame(0, $this->waiting());
	}

	/**
	 * @dataProvider breakages
	 * @param string $break What is done to the outbox table
	 * @param string $mend  And undone
	 */
	public function testASaveSucceedsWhateverHappensToTheOutbox(string $break, string $mend): void
	{
		$table = MAIN_DB_PREFIX.'gcontacts_outbox';
		$this->sql(sprintf($break, $table));
		try {
			$contact = $this->contact(array('lastname' => 'Dupond'));
			$this->edit($contact, array('poste' => 'Directeur'));
			$company = $this->company(array('name' => 'Acme'));
			$this->editCompany($company, array('name' => 'Emca'));
			$this->remove($contact);
		} finally {
			$this->sql(sprintf($mend, $table));
		}
		$this->assertSame(0, $this->waiting());
		$this->assertSame('Emca', $this->rows('SELECT nom FROM '.MAIN_DB_PREFIX.'societe')[0]->nom);
	}

	/**
	 * @return array<string,array<int,string>>
	 */
	public function breakages(): array
	{
		return array(
			'missing' => array('RENAME TABLE %1$s TO %1$s_away', 'RENAME TABLE %1$s_away TO %1$s'),
			'without a column' => array('ALTER TABLE %1$s RENAME COLUMN event TO event_away', 'ALTER TABLE %1$s RENAME COLUMN event_away TO event'),
		);
	}

	public function testWithoutTheExtensionTheOutboxFillsAndTheDrainSaysWhatToInstall(): void
	{
		$code = 'require '.var_export(__DIR__.'/site/dolibarr.inc.php', true).';'
			.'if (extension_loaded("gcontacts")) { exit(9); }'
			.'require_once DOL_DOCUMENT_ROOT."/contact/class/contact.class.php";'
			.'$c = new Contact($db); $c->lastname = "Dupond"; $c->statut = 1; exit($c->create($user) > 0 ? 0 : 1);';
		$save = new GContactsProcess(array('-r', $code), array(), true);
		$this->assertSame(0, $save->wait(), $save->output());
		$this->assertSame('', $save->output(2));
		$this->assertSame(1, $this->waiting());
		$drain = GContactsProcess::script(array('drain'), array(), true);
		$this->assertSame(2, $drain->wait(), $drain->output());
		$this->assertMatchesRegularExpression('/gcontacts\.so|extension/i', $drain->output());
		$this->assertSame(1, $this->waiting());
		$this->drain();
		$this->assertCount(1, $this->cards());
	}

	public function testLoadingContactsCostsAFixedNumberOfQueries(): void
	{
		$costs = array();
		foreach (array(10, 200) as $count) {
			$ids = array();
			for ($i = 0; $i < $count; $i++) {
				$company = $i % 3 === 0 ? $this->companyRow('Societe'.$i) : $company ?? 0;
				$ids[] = $this->contactRow('Personne'.$i, $company);
			}
			$records = new GContactsRecords($this->db, $this->account);
			$loaded = null;
			$costs[$count] = $this->statements(function () use ($records, $ids, &$loaded): void {
				$loaded = $records->load($ids);
			});
			$this->assertCount($count, $loaded);
			$this->assertSame('Personne'.($count - 1), $loaded[$count - 1]['contact']['lastname']);
			$this->assertSame('Societe0', $loaded[0]['company']['name']);
		}
		$this->assertSame($costs[10]['Questions'], $costs[200]['Questions']);
		$this->assertLessThan(12, $costs[200]['Questions']);
	}

	/**
	 * @param  callable          $work Work to measure
	 * @return array<string,int>       What the database server counted for it
	 */
	private function statements(callable $work): array
	{
		$read = function (): array {
			$rows = $this->rows("SHOW SESSION STATUS WHERE Variable_name IN ('Questions', 'Com_insert')");
			return array_map('intval', array_column($rows, 'Value', 'Variable_name'));
		};
		$before = $read();
		$work();
		$after = $read();
		// The second reading counts itself
		return array('Questions' => $after['Questions'] - $before['Questions'] - 1, 'Com_insert' => $after['Com_insert'] - $before['Com_insert']);
	}

	/**
	 * @param  callable $work Work that is done as if the module were not enabled
	 * @return void
	 */
	private function withoutModule(callable $work): void
	{
		global $conf;
		$modules = $conf->modules;
		unset($conf->modules['gcontacts']);
		try {
			$work();
		} finally {
			$conf->modules = $modules;
		}
	}

	/**
	 * @param  string $name Name
	 * @return int          Id of a third party made without its class, for speed
	 */
	private function companyRow(string $name): int
	{
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."societe (nom, entity, client, status) VALUES ('".$name."', 1, 1, 1)");
		$id = (int) $this->db->last_insert_id(MAIN_DB_PREFIX.'societe');
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'societe_commerciaux (fk_soc, fk_user) VALUES ('.$id.', 1)');
		return $id;
	}

	/**
	 * @param  string $lastname Last name
	 * @param  int    $company  Id of its third party
	 * @return int              Id of a contact made without its class, for speed
	 */
	private function contactRow(string $lastname, int $company): int
	{
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."socpeople (lastname, fk_soc, entity, statut, priv, fk_user_creat) VALUES ('".$lastname."', ".$company.', 1, 1, 0, 1)');
		return (int) $this->db->last_insert_id(MAIN_DB_PREFIX.'socpeople');
	}
}
