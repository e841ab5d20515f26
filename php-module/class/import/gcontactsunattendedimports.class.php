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
 * \file    php-module/class/import/gcontactsunattendedimports.class.php
 * \ingroup gcontacts
 * \brief   Imports that go on without their user
 */

dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');

/**
 * Goes on with imports from the scheduled job, each as the user who began it, and counts what came of them.
 */
class GContactsUnattendedImports
{
	/** Seconds without a step after which nobody is at an import. */
	const QUIET = 60;

	/** @var string */
	public $error = '';
	/** @var int People imported */
	public $done = 0;
	/** @var int People who could not be imported */
	public $failed = 0;

	/** @var DoliDB */
	private $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Goes on with imports that nobody is at.
	 *
	 * @param  float $until Unix time
	 * @return int          1 something is left, 0 all is done, -1 failure with ->error
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function goOn(float $until): int
	{
		global $conf;
		$sql = "SELECT DISTINCT c.fk_import, c.fk_user, c.fk_run FROM ".$this->db->prefix()."gcontacts_import_choice c";
		$sql .= " INNER JOIN ".$this->db->prefix()."gcontacts_run r ON r.rowid = c.fk_run WHERE c.state = 'waiting' AND c.entity = ".((int) $conf->entity);
		$resql = $this->db->query($sql." AND r.alive < ".(time() - self::QUIET)." ORDER BY c.fk_run");
		$waiting = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$waiting[] = $row;
		}
		$left = $resql ? 0 : $this->failed($this->db->lasterror());
		foreach ($left < 0 ? array() : $waiting as $row) {
			$list = new GContactsImportList($this->db);
			$author = new User($this->db);
			if ($list->fetchById((int) $row->fk_import) <= 0 || $author->fetch((int) $row->fk_user) <= 0) {
				continue;
			}
			method_exists($author, 'loadRights') ? $author->loadRights() : $author->getrights();
			$left = max($left, $this->step($list, $author, (int) $row->fk_run, $until));
		}
		return $this->error === '' ? $left : -1;
	}

	/**
	 * Goes on with one.
	 *
	 * @param  GContactsImportList $list  List
	 * @param  User                $user  Who imports
	 * @param  int                 $id    Id of the run
	 * @param  float               $until Unix time
	 * @return int                        As goOn()
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function step(GContactsImportList $list, User $user, int $id, float $until): int
	{
		$account = new GContactsAccount($this->db);
		$account->fetchForEntity();
		$import = new GContactsImport($this->db, $account, $list, $user);
		$before = GContactsImportChoices::progress($this->db, $id);
		$left = $import->step($until);
		$after = GContactsImportChoices::progress($this->db, $id);
		if ($left < 0 || $before === null || $after === null) {
			return $this->failed($import->error ?: $this->db->lasterror());
		}
		$this->done += $after['done'] - $before['done'];
		$this->failed += $after['failed'] - $before['failed'];
		return $left;
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		$this->error = $error;
		return -1;
	}
}
