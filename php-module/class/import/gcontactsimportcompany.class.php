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
 * \file    php-module/class/import/gcontactsimportcompany.class.php
 * \ingroup gcontacts
 * \brief   The third party that an import gives to a candidate
 */

dol_include_once('/gcontacts/class/import/gcontactscandidatelist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportfailure.class.php');
dol_include_once('/gcontacts/class/import/gcontactsnewcontact.class.php');

/**
 * Makes third parties or takes those that exist, as part of the caller's transaction. Colleagues of one run are in one company.
 */
class GContactsImportCompany
{
	/** @var array<string, int> Third parties that this run made, by what they are called */
	public $made = array();

	/** @var DoliDB */
	private $db;
	/** @var User */
	private $user;

	/**
	 * @param DoliDB $db   Database handler
	 * @param User   $user Who imports
	 */
	public function __construct($db, User $user)
	{
		$this->db = $db;
		$this->user = $user;
	}

	/**
	 * The third party of a candidate: made, or taken.
	 *
	 * @param  array<string, mixed> $candidate Candidate
	 * @param  stdClass             $choice    Choice
	 * @return int                             Its id, 0 for none
	 * @throws GContactsImportFailure          It cannot be
	 */
	public function of(array $candidate, stdClass $choice): int
	{
		if ($choice->thirdparty === 'none') {
			return 0;
		}
		if ($choice->thirdparty === 'existing') {
			return $this->existing((int) $choice->fk_soc);
		}
		if (!$this->user->hasRight('societe', 'creer')) {
			throw new GContactsImportFailure('import_no_right');
		}
		$key = mb_strtolower((string) $candidate['contents']['company'], 'UTF-8');
		if ($choice->thirdparty === 'company' && isset($this->made[$key])) {
			// A colleague of this run brought the company along.
			return $this->made[$key];
		}
		$meanwhile = $choice->thirdparty === 'company' ? $this->madeMeanwhile($candidate, $choice) : 0;
		if ($meanwhile > 0) {
			return $meanwhile;
		}
		$new = new GContactsNewContact($this->db);
		$company = $new->company($candidate['contents'], (string) $choice->thirdparty, (string) $choice->lastname, (string) $choice->code);
		if ($new->refusals) {
			throw new GContactsImportFailure('import_value', implode(' ', $new->refusals));
		}
		$company->commercial_id = '';
		if ($company->create($this->user) <= 0) {
			throw new GContactsImportFailure('import_refused', GContactsImportFailure::why($company));
		}
		$representative = (int) $choice->fk_representative;
		if ($representative > 0 && $company->add_commercial($this->user, $representative) < 0) {
			throw new GContactsImportFailure('import_refused', GContactsImportFailure::why($company));
		}
		if ($choice->thirdparty === 'company') {
			$this->made[$key] = (int) $company->id;
		}
		return (int) $company->id;
	}

	/**
	 * The company of a candidate, where somebody else made it since this run began: a colleague of whom another user imports.
	 *
	 * @param  array<string, mixed> $candidate Candidate, with the third parties that it may belong to now
	 * @param  stdClass             $choice    Choice
	 * @return int                             Its id, 0 for none
	 * @throws GContactsImportFailure          The database failed
	 */
	private function madeMeanwhile(array $candidate, stdClass $choice): int
	{
		$sure = array_keys(array_filter($candidate['companies'], function (array $company): bool {
			return $company['sure'];
		}));
		$sql = "SELECT s.rowid FROM ".$this->db->prefix()."societe s INNER JOIN ".$this->db->prefix()."gcontacts_run r ON r.rowid = ".((int) $choice->fk_run);
		$resql = $this->db->query($sql." WHERE s.rowid IN (".implode(', ', $sure ?: array(0)).") AND s.datec >= r.date_start ORDER BY s.rowid".$this->db->plimit(1));
		if (!$resql) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
		$row = $this->db->fetch_object($resql);
		return $row ? (int) $row->rowid : 0;
	}

	/**
	 * @param  int $id Id of a third party
	 * @return int     The same
	 * @throws GContactsImportFailure It is gone, or not for this user to see
	 */
	private function existing(int $id): int
	{
		$sql = "SELECT s.rowid FROM ".$this->db->prefix()."societe s WHERE s.rowid = ".$id." AND ".GContactsCandidateList::visibleCompany($this->user, $this->db);
		$resql = $this->db->query($sql);
		if (!$resql || $this->db->num_rows($resql) < 1) {
			throw new GContactsImportFailure('import_company_gone');
		}
		return $id;
	}
}
