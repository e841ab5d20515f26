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
 * \file    tests/dolibarr/PipelineTest.php
 * \ingroup gcontacts
 * \brief   Batches that are prepared while Google works at another
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * What becomes of the batch that is prepared, whatever happens to the one on its way.
 */
class PipelineTest extends GContactsSendingTestCase
{
	private const MANY = 450;

	/**
	 * Many contacts, whose first batch is held once it is done
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$rows = array();
		for ($i = 1; $i <= self::MANY; $i++) {
			$rows[] = "('Personne".$i."', 1, 1, 0, 1)";
		}
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (lastname, entity, statut, priv, fk_user_creat) VALUES '.implode(', ', $rows));
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('TEST'));
		$this->google->hold('people.batchCreateContacts');
	}

	public function testTheNextBatchIsPreparedAndSentAlone(): void
	{
		$process = GContactsProcess::drain();
		$this->untilTheNextIsPrepared();
		$this->assertCount(200, $this->cards(), 'only one batch is on its way');
		$edited = $this->contactOfTheNext();
		$this->edit($edited, array('lastname' => 'Renommée'));
		$this->google->release();
		$this->assertSame(0, $process->wait(), $process->output());
		$this->drain();
		$this->assertSame('Renommée', $this->card($edited)['names'][0]['familyName']);
		$this->assertAllOnce();
		$this->assertSame(0, $this->google->log()['overlapping_mutations']);
		$this->assertCount(3, $this->calls('batchCreateContacts'));
	}

	public function testAKillLosesAndDoublesNothing(): void
	{
		$process = GContactsProcess::drain();
		$this->untilTheNextIsPrepared();
		$process->kill();
		$this->google->heal();
		$this->later(700);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertAllOnce();
	}

	public function testWhatStopsABatchTakesTheNextBack(): void
	{
		$this->google->heal();
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'action' => array('error' => array('http' => 429, 'retry_after' => 90))));
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertSame(0, $this->underWay(), 'a create that was not sent need not be looked for');
		$this->later(100);
		$this->drain();
		$this->assertAllOnce();
	}

	public function testAnExportThatIsStoppedSendsNoOtherBatch(): void
	{
		$process = GContactsProcess::script(array('export'));
		$this->untilTheNextIsPrepared();
		$run = new GContactsRun($this->db, $this->account());
		$this->assertSame(1, $run->fetchUnderWay());
		$this->assertSame(1, (new GContactsOperations($this->db, $this->account()))->cancel($run->id, $this->user));
		$this->google->release();
		$process->wait();
		$this->assertCount(200, $this->cards());
		$this->assertSame(0, $this->underWay());
		$this->assertSame(200, (int) $this->rows('SELECT done FROM '.MAIN_DB_PREFIX.'gcontacts_run WHERE rowid = '.$run->id)[0]->done);
		$this->drain();
		$this->assertAllOnce();
	}

	/**
	 * Of the first batch and the next, either may come first
	 *
	 * @return void
	 */
	private function untilTheNextIsPrepared(): void
	{
		$this->until(function (): bool {
			return $this->underWay() >= 400 && $this->google->isHolding();
		});
	}

	/**
	 * @return int Creates that are written down and have no card
	 */
	private function underWay(): int
	{
		return (int) $this->rows('SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX."gcontacts_link WHERE nonce <> '' AND fk_card IS NULL")[0]->nb;
	}

	/**
	 * @return Contact One that is prepared, and not sent yet
	 */
	private function contactOfTheNext(): Contact
	{
		$contact = new Contact($this->db);
		$last = (int) $this->rows('SELECT MAX(fk_element) AS id FROM '.MAIN_DB_PREFIX.'gcontacts_link')[0]->id;
		$this->assertGreaterThan(0, $contact->fetch($last));
		return $contact;
	}

	/**
	 * Each contact has its own card, once, and nothing waits
	 *
	 * @return void
	 */
	private function assertAllOnce(): void
	{
		$names = array_map(function (array $card): string {
			return $card['names'][0]['familyName'];
		}, $this->cards());
		$this->assertCount(self::MANY, $names);
		$this->assertCount(self::MANY, array_unique($names));
		$this->assertSame(0, $this->waiting());
		$states = $this->rows('SELECT state, COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'gcontacts_link GROUP BY state');
		$this->assertSame(array('synced' => (string) self::MANY), array_column($states, 'nb', 'state'));
	}
}
