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
 * \file    tests/dolibarr/LabelTest.php
 * \ingroup gcontacts
 * \brief   The labels at Google, and what people do to them
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The container label and My Contacts: options changed in Dolibarr, labels renamed, deleted or already there at Google.
 */
class LabelTest extends GContactsSendingTestCase
{
	public function testANewNameOfTheContainerRenamesTheLabel(): void
	{
		$contacts = array($this->contact(array('lastname' => 'Dupond')), $this->sentContact(array('lastname' => 'Durand')));
		$before = $this->groups()['Onelog'];
		$this->options(array('GCONTACTS_LABEL' => 'Maison'));
		$this->drain();
		$this->assertSame($before, $this->groups()['Maison'] ?? null);
		$this->assertArrayNotHasKey('Onelog', $this->groups());
		foreach ($contacts as $contact) {
			$this->assertSame(array('Maison', 'myContacts'), $this->labels($this->card($contact)));
		}
		$this->assertSame(array(), $this->calls('updateContact'), 'no card is written for it');
	}

	public function testALabelOfThatNameIsThereAlready(): void
	{
		$this->google->phone(array('op' => 'create_group', 'group' => 'Onelog'));
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Grand', 'familyName' => 'Mere')))));
		$contact = $this->contact();
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($contact)));
		$this->assertSame(1, array_count_values(array_column($this->google->state()['groups'], 'name'))['Onelog']);
	}

	public function testALabelDeletedOnThePhoneIsMadeAgain(): void
	{
		$old = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->phone(array('op' => 'delete_group', 'group' => 'Onelog'));
		$new = $this->contact(array('lastname' => 'Nouveau'));
		$this->edit($old, array('poste' => 'Directeur'));
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($new)));
		$this->assertSame('Directeur', $this->card($old)['organizations'][0]['title']);
		$this->assertSame('synced', $this->link($new)->state);
		$this->assertCount(2, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testALabelRenamedOnThePhoneStaysTheLabel(): void
	{
		$this->sentContact(array('lastname' => 'Dupond'));
		$group = $this->groups()['Onelog'];
		$this->google->phone(array('op' => 'rename_group', 'group' => 'Onelog', 'to' => 'Bureau'));
		$new = $this->contact(array('lastname' => 'Nouveau'));
		$this->drain();
		$memberships = array_column(array_column($this->card($new)['memberships'], 'contactGroupMembership'), 'contactGroupResourceName');
		$this->assertContains($group, $memberships);
	}

	public function testMyContactsIsJoinedByItsOptionAndNeverLeft(): void
	{
		$old = $this->sentContact(array('lastname' => 'Dupond'));
		$this->options(array('GCONTACTS_MY_CONTACTS' => '0'));
		$new = $this->contact(array('lastname' => 'Nouveau'));
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($old)), 'its user may have put it there');
		$this->assertSame(array('Onelog'), $this->labels($this->card($new)));
		$this->options(array('GCONTACTS_MY_CONTACTS' => '1'));
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($new)));
		$this->assertSame(array(), $this->calls('updateContact'));
	}

	public function testThePublicNoteFollowsItsOption(): void
	{
		$contact = $this->sentContact(array('note_public' => 'Prefers mornings'));
		$this->options(array('GCONTACTS_NOTES' => '0'));
		$this->drain();
		$this->assertArrayNotHasKey('biographies', $this->card($contact));
		$this->options(array('GCONTACTS_NOTES' => '1'));
		$this->drain();
		$this->assertStringContainsString('Prefers mornings', $this->card($contact)['biographies'][0]['value']);
	}

	/**
	 * @return array<string,string> Resource name of each label, by its name
	 */
	private function groups(): array
	{
		return array_column($this->google->state()['groups'], 'resourceName', 'name');
	}

	/**
	 * Saves options as the setup page does
	 *
	 * @param  array<string,string> $values Constant => value
	 * @return void
	 */
	private function options(array $values): void
	{
		dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');
		foreach ($values as $name => $value) {
			$this->set($name, $value);
		}
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('SETTINGS'));
	}
}
