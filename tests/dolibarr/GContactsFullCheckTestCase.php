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
 * along with this program.  If not, see <https://www.gnu.org/licenses/>.
 */

/**
 * \file    tests/dolibarr/GContactsFullCheckTestCase.php
 * \ingroup gcontacts
 * \brief   What tests of the full check share
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');

/**
 * A contact that is at Google, and full checks.
 */
abstract class GContactsFullCheckTestCase extends GContactsOperationTestCase
{
	/** @var Contact */
	protected $contact;

	/** @var string Resource name of our label */
	protected $label;

	/**
	 * A contact that was sent
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->contact = $this->sentContact(array('phone_mobile' => '06 11 22 33 44'));
		$this->label = array_column($this->google->state()['groups'], 'resourceName', 'name')['Onelog'];
		$this->google->emptyLog();
	}

	/**
	 * @return GContactsRun A full check, done
	 */
	protected function check(): GContactsRun
	{
		$operations = new GContactsOperations($this->db, $this->account());
		$run = $operations->start('check');
		$this->assertNotNull($run, $operations->error);
		$this->finish();
		$done = $this->stored((int) $run->id);
		$this->assertSame('done', $done->state, $done->reason.' '.$done->message);
		return $done;
	}

	/**
	 * @param  string               $name  Family name
	 * @param  bool                 $ours  Whether it is put into our label
	 * @return array<string, mixed>        Card that somebody made on the phone
	 */
	protected function onThePhone(string $name, bool $ours): array
	{
		$resource = (string) $this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('familyName' => $name)))))['resourceName'];
		if ($ours) {
			$this->google->phone(array('op' => 'add_to_group', 'name' => $resource, 'group' => $this->label));
		}
		return array('resourceName' => $resource);
	}

	/**
	 * @param  Contact|null $contact Contact, the one of each test unless given
	 * @return string                What Check synchro says of it
	 */
	protected function sentence(?Contact $contact = null): string
	{
		$row = (new GContactsCheckRows($this->db, $this->account(), $this->user))->one((int) ($contact ?? $this->contact)->id);
		$this->assertNotNull($row);
		return GContactsCheckState::sentence($row, '');
	}
}
