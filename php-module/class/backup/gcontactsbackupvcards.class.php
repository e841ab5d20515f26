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
 * \file    php-module/class/backup/gcontactsbackupvcards.class.php
 * \ingroup gcontacts
 * \brief   A backup as vCards
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupfile.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Writes a backup as vCards (version 4), which every address book reads, the import page among them. It is made of the file
 * that is there when somebody wants it, a page of cards at a time: so it is never older than that file, and never half.
 */
class GContactsBackupVcards
{
	/** Cards of a page. */
	const PAGE = 500;

	/** @var GContactsBackupFile */
	private $file;

	/**
	 * @param GContactsBackupFile $file Backup
	 */
	public function __construct(GContactsBackupFile $file)
	{
		$this->file = $file;
	}

	/**
	 * Writes all of them.
	 *
	 * @param  resource $to Where to
	 * @return int          How many bytes, or -1
	 */
	public function write($to): int
	{
		$engine = new GContactsBackupEngine();
		$bytes = 0;
		$place = 0;
		do {
			$page = $this->file->after($place, self::PAGE);
			if ($page === null) {
				return -1;
			}
			try {
				$text = $page ? $engine->vcardsOfPeople(GContactsSettings::forEngine(), $this->file->labels(), array_values($page)) : '';
			} catch (\GContacts\Exception $e) {
				dol_syslog('GContacts: a backup holds what is no card: '.$e->getMessage(), LOG_ERR);
				return -1;
			}
			if (fwrite($to, $text) !== strlen($text)) {
				return -1;
			}
			$bytes += strlen($text);
			$place = $page ? (int) max(array_keys($page)) : 0;
		} while ($page);
		return $bytes;
	}
}
