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
 * \file    tests/dolibarr/CleanUpTest.php
 * \ingroup gcontacts
 * \brief   What came from Dolibarr goes from Google, and nothing else
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');

/**
 * Clean-up, with cards of every kind on the account.
 */
class CleanUpTest extends GContactsOperationTestCase
{
	public function testMadeCardsGoAndTheOthersOnlyLetGo(): void
	{
		$adopted = $this->accountWithAFriend();
		$this->several(12);
		$this->sendAll();
		$second = $this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Autre')), 'clientData' => array(array('key' => 'dolibarr', 'value' => 'ffff:contact:1:0a')))));
		$this->assertSame('adopted', $this->link($adopted)->origin);
		$run = $this->cleanUp();
		$this->assertSame('awaiting_confirmation', $this->account()->blockedReason(), 'nothing is sent meanwhile');
		$this->finish();
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 13, 0), array($run->state, $run->done, $run->failed), $run->message);
		$cards = array_column($this->cards(), null, 'resourceName');
		$this->assertCount(2, $cards);
		$this->assertArrayHasKey($second['resourceName'], $cards);
		unset($cards[$second['resourceName']]);
		$friend = current($cards);
		$this->assertSame(array('mobile: 0699999999', ), $this->values($friend, 'phoneNumbers'));
		$this->assertArrayNotHasKey('clientData', $friend);
		$this->assertSame(array('myContacts'), $this->labels($friend));
		$this->assertNotContains('Onelog', array_column($this->google->state()['groups'], 'name'));
		$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_link'));
		$this->assertSame('14', (string) $this->rows('SELECT COUNT(*) as nb FROM '.MAIN_DB_PREFIX.'gcontacts_run_item WHERE fk_run = '.$run->id.' AND card_before IS NOT NULL')[0]->nb);
		$this->assertCount(13, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'socpeople'), 'Dolibarr keeps its contacts');
	}

	public function testAfterwardsItIsAsBeforeTheFirstExport(): void
	{
		$this->several(3);
		$this->sendAll();
		$this->cleanUp();
		$this->finish();
		$account = $this->account();
		$this->assertSame(array('confirm', false, '0'), array($account->state, $account->confirmed, $account->state_message));
		$this->google->emptyLog();
		$contact = $this->contact(array('lastname' => 'Nouveau'));
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertGreaterThan(0, $this->waiting());
		$this->export();
		$this->finish();
		$this->assertCount(4, $this->cards());
		$this->card($contact);
	}

	public function testKilledInTheMiddleItIsFinishedByTheNext(): void
	{
		$this->several(40);
		$this->sendAll();
		$run = $this->cleanUp();
		$this->google->hold('people.batchDeleteContacts');
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertLessThan(40, count($this->cards()));
		$process->kill();
		$this->healed();
		$this->later(120);
		$this->finish(700);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertCount(0, $this->cards());
		$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_card'));
	}

	public function testALostAnswerLosesNothing(): void
	{
		$this->several(8);
		$this->sendAll();
		$run = $this->cleanUp();
		$this->google->fault(array('match' => 'people.batchDeleteContacts', 'action' => 'drop_after'));
		$this->finish(700);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertCount(0, $this->cards());
	}

	public function testCardsThatNoLinkKnowsAreFoundByTheirMarker(): void
	{
		$adopted = $this->accountWithAFriend();
		$this->several(7);
		$this->sendAll();
		foreach (array('link', 'card', 'label') as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table);
		}
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Autre')), 'clientData' => array(array('key' => 'dolibarr', 'value' => 'ffff:contact:1:0a')))));
		$this->cleanUp();
		$this->finish();
		$names = array_map(function (array $card): string {
			return $card['names'][0]['givenName'];
		}, $this->cards());
		sort($names);
		$this->assertSame(array('Alice', 'Autre'), $names, 'what was there before stays');
		$this->assertSame(array(), $this->cardsOf($adopted));
		$this->assertNotContains('Onelog', array_column($this->google->state()['groups'], 'name'));
	}

	public function testAYesIsAYes(): void
	{
		$this->several(30);
		$this->sendAll();
		$this->cleanUp();
		$this->finish();
		$this->export();
		$this->finish();
		$this->assertCount(30, $this->cards());
		$this->google->emptyLog();
		$contact = $this->contact(array('lastname' => 'Dernier'));
		$this->drain();
		$this->remove($contact);
		$this->drain();
		$this->assertSame(array(), $this->cardsOf($contact), 'the deletions of the clean-up hold up no other');
	}

	public function testTheCommandAsksTellsAndDoes(): void
	{
		$this->several(3);
		$this->sendAll();
		$preview = $this->json(array('cleanup', '--dry-run', '--json'), 0);
		$this->assertSame(array(3, 0, array('Onelog')), array($preview['delete'], $preview['release'], $preview['labels']));
		$this->assertSame('yes_missing', $this->json(array('cleanup', '--json'), 2)['reason']);
		$this->assertCount(3, $this->cards());
		$answer = $this->json(array('cleanup', '--yes', '--json'), 0);
		$this->assertSame(array('done', 3), array($answer['state'], $answer['done']));
		$this->assertCount(0, $this->cards());
	}

	/**
	 * Connects an account that has the card of a contact of ours already
	 *
	 * @return Contact
	 */
	private function accountWithAFriend(): Contact
	{
		$this->account->disconnect();
		$adopted = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->google->phone(array('op' => 'create', 'person' => array(
			'names' => array(array('givenName' => 'Alice', 'familyName' => 'Dupond')),
			'emailAddresses' => array(array('value' => 'dupond@example.com')), 'phoneNumbers' => array(array('value' => '0699999999', 'type' => 'mobile')),
		)));
		$this->connect();
		return $adopted;
	}

	/** @return void */
	private function sendAll(): void
	{
		$this->export();
		$this->finish();
		$this->google->emptyLog();
	}

	/** @return GContactsRun */
	private function cleanUp(): GContactsRun
	{
		$account = $this->account();
		$operations = new GContactsOperations($this->db, $account);
		$run = GContactsCleanUp::begin($this->db, $operations, $account);
		$this->assertNotNull($run, $operations->error);
		return $run;
	}

	/**
	 * @param  array<int,string>   $arguments Arguments of the script
	 * @param  int                 $exit      Expected exit code
	 * @return array<string,mixed>
	 */
	private function json(array $arguments, int $exit): array
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame($exit, $process->wait(), $process->output());
		return (array) json_decode($process->output(1), true);
	}

	public function testABatchThatWasTooLargeForItsTimePausesNobody(): void
	{
		$this->several(12);
		$this->export();
		$this->finish();
		$account = $this->account();
		$operations = new GContactsOperations($this->db, $account);
		$run = GContactsCleanUp::begin($this->db, $operations, $account);
		$this->assertNotNull($run, $operations->error);
		$this->google->hold('people.getBatchGet', 'before');
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 4));
		$this->assertSame('running', $this->stored((int) $run->id)->state, 'it is tried again with a smaller one');
		$this->assertSame(0, $this->account()->paused_until);
		$this->healed();
		$this->finish();
		$this->assertSame('done', $this->stored((int) $run->id)->state);
		$this->assertSame(array(), $this->cards());
	}
}
