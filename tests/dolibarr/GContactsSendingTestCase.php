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
 * \file    tests/dolibarr/GContactsSendingTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of sending have in common
 */

require_once __DIR__.'/GContactsAddressBookTestCase.php';

/**
 * A connected account, time that passes, and edits as Dolibarr's forms make them.
 */
abstract class GContactsSendingTestCase extends GContactsAddressBookTestCase
{
	/** @var GContactsAccount The connected account */
	protected $account;

	/** @var int Size of the PHP log when the test began */
	private $logged = 0;

	/**
	 * Connects an empty account, with the settings that the first connection leaves
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$defaults = array(
			'GCONTACTS_PUSH' => '1', 'GCONTACTS_MY_CONTACTS' => '1', 'GCONTACTS_LABEL' => 'Onelog', 'GCONTACTS_REP_LABELS' => '0',
			'GCONTACTS_PER_CONTACT' => '0', 'GCONTACTS_PER_CONTACT_DEFAULT' => '1', 'GCONTACTS_NOTES' => '1',
			// The emulator has no quotas unless a test gives it some
			'GCONTACTS_WRITES_PER_MINUTE' => '0',
			'MAIN_DISABLE_ALL_MAILS' => '1',
		);
		foreach ($defaults as $name => $value) {
			$this->set($name, $value);
		}
		$this->logged = strlen($this->phpLog());
		$this->account = $this->connect();
		$this->google->emptyLog();
	}

	/**
	 * No test may leave a PHP warning of the module's behind
	 *
	 * @return void
	 */
	protected function tearDown(): void
	{
		parent::tearDown();
		foreach (explode("\n", substr($this->phpLog(), $this->logged)) as $line) {
			$this->assertStringNotContainsString('gcontacts', strtolower($line), 'PHP wrote to its log');
		}
	}

	/**
	 * @return string PHP's error log of the site
	 */
	private function phpLog(): string
	{
		$file = getenv('GCONTACTS_SITE_HOME').'/logs/php-errors.log';
		return is_file($file) ? (string) file_get_contents($file) : '';
	}

	/**
	 * Lets time pass for both sides
	 *
	 * @param  int  $seconds Seconds
	 * @return void
	 */
	protected function later(int $seconds): void
	{
		$times = array('outbox' => array('due'), 'account' => array('paused_until', 'lease_until', 'token_expiry'), 'link' => array('nonce_time', 'next_try'), 'restore' => array('nonce_time'));
		foreach ($times as $table => $columns) {
			foreach ($columns as $column) {
				$name = MAIN_DB_PREFIX.'gcontacts_'.$table;
				$this->sql('UPDATE '.$name.' SET '.$column.' = '.$column.' - '.$seconds.' WHERE '.$column.' > 0');
			}
		}
		foreach ($this->rows('SELECT rowid, limiter FROM '.MAIN_DB_PREFIX.'gcontacts_account WHERE limiter IS NOT NULL') as $row) {
			// Moments are the only numbers of ten digits in it
			$limiter = (string) preg_replace_callback('/\d{10}/', function (array $moment) use ($seconds): string {
				return (string) ((int) $moment[0] - $seconds);
			}, $row->limiter);
			$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET limiter = '".$this->db->escape($limiter)."' WHERE rowid = ".((int) $row->rowid));
		}
		$this->google->advance($seconds);
	}

	/**
	 * The link of a contact as it is stored
	 *
	 * @param  Contact       $contact Contact
	 * @return stdClass|null          Row
	 */
	protected function link(Contact $contact): ?stdClass
	{
		$rows = $this->rows('SELECT * FROM '.MAIN_DB_PREFIX."gcontacts_link WHERE element_type = 'contact' AND fk_element = ".((int) $contact->id));
		$this->assertLessThan(2, count($rows), 'links of one contact');
		return $rows[0] ?? null;
	}

	/**
	 * How many rows wait in the outbox
	 *
	 * @return int
	 */
	protected function waiting(): int
	{
		return (int) $this->rows('SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'gcontacts_outbox')[0]->nb;
	}

	/**
	 * Edits a contact as the contact form does: read, change, save
	 *
	 * @param  Contact             $contact Contact
	 * @param  array<string,mixed> $values  New values
	 * @return void
	 */
	protected function edit(Contact $contact, array $values): void
	{
		$edited = new Contact($this->db);
		$this->assertGreaterThan(0, $edited->fetch($contact->id));
		foreach ($values as $name => $value) {
			$edited->$name = $value;
		}
		$this->assertGreaterThan(0, $edited->update($edited->id, $this->user), (string) $edited->error);
	}

	/**
	 * Edits a third party
	 *
	 * @param  Societe             $company Third party
	 * @param  array<string,mixed> $values  New values
	 * @return void
	 */
	protected function editCompany(Societe $company, array $values): void
	{
		$edited = new Societe($this->db);
		$this->assertGreaterThan(0, $edited->fetch($company->id));
		foreach ($values as $name => $value) {
			$edited->$name = $value;
		}
		$this->assertGreaterThan(0, $edited->update($edited->id, $this->user), (string) $edited->error);
	}

	/**
	 * A contact that is at Google already, with the log emptied after it
	 *
	 * @param  array<string,mixed> $values Its fields
	 * @return Contact
	 */
	protected function sentContact(array $values = array()): Contact
	{
		$contact = $this->contact($values);
		$this->drain();
		$this->card($contact);
		$this->assertSame(0, $this->waiting());
		$this->google->emptyLog();
		return $contact;
	}

	/**
	 * Deletes a contact
	 *
	 * @param  Contact $contact Contact
	 * @return void
	 */
	protected function remove(Contact $contact): void
	{
		$deleted = new Contact($this->db);
		$deleted->fetch($contact->id);
		$this->assertGreaterThan(0, $deleted->delete($this->user), (string) $deleted->error);
	}

	/**
	 * A drain with little time
	 *
	 * @param  float $seconds Time that it has
	 * @return int            What the worker says
	 */
	protected function drainFor(float $seconds): int
	{
		$worker = new GContactsWorker($this->db);
		return $worker->drain($seconds);
	}

	/**
	 * The account as it is stored now
	 *
	 * @return GContactsAccount
	 */
	protected function account(): GContactsAccount
	{
		$account = new GContactsAccount($this->db);
		$this->assertSame(1, $account->fetchForEntity());
		return $account;
	}
}
