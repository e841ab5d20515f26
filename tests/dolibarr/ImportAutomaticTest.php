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
 * \file    tests/dolibarr/ImportAutomaticTest.php
 * \ingroup gcontacts
 * \brief   The scheduled import, and who may import
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/gcontactscron.class.php');
dol_include_once('/gcontacts/class/import/gcontactsautoimport.class.php');

/**
 * Only whoever is beyond doubt is imported by itself, and only where the option is on; the page is for those who may.
 */
class ImportAutomaticTest extends GContactsImportTestCase
{
	public function testItIsOffByDefault(): void
	{
		$this->somebody('Zoé', 'Lefèvre');
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->import(), $cron->error);
		$this->assertSame(array(), $this->contacts());
	}

	public function testOnlyWhoeverIsBeyondDoubtIsImported(): void
	{
		$this->set('GCONTACTS_AUTO_IMPORT', '1');
		$this->contact(array('firstname' => 'Alice', 'lastname' => 'Martin', 'email' => 'alice@example.com'));
		$this->drain();
		$this->somebody('Zoé', 'Lefèvre', self::fields('zoe@durand.example', '', 'Durand SARL'));
		$this->somebody('Alicia', 'Martinez', self::fields('alice@example.com'));
		$this->somebody('Carla', 'Rossi', self::fields('carla@example.com'));
		$this->somebody('C.', 'Rossi', self::fields('carla@example.com'));
		$this->somebody('Plombier', '');
		$this->somebody('', '', self::fields('', '', 'Grand SAS'));
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->import(), $cron->error);
		$this->assertSame(array('Martin', 'Lefèvre'), array_column($this->contacts(), 'lastname'));
		$this->assertStringContainsString('4', $cron->output);
		$this->assertSame(0, $cron->import(), $cron->error);
		$this->assertCount(2, $this->contacts(), 'and nobody twice');
		$run = $this->rows('SELECT kind, state, done FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'auto_import'");
		$this->assertSame(array('auto_import', 'done', '1'), array($run[0]->kind, $run[0]->state, (string) $run[0]->done));
	}

	public function testAnImportWhoseBrowserWasClosedIsGoneOnWith(): void
	{
		$this->somebody('Zoé', 'Lefèvre');
		$list = $this->read();
		$drafts = new GContactsImportChoices($this->db, $list, (int) $this->user->id);
		$drafts->draft(array((new GContactsImportDefaults($this->user))->of($this->candidates($list)['Zoé Lefèvre'])));
		$import = new GContactsImport($this->db, $this->account(), $list, $this->user);
		$this->assertGreaterThan(0, $import->begin());
		$cron = new GContactsCron($this->db);
		$cron->import();
		$this->assertSame(array(), $this->contacts(), 'somebody may still be at it');
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_run SET alive = alive - 61');
		$this->assertSame(0, $cron->import(), $cron->error);
		$this->assertCount(1, $this->contacts());
	}

	/** @group web */
	public function testThePageIsForThoseWhoMay(): void
	{
		$this->colleague();
		$this->somebody('Zoé', 'Lefèvre');
		$bob = (new GContactsVisitor())->login('bob', 'bob')->get('/custom/gcontacts/import.php');
		$this->assertSame(403, $bob->status);
		$admin = (new GContactsVisitor())->login();
		$this->assertStringContainsString('Zoé Lefèvre', $admin->get('/custom/gcontacts/import.php')->text());
		$list = new GContactsImportList($this->db);
		$list->fetch('account', 0, $this->account()->id);
		$id = (string) array_values($this->candidates($list))[0]['id'];
		$values = array('action' => 'preview', 'tick[]' => $id);
		$admin->post('/custom/gcontacts/import.php', array('token' => '') + $values);
		$this->assertSame(403, $admin->status, 'without a token nothing is done');
		$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_import_choice'));
		$admin->get('/custom/gcontacts/import.php?action=import&confirm=yes');
		$this->assertSame(array(), $this->contacts(), 'nor by an address alone');
		$admin->get('/custom/gcontacts/import.php')->post('/custom/gcontacts/import.php', $values)->follow();
		$this->assertStringContainsString('Zoé Lefèvre', $admin->text());
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_import_choice'));
	}
}
