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
 * \file    tests/dolibarr/BackupTest.php
 * \ingroup gcontacts
 * \brief   Backup, clean-up, restore: the address book is as it was
 */

require_once __DIR__.'/GContactsBackupTestCase.php';

/**
 * Backups, and who reaches them.
 */
class BackupTest extends GContactsBackupTestCase
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
}
