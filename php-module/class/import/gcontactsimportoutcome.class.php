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
 * \file    php-module/class/import/gcontactsimportoutcome.class.php
 * \ingroup gcontacts
 * \brief   What became of a candidate
 */

dol_include_once('/gcontacts/class/import/gcontactsimportchoices.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportfailure.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Writes down what became of each candidate of a run: in its row, in its choice and in the log.
 */
class GContactsImportOutcome
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;
	/** @var GContactsImportChoices */
	private $choices;
	/** @var GContactsRun */
	private $run;

	/**
	 * @param DoliDB                 $db      Database handler
	 * @param GContactsImportList    $list    List
	 * @param GContactsImportChoices $choices Choices
	 * @param GContactsRun           $run     Run that is going on
	 */
	public function __construct($db, GContactsImportList $list, GContactsImportChoices $choices, GContactsRun $run)
	{
		$this->db = $db;
		$this->list = $list;
		$this->choices = $choices;
		$this->run = $run;
	}

	/**
	 * Writes down what the candidate became, in the same transaction.
	 *
	 * @param  array<string, mixed>      $candidate Candidate
	 * @param  stdClass                  $choice    Choice
	 * @param  array{type:string,id:int} $element   What it became
	 * @return void
	 * @throws GContactsImportFailure The database failed
	 */
	public function done(array $candidate, stdClass $choice, array $element): void
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_candidate SET element_type = '".$element['type']."', fk_element = ".$element['id'];
		$done = $this->db->query($sql." WHERE rowid = ".$candidate['id']) && $this->choices->settle((int) $choice->rowid, 'done') > 0;
		$row = $element + array('name' => $candidate['title'], 'action' => $choice->action === 'link' ? 'link' : 'import', 'result' => 'done', 'reason' => '', 'message' => '');
		$row['resource_name'] = $this->list->isOfAccount() ? $candidate['name'] : '';
		if (!$done || $this->run->add($row) < 0 || $this->run->progress(array('done' => 1)) < 0) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
	}

	/**
	 * Writes down why a candidate was not imported, unless another process has settled the choice.
	 *
	 * @param  stdClass $choice  Choice
	 * @param  string   $reason  Reason code
	 * @param  string   $message The value and what is wrong with it
	 * @return void
	 */
	public function failed(stdClass $choice, string $reason, string $message): void
	{
		if ($this->choices->settle((int) $choice->rowid, 'failed', $reason, $message) > 0) {
			$this->run->add(array('type' => 'contact', 'id' => 0, 'name' => (string) $choice->title, 'action' => 'import', 'result' => 'refused', 'reason' => $reason, 'message' => $message));
			$this->run->progress(array('failed' => 1));
		}
	}
}
