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
 * \file    php-module/class/backup/gcontactsbackup.class.php
 * \ingroup gcontacts
 * \brief   Backs the whole address book up
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupfolder.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * A backup, a page of cards at a time. What a page adds to the file counts once the run says so: a killed process leaves
 * bytes behind that the next one overwrites.
 */
class GContactsBackup extends GContactsOperation
{
	/** @var GContactsBackupFolder */
	private $folder;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		parent::__construct($db, $account);
		$this->folder = new GContactsBackupFolder($account->entity);
	}

	/** @return string */
	public function kind(): string
	{
		return 'backup';
	}

	/**
	 * Begins one.
	 *
	 * @param  GContactsOperations $operations Operations of the account
	 * @param  GContactsAccount    $account    Account
	 * @return GContactsRun|null               Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin(GContactsOperations $operations, GContactsAccount $account): ?GContactsRun
	{
		$folder = new GContactsBackupFolder($account->entity);
		$name = $folder->newName('backup');
		if ($name === null) {
			$operations->reason = 'backup_folder';
			$operations->error = GContactsEngine::sentence('backup_folder', $folder->error);
			return null;
		}
		return $operations->start('backup', array('name' => $name));
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	public function step(GContactsRun $run, float $until): int
	{
		$position = $run->position + array('cursor' => '', 'bytes' => 0, 'cards' => 0);
		$part = (string) $this->folder->path((string) ($run->parameters['name'] ?? '').GContactsBackupFolder::PART);
		if ($part === '') {
			$this->error = 'the run names no backup';
			return -1;
		}
		if (!empty($position['last'])) {
			return $this->finish($part);
		}
		try {
			$token = $this->account->accessToken();
			$page = (new GContactsBackupEngine())->backupPage($this->account->transportUntil($until), $token, (string) $position['cursor']);
			$this->account->learn($page);
		} catch (\GContacts\Exception $e) {
			if ((string) $position['cursor'] !== '' && in_array($e->reason, GContactsStop::PLACE, true)) {
				$run->moveTo(array());
			}
			throw $e;
		}
		return $this->write($run, $part, $page, $position);
	}

	/**
	 * @param  GContactsRun         $run      Run
	 * @param  string               $part     Path of the unfinished file
	 * @param  array<string, mixed> $page     Page of the engine
	 * @param  array<string, mixed> $position Where the run stood
	 * @return int                            See GContactsOperation::step()
	 */
	private function write(GContactsRun $run, string $part, array $page, array $position): int
	{
		$last = (string) $page['cursor'] === '';
		$count = (int) $position['cards'] + count($page['cards']);
		$head = array('account' => $this->account->email, 'date' => time(), 'labels' => $page['labels']);
		$bytes = (int) $position['bytes'] > 0 && !is_file($part) ? -1 : (new GContactsBackupFile($part))->write((int) $position['bytes'], $head, $page['cards'], $count, $last);
		if ($bytes < 0) {
			$this->error = 'the file '.$part.' could not be written';
			return -1;
		}
		$next = array('cursor' => (string) $page['cursor'], 'bytes' => $bytes, 'cards' => $count, 'last' => $last);
		// A listing that began anew counts from its beginning.
		$progress = array('calls' => (int) $page['calls'], 'done' => $count - $run->done);
		$this->db->begin();
		if ($run->progress($progress) < 0 || $run->moveTo($next, 'read', (int) $page['total']) < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return $last ? $this->finish($part) : 1;
	}

	/**
	 * @param  string $part Path of the unfinished file
	 * @return int          See GContactsOperation::step()
	 */
	private function finish(string $part): int
	{
		$whole = substr($part, 0, -strlen(GContactsBackupFolder::PART));
		if (!is_file($whole) && !rename($part, $whole)) {
			$this->error = 'the file '.$part.' could not be renamed';
			return -1;
		}
		return 0;
	}
}
