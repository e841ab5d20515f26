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
 * \file    php-module/class/command/gcontactsbackupcommand.class.php
 * \ingroup gcontacts
 * \brief   The verb backup of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackup.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupvcards.class.php');
dol_include_once('/gcontacts/class/command/gcontactsoperationcommand.class.php');

/**
 * Backs the whole address book up, among the backups of the page and into a file: as vCards, where its name ends in .vcf.
 */
class GContactsBackupCommand extends GContactsOperationCommand
{
	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 * @throws \GContacts\Exception       Google refuses
	 */
	protected function operate(GContactsCommandLine $line): array
	{
		$told = array('dry_run' => $line->dryRun, 'file' => $line->file);
		if (file_exists($line->file) && !$line->yes && !$line->dryRun) {
			return $told + $this->askForYes('The file '.$line->file.' is there and would be overwritten.');
		}
		if ($line->file === '' || (!is_writable(file_exists($line->file) ? $line->file : dirname($line->file)))) {
			$this->exit = 2;
			$this->text = $line->file === '' ? 'backup needs the name of a file.' : 'The file '.$line->file.' cannot be written.';
			return array('reason' => 'usage', 'message' => $this->text);
		}
		if ($line->dryRun) {
			$cards = (new GContactsEngine())->countCards(GContactsSettings::transport(30000), $this->account->accessToken());
			$this->text = $cards.' cards of '.$this->account->email.' would be written to '.$line->file.'. Nothing was done.';
			return $told + array('cards' => $cards);
		}
		$run = GContactsBackup::begin($this->operations, $this->account);
		$told += $this->work($run);
		if ($run === null || $run->state !== GContactsRun::DONE) {
			return $told;
		}
		$folder = new GContactsBackupFolder($this->account->entity);
		$name = (string) ($run->parameters['name'] ?? '');
		if (!self::handOut($folder, $name, $line->file) || !chmod($line->file, 0600)) {
			$this->exit = 1;
			$this->text = 'The file '.$line->file.' could not be written. The backup is there as '.$name.'.';
		}
		return array('name' => $name) + $told;
	}

	/**
	 * @param  GContactsBackupFolder $folder Folder of the backups
	 * @param  string                $name   Name of the backup
	 * @param  string                $to     File that was typed
	 * @return bool                          Whether it is written
	 */
	private static function handOut(GContactsBackupFolder $folder, string $name, string $to): bool
	{
		$backup = $folder->file($name);
		if ($backup === null || strtolower(substr($to, -4)) !== '.vcf') {
			return copy((string) $folder->path($name), $to);
		}
		$handle = fopen($to, 'wb');
		$written = $handle && (new GContactsBackupVcards($backup))->write($handle) >= 0;
		return $handle && fclose($handle) && $written;
	}
}
