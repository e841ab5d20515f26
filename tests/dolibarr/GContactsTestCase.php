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
 * \file    tests/dolibarr/GContactsTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests inside Dolibarr have in common
 */

use PHPUnit\Framework\TestCase;

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
require_once DOL_DOCUMENT_ROOT.'/societe/class/societe.class.php';
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/**
 * Each test begins with an empty Dolibarr (no contact, no third party, nothing of the module's but its settings) and an empty address book.
 */
abstract class GContactsTestCase extends TestCase
{
	/** The module's tables, those that point to others first */
	private const TABLES = array('stray', 'restore', 'present', 'run_item', 'run', 'outbox', 'link', 'card', 'label', 'consent', 'account');

	/** @var DoliDB Database */
	protected $db;

	/** @var User Administrator */
	protected $user;

	/** @var GContactsEmulator Google */
	protected $google;

	/** @var array<string,?string> Constants that the test changed, as they were */
	private $before = array();

	/**
	 * Empties both sides
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		global $db, $user;

		$this->db = $db;
		$this->user = $user;
		$this->google = new GContactsEmulator();
		$this->until(function (): bool {
			return $this->isAlone();
		}, 60.0, 'somebody else still works in this database');
		$this->google->reset();
		foreach (self::TABLES as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table);
		}
		foreach (array('categorie_contact', 'categorie_societe', 'categorie_fournisseur', 'societe_commerciaux', 'socpeople_extrafields', 'socpeople', 'societe_extrafields', 'societe') as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.$table);
		}
	}

	/**
	 * Whether no process works in this database any more: what one that was killed had begun, or the web server after its
	 * answer, would be stored over what the next test begins with
	 *
	 * @return bool
	 */
	private function isAlone(): bool
	{
		$others = 'SELECT COUNT(*) AS nb FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()';
		return self::serverRests() && (int) $this->rows($others)[0]->nb === 0;
	}

	/**
	 * @return bool Whether php-fpm works at nothing but this question
	 */
	private static function serverRests(): bool
	{
		if (getenv('GCONTACTS_SITE_SERVER') !== 'fpm') {
			return true;
		}
		$status = json_decode((string) file_get_contents(getenv('GCONTACTS_SITE_URL').'/fpm-status?json&full'), true);
		return count(array_diff(array_column($status['processes'], 'state'), array('Idle'))) === 1;
	}

	/**
	 * Runs the test, and ends its processes whatever has happened: before anything is reset, also by the tearDown() of a child
	 *
	 * @return mixed
	 */
	protected function runTest(): mixed
	{
		try {
			return parent::runTest();
		} finally {
			GContactsProcess::endAll();
		}
	}

	/**
	 * Takes the test's settings back
	 *
	 * @return void
	 */
	protected function tearDown(): void
	{
		global $conf;

		if ($this->db->transaction_opened > 0) {
			$this->db->rollback();
			$this->fail('a transaction was left open');
		}
		foreach ($this->before as $name => $value) {
			if ($value === null) {
				dolibarr_del_const($this->db, $name, $conf->entity);
			} else {
				dolibarr_set_const($this->db, $name, $value, 'chaine', 0, '', $conf->entity);
			}
		}
		$this->before = array();
	}

	/**
	 * Sets a constant for this test
	 *
	 * @param string $name  Constant
	 * @param string $value Value
	 * @return void
	 */
	protected function set(string $name, string $value): void
	{
		global $conf;

		if (!array_key_exists($name, $this->before)) {
			$this->before[$name] = isset($conf->global->$name) ? (string) $conf->global->$name : null;
		}
		$this->assertGreaterThan(0, dolibarr_set_const($this->db, $name, $value, 'chaine', 0, '', $conf->entity));
	}

