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
 * \file    php-module/class/import/gcontactsimportremoval.class.php
 * \ingroup gcontacts
 * \brief   Forgets lists of people
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlist.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * What was read from elsewhere does not stay: whoever is imported goes at once, the others after a day.
 */
class GContactsImportRemoval
{
	/** Seconds after which a list that was read from elsewhere goes. */
	const LIFETIME = 86400;

	/** @var string */
	public $error = '';

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
	 * Forgets a list with all that belongs to it. An import from it that is under way ends: its log says so.
	 *
	 * @param  GContactsImportList $list List
	 * @return int                       1, or -1 with ->error
	 */
	public function whole(GContactsImportList $list): int
	{
		$this->db->begin();
		if ($this->cancel($list) < 0) {
			$this->db->rollback();
			return -1;
		}
		foreach (array('candidate_match', 'candidate_key', 'import_choice', 'candidate') as $table) {
			if (!$this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_".$table." WHERE fk_import = ".$list->id)) {
				$this->db->rollback();
				return $this->failed();
			}
		}
		if (!$this->db->query("DELETE FROM ".$this->db->prefix()."gcontacts_import WHERE rowid = ".$list->id)) {
			$this->db->rollback();
			return $this->failed();
		}
		return $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * Forgets the people of a list from elsewhere who are in Dolibarr by now.
	 *
	 * @param  GContactsImportList $list List
	 * @return int                       1, or -1 with ->error
	 */
	public function imported(GContactsImportList $list): int
	{
		$table = $this->db->prefix()."gcontacts_candidate";
		$imported = " WHERE fk_import = ".$list->id." AND state = 'imported'";
		$this->db->begin();
		$done = true;
		foreach (array('_match', '_key') as $child) {
			$done = $done && $this->db->query("DELETE FROM ".$table.$child." WHERE fk_import = ".$list->id." AND fk_candidate IN (SELECT rowid FROM ".$table.$imported.")");
		}
		if ($done && $this->db->query("DELETE FROM ".$table.$imported) && $this->db->commit() > 0) {
			return 1;
		}
		$this->failed();
		$this->db->rollback();
		return -1;
	}

	/**
	 * Forgets the lists that were read from elsewhere more than a day ago.
	 *
	 * @return int How many, or -1 with ->error
	 */
	public function old(): int
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_import WHERE fk_user > 0 AND began_at < ".(time() - self::LIFETIME);
		$resql = $this->db->query($sql);
		$deleted = 0;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$list = new GContactsImportList($this->db);
			$list->id = (int) $row->rowid;
			if ($this->whole($list) < 0) {
				return -1;
			}
			$deleted++;
		}
		return $resql ? $deleted : $this->failed();
	}

	/**
	 * @param  GContactsImportList $list List
	 * @return int                       1, or -1 with ->error
	 */
	private function cancel(GContactsImportList $list): int
	{
		$resql = $this->db->query("SELECT DISTINCT fk_run FROM ".$this->db->prefix()."gcontacts_import_choice WHERE fk_import = ".$list->id." AND state = 'waiting'");
		$waiting = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$waiting[] = (int) $row->fk_run;
		}
		foreach ($waiting as $id) {
			$run = new GContactsRun($this->db, new GContactsAccount($this->db));
			if ($run->fetchInEntity($id) < 0 || $run->finish(GContactsRun::CANCELLED) < 0) {
				return $this->failed();
			}
		}
		return $resql ? 1 : $this->failed();
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror() ?: 'a list of candidates could not be deleted';
		return -1;
	}
}
