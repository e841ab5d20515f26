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
 * \file    tests/dolibarr/RetentionTest.php
 * \ingroup gcontacts
 * \brief   How long the log is kept
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
dol_include_once('/gcontacts/class/store/gcontactsretention.class.php');

/**
 * Old rows go, in portions; what the guard against mass deletions and an undo need stays.
 */
class RetentionTest extends GContactsOperationTestCase
{
	public function testOldRowsGoAndTheOthersStay(): void
	{
		$this->set('GCONTACTS_LOG_DAYS', '30');
		$old = $this->logged(40, 'update', 2500);
		$young = $this->logged(20, 'update', 2);
		$this->assertSame(2501, $this->forgetOld());
		$this->assertSame(array($young), $this->runs());
		$this->assertSame(0, $this->items($old));
		$this->assertSame(2, $this->items($young));
		$this->assertSame(0, $this->forgetOld());
	}

	public function testTheTimeIsBounded(): void
	{
		$this->logged(100, 'update', 3500);
		$retention = new GContactsRetention($this->db, 1);
		$this->assertSame(1000, $retention->forgetOld(0.0), 'one portion');
	}

	public function testTwoDaysAreAlwaysKept(): void
	{
		$this->set('GCONTACTS_LOG_DAYS', '1');
		$run = $this->logged(1, 'delete', 3);
		$this->assertSame(0, $this->forgetOld());
		$this->assertSame(array($run), $this->runs());
	}

	public function testTheCardsOfTheLastRunsThatDeletedSomeStay(): void
	{
		$runs = array();
		for ($i = 0; $i < 5; $i++) {
			$runs[] = $this->logged(200 - $i, 'delete', 2, '{"names":[]}');
		}
		$this->forgetOld();
		$this->assertSame(array_slice($runs, 2), $this->runs());
	}

	public function testAnOperationThatIsUnderWayStays(): void
	{
		$this->contact();
		$run = $this->export();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_run SET date_start = '2020-01-01 00:00:00'");
		$this->assertSame(0, $this->forgetOld());
		$this->assertSame(array($run->id), $this->runs());
	}

	public function testTheDailyJobForgets(): void
	{
		$this->logged(400, 'update', 5);
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->reconcile(), $cron->error);
		$this->assertSame(array(), $this->runs());
	}

	/**
	 * A run of some days ago
	 *
	 * @param  int    $days   How many
	 * @param  string $action What it did
	 * @param  int    $number With how many objects
	 * @param  string $before The card before, empty for none
	 * @return int            Id
	 */
	private function logged(int $days, string $action, int $number, string $before = ''): int
	{
		$run = new GContactsRun($this->db, $this->account(), 'drain');
		$this->assertSame(1, $run->start());
		$row = array('type' => 'contact', 'id' => 1, 'action' => $action, 'result' => 'done', 'reason' => '', 'message' => '', 'before' => $before);
		$this->assertSame(1, $run->addAll(array_fill(0, $number, $row)));
		$run->finish(GContactsRun::DONE);
		$then = $this->db->idate(dol_now() - $days * 86400);
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_run SET date_start = '".$then."', date_end = '".$then."' WHERE rowid = ".$run->id);
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_run_item SET datec = '".$then."' WHERE fk_run = ".$run->id);
		return $run->id;
	}

	/** @return int What was forgotten */
	private function forgetOld(): int
	{
		$retention = new GContactsRetention($this->db, 1);
		return $retention->forgetOld(30.0);
	}

	/** @return array<int,int> Ids of the runs that are left */
	private function runs(): array
	{
		return array_map('intval', array_column($this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run ORDER BY rowid'), 'rowid'));
	}

	/**
	 * @param  int $run Id of a run
	 * @return int      How many objects it has
	 */
	private function items(int $run): int
	{
		return (int) $this->rows('SELECT COUNT(*) as nb FROM '.MAIN_DB_PREFIX.'gcontacts_run_item WHERE fk_run = '.$run)[0]->nb;
	}
}
