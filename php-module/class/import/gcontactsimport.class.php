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
 * \file    php-module/class/import/gcontactsimport.class.php
 * \ingroup gcontacts
 * \brief   Imports what was chosen, row by row
 */

dol_include_once('/gcontacts/class/import/gcontactsimportchoices.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimporter.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportremoval.class.php');

/**
 * An import. The choices that wait are its whole progress, so that a closed browser or a killed process loses nothing: the
 * page, or the scheduled job, goes on where it stood. It asks Google nothing, so that it needs neither the account's lease nor
 * to wait for an operation under way.
 */
class GContactsImport
{
	/** Choices that are loaded together. */
	const BATCH = 50;

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsImportList */
	private $list;
	/** @var GContactsImportChoices */
	private $choices;
	/** @var User */
	private $user;
	/** @var GContactsImporter|null That of the run going on */
	private $importer;
	/** @var GContactsRun|null The run going on */
	private $run;

	/**
	 * @param DoliDB              $db      Database handler
	 * @param GContactsAccount    $account Account, whose id is 0 where none is connected
	 * @param GContactsImportList $list    List
	 * @param User                $user    Who imports
	 */
	public function __construct($db, GContactsAccount $account, GContactsImportList $list, User $user)
	{
		$this->db = $db;
		$this->account = $account;
		$this->list = $list;
		$this->user = $user;
		$this->choices = new GContactsImportChoices($db, $list, (int) $user->id);
		if ($account->entity === 0) {
			$account->entity = $list->entity;
		}
	}

	/**
	 * Begins: the drafts wait from now on.
	 *
	 * @param  string $kind import, or auto_import
	 * @return int          Id of the run, 0 where nothing is to be imported, -1 failure with ->error
	 */
	public function begin(string $kind = 'import'): int
	{
		$run = new GContactsRun($this->db, $this->account, $kind);
		$drafts = $this->choices->inState('draft', 1);
		if ($drafts === array()) {
			return 0;
		}
		$this->db->begin();
		$waiting = $drafts !== null && $run->start() > 0 ? $this->choices->submit($run->id) : -1;
		if ($waiting < 0 || $run->change(array('total' => $waiting)) < 0 || $this->db->commit() <= 0) {
			$this->error = $this->db->lasterror();
			$this->db->rollback();
			return -1;
		}
		return $run->id;
	}

	/**
	 * Imports until nothing waits or the time is over.
	 *
	 * @param  float $until Unix time
	 * @return int          1 something is left, 0 all is done, -1 failure with ->error
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function step(float $until): int
	{
		do {
			$waiting = $this->choices->inState('waiting', self::BATCH);
			if ($waiting === null) {
				$this->error = $this->db->lasterror();
				return -1;
			}
			foreach ($waiting as $candidate => $choice) {
				if (!$this->one($candidate, $choice)) {
					return -1;
				}
				if (microtime(true) >= $until) {
					return $this->left();
				}
			}
		} while ($waiting);
		return 0;
	}

	/**
	 * @param  int      $id     Id of the candidate
	 * @param  stdClass $choice Choice
	 * @return bool             False where the database failed
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function one(int $id, stdClass $choice): bool
	{
		if (!$this->takeUp((int) $choice->fk_run)) {
			$this->error = $this->db->lasterror() ?: 'the run '.$choice->fk_run.' is gone';
			return false;
		}
		$this->importer->import($id, $choice);
		$progress = GContactsImportChoices::progress($this->db, $this->run->id);
		if ($progress !== null && $progress['waiting'] === 0) {
			$this->run->finish(GContactsRun::DONE);
			$removal = new GContactsImportRemoval($this->db);
			if (!$this->list->isOfAccount() && $removal->imported($this->list) < 0) {
				$this->error = $removal->error;
				return false;
			}
		}
		return $progress !== null;
	}

	/**
	 * @param  int  $id Id of the run that a choice belongs to
	 * @return bool     False where it cannot be read
	 */
	private function takeUp(int $id): bool
	{
		if ($this->run === null || $this->run->id !== $id) {
			$this->run = new GContactsRun($this->db, $this->account);
			$this->importer = $this->run->fetch($id) > 0 ? new GContactsImporter($this->db, $this->account, $this->list, $this->choices, $this->run, $this->user) : null;
		}
		return $this->importer !== null;
	}

	/** @return int 1 something waits, 0 nothing, -1 failure */
	private function left(): int
	{
		$left = $this->choices->inState('waiting', 1);
		return $left === null ? -1 : count($left);
	}
}