	/**
	 * Connects the account through the consent page, as the setup page does
	 *
	 * @return GContactsAccount
	 */
	protected function connect(): GContactsAccount
	{
		$connection = new GContactsConnection($this->db);
		$address = $connection->begin($this->user);
		$this->assertNotSame('', $address, $connection->reason.' '.$connection->message);
		$result = $connection->finish($this->google->consent($address), $this->user);
		$this->assertGreaterThan(0, $result, $connection->reason.' '.$connection->message);
		return $connection->account;
	}

	/**
	 * Sends what waits in the outbox
	 *
	 * @return int What the worker says
	 */
	protected function drain(): int
	{
		$worker = new GContactsWorker($this->db);
		return $worker->drain(60.0);
	}

	/**
	 * A user named bob, password bob, who administers nothing and has no rights yet
	 *
	 * @return User
	 */
	protected function colleague(): User
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX."user SET login = 'bob' WHERE login LIKE 'bob%'");
		$bob = new User($this->db);
		if ($bob->fetch(0, 'bob') <= 0) {
			$bob->login = 'bob';
			$bob->lastname = 'Bob';
			$this->assertGreaterThan(0, $bob->create($this->user), (string) $bob->error);
			$bob->fetch(0, 'bob');
		}
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'user_rights WHERE fk_user = '.((int) $bob->id));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."user SET pass_crypted = '".$this->db->escape(dol_hash('bob'))."' WHERE rowid = ".((int) $bob->id));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		return $bob;
	}

	/**
	 * Creates a third party
	 *
	 * @param array<string,mixed> $values Its fields
	 * @return Societe
	 */
	protected function company(array $values = array()): Societe
	{
		$company = new Societe($this->db);
		foreach ($values + array('name' => 'Durand SARL', 'client' => 1, 'country_id' => 1) as $name => $value) {
			$company->$name = $value;
		}
		$this->assertGreaterThan(0, $company->create($this->user), $company->error.implode(' ', $company->errors));
		return $company;
	}

	/**
	 * Creates a contact
	 *
	 * @param array<string,mixed> $values Its fields
	 * @return Contact
	 */
	protected function contact(array $values = array()): Contact
	{
		$contact = new Contact($this->db);
		foreach ($values + array('lastname' => 'Martin', 'firstname' => 'Alice', 'statut' => 1, 'priv' => 0) as $name => $value) {
			$contact->$name = $value;
		}
		$this->assertGreaterThan(0, $contact->create($this->user), $contact->error.implode(' ', $contact->errors));
		return $contact;
	}

	/**
	 * Runs a statement
	 *
	 * @param string $statement SQL
	 * @return void
	 */
	protected function sql(string $statement): void
	{
		if (!$this->db->query($statement)) {
			throw new RuntimeException($this->db->lasterror());
		}
	}

	/**
	 * The rows of a query
	 *
	 * @param string $query SQL
	 * @return array<int,stdClass>
	 */
	protected function rows(string $query): array
	{
		$result = $this->db->query($query);
		if (!$result) {
			throw new RuntimeException($this->db->lasterror());
		}
		$rows = array();
		while ($row = $this->db->fetch_object($result)) {
			$rows[] = $row;
		}
		return $rows;
	}

	/**
	 * Waits until a call is held
	 *
	 * @return void
	 */
	protected function untilHeld(): void
	{
		$this->until(array($this->google, 'isHolding'));
	}

	/**
	 * Ends the troubles, and waits until Google has ended what it was asked although nobody waits for it any more
	 *
	 * @return void
	 */
	protected function healed(): void
	{
		$this->google->heal();
		$this->until(function (): bool {
			return !$this->google->isAtWork();
		});
	}

	/**
	 * Waits until something has happened
	 *
	 * @param  callable $happened Says whether it has
	 * @param  float    $seconds  At most
	 * @param  string   $failure  What is wrong where it has not
	 * @return void
	 */
	protected function until(callable $happened, float $seconds = 60.0, string $failure = 'it did not happen'): void
	{
		$end = microtime(true) + $seconds;
		while (!$happened()) {
			if (microtime(true) > $end) {
				$this->fail($failure.', after '.$seconds.' s');
			}
			usleep(20000);
		}
	}
}
