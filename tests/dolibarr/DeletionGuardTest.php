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
 * \file    tests/dolibarr/DeletionGuardTest.php
 * \ingroup gcontacts
 * \brief   Many deletions at once wait for an administrator's yes
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';

/**
 * More than 10 cards and more than 5 % of the linked ones are not taken away by mistake; everything else goes on.
 */
class DeletionGuardTest extends GContactsSendingTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		$this->set(GContactsDeletionsYes::NAME, '');
	}

	public function testThreeOfFiveGoUnasked(): void
	{
		$contacts = $this->sent(5);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 3));
		$this->assertSame(0, $this->drain());
		$this->assertCount(2, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testTwelveOfThirtyWaitAndTheRestGoesOn(): void
	{
		$contacts = $this->sent(30);
		$gone = array_slice($contacts, 0, 12);
		array_map(array($this, 'remove'), $gone);
		$this->edit($contacts[20], array('poste' => 'Directrice'));
		$new = $this->contact(array('lastname' => 'Neuf'));
		$started = microtime(true);
		$worker = new GContactsWorker($this->db);
		$this->assertSame(0, $worker->drain(30.0), 'nothing is due: no busy loop');
		$this->assertLessThan(10.0, microtime(true) - $started);
		$this->assertSame(array(2, 12), array($worker->summary['done'], $worker->summary['held']));
		$this->assertStringContainsString(GContactsEngine::sentence('deletions_held'), str_replace(' (12)', '', $worker->output));
		$this->assertCount(31, $this->cards());
		$this->card($new);
		$this->assertSame('Directrice', $this->card($contacts[20])['organizations'][0]['title']);
		foreach ($gone as $contact) {
			$this->assertSame(array('waiting', 'deletions_held'), array($this->link($contact)->state, $this->link($contact)->reason));
		}
		$this->assertSame(12, $this->waiting(), 'the rows stay');
		$this->google->emptyLog();
		$this->later(GContactsDeletions::LOOK_AGAIN);
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(12, $this->waiting());
	}

	public function testAYesSendsThoseThatWaitAndNoOthers(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->drain();
		$this->assertSame(12, $this->yes()->give($this->user));
		array_map(array($this, 'remove'), array_slice($contacts, 12, 11));
		$this->drain();
		$this->assertCount(18, $this->cards());
		$this->assertSame(11, $this->waiting());
		$this->assertSame('deletions_held', $this->link($contacts[12])->reason);
		$log = $this->rows('SELECT DISTINCT message FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE action = 'delete'");
		$this->assertSame(array(GContactsRun::ALLOWED), array_column($log, 'message'));
	}

	public function testAfterAYesSingleDeletionsGoUnaskedAgain(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->drain();
		$this->yes()->give($this->user);
		$this->drain();
		$this->assertCount(18, $this->cards());
		$this->edit($contacts[15], array('priv' => 1));
		$this->drain();
		$this->assertCount(17, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testADrainThatBeganBeforeTheYesKnowsIt(): void
	{
		global $conf;
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->drain();
		$this->yes()->give($this->user);
		$conf->global->{GContactsDeletionsYes::NAME} = '';
		$this->drain();
		$this->assertCount(18, $this->cards());
	}

	public function testAYesEndsAfterAnHour(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->drain();
		$this->yes()->give($this->user);
		$this->assertGreaterThan(time() + 3500, (int) getDolGlobalString(GContactsDeletionsYes::NAME));
		$this->set(GContactsDeletionsYes::NAME, (time() - 1).':'.PHP_INT_MAX);
		$this->drain();
		$this->assertCount(30, $this->cards());
		$this->assertSame(12, $this->waiting());
	}

	public function testAnOutageDoesNotUseTheYesUp(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->drain();
		$this->yes()->give($this->user);
		$this->google->fault(array('match' => 'write', 'times' => 0, 'action' => array('error' => array('http' => 503))));
		$this->drain();
		$this->assertCount(30, $this->cards());
		$this->google->heal();
		$this->later(600);
		$this->drain();
		$this->assertCount(18, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testThoseOfTheLastDayCount(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 10));
		$this->drain();
		$this->assertCount(20, $this->cards());
		$this->remove($contacts[10]);
		$this->drain();
		$this->assertCount(20, $this->cards(), 'the eleventh of this day waits');
		$this->assertSame('deletions_held', $this->link($contacts[10])->reason);
		$yesterday = $this->db->idate(dol_now() - 25 * 3600);
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_run_item SET datec = '".$yesterday."'");
		$this->later(GContactsDeletions::LOOK_AGAIN);
		$this->drain();
		$this->assertCount(19, $this->cards(), 'the next day it goes by itself');
		$this->assertSame(0, $this->waiting());
	}

	public function testThoseOfLaterBatchesCountFromTheFirst(): void
	{
		$contacts = $this->sent(30);
		$ids = implode(',', array_map(function (Contact $contact): int {
			return (int) $contact->id;
		}, $contacts));
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET statut = 0 WHERE rowid IN ('.$ids.')');
		// Only five of them have been noted so far.
		foreach (array_slice($contacts, 0, 5) as $contact) {
			(new GContactsOutbox($this->db))->add('contact', (int) $contact->id, 'TEST');
		}
		$this->drain();
		$this->assertCount(30, $this->cards());
	}

	public function testWhoComesBackIsSentAsIfNothingHadBeen(): void
	{
		$contacts = $this->sent(30);
		foreach (array_slice($contacts, 0, 12) as $contact) {
			$this->edit($contact, array('priv' => 1));
		}
		$this->drain();
		$this->google->emptyLog();
		foreach (array_slice($contacts, 0, 12) as $contact) {
			$this->edit($contact, array('priv' => 0));
		}
		$this->drain();
		$this->later(GContactsDeletions::LOOK_AGAIN);
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(array(30, 0), array(count($this->cards()), $this->waiting()));
		$this->assertSame('synced', $this->link($contacts[0])->state);
	}

	public function testTheCommandLineTellsAndAllows(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$answer = $this->json(array('drain', '--dry-run', '--json'), 0);
		$this->assertSame(array('wait' => 12), $answer['actions']);
		$answer = $this->json(array('drain', '--json'), 1);
		$this->assertSame(array(0, 12), array($answer['done'], $answer['held']));
		$this->assertSame(12, $this->json(array('status', '--json'), 0)['held']);
		$answer = $this->json(array('drain', '--allow-deletions', '--json'), 0);
		$this->assertSame(array(12, 0, 0), array($answer['done'], $answer['held'], $answer['left']));
		$this->assertCount(18, $this->cards());
	}

	public function testOneCommandIsEnoughForWhatWasNeverLookedAt(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 12));
		$this->edit($contacts[20], array('poste' => 'Directrice'));
		$answer = $this->json(array('drain', '--allow-deletions', '--json'), 0);
		$this->assertSame(array(13, 0, 0), array($answer['done'], $answer['held'], $answer['left']));
		$this->assertCount(18, $this->cards());
	}

	public function testAnEmptiedTableOfContactsDeletesNothing(): void
	{
		$this->sent(12);
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople');
		foreach ($this->rows('SELECT fk_element FROM '.MAIN_DB_PREFIX.'gcontacts_link') as $row) {
			(new GContactsOutbox($this->db))->add('contact', (int) $row->fk_element, 'TEST');
		}
		$this->drain();
		$this->assertCount(12, $this->cards());
	}

	public function testTheSetupPageNamesThemAndTakesTheYes(): void
	{
		$contacts = $this->sent(30);
		array_map(array($this, 'remove'), array_slice($contacts, 0, 11));
		$this->edit($contacts[29], array('lastname' => 'Duprivé', 'priv' => 1));
		$visitor = (new GContactsVisitor())->login();
		$this->assertStringNotContainsString('confirm_deletions', $visitor->get('/custom/gcontacts/admin/setup.php')->page);
		$this->drain();
		$visitor->get('/custom/gcontacts/admin/setup.php');
		$this->assertStringContainsString('confirm_deletions', $visitor->page);
		$this->assertStringContainsString('12 cards wait to be deleted', $visitor->text());
		$this->assertStringContainsString('Personne1, ', $visitor->text());
		$visitor->post('/custom/gcontacts/admin/setup.php', array('action' => 'confirm_deletions'))->follow();
		$this->assertSame(200, $visitor->status);
		$this->until(function (): bool {
			GContactsProcess::drain()->wait();
			return count($this->cards()) === 18;
		});
		$this->assertSame(0, $this->waiting());
		$this->assertStringNotContainsString('confirm_deletions', $visitor->get('/custom/gcontacts/admin/setup.php')->page);
	}

	/**
	 * @param  int                $number How many
	 * @return array<int,Contact>         Contacts that are at Google
	 */
	private function sent(int $number): array
	{
		$contacts = array();
		for ($i = 1; $i <= $number; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i));
		}
		$this->drain();
		$this->assertCount($number, $this->cards());
		$this->google->emptyLog();
		return $contacts;
	}

	/**
	 * @return GContactsDeletionsYes
	 */
	private function yes(): GContactsDeletionsYes
	{
		return new GContactsDeletionsYes($this->db, $this->account());
	}

	/**
	 * Runs the script and reads its one JSON object
	 *
	 * @param  array<int,string>   $arguments Arguments
	 * @param  int                 $code      Expected exit code
	 * @return array<string,mixed>
	 */
	private function json(array $arguments, int $code): array
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame($code, $process->wait(), $process->output());
		return (array) json_decode($process->output(1), true);
	}
}
