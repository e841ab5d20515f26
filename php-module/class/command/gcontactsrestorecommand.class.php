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
 * \file    php-module/class/command/gcontactsrestorecommand.class.php
 * \ingroup gcontacts
 * \brief   The verb restore of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestore.class.php');
dol_include_once('/gcontacts/class/command/gcontactsoperationcommand.class.php');

/**
 * Makes the cards of a backup anew that are not there, or tells which they are.
 */
class GContactsRestoreCommand extends GContactsOperationCommand
{
	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	protected function operate(GContactsCommandLine $line): array
	{
		$told = array('dry_run' => $line->dryRun, 'file' => $line->file);
		if ($line->file === '') {
			$this->exit = 2;
			$this->text = 'restore needs the name of a file.';
			return array('reason' => 'usage', 'message' => $this->text);
		}
		if (!$line->dryRun && !$line->yes) {
			return $told + $this->askForYes('Cards of '.$line->file.' that are not in '.$this->account->email.' would be made anew.');
		}
		$folder = new GContactsBackupFolder($this->account->entity);
		$name = is_file($line->file) ? $folder->take($line->file) : null;
		if ($name === null) {
			return $this->refuse($folder->error === '' ? 'backup_missing' : $folder->error, $line->file);
		}
		$parameters = array('file' => $name, 'pretend' => $line->dryRun, 'differing' => $line->differing);
		$run = GContactsRestore::begin($this->db, $this->operations, $this->account, $parameters);
		$told += $this->work($run);
		$found = $run === null ? array() : (array) ($run->position['found'] ?? array());
		if ($line->dryRun && $run !== null && $run->state === GContactsRun::DONE) {
			$this->text = sprintf('%d cards are missing, %d differ, %d are there, %d cannot be read. Nothing was done.', $found['missing'] ?? 0, $found['differs'] ?? 0, $found['there'] ?? 0, $found['refused'] ?? 0);
		}
		if ($run === null || !$run->isUnderWay()) {
			$folder->delete($name);
		}
		return $told + array('found' => (object) $found);
	}
}
