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
 * \file    php-module/class/import/gcontactsimporter.class.php
 * \ingroup gcontacts
 * \brief   Imports one candidate
 */

require_once DOL_DOCUMENT_ROOT.'/categories/class/categorie.class.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/import/gcontactscandidatelist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsacquaintances.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportcompany.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportfailure.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportoutcome.class.php');
dol_include_once('/gcontacts/class/import/gcontactsnewcontact.class.php');
dol_include_once('/gcontacts/class/import/gcontactstakenover.class.php');

/**
 * Makes of a candidate what was chosen, in one transaction with its link: whoever is killed meanwhile leaves nothing, and of
 * two users who import the same card the second is told.
 */
class GContactsImporter
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsImportList */
	private $list;
	/** @var GContactsImportOutcome */
	private $outcome;
	/** @var User */
	private $user;
	/** @var GContactsImportCompany */
	private $company;

	/**
	 * @param DoliDB                 $db      Database handler
	 * @param GContactsAccount       $account Account, whose id is 0 where none is connected
	 * @param GContactsImportList    $list    List
	 * @param GContactsImportChoices $choices Choices
	 * @param GContactsRun           $run     Run that is going on
	 * @param User                   $user    Who imports
	 */
	public function __construct($db, GContactsAccount $account, GContactsImportList $list, GContactsImportChoices $choices, GContactsRun $run, User $user)
	{
		$this->db = $db;
		$this->account = $account;
		$this->list = $list;
		$this->outcome = new GContactsImportOutcome($db, $list, $choices, $run);
		$this->user = $user;
		$this->company = new GContactsImportCompany($db, $user);
	}

	/**
	 * Imports a candidate.
	 *
	 * @param  int      $id     Id of the candidate
	 * @param  stdClass $choice Row of llx_gcontacts_import_choice
	 * @return bool             Whether it was imported; else the choice says why not
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function import(int $id, stdClass $choice): bool
	{
		$made = $this->company->made;
		$matched = $this->list->matched;
		$this->db->begin();
		try {
			$candidate = $this->lookAgain($id);
			$this->claim($candidate);
			$element = $this->make($candidate, $choice);
			$this->outcome->done($candidate, $choice, $element);
			if ($this->db->commit() > 0) {
				return true;
			}
			throw new GContactsImportFailure('database', $this->db->lasterror());
		} catch (Throwable $e) {
			while ($this->db->transaction_opened > 0) {
				$this->db->rollback();
			}
			// What was compared meanwhile is undone with the rest.
			$this->list->matched = $matched;
			$this->company->made = $made;
			if ($e instanceof \GContacts\Exception) {
				throw $e;
			}
			$reason = $e instanceof GContactsImportFailure ? $e->reason : 'error';
			dol_syslog('GContacts: candidate '.$id.' was not imported: '.$reason.' '.$e->getMessage(), LOG_WARNING);
			$this->outcome->failed($choice, $reason, $e->getMessage());
			return false;
		}
	}

	/**
	 * The candidate, with everybody in Dolibarr who is like it now. Nobody else imports until this transaction ends: of two
	 * who read the same person from two address books, the second finds what the first has made.
	 *
	 * @param  int                  $id Id of the candidate
	 * @return array<string, mixed>     See GContactsCandidateList
	 * @throws GContactsImportFailure   It is gone, or the database failed
	 * @throws \GContacts\Exception     The engine refuses
	 */
	private function lookAgain(int $id): array
	{
		$sql = "SELECT rowid FROM ".$this->db->prefix()."const WHERE name = 'MAIN_MODULE_GCONTACTS' AND entity IN (0, ".$this->list->entity.") FOR UPDATE";
		$acquaintances = new GContactsAcquaintances($this->db, $this->list);
		$found = $this->db->query($sql) && $acquaintances->refresh() > 0 ? (new GContactsCandidateList($this->db, $this->list, $this->user))->some(array($id)) : null;
		if ($found === null) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
		if (!isset($found[$id])) {
			throw new GContactsImportFailure('import_gone');
		}
		return $found[$id];
	}

	/**
	 * Takes a candidate for this process: another one waits here, and then finds it taken.
	 *
	 * @param  array<string, mixed> $candidate Candidate
	 * @return void
	 * @throws GContactsImportFailure Somebody else imported it
	 */
	private function claim(array $candidate): void
	{
		$resql = $this->db->query("UPDATE ".$this->db->prefix()."gcontacts_candidate SET state = 'imported' WHERE state = 'open' AND rowid = ".$candidate['id']);
		if (!$resql) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
		if ($this->db->affected_rows($resql) !== 1) {
			throw new GContactsImportFailure('import_taken');
		}
	}

	/**
	 * @param  array<string, mixed>         $candidate Candidate
	 * @param  stdClass                     $choice    Choice
	 * @return array{type:string,id:int}               What it is in Dolibarr now
	 * @throws GContactsImportFailure                  It cannot be
	 */
	private function make(array $candidate, stdClass $choice): array
	{
		$takenOver = new GContactsTakenOver($this->db, $this->account, $this->list);
		if ($choice->action === 'link') {
			$this->check($candidate, (int) $choice->fk_contact);
			$takenOver->link($candidate, (int) $choice->fk_contact);
			return array('type' => 'contact', 'id' => (int) $choice->fk_contact);
		}
		$this->refuseKnown($candidate, $choice);
		$company = $this->company->of($candidate, $choice);
		if ($choice->action === 'company') {
			return array('type' => 'thirdparty', 'id' => $company);
		}
		$new = new GContactsNewContact($this->db);
		$contact = $new->contact($candidate['contents'], (string) $choice->lastname, !$this->list->isOfAccount());
		if ($new->refusals) {
			throw new GContactsImportFailure('import_value', implode(' ', $new->refusals));
		}
		if ($contact->lastname === '') {
			throw new GContactsImportFailure('import_lastname');
		}
		$contact->socid = $company;
		if ($contact->create($this->user) <= 0) {
			throw new GContactsImportFailure('import_refused', GContactsImportFailure::why($contact));
		}
		$tags = array_filter(array_map('intval', explode(',', (string) $choice->tags)));
		if ($tags && $contact->setCategories($tags) < 0) {
			throw new GContactsImportFailure('import_refused', GContactsImportFailure::why($contact));
		}
		$takenOver->link($candidate, (int) $contact->id);
		return array('type' => 'contact', 'id' => (int) $contact->id);
	}

	/**
	 * @param  array<string, mixed> $candidate Candidate
	 * @param  int                  $id        Id of the contact that it shall be linked to
	 * @return void
	 * @throws GContactsImportFailure It is gone, or not for this user to see
	 */
	private function check(array $candidate, int $id): void
	{
		if (!isset(GContactsVisibility::among($this->user, $this->db, array($id))[$id])) {
			throw new GContactsImportFailure('import_contact_gone');
		}
	}

	/**
	 * Refuses to make somebody a second time who came into Dolibarr since the choice was made: as a twin of this list, from
	 * another list, by another hand.
	 *
	 * @param  array<string, mixed> $candidate Candidate, with who it may be now
	 * @param  stdClass             $choice    Choice
	 * @return void
	 * @throws GContactsImportFailure Somebody like that is there
	 */
	private function refuseKnown(array $candidate, stdClass $choice): void
	{
		foreach ($choice->action === 'import' ? $candidate['contacts'] : array() as $contact) {
			if ($contact['sure']) {
				throw new GContactsImportFailure('import_known', trim($contact['name'].' '.($contact['company'] === '' ? '' : '('.$contact['company'].')')));
			}
		}
	}
}
