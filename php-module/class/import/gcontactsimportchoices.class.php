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
 * \file    php-module/class/import/gcontactsimportchoices.class.php
 * \ingroup gcontacts
 * \brief   What users chose for candidates
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');

/**
 * The table llx_gcontacts_import_choice: a draft is seen in the preview, then waits to be imported, and is done or failed.
 */
class GContactsImportChoices
{
	/** What can be done: a new contact, one although Dolibarr has somebody like that, a link to a contact, only a third party. */
	const ACTIONS = array('import', 'anyway', 'link', 'company');
	/** Third parties: none, a new private individual, a new company, one that exists. */
	const THIRDPARTIES = array('none', 'private', 'company', 'existing');
	/** Rows that one statement writes. */
	const CHUNK = 250;

	/** @var string */
	public $error = '';
	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;
	/** @var int User */
	private $user;

	/**
	 * @param DoliDB              $db   Database handler
	 * @param GContactsImportList $list List
	 * @param int                 $user Id of the user who chooses
	 */
	public function __construct($db, GContactsImportList $list, int $user)
	{
		$this->db = $db;
		$this->list = $list;
		$this->user = $user;
	}

	/**
	 * Replaces the user's drafts. What waits to be imported, of this user, stays.
	 *
	 * @param  array<int, array<string, mixed>> $choices candidate, title, action, thirdparty, contact, soc, representative, lastname, code, tags of each
	 * @return int                                       1, or -1 with ->error
	 */
	public function draft(array $choices): int
	{
		$table = $this->db->prefix()."gcontacts_import_choice";
		$mine = " WHERE fk_user = ".$this->user." AND fk_import = ".$this->list->id;
		$this->db->begin();
		$done = $this->db->query("DELETE FROM ".$table.$mine." AND state <> 'waiting'");
		$waiting = $done ? $this->inState('waiting') : null;
		$done = $waiting !== null;
		$choices = array_filter($choices, function (array $choice) use ($waiting): bool {
			return !isset($waiting[(int) $choice['candidate']]);
		});
		foreach ($done ? array_chunk($choices, self::CHUNK) : array() as $chunk) {
			$rows = array_map(array($this, 'row'), $chunk);
			$columns = "entity, fk_user, fk_import, fk_candidate, fk_contact, fk_soc, fk_representative, title, action, thirdparty, lastname, code, tags";
			$done = $done && $this->db->query("INSERT INTO ".$table." (".$columns.") VALUES ".implode(', ', $rows));
		}
		if (!$done || $this->db->commit() <= 0) {
			$this->error = $this->db->lasterror();
			$this->db->rollback();
			return -1;
		}
		return 1;
	}

	/**
	 * Choices of this user and list.
	 *
	 * @param  string                    $state State
	 * @param  int                       $limit Highest number, 0 for all
	 * @return array<int, stdClass>|null        By candidate; null on failure
	 */
	public function inState(string $state, int $limit = 0): ?array
	{
		return $this->fetch("fk_user = ".$this->user." AND fk_import = ".$this->list->id." AND state = '".$this->db->escape($state)."'", $limit);
	}

	/**
	 * Adds the customer codes that were typed to the drafts.
	 *
	 * @param  array<int, string> $codes Code by candidate
	 * @return int                       1, or -1 with ->error
	 */
	public function setCodes(array $codes): int
	{
		foreach ($codes as $candidate => $code) {
			$sql = "UPDATE ".$this->db->prefix()."gcontacts_import_choice SET code = '".$this->db->escape(GContactsText::storable(trim($code), 64))."'";
			$sql .= " WHERE fk_user = ".$this->user." AND fk_import = ".$this->list->id." AND fk_candidate = ".((int) $candidate)." AND state = 'draft'";
			if (!$this->db->query($sql)) {
				$this->error = $this->db->lasterror();
				return -1;
			}
		}
		return 1;
	}

	/**
	 * Lets the drafts wait to be imported by a run.
	 *
	 * @param  int $run Id of the run
	 * @return int      How many, or -1 with ->error
	 */
	public function submit(int $run): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_import_choice SET state = 'waiting', fk_run = ".$run;
		$resql = $this->db->query($sql." WHERE fk_user = ".$this->user." AND fk_import = ".$this->list->id." AND state = 'draft'");
		$this->error = $resql ? '' : $this->db->lasterror();
		return $resql ? (int) $this->db->affected_rows($resql) : -1;
	}

	/**
	 * Notes what became of a choice.
	 *
	 * @param  int    $id      Id of the choice
	 * @param  string $state   done or failed
	 * @param  string $reason  Reason code
	 * @param  string $message The value and what is wrong with it
	 * @return int             1, 0 where another process was faster, -1 with ->error
	 */
	public function settle(int $id, string $state, string $reason = '', string $message = ''): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_import_choice SET state = '".$this->db->escape($state)."', reason = '".$this->db->escape($reason)."'";
		$sql .= ", message = '".$this->db->escape(GContactsText::storable($message))."' WHERE rowid = ".$id." AND state = 'waiting'";
		$resql = $this->db->query($sql);
		$this->error = $resql ? '' : $this->db->lasterror();
		return $resql ? (int) ($this->db->affected_rows($resql) > 0) : -1;
	}

	/**
	 * How far the choices of a run are.
	 *
	 * @param  DoliDB                    $db  Database handler
	 * @param  int                       $run Id of the run
	 * @return array<string, int>|null        waiting, done, failed; null on failure
	 */
	public static function progress($db, int $run): ?array
	{
		$counts = array('waiting' => 0, 'done' => 0, 'failed' => 0);
		$resql = $db->query("SELECT state, COUNT(*) as nb FROM ".$db->prefix()."gcontacts_import_choice WHERE fk_run = ".$run." GROUP BY state");
		while ($resql && ($row = $db->fetch_object($resql))) {
			$counts[(string) $row->state] = (int) $row->nb;
		}
		return $resql ? $counts : null;
	}

	/**
	 * @param  string                    $where Condition of SQL
	 * @param  int                       $limit Highest number, 0 for all
	 * @return array<int, stdClass>|null        By candidate; null on failure
	 */
	private function fetch(string $where, int $limit): ?array
	{
		$sql = "SELECT * FROM ".$this->db->prefix()."gcontacts_import_choice WHERE ".$where." ORDER BY rowid";
		$resql = $this->db->query($sql.($limit > 0 ? $this->db->plimit($limit) : ''));
		$choices = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$choices[(int) $row->fk_candidate] = $row;
		}
		return $resql ? $choices : null;
	}

	/**
	 * @param  array<string, mixed> $choice Choice
	 * @return string                       Values of SQL
	 */
	private function row(array $choice): string
	{
		$numbers = array($this->list->entity, $this->user, $this->list->id);
		foreach (array('candidate', 'contact', 'soc', 'representative') as $name) {
			$numbers[] = (int) ($choice[$name] ?? 0);
		}
		$texts = array();
		foreach (array('title' => 255, 'action' => 16, 'thirdparty' => 16, 'lastname' => 128, 'code' => 64) as $name => $length) {
			$texts[] = "'".$this->db->escape(GContactsText::storable((string) ($choice[$name] ?? ''), $length))."'";
		}
		$texts[] = "'".$this->db->escape(implode(',', array_map('intval', $choice['tags'] ?? array())))."'";
		return "(".implode(', ', $numbers).", ".implode(', ', $texts).")";
	}
}
