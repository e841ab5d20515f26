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
 * \file    tests/dolibarr/OutageTest.php
 * \ingroup gcontacts
 * \brief   Google does not answer: no save waits, no edit is lost
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * A save while Google fails, hangs or is down succeeds at once, and the card follows when Google is back.
 */
class OutageTest extends GContactsSendingTestCase
{
	/** Seconds of a drain that is too short for a Google in trouble */
	private const SHORT = 6.0;

	/**
	 * @dataProvider outages
	 * @param array<string,mixed>|string $action What Google does to every call
	 */
	public function testASaveSucceedsAtOnceAndTheCardFollowsLater($action): void
	{
		$edited = $this->sentContact(array('lastname' => 'Legrand'));
		$deleted = $this->sentContact(array('lastname' => 'Parti'));
		$this->google->fault(array('match' => '*', 'times' => 0, 'action' => $action));
		$created = $this->saved(array('lastname' => 'Dupond'));
		$this->edit($edited, array('poste' => 'Directrice'));
		$this->remove($deleted);
		$this->assertSame(array(), $this->google->log()['entries'], 'a save speaks to nobody');

		$start = microtime(true);
		$this->drainFor(self::SHORT);
		$this->assertLessThan(self::SHORT + 6.0, microtime(true) - $start, 'a drain keeps to its deadline');
		$this->assertGreaterThan(0, $this->waiting(), 'the outbox keeps it');
		$this->edit($created, array('lastname' => 'Durand'));

		$this->healed();
		$this->later(4000);
		$this->drain();
		$this->drain();
		$this->assertSame('Durand', $this->card($created)['names'][0]['familyName']);
		$this->assertSame('Directrice', $this->card($edited)['organizations'][0]['title']);
		$this->assertCount(2, $this->cards());
		$this->assertSame(0, $this->waiting());
		$this->assertSame('synced', $this->link($created)->state);
	}

	/**
	 * @return array<string,array<int,mixed>>
	 */
	public function outages(): array
	{
		return array(
			'503' => array(array('error' => array('http' => 503))),
			'500' => array(array('error' => array('http' => 500))),
			'hangs' => array(array('latency' => new stdClass())),
			'closes the connection' => array('drop_before'),
			'quota' => array(array('error' => array('http' => 429, 'retry_after' => 60))),
		);
	}

	public function testNobodyListens(): void
	{
		$contact = $this->saved(array('lastname' => 'Dupond'));
		$nobody = array('gcontacts.people_endpoint' => 'http://127.0.0.1:9', 'gcontacts.oauth_endpoint' => 'http://127.0.0.1:9');
		$process = GContactsProcess::drain($nobody);
		$this->assertSame(1, $process->wait(), $process->output());
		$this->assertSame('waiting', $this->link($contact)->state);
		$this->assertSame('network_refused', $this->account()->state_reason);
		$this->later(4000);
		$this->drain();
		$this->assertSame('Dupond', $this->card($contact)['names'][0]['familyName']);
		$this->assertCount(1, $this->cards());
	}

	public function testNothingIsAskedOfGoogleDuringAPause(): void
	{
		$this->saved(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => '*', 'times' => 0, 'action' => array('error' => array('http' => 429, 'retry_after' => 600))));
		$this->drainFor(self::SHORT);
		$this->google->heal();
		$this->google->emptyLog();
		$this->later(300);
		$this->drain();
		$this->assertSame(array(), $this->calls(), 'Google asked for 600 seconds');
		$this->later(301);
		$this->drain();
		$this->assertCount(1, $this->cards());
	}

	/**
	 * Saves a contact, and proves that the save was quick and spoke to nobody
	 *
	 * @param  array<string,mixed> $values Fields
	 * @return Contact
	 */
	private function saved(array $values): Contact
	{
		$start = microtime(true);
		$contact = $this->contact($values);
		$this->assertLessThan(5.0, microtime(true) - $start, 'a save waits for nobody');
		$this->assertFalse($this->google->isAtWork(), 'a save speaks to nobody');
		$this->assertSame(array(), $this->google->log()['entries'], 'a save speaks to nobody');
		return $contact;
	}
}
