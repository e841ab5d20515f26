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
 * \file    php-module/class/push/gcontactsdeletions.class.php
 * \ingroup gcontacts
 * \brief   How many cards are to go, and went
 */

dol_include_once('/gcontacts/class/push/gcontactsdeletionsyes.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');

/**
 * What the engine asks before it lets cards go: it holds back what looks like a mass deletion by mistake.
 */
class GContactsDeletions
{
	/** Reason code of a card that waits for an administrator's yes. */
	const HELD = 'deletions_held';
	/** Seconds until a card that waits is looked at again: by then it may not have to wait any more. */
	const LOOK_AGAIN = 3600;

	/** @var string */
	public $error = '';

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * What the engine asks before it plans for contacts. Up to six queries.
	 *
	 * @param  array<int, int>           $ids Ids of the contacts, at least one
	 * @return array<string, mixed>|null      linked, last_day, waiting, allowed; null on failure
	 */
	public function numbers(array $ids): ?array
	{
		$yes = new GContactsDeletionsYes($this->db, $this->account);
		$named = $yes->among($ids);
		$numbers = array(
			'linked' => $this->number("SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_link l WHERE ".$this->linked()),
			'last_day' => $this->number($this->ofTheLastDay()),
			'waiting' => $this->number($this->waiting($yes->rows())),
			'allowed' => array(),
		);
		foreach ($named ?? array() as $id) {
			$numbers['allowed'][] = array('type' => 'contact', 'id' => $id);
		}
		$this->error .= $yes->error;
		return $this->error === '' ? $numbers : null;
	}

	/**
	 * @return string Condition on llx_gcontacts_link l: a contact with a card
	 */
	private function linked(): string
	{
		return "l.entity = ".$this->account->entity." AND l.fk_account = ".$this->account->id." AND l.element_type = 'contact' AND l.fk_card IS NOT NULL";
	}

	/**
	 * @return string Query: how many cards went in the last 24 hours, without those that were allowed
	 */
	private function ofTheLastDay(): string
	{
		$day = 24 * 3600;
		$sql = "SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_run r INNER JOIN ".$this->db->prefix()."gcontacts_run_item i ON i.fk_run = r.rowid";
		// Runs without a step in the last day need not be looked into.
		$sql .= " WHERE r.entity = ".$this->account->entity." AND r.fk_account = ".$this->account->id;
		$sql .= " AND (r.date_start >= '".$this->db->idate(dol_now() - 2 * $day)."' OR r.alive >= ".(time() - $day).")";
		$sql .= " AND i.datec >= '".$this->db->idate(dol_now() - $day)."' AND i.action IN ('delete', 'release') AND i.result = 'done'";
		return $sql." AND (i.message IS NULL OR i.message <> '".$this->db->escape(GContactsRun::ALLOWED)."')";
	}

	/**
	 * Cards whose contact is gone or must not be at Google, whether anybody noted that or not. Not exact (an empty
	 * contact also loses its card), but known before the first of them goes.
	 *
	 * @param  string $allowed FROM and WHERE of the outbox rows o that are allowed; empty for none
	 * @return string          Query: how many cards are to go, without those that are allowed
	 */
	private function waiting(string $allowed): string
	{
		$field = new GContactsSyncField($this->db);
		$withField = GContactsSettings::perContact() && $field->exists();
		$sql = "SELECT COUNT(*) as nb FROM ".$this->db->prefix()."gcontacts_link l LEFT JOIN ".$this->db->prefix()."socpeople p ON p.rowid = l.fk_element";
		$sql .= " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc";
		$sql .= $withField ? " LEFT JOIN ".$this->db->prefix()."socpeople_extrafields ef ON ef.fk_object = p.rowid" : "";
		$sql .= " WHERE ".$this->linked()." AND (p.rowid IS NULL OR p.entity <> ".$this->account->entity." OR p.priv <> 0 OR p.statut <> 1 OR s.status <> 1";
		$sql .= ($withField ? " OR ".GContactsSyncField::sqlSaysNo('ef') : "").")";
		return $sql.($allowed === '' ? "" : " AND l.fk_element NOT IN (SELECT o.fk_element".$allowed.")");
	}

	/**
	 * @param  string $sql Query for nb
	 * @return int         0 on failure, with ->error
	 */
	private function number(string $sql): int
	{
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		$this->error = $row ? $this->error : $this->db->lasterror();
		return $row ? (int) $row->nb : 0;
	}
}
