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
 * \file    tests/dolibarr/GContactsAddressBookTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests read in the address book
 */

/**
 * Words to ask the address book what it holds and which calls it saw.
 *
 * What a test believes comes from the emulator, never from the module alone.
 */
abstract class GContactsAddressBookTestCase extends GContactsTestCase
{
	/** Where the parts of a card stand in Google's JSON, and which member of an item is its text */
	private const TEXTS = array(
		'emailAddresses' => 'value', 'phoneNumbers' => 'value', 'urls' => 'value', 'imClients' => 'username',
		'addresses' => 'streetAddress', 'organizations' => 'name', 'biographies' => 'value',
	);

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
		$reads = array('list', 'connections.list', 'get', 'getBatchGet', 'batchGet');
		return array_values(array_diff(array_column($this->calls(), 'name'), $reads));
	}
}
