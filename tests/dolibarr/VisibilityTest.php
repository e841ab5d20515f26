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
 * \file    tests/dolibarr/VisibilityTest.php
 * \ingroup gcontacts
 * \brief   Which contacts a user may see
 */

dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * One contact of each kind, and users with different rights who look at all of them.
 */
class VisibilityTest extends GContactsTestCase
{
	/** @var array<string, int> Ids of the contacts by what they are */
	private $contacts = array();

	/** @var Societe */
	private $assigned;

	/** @var User */
	private $bob;

	protected function setUp(): void
	{
		parent::setUp();
		$this->bob = $this->colleague();
		$this->assigned = $this->company(array('name' => 'Assigned'));
		$this->assertGreaterThan(0, $this->assigned->add_commercial($this->user, (int) $this->bob->id));
		$other = $this->company(array('name' => 'Other'));
		$kinds = array(
			'assigned' => array('socid' => $this->assigned->id), 'other' => array('socid' => $other->id), 'nobody' => array(),
			'private' => array('socid' => $this->assigned->id, 'priv' => 1), 'elsewhere' => array(), 'own' => array('priv' => 1),
		);
		foreach ($kinds as $kind => $values) {
			$this->contacts[$kind] = (int) $this->contact($values + array('lastname' => $kind))->id;
		}
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET entity = 77 WHERE rowid = '.$this->contacts['elsewhere']);
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET fk_user_creat = '.((int) $this->bob->id).' WHERE rowid = '.$this->contacts['own']);
	}

	/**
	 * @param  string ...$rights Rights of Dolibarr's module societe, as contact/lire
	 * @return array<int, string> What bob sees
	 */
	private function seenByBob(string ...$rights): array
	{
		$bob = new User($this->db);
		$bob->fetch((int) $this->bob->id);
		$bob->socid = (int) $this->bob->socid;
		foreach ($rights as $right) {
			list($part, $verb) = explode('/', $right);
			$bob->rights->societe = $bob->rights->societe ?? new stdClass();
			$bob->rights->societe->$part = $bob->rights->societe->$part ?? new stdClass();
			$bob->rights->societe->$part->$verb = 1;
		}
		$seen = GContactsVisibility::among($bob, $this->db, array_values($this->contacts));
		$this->assertIsArray($seen, (string) $this->db->lasterror());
		return array_keys(array_intersect($this->contacts, $seen));
	}

	public function testWithoutTheRightToContactsNothingIsSeen(): void
	{
		$this->assertSame(array(), $this->seenByBob('client/voir'));
	}

	public function testARepresentativeSeesWhatIsAssignedAndWhatIsNobodys(): void
	{
		$this->assertSame(array('assigned', 'nobody', 'own'), $this->seenByBob('contact/lire'));
	}

	public function testWithTheRightToAllThirdPartiesTheOthersAreSeenToo(): void
	{
		$this->assertSame(array('assigned', 'other', 'nobody', 'own'), $this->seenByBob('contact/lire', 'client/voir'));
	}

	public function testAnExternalUserSeesTheOwnThirdParty(): void
	{
		$this->bob->socid = (int) $this->assigned->id;
		$this->assertSame(array('assigned'), $this->seenByBob('contact/lire', 'client/voir'));
	}

	public function testPrivateContactsAreTheirAuthorsEvenForAnAdministrator(): void
	{
		$seen = GContactsVisibility::among($this->user, $this->db, array_values($this->contacts));
		$this->assertArrayHasKey($this->contacts['private'], (array) $seen, 'its author');
		$this->assertArrayNotHasKey($this->contacts['own'], (array) $seen, 'another is its author');
	}
}
