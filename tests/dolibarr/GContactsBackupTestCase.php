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
/**
 * \file    tests/dolibarr/GContactsBackupTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of backups and restores have in common
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/backup/gcontactsbackup.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestore.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspull.class.php');

/**
 * A furnished account, backups and restores of it, and what it says.
 */
abstract class GContactsBackupTestCase extends GContactsOperationTestCase
{
	/** @return void */
	protected function tearDown(): void
	{
		dol_delete_dir_recursive(DOL_DATA_ROOT.'/admin/gcontacts');
		parent::tearDown();
	}

	/**
	 * An account with eight cards of Dolibarr's and a friend in a label of the user's
	 *
	 * @return void
	 */
	protected function furnish(): void
	{
		$this->several(8);
		$this->export();
		$this->finish();
		$friend = $this->google->phone(array('op' => 'create', 'person' => array(
			'names' => array(array('givenName' => 'Zoé', 'middleName' => 'M', 'familyName' => "\u{1F600}")), 'nicknames' => array(array('value' => 'Zo')),
			'birthdays' => array(array('date' => array('month' => 2, 'day' => 29))), 'clientData' => array(array('key' => 'other', 'value' => 'app')),
			'userDefined' => array(array('key' => 'shoe', 'value' => '42')), 'phoneNumbers' => array(array('value' => '1', 'type' => 'pager')),
		)));
		$this->google->phone(array('op' => 'create_group', 'group' => 'Amis'));
		$this->google->phone(array('op' => 'add_to_group', 'name' => $friend['resourceName'], 'group' => 'Amis'));
		$this->google->emptyLog();
	}

	/**
	 * @param  array<string,mixed> $card Card
	 * @return bool                      Whether it carries a contact's marker of this Dolibarr
	 */
	protected function isOurs(array $card): bool
	{
		return strpos((string) json_encode($card['clientData'] ?? array()), GContactsSettings::instance().':contact:') !== false;
	}

	/** @return void */
	protected function pull(): void
	{
		$pull = new GContactsPull($this->db);
		$this->assertGreaterThanOrEqual(0, $pull->run(20.0), $pull->error);
	}

	/** @return string Name of a backup that is done */
	protected function backup(): string
	{
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$this->assertNotNull($run);
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
		return (string) $run->parameters['name'];
	}

	/**
	 * @param  array<string,mixed> $parameters Parameters
	 * @return GContactsRun                    A restore that is done
	 */
	protected function restore(array $parameters): GContactsRun
	{
		$operations = $this->operations();
		$run = GContactsRestore::begin($this->db, $operations, $this->account(), $parameters);
		$this->assertNotNull($run, $operations->error);
		$this->finish();
		return $this->stored($run->id);
	}

	/** @return GContactsOperations */
	protected function operations(): GContactsOperations
	{
		return new GContactsOperations($this->db, $this->account());
	}

	/**
	 * The address book without what is new in each card: names and versions; labels by name
	 *
	 * @return array<int,string>
	 */
	protected function comparable(): array
	{
		$cards = array();
		foreach ($this->cards() as $card) {
			$card['labels'] = $this->labels($card);
			$card = array_diff_key($card, array_flip(array('resourceName', 'etag', 'metadata', 'memberships', 'photos', 'origin')));
			ksort($card);
			array_walk($card, function (&$items): void {
				foreach (is_array($items) ? $items : array() as $index => $item) {
					if (is_array($item)) {
						unset($items[$index]['metadata']);
					}
				}
			});
			$cards[] = (string) json_encode($card);
		}
		sort($cards);
		return $cards;
	}

	/**
	 * @param  array<int,string>   $arguments Arguments of the script
	 * @param  int                 $exit      Expected exit code
	 * @return array<string,mixed>
	 */
	protected function json(array $arguments, int $exit): array
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame($exit, $process->wait(), $process->output());
		return (array) json_decode($process->output(1), true);
	}
}
