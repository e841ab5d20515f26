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
 * \file    tests/dolibarr/RepresentativeTest.php
 * \ingroup gcontacts
 * \brief   Sales representatives as labels
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Sales representatives assigned, taken away, renamed: the labels of the contacts follow.
 */
class RepresentativeTest extends GContactsSendingTestCase
{
	/** @var Societe */
	private $company;

	/** @var Contact */
	private $contact;

	/** @var User */
	private $bob;

	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_REP_LABELS', '1');
		$this->bob = $this->colleague();
		$this->company = $this->company(array('name' => 'Acme'));
		$this->contact = $this->sentContact(array('socid' => $this->company->id));
	}

	public function testALabelComesAndGoesWithTheRepresentative(): void
	{
		$this->assertGreaterThan(0, $this->company->add_commercial($this->user, $this->bob->id));
		$this->drain();
		$this->assertSame(array('Onelog', 'Onelog/bob', 'myContacts'), $this->labels($this->card($this->contact)));
		$this->assertSame(array('contactGroups.create', 'contactGroups.members.modify'), $this->methods());

		$this->company->del_commercial($this->user, $this->bob->id);
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'the event fires before the row goes: it waits');
		$this->assertSame(1, $this->waiting());
		$this->later(11);
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($this->contact)));
		$this->assertSame(0, $this->waiting());
	}

	public function testAnUnassignmentThatFailsChangesNothing(): void
	{
		$this->company->add_commercial($this->user, $this->bob->id);
		$this->drain();
		$this->company->call_trigger('COMPANY_UNLINK_SALE_REPRESENTATIVE', $this->user);
		$this->later(11);
		$this->drain();
		$this->assertContains('Onelog/bob', $this->labels($this->card($this->contact)));
	}

	public function testANewContactIsCreatedInItsLabels(): void
	{
		$this->company->add_commercial($this->user, $this->bob->id);
		$this->drain();
		$this->google->emptyLog();
		$contact = $this->contact(array('lastname' => 'Nouveau', 'socid' => $this->company->id));
		$this->drain();
		$this->assertSame(array('Onelog', 'Onelog/bob', 'myContacts'), $this->labels($this->card($contact)));
		$this->assertSame(array('createContact'), $this->writes());
	}

	public function testTheLabelIsRenamedWithTheLogin(): void
	{
		$this->company->add_commercial($this->user, $this->bob->id);
		$this->drain();
		$before = array_column($this->google->state()['groups'], 'resourceName', 'name');
		$renamed = new User($this->db);
		$renamed->fetch($this->bob->id);
		$renamed->login = 'bobby';
		$this->assertGreaterThan(0, $renamed->update($this->user), (string) $renamed->error);
		$this->drain();
		$after = array_column($this->google->state()['groups'], 'resourceName', 'name');
		$this->assertSame($before['Onelog/bob'], $after['Onelog/bobby'] ?? null);
		$this->assertContains('Onelog/bobby', $this->labels($this->card($this->contact)));
		$this->assertArrayNotHasKey('Onelog/bob', $after);
	}

	public function testTheOptionOffMakesNoLabels(): void
	{
		$this->set('GCONTACTS_REP_LABELS', '0');
		$this->company->add_commercial($this->user, $this->bob->id);
		$this->drain();
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($this->card($this->contact)));
	}

	public function testThePhonesOwnLabelsStay(): void
	{
		$name = $this->card($this->contact)['resourceName'];
		$this->google->phone(array('op' => 'create_group', 'group' => 'Golf'));
		foreach (array('Golf', 'contactGroups/starred') as $group) {
			$this->google->phone(array('op' => 'add_to_group', 'name' => $name, 'group' => $group));
		}
		$this->company->add_commercial($this->user, $this->bob->id);
		$this->drain();
		$this->assertSame(array('Golf', 'Onelog', 'Onelog/bob', 'myContacts', 'starred'), $this->labels($this->card($this->contact)));
	}

	/**
	 * @return array<int,string> Methods of the calls that write
	 */
	private function methods(): array
	{
		$methods = array();
		foreach ($this->calls() as $call) {
			if ($call['verb'] !== 'GET') {
				$methods[] = $call['method'];
			}
		}
		return $methods;
	}
}
