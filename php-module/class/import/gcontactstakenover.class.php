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
 * \file    php-module/class/import/gcontactstakenover.class.php
 * \ingroup gcontacts
 * \brief   The link between an imported card and its contact
 */

dol_include_once('/gcontacts/class/import/gcontactsimportfailure.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * Links the card of a candidate to its contact, as part of the caller's transaction. The ordinary way then brings the card
 * what Dolibarr has, and moves it from My Contacts to our labels. Whoever comes from elsewhere has no card yet: the contact
 * gets one as any new contact does.
 */
class GContactsTakenOver
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsImportList */
	private $list;

	/**
	 * @param DoliDB              $db      Database handler
	 * @param GContactsAccount    $account Account
	 * @param GContactsImportList $list    List
	 */
	public function __construct($db, GContactsAccount $account, GContactsImportList $list)
	{
		$this->db = $db;
		$this->account = $account;
		$this->list = $list;
	}

	/**
	 * @param  array<string, mixed> $candidate Candidate
	 * @param  int                  $contact   Id of the contact
	 * @return void
	 * @throws GContactsImportFailure It has another card, or the card another contact
	 */
	public function link(array $candidate, int $contact): void
	{
		if (!$this->list->isOfAccount()) {
			return;
		}
		$card = $this->card($candidate);
		$links = new GContactsLink($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$known = $links->fetchFor('contact', array($contact));
		if (isset($known[$contact]) && ($known[$contact]->fk_card !== null || (string) $known[$contact]->nonce !== '')) {
			throw new GContactsImportFailure('import_has_card');
		}
		$columns = array('fk_card' => $card, 'origin' => 'imported', 'state' => 'waiting', 'reason' => '', 'message' => '');
		$columns += GContactsVerdict::NO_CARD + GContactsVerdict::NO_CREATE;
		if ($known === null || $links->save('contact', $contact, $columns) < 0 || $outbox->add('contact', $contact, 'IMPORTED') < 0) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
	}

	/**
	 * @param  array<string, mixed> $candidate Candidate
	 * @return int                             Id of its row in llx_gcontacts_card
	 * @throws GContactsImportFailure The card has a contact already
	 */
	private function card(array $candidate): int
	{
		$table = $this->db->prefix()."gcontacts_card";
		$name = "'".$this->db->escape($candidate['name'])."'";
		$sql = "SELECT c.rowid, l.rowid as link FROM ".$table." c LEFT JOIN ".$this->db->prefix()."gcontacts_link l ON l.fk_card = c.rowid";
		$resql = $this->db->query($sql." WHERE c.fk_account = ".$this->account->id." AND c.resource_name = ".$name);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		if ($row) {
			if ($row->link !== null) {
				throw new GContactsImportFailure('import_taken');
			}
			return (int) $row->rowid;
		}
		$sql = "INSERT INTO ".$table." (entity, fk_account, resource_name, source_id, etag, marker, labels) VALUES (".$this->account->entity.", ".$this->account->id.", ".$name;
		foreach (array('source_id', 'etag', 'marker', 'labels') as $column) {
			$sql .= ", '".$this->db->escape((string) $candidate[$column])."'";
		}
		if (!$resql || !$this->db->query($sql.")")) {
			throw new GContactsImportFailure('database', $this->db->lasterror());
		}
		return (int) $this->db->last_insert_id($table);
	}
}
