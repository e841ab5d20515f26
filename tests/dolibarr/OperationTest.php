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
 * \file    tests/dolibarr/OperationTest.php
 * \ingroup gcontacts
 * \brief   Long operations: begun once, held up, stopped, killed, gone on with
 */

require_once __DIR__.'/GContactsOperationTestCase.php';

/**
 * What every operation has from its frame, tried with an export.
 */
class OperationTest extends GContactsOperationTestCase
{
	public function testStepByStepAllIsSentOnce(): void
	{
		$this->several(30);
		$run = $this->export();
		$this->assertSame('waiting', $run->state);
		$this->assertSame(array(), $this->writes());
		$this->finish();
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 30, 30, 0), array($run->state, $run->total, $run->done, $run->failed));
		$this->assertCount(30, $this->cards());
		$this->google->emptyLog();
		$again = $this->export();
		$this->finish();
		$again = $this->stored($again->id);
		$this->assertSame(array('done', 30, 0, 30), array($again->state, $again->total, $again->done, $again->unchanged));
		$this->assertSame(array(), $this->writes(), 'the second run writes nothing');
	}

	public function testOfTwoAdministratorsTheSecondSeesTheFirstOnesRun(): void
	{
		$this->contact();
		$run = $this->export();
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertNull(GContactsExport::begin($operations, $this->account(), $this->user, true));
		$this->assertSame('operation_under_way', $operations->reason);
		$this->assertStringContainsString('under way', $operations->error);
		$this->assertSame($run->id, $operations->underWay()->id);
		$this->finish();
		$this->assertNull($operations->underWay());
		$this->assertNotNull(GContactsExport::begin($operations, $this->account(), $this->user, true));
	}

	public function testAtTheSameMomentOnlyOneBegins(): void
	{
		$code = 'require "'.__DIR__.'/site/dolibarr.inc.php"; dol_include_once("/gcontacts/class/operation/gcontactsexport.class.php");'
			.' $account = new GContactsAccount($db); $account->fetchForEntity(); $operations = new GContactsOperations($db, $account);'
			.' print "ready "; while (!file_exists(end($argv))) { usleep(100); }'
			.' $run = GContactsExport::begin($operations, $account, $user, true); print $run ? "begun" : $operations->reason;';
		$answers = array();
		foreach (GContactsProcess::together(array_fill(0, 4, array('-r', $code, '--'))) as $process) {
			$process->wait();
			$answers[] = $process->output();
		}
		sort($answers);
		$this->assertSame(array('ready begun', 'ready operation_under_way', 'ready operation_under_way', 'ready operation_under_way'), $answers);
		$this->assertSame('1', (string) $this->rows('SELECT COUNT(*) as nb FROM '.MAIN_DB_PREFIX.'gcontacts_run')[0]->nb);
	}

	public function testStoppedBetweenTwoStepsAndGoneOnWith(): void
	{
		$this->several(45);
		$run = $this->export();
		$this->stepsUntil(function (): bool {
			return count($this->cards()) > 0;
		});
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertSame(1, $operations->cancel($run->id, $this->user));
		$this->assertSame(0, $operations->cancel($run->id, $this->user), 'it has ended already');
		$run = $this->stored($run->id);
		$this->assertSame('cancelled', $run->state);
		$sent = count($this->cards());
		$this->assertGreaterThan(0, $sent);
		$this->assertLessThan(45, $sent);
		$this->assertSame($sent, $run->done);
		$this->assertStringContainsString('can be gone on with', $this->progress($run)->sentence());
		$this->assertSame(0, $this->driver()->advance(microtime(true) + 4), 'nobody goes on with it');
		$this->assertSame(1, $operations->resume($run->id));
		$this->finish();
		$this->assertSame(array('done', 45), array($this->stored($run->id)->state, $this->stored($run->id)->done));
		$this->assertCount(45, $this->cards());
	}

	public function testAKilledProcessIsGoneOnWithByTheNext(): void
	{
		$this->several(60);
		$run = $this->export();
		$this->google->hold('people.batchCreateContacts');
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$process->kill();
		$this->healed();
		$this->assertNotEmpty($this->cards());
		$this->assertLessThan(60, $this->stored($run->id)->done);
		$driver = $this->driver();
		$this->assertSame(array(1, true), array($driver->advance(microtime(true) + 4), $driver->busy), 'the lease of the dead one holds');
		$this->later(90);
		$this->finish(700);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->later(700);
		$this->drain();
		$this->assertCount(60, $this->cards(), 'none is there twice');
		$this->assertSame(0, $this->waiting());
	}

	public function testTheScheduledJobGoesOnWithIt(): void
	{
		$this->several(5);
		$run = $this->export();
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->drain());
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertCount(5, $this->cards());
	}

	public function testAQuotaHoldsItUpAndItGoesOnByItself(): void
	{
		$this->several(3);
		$run = $this->export();
		$this->google->fault(array('match' => 'people.createContact', 'times' => 1, 'action' => array('error' => array('http' => 429, 'retry_after' => 60))));
		$this->finish();
		$run = $this->stored($run->id);
		$this->assertSame(array('waiting', 'quota_account'), array($run->state, $run->reason));
		$this->assertStringContainsString('waits until', $this->progress($run)->sentence());
		$this->assertGreaterThan(time(), $this->account()->paused_until);
		$this->google->emptyLog();
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 4));
		$this->assertSame(array(), $this->calls(), 'nothing is asked during the pause');
		$this->later(3700);
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertCount(3, $this->cards());
	}

	public function testWhatIsNotKnownAtTheEndIsTold(): void
	{
		$this->several(2);
		$run = $this->export();
		$this->google->fault(array('match' => 'people.createContact', 'action' => 'drop_after'));
		$this->finish(100);
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 1), array($run->state, $run->done));
		$this->assertStringContainsString('1 of them still wait', $this->progress($run)->sentence());
	}

	public function testSwitchedOffItWaitsForTheOption(): void
	{
		$this->contact();
		$run = $this->export();
		$this->set('GCONTACTS_PUSH', '0');
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 4));
		$this->assertSame(array('waiting', 'push_off'), array($this->stored($run->id)->state, $this->stored($run->id)->reason));
		$this->set('GCONTACTS_PUSH', '1');
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
	}

	public function testWhatFailsByItselfIsTriedThriceAndThenStopped(): void
	{
		$this->contact();
		$run = $this->export();
		$table = MAIN_DB_PREFIX.'gcontacts_outbox';
		$this->sql('ALTER TABLE '.$table.' RENAME TO '.$table.'_away');
		try {
			for ($try = 1; $try <= 3; $try++) {
				$this->assertSame('waiting', $this->stored($run->id)->state);
				$this->driver()->advance(microtime(true) + 4);
			}
		} finally {
			$this->sql('ALTER TABLE '.$table.'_away RENAME TO '.$table);
		}
		$this->assertSame(array('stopped', 'database'), array($this->stored($run->id)->state, $this->stored($run->id)->reason));
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertSame(1, $operations->resume($run->id));
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
	}

	public function testOnlyWhatIsThereCanBegin(): void
	{
		$operations = new GContactsOperations($this->db, $this->account());
		$this->assertNull($operations->start('nonsense'));
		$this->assertSame('operation_unknown', $operations->reason);
		$this->account->disconnect();
		$operations = new GContactsOperations($this->db, new GContactsAccount($this->db));
		$this->assertNull($operations->start('export'));
		$this->assertSame('not_connected', $operations->reason);
	}
}
