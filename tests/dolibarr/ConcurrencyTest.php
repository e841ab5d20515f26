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
 * \file    tests/dolibarr/ConcurrencyTest.php
 * \ingroup gcontacts
 * \brief   Several processes at once
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Edits during sending, and two drains at the same time.
 */
class ConcurrencyTest extends GContactsSendingTestCase
{
	/** Seconds in which a save has to be over; whom it would wait for is held */
	private const AT_ONCE = 5.0;

	public function testAnEditMadeWhileItsContactIsBeingSentIsSentToo(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->hold('people.updateContact');
		$this->edit($contact, array('poste' => 'Acheteur'));
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertSame('Acheteur', $this->card($contact)['organizations'][0]['title']);
		$start = microtime(true);
		$this->edit($contact, array('poste' => 'Directeur'));
		$this->assertLessThan(self::AT_ONCE, microtime(true) - $start, 'the save does not wait for the drain');
		$this->google->release();
		$this->assertSame(0, $process->wait(), $process->output());
		$this->drain();
		$this->assertSame('Directeur', $this->card($contact)['organizations'][0]['title']);
		$this->assertSame(0, $this->waiting());
	}

	public function testAnEditMadeWhileItsContactIsBeingCreatedIsSentToo(): void
	{
		$this->google->hold('people.createContact', 'before');
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertSame('sending', $this->link($contact)->state);
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->google->release();
		$this->assertSame(0, $process->wait(), $process->output());
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		$this->assertCount(1, $this->cards());
	}

	public function testOfTwoDrainsOneWorksAndTheOtherIsBusy(): void
	{
		$contacts = array();
		for ($i = 0; $i < 3; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i));
		}
		$this->google->hold('people.createContact', 'before');
		$first = GContactsProcess::drain();
		$this->untilHeld();
		$second = GContactsProcess::drain();
		$this->assertSame(2, $second->wait(), $second->output());
		$this->assertStringContainsString('busy', $second->output(1));
		$this->google->release();
		$this->assertSame(0, $first->wait(), $first->output());
		foreach ($contacts as $contact) {
			$this->card($contact);
		}
		$this->assertSame(0, $this->google->log()['overlapping_mutations']);
		$this->assertCount(3, $this->calls('createContact'));
	}

	public function testOfTwoProcessesWithATokenThatExpiredOneRefreshesItAndBothGoOn(): void
	{
		$this->contact(array('lastname' => 'Premier'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_account SET token_expiry = 1');
		$before = $this->rows('SELECT refresh_token FROM '.MAIN_DB_PREFIX.'gcontacts_account')[0]->refresh_token;
		$this->google->fault(array('match' => 'oauth.token', 'action' => array('latency' => array('ms' => 700))));
		$first = GContactsProcess::drain();
		$second = GContactsProcess::drain();
		$codes = array($first->wait(), $second->wait());
		sort($codes);
		$this->assertContains($codes, array(array(0, 0), array(0, 2)), $first->output().$second->output());
		$this->contact(array('lastname' => 'Deuxieme'));
		$again = GContactsProcess::drain();
		$this->assertSame(0, $again->wait(), $again->output());
		$this->assertCount(2, $this->cards());
		$this->assertSame(1, array_sum($this->google->log()['counts']['oauth.token']));
		$this->assertSame($before, $this->rows('SELECT refresh_token FROM '.MAIN_DB_PREFIX.'gcontacts_account')[0]->refresh_token, 'Google sends no new one, so the old one is kept');
	}

	public function testTheLeaseOfADeadProcessExpires(): void
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET lease_holder = 'dead:1:0', lease_until = ".(time() + 60));
		$contact = $this->contact();
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->later(61);
		$this->drain();
		$this->card($contact);
	}

	public function testASaveDoesNotWaitForADrainThatDealsWithItsRows(): void
	{
		$contact = $this->contact();
		$rows = array_map('intval', array_column($this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_outbox'), 'rowid'));
		foreach (array('delete', 'postpone') as $deal) {
			$theirs = $this->anotherConnection();
			$outbox = new GContactsOutbox($theirs);
			$theirs->begin();
			$this->assertGreaterThan(0, $deal === 'delete' ? $outbox->delete($rows) : $outbox->postpone($rows, 60));
			$start = microtime(true);
			$this->edit($contact, array('poste' => $deal));
			$duration = microtime(true) - $start;
			$theirs->rollback();
			$theirs->close();
			$this->assertLessThan(self::AT_ONCE, $duration, $deal);
		}
		$this->assertSame(3, $this->waiting());
	}

	/**
	 * @return DoliDB What another process has
	 */
	private function anotherConnection()
	{
		global $conf, $dolibarr_main_db_pass;
		return getDoliDBInstance($conf->db->type, $conf->db->host, $conf->db->user, (string) $dolibarr_main_db_pass, $conf->db->name, (int) $conf->db->port);
	}
}
