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
 * \file    tests/dolibarr/BackupTest.php
 * \ingroup gcontacts
 * \brief   Backup, clean-up, restore: the address book is as it was
 */

require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/backup/gcontactsbackup.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestore.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspull.class.php');

/**
 * Backups, and what becomes of them.
 */
class BackupTest extends GContactsOperationTestCase
{
	public function testBackupCleanUpRestoreIsAsBefore(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		$file = (new GContactsBackupFolder(1))->file($name);
		$this->assertSame(array('', 9), array($file->problem(), $file->count()));
		$this->assertCount(9, json_decode((string) file_get_contents((new GContactsBackupFolder(1))->path($name)), true)['cards'], 'it is JSON');
		GContactsCleanUp::begin($this->db, $this->operations(), $this->account());
		$this->finish();
		$this->assertNotSame($before, $this->comparable());
		$preview = $this->restore(array('file' => $name, 'pretend' => true));
		$this->assertSame(array('missing' => 8, 'there' => 1), $preview->position['found']);
		$this->google->emptyLog();
		$run = $this->restore(array('file' => $name));
		$this->assertSame(array('done', 8, 1, 0), array($run->state, $run->done, $run->unchanged, $run->failed), $run->message);
		$this->assertSame($before, $this->comparable());
		$this->google->emptyLog();
		$again = $this->restore(array('file' => $name));
		$this->assertSame(array('done', 0, 9), array($again->state, $again->done, $again->unchanged));
		$this->assertSame(array(), $this->writes(), 'the second time writes nothing');
		$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_restore'));
		// What was made for contacts is theirs again.
		$this->export();
		$this->finish();
		$this->assertCount(9, $this->cards(), 'none is made twice');
	}

