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
 * \file    tests/dolibarr/ImportTogetherTest.php
 * \ingroup gcontacts
 * \brief   Several processes at one import, and processes that are killed
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/import/gcontactselsewhere.class.php');

/**
 * Real processes: whoever comes second finds what the first has made, and whoever is killed has made nobody twice.
 */
class ImportTogetherTest extends GContactsImportTestCase
{
	/** People who are imported */
	private const PEOPLE = 25;

	public function testTwoUsersImportTheSameCardsAtOnce(): void
	{
		for ($number = 0; $number < self::PEOPLE; $number++) {
			$this->somebody('Zoé', 'Personne'.$number, self::fields('p'.$number.'@example.com', '', 'Durand '.intdiv($number, 5)));
		}
		$list = $this->read();
		$this->atOnce(array(array($list, $this->user), array($list, $this->importer())));
		$this->assertEverybodyIsThereOnce();
		$this->drain();
		$this->assertCount(self::PEOPLE, $this->cards(), 'and has one card');
	}

	public function testTwoUsersReadTheSamePeopleFromTheirOwnAddressBooks(): void
	{
		$file = '';
		for ($number = 0; $number < self::PEOPLE; $number++) {
			$file .= "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u".$number."\r\nN:Personne".$number.";Zoé;;;\r\nORG:Durand ".intdiv($number, 5)."\r\nEMAIL:p".$number."@example.com\r\nEND:VCARD\r\n";
		}
		$both = array();
		foreach (array($this->user, $this->importer()) as $user) {
			$reader = new GContactsElsewhere($this->db, $user);
			$this->assertSame(self::PEOPLE, $reader->readFile('people.vcf', $file), $reader->error);
			$list = new GContactsImportList($this->db);
			$this->assertSame(1, $list->fetch('vcard', (int) $user->id, 0));
			$this->assertSame(0, (new GContactsImportListing($this->db, $this->account(), $list))->run(microtime(true) + 300.0));
			$both[] = array($list, $user);
		}
		$this->atOnce($both);
		$this->assertEverybodyIsThereOnce();
		$this->drain();
		$this->assertCount(self::PEOPLE, $this->cards());
	}

	public function testAnImportThatIsKilledIsGoneOnWithAndNobodyIsMadeTwice(): void
	{
		for ($number = 0; $number < self::PEOPLE; $number++) {
			$this->somebody('Zoé', 'Personne'.$number, self::fields('p'.$number.'@example.com', '', 'Durand '.intdiv($number, 5)));
		}
		$list = $this->read();
		$this->begin($list, $this->user);
		for ($killed = 0; $killed < 3; $killed++) {
			$before = $this->made();
			$process = new GContactsProcess($this->command($list, $this->user));
			$this->until(function () use ($before): bool {
				return $this->made() > $before;
			});
			$process->kill();
		}
		$this->assertSame(0, (new GContactsProcess($this->command($list, $this->user)))->wait());
		$this->assertEverybodyIsThereOnce();
		$this->assertSame(array(), $this->candidates($this->read()));
		$run = $this->rows('SELECT state, done, failed FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'import'")[0];
		$this->assertSame(array('done', (string) self::PEOPLE, '0'), array($run->state, (string) $run->done, (string) $run->failed));
	}

	public function testKilledBetweenDolibarrsCommitAndGooglesAnswerTheCardIsNotOfferedAgain(): void
	{
		for ($number = 0; $number < 3; $number++) {
			$this->somebody('Zoé', 'Personne'.$number, self::fields('p'.$number.'@example.com'));
		}
		$list = $this->read();
		$this->import($list, array('Zoé Personne0' => array(), 'Zoé Personne1' => array(), 'Zoé Personne2' => array()));
		foreach (array('before', 'after') as $where) {
			$this->google->hold('write', $where);
			$process = GContactsProcess::drain();
			$this->untilHeld();
			$process->kill();
			$this->assertSame(array(), $this->candidates($this->read()), 'not in the list again');
			$this->healed();
			$this->later(700);
		}
		$this->later(3600);
		$this->drain();
		$this->assertCount(3, $this->contacts());
		$this->assertCount(3, $this->cards(), 'nobody has two cards');
		foreach ($this->cards() as $card) {
			$this->assertSame(array('Onelog'), $this->labels($card));
		}
		$this->assertSame(array(), $this->candidates($this->read()));
	}

	/**
	 * Lets users import all of their lists in processes of their own, at the same time
	 *
	 * @param  array<int,array{0:GContactsImportList,1:User}> $who Lists and users
	 * @return void
	 */
	private function atOnce(array $who): void
	{
		$commands = array();
		foreach ($who as $one) {
			$this->begin($one[0], $one[1]);
			$commands[] = $this->command($one[0], $one[1]);
		}
		foreach (GContactsProcess::together($commands) as $process) {
			$this->assertSame(0, $process->wait(), $process->output());
		}
	}

	/**
	 * Chooses everybody, and lets them wait
	 *
	 * @param  GContactsImportList $list List
	 * @param  User                $user Who imports
	 * @return void
	 */
	private function begin(GContactsImportList $list, User $user): void
	{
		$defaults = new GContactsImportDefaults($user);
		$drafts = new GContactsImportChoices($this->db, $list, (int) $user->id);
		$this->assertSame(1, $drafts->draft(array_map(array($defaults, 'of'), array_values($this->candidates($list)))), $drafts->error);
		$this->assertGreaterThan(0, (new GContactsImport($this->db, $this->account(), $list, $user))->begin());
	}

	/**
	 * @param  GContactsImportList $list List
	 * @param  User                $user Who imports
	 * @return array<int,string>
	 */
	private function command(GContactsImportList $list, User $user): array
	{
		return array(__DIR__.'/site/import.php', (string) $list->id, (string) $user->id);
	}

	/** @return User A second one, who may import */
	private function importer(): User
	{
		$bob = $this->colleague();
		foreach (array(121, 122, 262, 281, 282) as $right) {
			$bob->addrights($right);
		}
		$bob->addrights('', 'gcontacts', 'import');
		$bob->clearrights();
		$bob->loadRights();
		return $bob;
	}

	/** @return int How many contacts there are, as another process sees it */
	private function made(): int
	{
		return count($this->contacts());
	}

	/** @return void */
	private function assertEverybodyIsThereOnce(): void
	{
		$names = array_column($this->contacts(), 'lastname');
		sort($names);
		$this->assertSame(array_values(array_unique($names)), $names);
		$this->assertCount(self::PEOPLE, $names);
		$companies = array_column($this->rows('SELECT nom FROM '.MAIN_DB_PREFIX.'societe ORDER BY nom'), 'nom');
		$this->assertSame(array('Durand 0', 'Durand 1', 'Durand 2', 'Durand 3', 'Durand 4'), $companies, 'each company once');
	}
}
