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
 * \file    tests/dolibarr/GContactsBackTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of the way back from Google have in common
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/comparison/gcontactsbadge.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactssendover.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactstake.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspull.class.php');
dol_include_once('/gcontacts/class/pull/gcontactstakeundo.class.php');

/**
 * A contact that is at Google, somebody with its phone in the hand, and somebody who takes.
 */
abstract class GContactsBackTestCase extends GContactsSendingTestCase
{
	/**
	 * Connects an account whose changes are read
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_PULL', '1');
		$this->set('GCONTACTS_AUTO_TAKE', '0');
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', 'recreate');
	}

	/**
	 * Edits a card on the phone
	 *
	 * @param  Contact             $contact Whose card
	 * @param  array<string,mixed> $set     New items by field of the People API
	 * @return void
	 */
	protected function onPhone(Contact $contact, array $set): void
	{
		$this->google->phone(array('op' => 'edit', 'name' => $this->card($contact)['resourceName'], 'set' => $set));
	}

	/**
	 * Takes fields as the tab does
	 *
	 * @param  Contact          $contact Contact
	 * @param  string           ...$keys Fields, none for all
	 * @return GContactsTake             What became of it
	 */
	protected function take(Contact $contact, string ...$keys): GContactsTake
	{
		$taking = new GContactsTake($this->db, $this->account());
		$this->assertSame(1, $taking->take((int) $contact->id, $keys, array(), $this->user), $taking->reason.' '.$taking->error);
		return $taking;
	}

	/**
	 * Looks at Google
	 *
	 * @return GContactsPull What was found
	 */
	protected function pull(): GContactsPull
	{
		$pull = new GContactsPull($this->db);
		$this->assertGreaterThanOrEqual(0, $pull->run(30.0), $pull->error);
		return $pull;
	}

	/**
	 * The contact as it is stored now
	 *
	 * @param  Contact $contact Contact
	 * @return Contact
	 */
	protected function stored(Contact $contact): Contact
	{
		$stored = new Contact($this->db);
		$this->assertGreaterThan(0, $stored->fetch($contact->id));
		return $stored;
	}
}
