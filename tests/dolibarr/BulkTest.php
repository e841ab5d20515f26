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
 * \file    tests/dolibarr/BulkTest.php
 * \ingroup gcontacts
 * \brief   Many contacts
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * More contacts than one batch holds: each exactly once, whatever happens on the way.
 */
class BulkTest extends GContactsSendingTestCase
{
	private const MANY = 450;

	/** @var Societe The third party of all */
	private $company;

	public function testAllReachGoogleInAFewCalls(): void
	{
		$this->many();
		$this->drain();
		$this->assertAllOnce();
		$this->assertCount(3, $this->calls('batchCreateContacts'));
		$this->assertCount(1 + 3, $this->calls(), 'the label, and batches of 200');
		$this->google->emptyLog();
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('AGAIN'));
		$this->drain();
		$this->assertSame(array(), $this->calls(), 'the second run asks nothing');
	}

	public function testAThirdPartyIsFollowedInBatches(): void
	{
		$this->many();
		$this->drain();
		$this->google->emptyLog();
		$this->editCompany($this->company, array('phone' => '0499999999'));
		$this->drain();
		$this->assertSame(array_fill(0, 3, 'batchUpdateContacts'), array_column($this->calls(), 'name'));
		$this->assertSame(array('Acme: 0499999999'), preg_grep('/^Acme/', $this->values($this->cards()[0], 'phoneNumbers')));
	}

	public function testGoogleGetsTiredOnTheWay(): void
	{
		$this->many();
		$this->google->fault(array('match' => 'write', 'times' => 2, 'skip' => 2, 'action' => array('error' => array('http' => 429, 'retry_after' => 90))));
		$this->drain();
		$this->assertLessThan(self::MANY, count($this->cards()));
		$this->later(100);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertAllOnce();
	}

	public function testABatchLosesItsAnswer(): void
	{
		$this->many();
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'skip' => 1, 'action' => 'drop_after'));
		$this->drain();
		$this->later(700);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertAllOnce();
		$this->assertCount(3, $this->calls('batchCreateContacts'));
	}

	public function testAProcessIsKilledOnTheWay(): void
	{
		$this->many();
		$this->google->hold('people.batchCreateContacts', 'after', 1, 1);
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertCount(400, $this->cards());
		$process->kill();
		$this->healed();
		$this->later(700);
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertAllOnce();
	}

	public function testWhatGoogleCannotTakeHoldsUpNobodyElse(): void
	{
		$edited = $this->sentContact(array('lastname' => 'Legrand'));
		$deleted = $this->sentContact(array('lastname' => 'Parti'));
		$this->google->post('/_config', array('max_contacts' => 2));
		$this->many();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox WHERE fk_element IN ('.$edited->id.', '.$deleted->id.')');
		$this->edit($edited, array('poste' => 'Directrice'));
		$this->remove($deleted);
		for ($i = 0; $i < 4; $i++) {
			$this->drain();
			$this->assertSame('account_full', $this->account()->blockedReason());
			$this->later(4000);
		}
		$this->assertSame('Directrice', $this->card($edited)['organizations'][0]['title'] ?? '');
		$this->assertSame(array(), $this->cardsOf($deleted));
		$this->google->post('/_config', array('max_contacts' => 25000));
		$this->drain();
		$this->assertCount(self::MANY + 1, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testAllAreRemovedInAFewCalls(): void
	{
		$this->many();
		$this->drain();
		$this->google->emptyLog();
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET priv = 1');
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('PRIVATE'));
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'so many wait for an administrator');
		$this->assertSame(self::MANY, (new GContactsDeletionsYes($this->db, $this->account))->give($this->user));
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertLessThanOrEqual(5, count($this->writes()));
		$this->assertSame(0, $this->waiting());
	}

	/**
	 * Makes many contacts without their class, for speed
	 *
	 * @return void
	 */
	private function many(): void
	{
		$this->company = $this->company(array('name' => 'Acme', 'phone' => '0144556677'));
		$rows = array();
		for ($i = 1; $i <= self::MANY; $i++) {
			$rows[] = "('Personne".$i."', ".$this->company->id.", '06 12 34 ".sprintf('%02d %02d', intdiv($i, 100), $i % 100)."', 1, 1, 0, 1)";
		}
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (lastname, fk_soc, phone_mobile, entity, statut, priv, fk_user_creat) VALUES '.implode(', ', $rows));
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('TEST'));
	}

	/**
	 * Each contact has its own card, once, and nothing waits
	 *
	 * @return void
	 */
	private function assertAllOnce(): void
	{
		$names = array();
		foreach ($this->cards() as $card) {
			$names[] = $card['names'][0]['familyName'];
		}
		$this->assertSame(self::MANY, count($names));
		$this->assertSame(self::MANY, count(array_unique($names)));
		$this->assertSame(0, $this->waiting());
		$states = $this->rows('SELECT state, COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'gcontacts_link GROUP BY state');
		$this->assertSame(array('synced' => (string) self::MANY), array_column($states, 'nb', 'state'));
		$wrong = $this->rows('SELECT p.lastname FROM '.MAIN_DB_PREFIX.'socpeople p JOIN '.MAIN_DB_PREFIX.'gcontacts_link l ON l.fk_element = p.rowid'
			.' JOIN '.MAIN_DB_PREFIX."gcontacts_card c ON c.rowid = l.fk_card WHERE c.person NOT LIKE CONCAT('%\"', p.lastname, '\"%')");
		$this->assertSame(array(), $wrong, 'a link leads to the card of another');
	}
}
