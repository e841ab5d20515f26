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
 * \file    tests/dolibarr/DoliModsTest.php
 * \ingroup gcontacts
 * \brief   What the module Google of DoliMods left on cards: it goes on request, and nothing else does
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/adoption/gcontactsdolimods.class.php');

/**
 * Made-up addresses and the line in the note.
 */
class DoliModsTest extends GContactsOperationTestCase
{
	/** @var array<int,Contact> Contacts whose cards that module made */
	private $contacts = array();

	/**
	 * An account that this module has not seen yet, with cards of the other one
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->assertGreaterThan(0, $this->account->disconnect());
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_account');
		foreach (array('Alpha', 'Beta') as $lastname) {
			$contact = $this->contact(array('lastname' => $lastname, 'note_public' => 'Notre note'));
			$this->leftOn($contact);
			$this->contacts[] = $contact;
		}
		$this->contact(array('lastname' => 'Nouveau'));
		$this->connect();
	}

	public function testAnExportLeavesItWhereNobodyAsks(): void
	{
		$this->export();
		$this->finish();
		$card = $this->card($this->contacts[0]);
		$this->assertCount(2, $card['emailAddresses']);
		$this->assertStringContainsString('do not delete', $card['biographies'][0]['value']);
	}

	public function testAnExportThatIsAskedToTakesExactlyThatOff(): void
	{
		$this->begin();
		$this->finish();
		foreach ($this->contacts as $contact) {
			$this->assertCleaned($contact);
		}
		$this->assertCount(3, $this->cards());
		$this->assertSame(array(), (new GContactsDoliMods($this->db, $this->account()))->found());
		$this->google->emptyLog();
		$this->begin();
		$this->finish();
		$this->assertSame(array(), $this->writes(), 'asked again there is nothing to do');
	}

	public function testALaterExportTakesItOffCardsThatAreLinkedAlready(): void
	{
		$this->export();
		$this->finish();
		$found = (new GContactsDoliMods($this->db, $this->account()))->found();
		$this->assertSame(array('Alice Alpha', 'Alice Beta'), array_column((array) $found, 'name'));
		// Somebody has typed that address into Dolibarr: there it is one
		$this->edit($this->contacts[1], array('email' => 'Alice.Beta@noemail.com'));
		$this->drain();
		$this->begin();
		$this->finish();
		$this->assertCleaned($this->contacts[0]);
		$this->assertCount(2, $this->card($this->contacts[1])['emailAddresses']);
		$this->assertStringNotContainsString('do not delete', $this->card($this->contacts[1])['biographies'][0]['value']);
		$this->assertSame(array(), (new GContactsDoliMods($this->db, $this->account()))->found());
	}

	public function testAStoppedExportStillKnowsWhatWasAskedWhenItGoesOn(): void
	{
		$run = $this->begin();
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertSame(1, $operations->cancel($run->id, $this->user));
		$this->assertSame(1, (new GContactsOperations($this->db, $this->account()))->resume($run->id));
		$this->finish();
		$this->assertCleaned($this->contacts[0]);
	}

	public function testTheCommandLineCountsAndNamesItBefore(): void
	{
		$ask = GContactsProcess::script(array('export', '--dry-run', '--clean-dolimods'));
		$this->assertSame(0, $ask->wait(), $ask->output());
		$this->assertMatchesRegularExpression('/clean +#'.$this->contacts[0]->id.' Alice Alpha: Alice\.Alpha@noemail\.com · --- \(do not delete\)/', $ask->output(1));
		$this->assertStringContainsString('4 leftovers of the module Google of DoliMods on 2 cards', $ask->output(1));
		$this->assertSame(array(), $this->writes());
		$hint = GContactsProcess::script(array('export', '--dry-run'));
		$hint->wait();
		$this->assertStringContainsString('on 2 cards; --clean-dolimods takes them off', $hint->output(1));
		$do = GContactsProcess::script(array('export', '--yes', '--clean-dolimods', '--user', 'admin', '--json'));
		$this->assertSame(0, $do->wait(), $do->output());
		$this->assertCleaned($this->contacts[1]);
	}

	public function testThePageAsksOnlyWhereThereIsAny(): void
	{
		$page = '/custom/gcontacts/admin/operations.php';
		$visitor = (new GContactsVisitor())->login();
		$this->assertStringNotContainsString('clean_dolimods', $visitor->get($page)->page, 'nothing is known yet');
		(new GContactsOperations($this->db, $this->account()))->start('preview');
		$this->finish();
		$this->assertStringContainsString('name="clean_dolimods" value="1">', $visitor->get($page)->page);
		$this->assertStringContainsString('Alice Alpha', $visitor->text());
		$this->assertStringContainsString('Alice.Beta@noemail.com', $visitor->text());
		$visitor->post($page, array('action' => 'start_export', 'accept_alike' => '1', 'clean_dolimods' => '1'))->follow();
		$this->finish();
		$this->assertCleaned($this->contacts[0]);
		$this->assertStringNotContainsString('clean_dolimods', $visitor->get($page)->page);
	}

	/**
	 * An export that is asked to take it off
	 *
	 * @return GContactsRun
	 */
	private function begin(): GContactsRun
	{
		$account = $this->account();
		$operations = new GContactsOperations($this->db, $account);
		$run = GContactsExport::begin($operations, $account, $this->user, true, true);
		$this->assertNotNull($run, $operations->error);
		return $run;
	}

	/**
	 * The card of a contact as that module left it
	 *
	 * @param  Contact $contact Contact without an address
	 * @return void
	 */
	private function leftOn(Contact $contact): void
	{
		$mark = $contact->id.'/contact';
		$note = "Vue à Lyon\n--- (do not delete) --- dolibarr_id = ".$mark;
		$this->google->phone(array('op' => 'create', 'person' => array(
			'names' => array(array('givenName' => 'Alice', 'familyName' => $contact->lastname)),
			'userDefined' => array(array('key' => 'dolibarr-id', 'value' => $mark)),
			'emailAddresses' => array(array('value' => 'Alice.'.$contact->lastname.'@noemail.com', 'type' => 'work'), array('value' => 'alice@famille.example', 'type' => 'home')),
			'biographies' => array(array('value' => $note, 'contentType' => 'TEXT_PLAIN')),
			'nicknames' => array(array('value' => 'Lili')),
		)));
	}

	/**
	 * What was made up is gone, and nothing else
	 *
	 * @param  Contact $contact Contact
	 * @return void
	 */
	private function assertCleaned(Contact $contact): void
	{
		$card = $this->card($contact);
		$this->assertSame(array('alice@famille.example'), array_column($card['emailAddresses'], 'value'));
		$this->assertSame("Notre note\n\nVue à Lyon", $card['biographies'][0]['value']);
		$this->assertSame('Lili', $card['nicknames'][0]['value']);
		$this->assertSame($contact->id.'/contact', $card['userDefined'][0]['value']);
		$this->assertSame('synced', $this->link($contact)->state);
	}
}
