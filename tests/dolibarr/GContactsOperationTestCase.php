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
 * \file    tests/dolibarr/GContactsOperationTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of long operations have in common
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/gcontactscron.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsexport.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');

/**
 * Begins operations and goes on with them as pages do.
 */
abstract class GContactsOperationTestCase extends GContactsSendingTestCase
{
	/** Seconds in which a request has to end that has four; a call to a Google that hangs would take a minute */
	protected const REQUEST = 9.0;

	/** Seconds in which a request gets to its first batch */
	private const BEFORE_A_BATCH = 0.8;

	/**
	 * Contacts of which no event told
	 *
	 * @param  int  $number How many
	 * @return void
	 */
	protected function several(int $number): void
	{
		for ($i = 1; $i <= $number; $i++) {
			$this->contact(array('lastname' => 'Personne'.$i, 'email' => 'personne'.$i.'@example.com'));
		}
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
	}

	/**
	 * An export that has begun
	 *
	 * @param  bool         $accepted Whether cards are linked too that only look the same
	 * @return GContactsRun
	 */
	protected function export(bool $accepted = true): GContactsRun
	{
		$account = $this->account();
		$operations = new GContactsOperations($this->db, $account);
		$run = GContactsExport::begin($operations, $account, $this->user, $accepted);
		$this->assertNotNull($run, $operations->error);
		return $run;
	}

	/**
	 * @return GContactsOperationDriver What each request has
	 */
	protected function driver(): GContactsOperationDriver
	{
		return new GContactsOperationDriver($this->db, $this->account());
	}

	/**
	 * Goes on with one batch of creates a request, until something has happened. A request has time for another one only
	 * where the first is over within BEFORE_A_BATCH, and Google takes longer for it.
	 *
	 * @param  callable $happened Says whether it has
	 * @return void
	 */
	protected function stepsUntil(callable $happened): void
	{
		$this->google->post('/_config', array('latency_ms' => array('people.batchCreateContacts' => (int) (1000 * self::BEFORE_A_BATCH) + 100)));
		$left = 50;
		while ($left-- > 0 && !$happened()) {
			$this->assertSame(1, $this->driver()->advance(microtime(true) + GContactsOperationDriver::SHORTEST_STEP + self::BEFORE_A_BATCH));
		}
		$this->assertTrue($happened());
		$this->google->post('/_config', array('latency_ms' => new stdClass()));
	}

	/**
	 * Request after request until nobody can go on
	 *
	 * @param  int  $patience Seconds that may pass where an operation waits
	 * @return void
	 */
	protected function finish(int $patience = 0): void
	{
		for ($requests = 0; $requests < 200; $requests++) {
			$began = microtime(true);
			$driver = $this->driver();
			$left = $driver->advance(microtime(true) + 4);
			$this->assertLessThan(self::REQUEST, microtime(true) - $began, 'a request keeps to its time');
			$this->assertGreaterThanOrEqual(0, $left, $driver->error);
			$run = new GContactsRun($this->db, $this->account());
			$waits = $left > 0 && $run->fetchUnderWay() > 0 && $run->state === 'waiting';
			if ($left === 0 || ($waits && $patience <= 0)) {
				return;
			}
			if ($waits) {
				$patience -= 60;
				$this->later(60);
			}
		}
		$this->fail('the operation does not come to its end');
	}

	/**
	 * A run as it is stored
	 *
	 * @param  int          $id Id
	 * @return GContactsRun
	 */
	protected function stored(int $id): GContactsRun
	{
		$run = new GContactsRun($this->db, $this->account());
		$this->assertSame(1, $run->fetch($id));
		return $run;
	}

	/**
	 * @param  GContactsRun      $run Run
	 * @return GContactsProgress      What is told of it
	 */
	protected function progress(GContactsRun $run): GContactsProgress
	{
		return new GContactsProgress($run, $this->account());
	}
}
