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
 * \file    tests/dolibarr/ModuleTest.php
 * \ingroup gcontacts
 * \brief   The module switched off and on again
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Nothing of the module is lost or doubled by switching it off and on.
 */
class ModuleTest extends GContactsSendingTestCase
{
	protected function tearDown(): void
	{
		global $conf;
		if (!getDolGlobalInt('MAIN_MODULE_GCONTACTS')) {
			$this->enable();
		}
		$conf->setValues($this->db);
		parent::tearDown();
	}

	public function testOffAndOnTwiceKeepsEverythingOnce(): void
	{
		$contact = $this->sentContact(array('array_options' => array('options_gcontacts_sync' => 0)));
		$bob = $this->colleague();
		$bob->addrights(50012001);
		$this->set('GCONTACTS_LABEL', 'Kept');
		$instance = GContactsSettings::instance();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."cronjob SET frequency = 7 WHERE methodename = 'drain' AND classesname LIKE '%gcontacts%'");
		$before = $this->everything();
		foreach (array(1, 2) as $round) {
			$this->disable();
			$this->assertSame(array(), $this->rows('SELECT id FROM '.MAIN_DB_PREFIX."rights_def WHERE module = 'gcontacts'"));
			$this->assertSame(array(), $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."menu WHERE module = 'gcontacts'"));
			$this->enable();
			$this->assertEquals($before, $this->everything(), 'round '.$round);
		}
		$this->assertSame($instance, getDolGlobalString('GCONTACTS_INSTANCE'));
		$this->assertSame('Kept', getDolGlobalString('GCONTACTS_LABEL'));
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->drain();
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
	}

	public function testWhileItIsOffNothingIsNotedAndNothingSent(): void
	{
		global $conf;
		$this->disable();
		$conf->setValues($this->db);
		$this->contact(array('lastname' => 'Dupond'));
		$this->assertSame(0, $this->waiting());
		$this->assertSame(array(), $this->google->log()['entries']);
	}

	public function testTheConstantsBeginWithTheirDefaults(): void
	{
		$defaults = array(
			'GCONTACTS_PUSH' => '1', 'GCONTACTS_PULL' => '1', 'GCONTACTS_MY_CONTACTS' => '1', 'GCONTACTS_LABEL' => 'Onelog', 'GCONTACTS_REP_LABELS' => '0',
			'GCONTACTS_PER_CONTACT' => '0', 'GCONTACTS_PER_CONTACT_DEFAULT' => '1', 'GCONTACTS_MAX_RETRIEVE' => '25000', 'GCONTACTS_LOG_DAYS' => '90', 'GCONTACTS_CLASH' => 'dolibarr', 'GCONTACTS_DELETED_AT_GOOGLE' => 'recreate',
		);
		$names = "'".implode("', '", array_keys($defaults))."'";
		$kept = $this->rows('SELECT name, value FROM '.MAIN_DB_PREFIX.'const WHERE name IN ('.$names.')');
		$this->disable();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'const WHERE name IN ('.$names.')');
		$this->enable();
		$now = $this->rows('SELECT name, value FROM '.MAIN_DB_PREFIX.'const WHERE name IN ('.$names.')');
		foreach ($kept as $row) {
			$this->sql('UPDATE '.MAIN_DB_PREFIX."const SET value = '".$this->db->escape($row->value)."' WHERE name = '".$row->name."'");
		}
		$this->assertEquals($defaults, array_column($now, 'value', 'name'));
	}

	/**
	 * What the module has in the database
	 *
	 * @return array<string,array<int,stdClass>>
	 */
	private function everything(): array
	{
		$queries = array(
			'constants' => "SELECT name, value, entity FROM %sconst WHERE name LIKE 'GCONTACTS_%%' OR name LIKE 'MAIN_MODULE_GCONTACTS%%' ORDER BY name",
			'rights' => "SELECT id, perms, subperms, type FROM %srights_def WHERE module = 'gcontacts' ORDER BY id",
			'rights of users' => 'SELECT fk_user, fk_id FROM %suser_rights WHERE fk_id BETWEEN 50012000 AND 50012099 ORDER BY fk_user, fk_id',
			'menus' => "SELECT titre, url, mainmenu, leftmenu FROM %smenu WHERE module = 'gcontacts' ORDER BY titre",
			'jobs' => "SELECT rowid, label, frequency, unitfrequency, test FROM %scronjob WHERE classesname LIKE '%%gcontacts%%' ORDER BY rowid",
			'fields' => "SELECT name, elementtype, type FROM %sextrafields WHERE name LIKE 'gcontacts%%' ORDER BY name",
			'values' => 'SELECT fk_object, gcontacts_sync FROM %ssocpeople_extrafields ORDER BY fk_object',
			'links' => 'SELECT * FROM %sgcontacts_link ORDER BY rowid', 'cards' => 'SELECT * FROM %sgcontacts_card ORDER BY rowid',
			'account' => 'SELECT * FROM %sgcontacts_account', 'outbox' => 'SELECT * FROM %sgcontacts_outbox',
		);
		$found = array();
		foreach ($queries as $what => $query) {
			$found[$what] = $this->rows(sprintf($query, MAIN_DB_PREFIX));
		}
		foreach (array('constants' => 'name', 'rights' => 'id', 'menus' => 'titre', 'jobs' => 'label', 'fields' => 'name', 'values' => 'fk_object') as $what => $key) {
			$names = array_column($found[$what], $key);
			$this->assertNotSame(array(), $names, $what);
			$this->assertSame(array_unique($names), $names, $what.' that are there twice');
		}
		return $found;
	}

	/**
	 * @return void
	 */
	private function enable(): void
	{
		global $conf;
		$result = activateModule('modGContacts', 1);
		$this->assertSame(array(), $result['errors']);
		$conf->setValues($this->db);
		$this->assertSame(1, getDolGlobalInt('MAIN_MODULE_GCONTACTS'));
	}

	/**
	 * @return void
	 */
	private function disable(): void
	{
		global $conf;
		$this->assertSame('', (string) unActivateModule('modGContacts', 1));
		$conf->setValues($this->db);
		$this->assertSame(0, getDolGlobalInt('MAIN_MODULE_GCONTACTS'));
	}
}
