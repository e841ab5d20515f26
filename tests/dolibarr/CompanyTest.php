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
 * \file    tests/dolibarr/CompanyTest.php
 * \ingroup gcontacts
 * \brief   A third party that changes, and the cards of its contacts
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Third parties renamed, moved, closed, deleted, merged: the cards of all their contacts follow.
 */
class CompanyTest extends GContactsSendingTestCase
{
	public function testTheCardsOfAllContactsFollowANewName(): void
	{
		$company = $this->company(array('name' => 'Acme', 'phone' => '0144556677', 'email' => 'info@acme.example'));
		$contacts = $this->contactsOf($company, 3);
		$alone = $this->sentContact(array('lastname' => 'Seul'));
		$this->editCompany($company, array('name' => 'Acme & Fils'));
		$this->drain();
		foreach ($contacts as $contact) {
			$card = $this->card($contact);
			$this->assertSame('Acme & Fils', $card['organizations'][0]['name']);
			$this->assertSame(array('Acme & Fils: 0144556677'), $this->values($card, 'phoneNumbers'));
			$this->assertSame(array('Acme & Fils: info@acme.example'), $this->values($card, 'emailAddresses'));
		}
		$this->assertSame(array('updateContact', 'updateContact', 'updateContact'), $this->writes());
		$this->assertArrayNotHasKey('organizations', $this->card($alone));
	}

	public function testEachValueOfTheThirdPartyFollowsEditedAndEmptied(): void
	{
		$values = array(
			'phone' => array('0144556677', '0144556600', 'phoneNumbers'), 'fax' => array('0144556678', '0144556601', 'phoneNumbers'),
			'email' => array('info@acme.example', 'contact@acme.example', 'emailAddresses'), 'url' => array('https://acme.example', 'https://acme.example/fr', 'urls'),
			'address' => array('9 quai Branly', '10 quai Branly', 'addresses'),
		);
		$company = $this->company(array('name' => 'Acme') + array_map(static function (array $value): string {
			return $value[0];
		}, $values));
		$contact = $this->contactsOf($company, 1)[0];
		foreach ($values as $field => list($first, $second, $kind)) {
			$this->assertContains('Acme: '.$first, $this->values($this->card($contact), $kind));
			foreach (array($second, '') as $value) {
				$this->google->emptyLog();
				$this->editCompany($company, array($field => $value));
				$this->drain();
				$shown = $this->values($this->card($contact), $kind);
				$this->assertNotContains('Acme: '.$first, $shown);
				$this->assertSame($value !== '', in_array('Acme: '.$second, $shown, true), $field.' "'.$value.'" in '.implode(', ', $shown));
				$this->assertSame($kind, $this->calls('updateContact')[0]['query']['updatePersonFields']);
			}
		}
	}

	public function testAThirdPartyWithManyContactsGoesAsABatch(): void
	{
		$company = $this->company(array('name' => 'Acme', 'country_id' => 0));
		$contacts = $this->contactsOf($company, 7);
		$this->editCompany($company, array('name' => 'Acme Nord'));
		$this->drain();
		foreach ($contacts as $contact) {
			$this->assertSame('Acme Nord', $this->card($contact)['organizations'][0]['name']);
		}
		$this->assertSame(array('batchUpdateContacts'), $this->writes());
		$this->assertSame('organizations', $this->calls('batchUpdateContacts')[0]['body']['updateMask']);
	}

	public function testAnUnchangedThirdPartyWritesNothing(): void
	{
		$company = $this->company(array('name' => 'Acme'));
		$this->contactsOf($company, 2);
		$this->editCompany($company, array('note_private' => 'pays late'));
		$this->drain();
		$this->assertSame(array(), $this->writes());
		$this->assertSame(0, $this->waiting());
	}

	public function testTheContactsOfAClosedThirdPartyLeaveThePhones(): void
	{
		$company = $this->company(array('name' => 'Acme'));
		$contacts = $this->contactsOf($company, 2);
		$this->assertGreaterThan(0, $company->setStatut(0, $company->id, 'societe', 'COMPANY_MODIFY'), (string) $company->error);
		$this->drain();
		$this->assertSame(array(), $this->cards());
		$this->assertSame('company_closed', $this->link($contacts[0])->reason);
		$company->setStatut(1, $company->id, 'societe', 'COMPANY_MODIFY');
		$this->drain();
		$this->assertCount(2, $this->cards());
	}

	public function testTheContactsOfADeletedThirdPartyLeaveThePhones(): void
	{
		$company = $this->company(array('name' => 'Acme'));
		$this->contactsOf($company, 2);
		$alone = $this->sentContact(array('lastname' => 'Seul'));
		$deleted = new Societe($this->db);
		$deleted->fetch($company->id);
		$this->assertGreaterThan(0, $deleted->delete($company->id, $this->user), $deleted->error.implode(' ', $deleted->errors));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($alone);
	}

	public function testTheContactsOfAMergedThirdPartyFollowTheOther(): void
	{
		$stays = $this->company(array('name' => 'Acme'));
		$goes = $this->company(array('name' => 'Emca'));
		$contact = $this->contactsOf($goes, 1)[0];
		$fetched = new Societe($this->db);
		$fetched->fetch($stays->id);
		$this->assertGreaterThanOrEqual(0, $fetched->mergeCompany($goes->id), $fetched->error.implode(' ', $fetched->errors));
		$this->drain();
		$this->assertSame('Acme', $this->card($contact)['organizations'][0]['name']);
	}

	public function testAContactThatMovesTakesTheValuesOfItsNewThirdParty(): void
	{
		$from = $this->company(array('name' => 'Acme', 'phone' => '0144556677'));
		$to = $this->company(array('name' => 'Emca', 'phone' => '0144556688'));
		$contact = $this->contactsOf($from, 1)[0];
		$this->edit($contact, array('socid' => $to->id));
		$this->drain();
		$this->assertSame(array('Emca: 0144556688'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->edit($contact, array('socid' => -1));
		$this->drain();
		$this->assertSame(array(), $this->values($this->card($contact), 'phoneNumbers'));
		$this->assertSame(array(), $this->values($this->card($contact), 'organizations'));
	}

	/**
	 * @param  Societe            $company Third party
	 * @param  int                $count   How many
	 * @return array<int,Contact>          Its contacts, which are at Google
	 */
	private function contactsOf(Societe $company, int $count): array
	{
		$contacts = array();
		for ($i = 1; $i <= $count; $i++) {
			$contacts[] = $this->contact(array('lastname' => 'Personne'.$i, 'socid' => $company->id));
		}
		$this->drain();
		$this->google->emptyLog();
		return $contacts;
	}
}
