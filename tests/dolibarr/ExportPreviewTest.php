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
 * \file    tests/dolibarr/ExportPreviewTest.php
 * \ingroup gcontacts
 * \brief   What an export would do, told before
 */

require_once __DIR__.'/GContactsOperationTestCase.php';

/**
 * The preview: its numbers, its names, and that nothing is sent.
 */
class ExportPreviewTest extends GContactsOperationTestCase
{
	public function testItTellsWhatAnExportWouldDoAndSendsNothing(): void
	{
		$changed = $this->sentContact(array('lastname' => 'Change'));
		$same = $this->sentContact(array('lastname' => 'Egal'));
		$gone = $this->sentContact(array('lastname' => 'Disparu'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET poste = 'Acheteur' WHERE rowid = ".((int) $changed->id));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople WHERE rowid = '.((int) $gone->id));
		$new = $this->contact(array('lastname' => 'Nouveau'));
		$disabled = $this->contact(array('lastname' => 'Inactif'));
		$disabled->setstatus(0);
		$this->contact(array('lastname' => 'Secret', 'priv' => 1));
		$waiting = $this->waiting();
		$this->google->emptyLog();

		$preview = $this->preview();
		$found = $preview->position;
		$actions = $found['actions'];
		ksort($actions);
		$this->assertSame(array('create' => 1, 'delete' => 1, 'left_out' => 1, 'none' => 1, 'update' => 1), $actions);
		$this->assertSame(array('inactive' => 1), $found['reasons']);
		$this->assertSame(1, $found['private']);
		$this->assertTrue($found['known']);
		$this->assertGreaterThan(2, $found['calls']);
		$this->assertSame(array(), $this->calls(), 'Google is not asked');
		$this->assertSame($waiting, $this->waiting(), 'the outbox stays as it is');

		$rows = array_column($this->rows('SELECT name, action, result FROM '.MAIN_DB_PREFIX.'gcontacts_run_item WHERE fk_run = '.$preview->id), null, 'name');
		$this->assertSame(array('Alice Change', 'Alice Disparu', 'Alice Inactif', 'Alice Nouveau'), $this->sorted(array_keys($rows)));
		$this->assertSame(array('delete', 'planned'), array($rows['Alice Disparu']->action, $rows['Alice Disparu']->result));
	}

	public function testOfAnAccountWithCardsItTellsWhoIsThere(): void
	{
		$this->account->disconnect();
		$alike = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->contact(array('lastname' => 'Nouveau'));
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Dupond')), 'emailAddresses' => array(array('value' => 'dupond@example.com')))));
		$this->connect();
		$this->assertSame('confirm', $this->account()->state);
		$preview = $this->preview();
		$this->assertSame(array(true, 0, 1), array($preview->position['known'], $preview->position['certain'], $preview->position['alike']));
		$this->assertSame(array('create' => 1, 'link' => 1), $this->ordered($preview->position['actions']));
		$link = $this->rows('SELECT fk_element, reason FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE action = 'link'")[0];
		$this->assertSame(array((int) $alike->id, 'like_email_and_name'), array((int) $link->fk_element, $link->reason));
		$this->assertSame(array(), $this->writes());

		$run = $this->export();
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertCount(2, $this->cards());
		$this->assertSame('adopted', $this->link($alike)->origin);
	}

	public function testWhoCameSinceTheCardsWereLookedThroughIsFoundToo(): void
	{
		$this->account->disconnect();
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Dupond')), 'emailAddresses' => array(array('value' => 'dupond@example.com')))));
		$this->connect();
		$this->drain();
		$this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->assertSame(array('link' => 1), $this->preview()->position['actions']);
	}

	public function testWhereGoogleCannotBeAskedItSaysSo(): void
	{
		$this->account->disconnect();
		$this->contact();
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('familyName' => 'Dupond')))));
		$this->connect();
		$this->google->fault(array('match' => 'people.connections.list', 'times' => 0, 'action' => array('error' => array('http' => 503))));
		$preview = $this->preview();
		$this->assertSame(array('done', false), array($preview->state, $preview->position['known']));
		$this->assertSame(array('create' => 1), $preview->position['actions']);
	}

	public function testOnlyTheLastPreviewIsKept(): void
	{
		$this->several(3);
		$first = $this->preview();
		$second = $this->preview();
		$this->assertSame(array((string) $second->id), array_column($this->rows('SELECT DISTINCT fk_run FROM '.MAIN_DB_PREFIX.'gcontacts_run_item'), 'fk_run'));
		$gone = new GContactsRun($this->db, $this->account());
		$this->assertSame(0, $gone->fetch($first->id));
	}

	public function testOfALargeAddressBookEachStepIsBounded(): void
	{
		$values = array();
		for ($i = 1; $i <= 2000; $i++) {
			$values[] = "(1, 'Personne".$i."', 'Alice', 'personne".$i."@example.com', 0, 1, ".((int) $this->user->id).")";
		}
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (entity, lastname, firstname, email, priv, statut, fk_user_creat) VALUES '.implode(', ', $values));
		$preview = $this->preview();
		$this->assertSame(array('create' => 2000), $preview->position['actions']);
		$run = $this->export();
		$this->finish();
		$this->assertSame(array('done', 2000), array($this->stored($run->id)->state, $this->stored($run->id)->done));
		$this->assertCount(2000, $this->cards());
	}

	/**
	 * A preview that is done
	 *
	 * @return GContactsRun
	 */
	private function preview(): GContactsRun
	{
		$operations = new GContactsOperations($this->db, $this->account());
		$run = $operations->start('preview');
		$this->assertNotNull($run, $operations->error);
		$this->finish(600);
		$run = $this->stored($run->id);
		$this->assertSame('done', $run->state);
		return $run;
	}

	/**
	 * @param  array<int,string> $names Names
	 * @return array<int,string>        In their order
	 */
	private function sorted(array $names): array
	{
		sort($names);
		return $names;
	}

	/**
	 * @param  array<string,int> $actions Number by action
	 * @return array<string,int>          In the order of the actions
	 */
	private function ordered(array $actions): array
	{
		ksort($actions);
		return $actions;
	}
}
