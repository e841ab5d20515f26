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
 * \file    tests/dolibarr/KillTest.php
 * \ingroup gcontacts
 * \brief   An export that is killed again and again, while Google fails and people edit
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Promises 1 and 2 under the worst: kill -9 at moments that chance chooses.
 *
 * @group long
 */
class KillTest extends GContactsSendingTestCase
{
	private const MANY = 1000;
	private const KILLS = 50;

	/** What Google does meanwhile, each with how likely it is */
	private const TROUBLES = array(
		array('people.*', 'drop_after', 0.08), array('people.*', 'drop_before', 0.05), array('people.*', 'truncate', 0.05), array('people.*', 'garbage_after', 0.03),
		array('write', array('error' => array('http' => 503)), 0.05), array('write', array('error_after' => array('http' => 502)), 0.05),
		array('people.batchCreateContacts', array('partial_batch' => array('keep' => 50, 'then' => 'drop')), 0.10),
		array('people.*', 'token_expired', 0.03), array('write', array('error' => array('http' => 429, 'retry_after' => 20)), 0.03),
	);

	/** @var int What chance begins with; the same number plays the same kills and troubles */
	private $seed = 0;

	public function testAThousandContactsAreThereOnceWithEveryEdit(): void
	{
		$this->seed = (int) getenv('GCONTACTS_SEED') ?: random_int(1, 1000000);
		mt_srand($this->seed);
		$wanted = $this->many();
		$this->google->post('/_config', array('list_propagation_s' => 120, 'get_staleness_s' => 5, 'latency_ms' => array('write' => array(20, 200), 'read' => array(5, 30))));
		foreach (self::TROUBLES as $number => list($match, $action, $probability)) {
			$this->google->fault(array('match' => $match, 'action' => $action, 'times' => 0, 'probability' => $probability, 'seed' => $this->seed + $number));
		}
		$caught = 0;
		for ($kill = 0; $kill < self::KILLS; $kill++) {
			// A killed export is gone on with by whoever comes next; another one cannot begin.
			$before = $this->leaseHolder();
			$process = GContactsProcess::script(array($kill % 2 === 0 ? 'export' : 'drain', '--json'));
			$this->until(function () use ($process, $before): bool {
				return $this->leaseHolder() !== $before || !$process->isRunning();
			});
			usleep(mt_rand(0, 1500000));
			$process->kill();
			$caught += $this->rows('SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX."gcontacts_link WHERE state = 'sending'")[0]->nb > 0 ? 1 : 0;
			foreach (array_rand($wanted, 3) as $id) {
				$wanted[$id] = 'Fonction '.$kill.'-'.$id;
				$contact = new Contact($this->db);
				$contact->id = $id;
				$this->edit($contact, array('poste' => $wanted[$id]));
			}
			// Sometimes the lease is still held, sometimes the account pauses, sometimes Google lists all.
			$this->later(array(1, 31, 181, 700, 4000)[mt_rand(0, 4)]);
		}
		$this->assertGreaterThan(3, $caught, 'hardly any kill met a call, GCONTACTS_SEED='.$this->seed);
		$this->settle();
		$this->assertThere($wanted);
		$this->assertUnchanged();
	}

	/**
	 * @return string Who has the account, or had it last
	 */
	private function leaseHolder(): string
	{
		return (string) $this->rows('SELECT lease_holder FROM '.MAIN_DB_PREFIX.'gcontacts_account')[0]->lease_holder;
	}

	/**
	 * Google works, and all waits pass
	 *
	 * @return void
	 */
	private function settle(): void
	{
		$this->google->heal();
		$this->google->post('/_config', array('latency_ms' => new stdClass()));
		for ($round = 0; $round < 5; $round++) {
			$this->later(4000);
			$this->drain();
		}
	}

	/**
	 * Contacts, made without their class for speed
	 *
	 * @return array<int,string> Job by id
	 */
	private function many(): array
	{
		$rows = array();
		for ($i = 1; $i <= self::MANY; $i++) {
			$rows[] = "('Personne".$i."', 'Debut', '06 12 ".sprintf('%02d %02d', intdiv($i, 100), $i % 100)."', 1, 1, 0, 1)";
		}
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (lastname, poste, phone_mobile, entity, statut, priv, fk_user_creat) VALUES '.implode(', ', $rows));
		return array_column($this->rows('SELECT rowid, poste FROM '.MAIN_DB_PREFIX.'socpeople'), 'poste', 'rowid');
	}

	/**
	 * Each contact has one card that says what Dolibarr says, and its link knows that card
	 *
	 * @param  array<int,string> $wanted Job by id
	 * @return void
	 */
	private function assertThere(array $wanted): void
	{
		$why = 'GCONTACTS_SEED='.$this->seed;
		$jobs = array();
		$names = array();
		foreach ($this->cards() as $card) {
			$id = (int) explode(':', $card['clientData'][0]['value'])[2];
			$this->assertArrayNotHasKey($id, $jobs, 'contact '.$id.' has two cards, '.$why);
			$jobs[$id] = $card['organizations'][0]['title'] ?? '';
			$names[$id] = $card['resourceName'];
		}
		$this->assertCount(self::MANY, $jobs, $why);
		$this->assertSame(array(), array_diff_assoc($wanted, $jobs), 'edits that did not arrive, '.$why);
		$links = $this->rows('SELECT l.fk_element, l.state, c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_link l JOIN '.MAIN_DB_PREFIX.'gcontacts_card c ON c.rowid = l.fk_card');
		$this->assertSame(array('synced'), array_values(array_unique(array_column($links, 'state'))), $why);
		$this->assertSame(array(), array_diff_assoc($names, array_column($links, 'resource_name', 'fk_element')), 'links to another card, '.$why);
		$this->assertSame(0, $this->waiting(), $why);
	}

	/**
	 * Two exports more write nothing
	 *
	 * @return void
	 */
	private function assertUnchanged(): void
	{
		for ($again = 0; $again < 2; $again++) {
			$this->google->emptyLog();
			$process = GContactsProcess::script(array('export', '--json'));
			$this->assertSame(0, $process->wait(120.0), $process->output());
			$this->assertSame(array(), $this->writes(), 'GCONTACTS_SEED='.$this->seed);
		}
	}
}
