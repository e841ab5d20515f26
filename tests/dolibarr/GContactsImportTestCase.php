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
 * \file    tests/dolibarr/GContactsImportTestCase.php
 * \ingroup gcontacts
 * \brief   What the tests of the import have in common
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportdefaults.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportreport.class.php');

/**
 * People whom somebody added on the phone, and what the import page does with them.
 */
abstract class GContactsImportTestCase extends GContactsSendingTestCase
{
	/** The tables of the import */
	private const IMPORT_TABLES = array('import', 'candidate', 'candidate_key', 'candidate_match', 'import_choice');

	/**
	 * Forgets every list
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		foreach (self::IMPORT_TABLES as $table) {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_'.$table);
		}
		$this->set('GCONTACTS_MY_CONTACTS', '0');
	}

	/**
	 * Somebody is added on the phone
	 *
	 * @param string              $given  First name
	 * @param string              $family Last name
	 * @param array<string,mixed> $more   Other fields of the person
	 * @return string                     Resource name
	 */
	protected function somebody(string $given, string $family, array $more = array()): string
	{
		$name = $given.$family === '' ? array() : array('names' => array(array('givenName' => $given, 'familyName' => $family)));
		return (string) $this->google->phone(array('op' => 'create', 'person' => $name + $more))['resourceName'];
	}

	/**
	 * The fields of a person, short
	 *
	 * @param string $email   E-mail
	 * @param string $phone   Mobile phone
	 * @param string $company Organization
	 * @return array<string,mixed>
	 */
	protected static function fields(string $email = '', string $phone = '', string $company = ''): array
	{
		return array_filter(array(
			'emailAddresses' => $email === '' ? array() : array(array('value' => $email, 'type' => 'work')),
			'phoneNumbers' => $phone === '' ? array() : array(array('value' => $phone, 'type' => 'mobile')),
			'organizations' => $company === '' ? array() : array(array('name' => $company)),
		));
	}

	/**
	 * The list of the connected account, read anew
	 *
	 * @return GContactsImportList
	 */
	protected function read(): GContactsImportList
	{
		$list = new GContactsImportList($this->db);
		$account = $this->account();
		$this->assertSame(1, $list->open('account', 0, $account->id), $list->error);
		$listing = new GContactsImportListing($this->db, $account, $list);
		$this->assertSame(1, $list->state === 'ready' ? $listing->begin() : 1, $listing->error);
		$this->assertSame(0, $listing->run(microtime(true) + 300.0), $listing->error);
		return $list;
	}

	/**
	 * The candidates by what they are called
	 *
	 * @param  GContactsImportList $list  List
	 * @param  string              $shown Filter
	 * @return array<string,array<string,mixed>>
	 */
	protected function candidates(GContactsImportList $list, string $shown = 'all'): array
	{
		$rows = (new GContactsCandidateList($this->db, $list, $this->user))->page(array('shown' => $shown, 'search' => '', 'sort' => 'name', 'order' => 'asc'), 10000, 0);
		$this->assertNotNull($rows, (string) $this->db->lasterror());
		return array_column($rows, null, 'title');
	}

	/**
	 * Imports some candidates
	 *
	 * @param  GContactsImportList              $list    List
	 * @param  array<string,array<string,mixed>> $changes What is chosen otherwise than the page proposes, by title
	 * @param  User|null                        $user    Who imports
	 * @return array<string,stdClass>                    Rows of the log by title
	 */
	protected function import(GContactsImportList $list, array $changes, ?User $user = null): array
	{
		$user = $user ?? $this->user;
		$defaults = new GContactsImportDefaults($user);
		$candidates = $this->candidates($list) + $this->candidates($list, 'nameless');
		$choices = array();
		foreach ($changes as $title => $change) {
			$this->assertArrayHasKey($title, $candidates);
			$choices[] = $change + $defaults->of($candidates[$title]);
		}
		$drafts = new GContactsImportChoices($this->db, $list, (int) $user->id);
		$this->assertSame(1, $drafts->draft($choices), $drafts->error);
		$import = new GContactsImport($this->db, $this->account(), $list, $user);
		$run = $import->begin();
		$this->assertGreaterThan(0, $run, $import->error);
		$this->assertSame(0, $import->step(microtime(true) + 300.0), $import->error);
		return array_column(GContactsImportReport::items($this->db, $run), null, 'name');
	}

	/**
	 * The contacts in Dolibarr
	 *
	 * @return array<int,stdClass> Rows, with the name of the third party
	 */
	protected function contacts(): array
	{
		return $this->rows('SELECT p.*, s.nom as company, s.client, s.fk_typent FROM '.MAIN_DB_PREFIX.'socpeople p LEFT JOIN '.MAIN_DB_PREFIX.'societe s ON s.rowid = p.fk_soc ORDER BY p.rowid');
	}
}
