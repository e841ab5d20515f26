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
 * \file    tests/dolibarr/FaultMatrixTest.php
 * \ingroup gcontacts
 * \brief   Every trouble that Google can make, while a contact is created, changed and deleted
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The troubles are asked of the emulator, so that a new one is tried by itself. The matrix of all methods is the engine's
 * (crates/gcontacts-engine/tests/it/matrix.rs); here are the outbox, the links and the account as PHP keeps them.
 *
 * @group long
 */
class FaultMatrixTest extends GContactsSendingTestCase
{
	/**
	 * @dataProvider cells
	 * @param string                      $change What happens in Dolibarr
	 * @param array<string,mixed>|string  $action What happens at Google
	 */
	public function testAfterItOneDrainLeavesBothSidesEqual(string $change, $action): void
	{
		$contacts = array();
		for ($i = 0; $i < 3; $i++) {
			$contacts[] = $this->sentContact(array('lastname' => 'Personne'.$i));
		}
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('familyName' => 'Autre')))));
		$foreign = $this->foreign();
		$this->google->advance(1000);
		if ($change === 'create') {
			$contacts[] = $this->contact(array('lastname' => 'Nouveau'));
		} elseif ($change === 'update') {
			$this->edit($contacts[0], array('lastname' => 'Change', 'email' => 'neuf@example.com'));
		} else {
			$this->remove(array_pop($contacts));
		}
		$this->google->fault(array('match' => 'people.*', 'times' => 0, 'action' => $action));
		foreach (array(0, 40, 700) as $wait) {
			$this->later($wait);
			$this->drainFor(5.0);
		}
		$this->assertGreaterThan(0, $this->google->faults()[0]['played'], 'it never happened');
		$this->healed();
		if ($this->account()->state === 'reconnect') {
			$this->connect();
		}
		$this->later(8000);
		$this->drain();
		$this->assertEqualTo($contacts);
		$this->assertSame($foreign, $this->foreign());
		$this->google->emptyLog();
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('AGAIN'));
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'nothing is left to send');
	}

	/** @return array<string,array{string,array<string,mixed>|string}> */
	public function cells(): array
	{
		$cells = array();
		foreach ((new GContactsEmulator())->actions() as $action) {
			foreach (array('create', 'update', 'delete') as $change) {
				$cells[$change.' '.json_encode($action)] = array($change, $action);
			}
		}
		return $cells;
	}

	/**
	 * Each contact has its one card, the link knows it, and there are no others
	 *
	 * @param  array<int,Contact> $contacts Contacts that are there
	 * @return void
	 */
	private function assertEqualTo(array $contacts): void
	{
		$this->assertSame(0, $this->waiting());
		foreach ($contacts as $contact) {
			$now = new Contact($this->db);
			$now->fetch($contact->id);
			$card = $this->card($contact);
			$this->assertSame($now->lastname, $card['names'][0]['familyName']);
			$this->assertSame((string) $now->email, $card['emailAddresses'][0]['value'] ?? '');
			$this->assertSame(array('Onelog', 'myContacts'), $this->labels($card));
			$link = $this->link($contact);
			$this->assertSame('synced', $link->state, $link->reason.' '.$link->message);
			$known = $this->rows('SELECT resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_card WHERE rowid = '.((int) $link->fk_card));
			$this->assertSame($card['resourceName'], $known[0]->resource_name);
		}
		$this->assertCount(count($contacts) + 1, $this->cards());
	}

	/** @return array<int,array<string,mixed>> The cards that are not ours */
	private function foreign(): array
	{
		return array_values(array_filter($this->cards(), function (array $card): bool {
			return $card['names'][0]['familyName'] === 'Autre';
		}));
	}
}
