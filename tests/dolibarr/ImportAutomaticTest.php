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
dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');

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

	public function testOneLabelAloneIsImportedAndTheRestWaitsForAPerson(): void
	{
		$label = (string) $this->google->phone(array('op' => 'create_group', 'group' => 'Salon 2026'))['resourceName'];
		$names = array();
		foreach (array('Zoé', 'Ben', 'Nora') as $given) {
			$names[$given] = $this->somebody($given, 'Lefèvre', self::fields($given.'@example.com'));
		}
		$this->somebody('Carla', 'Rossi');
		$this->contact(array('firstname' => 'Nora', 'lastname' => 'Lefebvre', 'email' => 'nora@example.com'));
		$this->drain();
		foreach (array('Zoé', 'Nora') as $given) {
			$this->google->phone(array('op' => 'add_to_group', 'name' => $names[$given], 'group' => $label));
		}
		$this->set('GCONTACTS_AUTO_IMPORT', '1');
		$this->set('GCONTACTS_AUTO_IMPORT_LABEL', $label);
		$cron = new GContactsCron($this->db);
		for ($round = 0; $round < 2; $round++) {
			$this->assertSame(0, $cron->import(), $cron->error);
			$this->assertSame(array('Nora', 'Zoé'), array_column($this->contacts(), 'firstname'), 'only who has the label, and nobody twice');
		}
		$list = new GContactsImportList($this->db);
		$this->assertSame(1, $list->fetch('label', 0, $this->account()->id));
		$this->assertSame('Salon 2026', $list->title);
		$this->assertSame(array('Nora Lefèvre'), array_keys($this->candidates($list)), 'who may be in Dolibarr waits for a person');
		$this->assertSame(array('Ben Lefèvre', 'Carla Rossi', 'Nora Lefèvre'), array_keys($this->candidates($this->read())), 'and all who are new are in the usual list');
		$this->drain();
		$card = $this->google->state()['contacts'];
		$zoe = array_values(array_filter($card, function (array $one) use ($names): bool {
			return $one['resourceName'] === $names['Zoé'];
		}))[0];
		$this->assertContains($label, array_map(function (array $one): string {
			return (string) $one['contactGroupMembership']['contactGroupResourceName'];
		}, $zoe['memberships']), 'the label is the phone\'s user\'s own and stays');
		$runs = $this->rows('SELECT kind, state, done FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'auto_import'");
		$this->assertSame(array(array('done', '1')), array_map(function (stdClass $run): array {
			return array($run->state, (string) $run->done);
		}, $runs));
		$this->google->phone(array('op' => 'delete_group', 'group' => $label));
		$this->assertSame(-1, $cron->import(), 'a label that is gone is told, and not taken for an empty one');
		$this->assertStringContainsString(GContactsEngine::sentence('auto_import_label'), $cron->error.$cron->output);
	}

	/** @group web */
	public function testTheLabelIsChosenFromTheAccounts(): void
	{
		$label = (string) $this->google->phone(array('op' => 'create_group', 'group' => 'Salon <2026>'))['resourceName'];
		$admin = (new GContactsVisitor())->login();
		$setup = '/custom/gcontacts/admin/setup.php';
		$this->assertStringNotContainsString('Salon', $admin->get($setup)->page, 'Google is not asked where nothing depends on it');
		$this->set('GCONTACTS_AUTO_IMPORT', '1');
		$this->assertStringContainsString('Salon <2026>', $admin->get($setup)->text());
		$this->assertStringContainsString('value="'.$label.'"', $admin->page);
		$this->google->fault(array('match' => 'contactGroups.list', 'times' => 0, 'action' => array('error' => array('http' => 403, 'status' => 'PERMISSION_DENIED'))));
		$this->assertSame(200, $admin->get($setup)->status, 'a page that cannot ask Google is shown all the same');
		$options = new GContactsOptions($this->db);
		$this->assertFalse($options->accept(array('GCONTACTS_AUTO_IMPORT_LABEL' => "contactGroups/x' OR 1") + GContactsOptions::current()));
		$this->assertTrue($options->accept(array('GCONTACTS_AUTO_IMPORT_LABEL' => $label) + GContactsOptions::current()));
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

	/** @group web */
	public function testWhoeverHasAnotherCardIsLeftInTheListUnlessSomebodySaysOtherwise(): void
	{
		$this->sentContact(array('firstname' => 'Zoé', 'lastname' => 'Lefèvre', 'email' => 'zoe@example.com'));
		$this->somebody('Zoé', 'Lefèvre', self::fields('zoe@example.com'));
		$candidate = array_values($this->candidates($this->read()))[0];
		$this->assertSame(GContactsImportDefaults::SKIP, (new GContactsImportDefaults($this->user))->of($candidate)['action']);
		$admin = (new GContactsVisitor())->login();
		$page = '/custom/gcontacts/import.php';
		$ticked = array('action' => 'preview', 'tick[]' => (string) $candidate['id']);
		foreach (array(array(), array('act['.$candidate['id'].']' => 'skip')) as $act) {
			$admin->get($page)->post($page, $ticked + $act);
			$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_import_choice'), 'a tick alone makes nobody twice');
		}
		$admin->get($page)->post($page, $ticked + array('act['.$candidate['id'].']' => 'anyway'));
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_import_choice'));
	}
}
