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

/**
 * A connected account, and words to ask the address book what it holds and which calls it saw.
 *
 * What a test believes comes from the emulator, never from the module alone.
 */
abstract class GContactsSendingTestCase extends GContactsTestCase
{
	/** Where the parts of a card stand in Google's JSON, and which member of an item is its text */
	private const TEXTS = array(
		'emailAddresses' => 'value', 'phoneNumbers' => 'value', 'urls' => 'value', 'imClients' => 'username',
		'addresses' => 'streetAddress', 'organizations' => 'name', 'biographies' => 'value',
	);

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
	 * The cards in the address book
	 *
	 * @return array<int,array<string,mixed>> Persons as Google's JSON has them
	 */
	protected function cards(): array
	{
		return $this->google->state()['contacts'];
	}

	/**
	 * The one card of a contact, found by its marker
	 *
	 * @param  Contact             $contact Contact
	 * @return array<string,mixed>          Person
	 */
	protected function card(Contact $contact): array
	{
		$found = $this->cardsOf($contact);
		$this->assertCount(1, $found, 'cards of contact '.$contact->id);
		return $found[0];
	}

	/**
	 * All cards that carry the marker of a contact
	 *
	 * @param  Contact                        $contact Contact
	 * @return array<int,array<string,mixed>>          Persons
	 */
	protected function cardsOf(Contact $contact): array
	{
		$marker = GContactsSettings::instance().':contact:'.$contact->id.':';
		return array_values(array_filter($this->cards(), function (array $person) use ($marker): bool {
			foreach ($person['clientData'] ?? array() as $data) {
				if ($data['key'] === 'dolibarr' && strpos($data['value'], $marker) === 0) {
					return true;
				}
			}
			return false;
		}));
	}

	/**
	 * The values of a kind as "label: text", sorted: their order has no meaning
	 *
	 * @param  array<string,mixed> $person Person
	 * @param  string              $kind   phoneNumbers, emailAddresses …
	 * @return array<int,string>
	 */
	protected function values(array $person, string $kind): array
	{
		$values = array();
		foreach ($person[$kind] ?? array() as $item) {
			$values[] = ltrim(($item['type'] ?? '').': '.($item[self::TEXTS[$kind]] ?? ''), ': ');
		}
		sort($values);
		return $values;
	}

	/**
	 * The names of the labels on a card, sorted
	 *
	 * @param  array<string,mixed> $person Person
	 * @return array<int,string>
	 */
	protected function labels(array $person): array
	{
		$names = array_column($this->google->state()['groups'], 'name', 'resourceName');
		$labels = array();
		foreach ($person['memberships'] ?? array() as $membership) {
			$group = $membership['contactGroupMembership']['contactGroupResourceName'];
			$labels[] = $names[$group] ?? $group;
		}
		sort($labels);
		return $labels;
	}

	/**
	 * The calls that the address book saw, without those of OAuth
	 *
	 * @param  string                         $method Only this one: createContact, members.modify …
	 * @return array<int,array<string,mixed>>         Entries of the emulator's log
	 */
	protected function calls(string $method = ''): array
	{
		$calls = array();
		foreach ($this->google->log()['entries'] as $entry) {
			$name = (string) preg_replace('/^(people|contactGroups)\./', '', (string) $entry['method'], 1, $ofBook);
			if ($ofBook && ($method === '' || $name === $method)) {
				$entry['query'] = array_column($entry['query'], 1, 0);
				$calls[] = array('name' => $name) + $entry;
			}
		}
		return $calls;
	}

	/**
	 * The names of the calls that write
	 *
	 * @return array<int,string>
	 */
	protected function writes(): array
	{
		$reads = array('list', 'get', 'getBatchGet', 'batchGet');
		return array_values(array_diff(array_column($this->calls(), 'name'), $reads));
	}

	/**
	 * Lets time pass for both sides
	 *
	 * @param  int  $seconds Seconds
	 * @return void
	 */
	protected function later(int $seconds): void
	{
		$times = array('outbox' => array('due'), 'account' => array('paused_until', 'lease_until', 'token_expiry'), 'link' => array('nonce_time', 'next_try'));
		foreach ($times as $table => $columns) {
			foreach ($columns as $column) {
				$name = MAIN_DB_PREFIX.'gcontacts_'.$table;
				$this->sql('UPDATE '.$name.' SET '.$column.' = '.$column.' - '.$seconds.' WHERE '.$column.' > 0');
			}
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

	/**
	 * Waits until something has happened
	 *
	 * @param  callable $happened Says whether it has
	 * @param  float    $seconds  At most
	 * @return void
	 */
	protected function until(callable $happened, float $seconds = 10.0): void
	{
		$end = microtime(true) + $seconds;
		while (!$happened()) {
			$this->assertLessThan($end, microtime(true), 'it did not happen within '.$seconds.' s');
			usleep(20000);
		}
	}
}
