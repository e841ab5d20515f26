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
 * \file    php-module/class/backup/gcontactsbackupfolder.class.php
 * \ingroup gcontacts
 * \brief   The backups of an entity
 */

require_once DOL_DOCUMENT_ROOT.'/core/lib/files.lib.php';
dol_include_once('/gcontacts/class/backup/gcontactsbackupfile.class.php');

/**
 * The folder in Dolibarr's documents where backups lie, beside Dolibarr's own backups: what lies in a folder of the module's
 * name Dolibarr hands to everybody who may read with the module. Names are made here and hold nothing that was typed; nobody
 * can guess one. An unfinished backup ends in .part.
 */
class GContactsBackupFolder
{
	/** What a name looks like. */
	const NAME = '/^(backup|upload)-[0-9]{8}-[0-9]{6}-[0-9a-f]{32}\.json(\.part)?$/D';
	/** End of the name of a backup that is not finished. */
	const PART = '.part';

	/** @var string */
	public $error = '';

	/** @var string */
	private $folder;

	/**
	 * @param int $entity Entity
	 */
	public function __construct(int $entity)
	{
		$this->folder = DOL_DATA_ROOT.($entity > 1 ? '/'.$entity : '').'/admin/gcontacts';
	}

	/**
	 * Thinks of a name, and makes the folder.
	 *
	 * @param  string      $what backup or upload
	 * @return string|null       Null where the folder cannot be made
	 */
	public function newName(string $what): ?string
	{
		if (dol_mkdir($this->folder, DOL_DATA_ROOT) < 0 || !is_writable($this->folder)) {
			$this->error = $this->folder;
			return null;
		}
		return $what.'-'.dol_print_date(dol_now(), '%Y%m%d-%H%M%S', 'gmt').'-'.bin2hex(random_bytes(16)).'.json';
	}

	/**
	 * The path of a backup.
	 *
	 * @param  string      $name Name, as anybody may have typed it
	 * @return string|null       Null where that is no name
	 */
	public function path(string $name): ?string
	{
		return preg_match(self::NAME, $name) ? $this->folder.'/'.$name : null;
	}

	/**
	 * A backup that is there.
	 *
	 * @param  string                   $name Name, as anybody may have typed it
	 * @return GContactsBackupFile|null
	 */
	public function file(string $name): ?GContactsBackupFile
	{
		$path = $this->path($name);
		return $path !== null && is_file($path) && !is_link($path) ? new GContactsBackupFile($path) : null;
	}

	/**
	 * All backups, the latest first.
	 *
	 * @return array<int, array<string, mixed>> name, size, date, account, cards (-1 where it is unfinished) of each
	 */
	public function all(): array
	{
		$backups = array();
		foreach (is_dir($this->folder) ? (array) scandir($this->folder) : array() as $name) {
			$file = $this->file((string) $name);
			if ($file === null) {
				continue;
			}
			$head = $file->head();
			$path = (string) $this->path((string) $name);
			$backups[] = array(
				'name' => (string) $name, 'size' => (int) filesize($path), 'date' => (int) ($head['date'] ?? 0) ?: (int) filemtime($path),
				'account' => (string) ($head['account'] ?? ''), 'cards' => substr((string) $name, -5) === self::PART ? -1 : $file->count(),
			);
		}
		usort($backups, function (array $a, array $b): int {
			return array($b['date'], $b['name']) <=> array($a['date'], $a['name']);
		});
		return $backups;
	}

	/**
	 * Takes a file in that came from elsewhere.
	 *
	 * @param  string      $path   Path of the file; it stays
	 * @return string|null         Name; null with ->error, a reason code, where it is no backup
	 */
	public function take(string $path): ?string
	{
		$file = new GContactsBackupFile($path);
		$this->error = $file->problem();
		if ($this->error === '' && !$file->isWhole()) {
			$this->error = 'backup_unreadable';
		}
		$name = $this->error === '' ? $this->newName('upload') : null;
		if ($name !== null && !copy($path, (string) $this->path($name))) {
			$this->error = 'backup_folder';
			return null;
		}
		return $name;
	}

	/**
	 * Deletes a backup.
	 *
	 * @param  string $name Name, as anybody may have typed it
	 * @return bool
	 */
	public function delete(string $name): bool
	{
		return $this->file($name) !== null && unlink((string) $this->path($name));
	}
}