	public function testALostAnswerIsLookedForAndNotRepeated(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'action' => 'drop_after'));
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->finish(1500);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertSame($before, $this->comparable());
	}

	public function testKilledInTheMiddleNothingIsMadeTwice(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'times' => 0, 'action' => array('latency' => array('ms' => 900, 'where' => 'after'))));
		$process = GContactsProcess::drain();
		$this->until(function (): bool {
			return count($this->cards()) > 0;
		});
		$process->kill();
		$this->google->heal();
		$this->later(120);
		$this->finish(1500);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertSame($before, $this->comparable());
	}

	public function testACardThatDiffersIsLeftOrBroughtBack(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		$card = $this->cards()[0];
		$this->google->phone(array('op' => 'edit', 'name' => $card['resourceName'], 'set' => array('nicknames' => array(array('value' => 'Nan')))));
		$changed = $this->comparable();
		$run = $this->restore(array('file' => $name));
		$this->assertSame(array(0, 9), array($run->done, $run->unchanged));
		$this->assertSame($changed, $this->comparable());
		$run = $this->restore(array('file' => $name, 'differing' => true));
		$this->assertSame(array(1, 8), array($run->done, $run->unchanged));
		$this->assertSame($before, $this->comparable());
	}

	/**
	 * @dataProvider deletions
	 * @param string $setting What becomes of a card that was deleted at Google
	 * @param bool   $noticed Whether the module has noticed that before the restore
	 * @param string $fault   What goes wrong with the create, empty for nothing
	 */
	public function testARestoredCardIsItsContactsAgain(string $setting, bool $noticed, string $fault): void
	{
		$this->furnish();
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', $setting);
		$this->pull();
		$before = $this->comparable();
		$name = $this->backup();
		$gone = array_slice(array_values(array_filter($this->cards(), array($this, 'isOurs'))), 0, 2);
		foreach ($gone as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		if ($noticed) {
			$this->pull();
		}
		if ($fault !== '') {
			$this->google->fault(array('match' => 'people.createContact', 'action' => $fault));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->finish(1500);
		$this->assertSame(2, $this->stored($run->id)->done);
		$links = $this->rows('SELECT c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_link l INNER JOIN '.MAIN_DB_PREFIX."gcontacts_card c ON c.rowid = l.fk_card WHERE l.origin = 'created'");
		$this->assertCount(8, $links);
		$ours = array_column(array_filter($this->cards(), array($this, 'isOurs')), 'resourceName');
		$this->assertEqualsCanonicalizing($ours, array_column($links, 'resource_name'), 'each contact is linked to its card');
		$this->drain();
		$this->export();
		$this->finish(1500);
		$this->google->emptyLog();
		$this->export();
		$this->finish(1500);
		$this->assertSame(array(), $this->writes());
		$this->assertCount(9, $this->cards(), 'none is made twice');
		$this->assertSame($before, $this->comparable());
	}

	/** @return array<string,array<int,bool|string>> */
	public static function deletions(): array
	{
		return array(
			'recreate' => array('recreate', false, ''), 'recreate, noticed' => array('recreate', true, ''),
			'mark' => array('mark', false, ''), 'mark, noticed' => array('mark', true, ''),
			'lost answer' => array('recreate', true, 'drop_after'),
		);
	}

	public function testAContactThatWasSentAnewKeepsItsNewCard(): void
	{
		$this->furnish();
		$this->pull();
		$name = $this->backup();
		$gone = array_values(array_filter($this->cards(), array($this, 'isOurs')))[0];
		$this->google->phone(array('op' => 'delete', 'name' => $gone['resourceName']));
		$others = array_column($this->cards(), 'resourceName');
		$this->pull();
		$this->export();
		$this->finish(1500);
		$made = array_diff(array_column($this->cards(), 'resourceName'), $others);
		$this->assertCount(1, $made);
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		while ($run->phase !== 'match') {
			$this->assertSame(1, (new GContactsRestore($this->db, $this->account()))->step($run, microtime(true) + 4));
		}
		// As a listing that does not show yet what was just made
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."gcontacts_present WHERE resource_name = '".$this->db->escape((string) end($made))."'");
		$this->finish();
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 0, 9, 0), array($run->state, $run->done, $run->unchanged, $run->failed));
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run_item WHERE fk_run = '.$run->id." AND reason = 'sent_anew' AND result = 'left_out'"));
		$this->assertCount(9, $this->cards(), 'none is made twice');
	}

	public function testAfterARestoreThatWasStoppedNoCardCarriesItsMark(): void
	{
		$this->several(30);
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->stepsUntil(function () use ($run): bool {
			return $this->stored($run->id)->done > 0;
		});
		$made = count($this->cards());
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->assertStringContainsString('being stopped', $this->progress($this->stored($run->id))->sentence());
		$this->finish();
		$this->assertSame('cancelled', $this->stored($run->id)->state);
		$this->assertSame($this->user->login, $this->stored($run->id)->message);
		$this->assertLessThan(39, $made);
		$this->assertCount($made, $this->cards(), 'nothing more is made');
		foreach ($this->cards() as $card) {
			$this->assertStringNotContainsString(':restore:', (string) json_encode($card['clientData'] ?? array()));
		}
		$this->assertSame(1, $this->operations()->resume($run->id), 'the rest can be gone on with');
		$this->finish(1500);
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 39), array($run->state, $run->done));
		$this->assertSame($before, $this->comparable());
	}

	public function testATokenThatComesLateMakesNoRequestLate(): void
	{
		$this->furnish();
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_account SET token_expiry = 1');
		$latency = array('latency' => array('ms' => 3000, 'where' => 'before'));
		$this->google->fault(array('match' => 'oauth.token', 'times' => 1, 'action' => $latency));
		$this->google->fault(array('match' => 'contactGroups.list', 'times' => 1, 'action' => $latency));
		$this->finish(600);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->until(function (): bool {
			return count($this->calls('list')) === 2;
		});
	}

	public function testACallForWhichThereIsNoTimeIsNotBegun(): void
	{
		$this->furnish();
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_account SET token_expiry = 1');
		$this->google->fault(array('match' => 'oauth.token', 'times' => 1, 'action' => array('latency' => array('ms' => 3400, 'where' => 'before'))));
		$this->google->emptyLog();
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 4));
		$this->assertSame(array(), $this->calls());
		$this->assertSame(array(0, 'running'), array($this->account()->paused_until, $this->stored($run->id)->state), 'nobody is to blame');
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
	}

	public function testAStopThatGoogleHoldsUpIsInsistedOn(): void
	{
		$this->furnish();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->stepsUntil(function () use ($run): bool {
			return $this->stored($run->id)->done > 0;
		});
		$this->google->fault(array('match' => 'people.getBatchGet', 'times' => 0, 'action' => array('error' => array('http' => 503))));
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->finish();
		$this->assertSame('waiting', $this->stored($run->id)->state);
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->assertSame('cancelled', $this->stored($run->id)->state);
	}

	public function testWhatARunDeletedComesBackFromItsLog(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$cleaned = GContactsCleanUp::begin($this->db, $this->operations(), $this->account());
		$this->finish();
		$item = $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE fk_run = ".$cleaned->id." AND element_type = 'contact' ORDER BY rowid")[0];
		$run = $this->restore(array('run' => $cleaned->id, 'item' => (int) $item->rowid));
		$this->assertSame(array('done', 1, 0), array($run->state, $run->done, $run->failed));
		$this->assertCount(2, $this->cards());
		$run = $this->restore(array('run' => $cleaned->id));
		$this->assertSame(array(7, 1), array($run->done, $run->unchanged));
		$this->assertSame($before, $this->comparable());
	}

	public function testABackupThatWasKilledIsGoneOnWith(): void
	{
		$this->furnish();
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$part = (new GContactsBackupFolder(1))->path($run->parameters['name'].'.part');
		file_put_contents($part, str_repeat('left by a process that was killed', 9999));
		$this->assertSame(-1, (new GContactsBackupFolder(1))->all()[0]['cards'], 'an unfinished one is known');
		$this->finish();
		$this->assertFileDoesNotExist($part);
		$this->assertTrue((new GContactsBackupFolder(1))->file($run->parameters['name'])->isWhole());
	}

	public function testWhatIsNoBackupIsRefusedWithAReason(): void
	{
		$folder = new GContactsBackupFolder(1);
		$file = (string) tempnam(sys_get_temp_dir(), 'gcontacts');
		$head = '{"format":"gcontacts-backup","version":1,"account":"a","date":1,"labels":[],"cards":[';
		$cases = array(
			'' => 'backup_unreadable', '{"cards":[]}' => 'backup_unreadable', $head."\n{}\n" => 'backup_unfinished',
			str_replace('"version":1', '"version":9', $head)."\n{}\n],\"count\":1}\n" => 'backup_version', $head."\n{\"a\n],\"count\":1}\n" => 'backup_unreadable',
		);
		foreach ($cases as $content => $reason) {
			file_put_contents($file, $content);
			$this->assertNull($folder->take($file));
			$this->assertSame($reason, $folder->error, $content);
		}
		unlink($file);
		foreach (array('../../conf/conf.php', 'backup-1.json', '/etc/passwd', "backup-20260101-000000-".str_repeat('a', 32).".json\n", '') as $name) {
			$this->assertNull($folder->path($name), $name);
			$this->assertFalse($folder->delete($name));
		}
		$this->assertNull(GContactsRestore::begin($this->db, $operations = $this->operations(), $this->account(), array('file' => '../x')));
		$this->assertSame('backup_missing', $operations->reason);
	}

	/**
	 * @group web
	 */
	public function testOnlyAdministratorsReachABackup(): void
	{
		$this->furnish();
		$page = '/custom/gcontacts/admin/backup.php?file=';
		$name = $this->backup();
		$admin = (new GContactsVisitor())->login();
		$admin->get($page.$name);
		$this->assertSame(200, $admin->status);
		$this->assertCount(9, json_decode($admin->page, true)['cards']);
		foreach (array('..%2F..%2F..%2Fconf%2Fconf.php', '%2Fetc%2Fpasswd', $name.'.part', 'backup-20260101-000000-'.str_repeat('a', 32).'.json', '') as $bad) {
			$admin->get($page.$bad);
			$this->assertSame(404, $admin->status, $bad);
		}
		$this->colleague();
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		$visitor->get($page.$name);
		$this->assertSame(403, $visitor->status);
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'user_rights (entity, fk_user, fk_id) SELECT 1, '.((int) $this->colleague()->id).', id FROM '.MAIN_DB_PREFIX."rights_def WHERE module = 'gcontacts' AND entity = 1");
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		foreach (array('gcontacts' => array('', 'backup/', '../admin/gcontacts/'), 'systemtools' => array('gcontacts/')) as $part => $folders) {
			foreach ($folders as $folder) {
				$visitor->get('/document.php?modulepart='.$part.'&file='.urlencode($folder.$name));
				$this->assertStringNotContainsString('gcontacts-backup', $visitor->page, $part.' '.$folder);
			}
		}
		$nobody = new GContactsVisitor();
		$nobody->get($page.$name);
		$this->assertStringNotContainsString('gcontacts-backup', $nobody->page);
	}

	public function testTheCommands(): void
	{
		$this->furnish();
		$file = sys_get_temp_dir().'/gcontacts-'.getmypid().'.json';
		$this->assertSame(9, $this->json(array('backup', $file, '--dry-run', '--json'), 0)['cards']);
		$this->assertFileDoesNotExist($file);
		$this->assertSame('done', $this->json(array('backup', $file, '--json'), 0)['state']);
		$this->assertSame('yes_missing', $this->json(array('backup', $file, '--json'), 2)['reason'], 'it is there');
		$this->google->phone(array('op' => 'delete', 'name' => $this->cards()[0]['resourceName']));
		$preview = $this->json(array('restore', $file, '--dry-run', '--json'), 0);
		$this->assertSame(array(1, 8), array($preview['found']['missing'], $preview['found']['there']));
		$this->assertSame('yes_missing', $this->json(array('restore', $file, '--json'), 2)['reason']);
		$this->assertSame(1, $this->json(array('restore', $file, '--yes', '--json'), 0)['done']);
		$this->assertCount(9, $this->cards());
		file_put_contents($file, 'nonsense');
		$this->assertSame('backup_unreadable', $this->json(array('restore', $file, '--yes', '--json'), 2)['reason']);
		unlink($file);
	}

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
	private function furnish(): void
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
	private function isOurs(array $card): bool
	{
		return strpos((string) json_encode($card['clientData'] ?? array()), GContactsSettings::instance().':contact:') !== false;
	}

	/** @return void */
	private function pull(): void
	{
		$pull = new GContactsPull($this->db);
		$this->assertGreaterThanOrEqual(0, $pull->run(20.0), $pull->error);
	}

	/** @return string Name of a backup that is done */
	private function backup(): string
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
	private function restore(array $parameters): GContactsRun
	{
		$operations = $this->operations();
		$run = GContactsRestore::begin($this->db, $operations, $this->account(), $parameters);
		$this->assertNotNull($run, $operations->error);
		$this->finish();
		return $this->stored($run->id);
	}

	/** @return GContactsOperations */
	private function operations(): GContactsOperations
	{
		return new GContactsOperations($this->db, $this->account());
	}

	/**
	 * The address book without what is new in each card: names and versions; labels by name
	 *
	 * @return array<int,string>
	 */
	private function comparable(): array
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
	private function json(array $arguments, int $exit): array
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame($exit, $process->wait(), $process->output());
		return (array) json_decode($process->output(1), true);
	}
}
