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
 * \file    php-module/class/push/gcontactsdeletionsyes.class.php
 * \ingroup gcontacts
 * \brief   An administrator's yes to many deletions at once
 */

require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletions.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * The yes is bound to the rows that wait in the outbox when it is given, and ends after an hour.
 */
class GContactsDeletionsYes
{
	/** Constant that holds it: until when, Unix time, and the last row of the outbox that it is for. */
	const NAME = 'GCONTACTS_DELETIONS_ALLOWED';
	/** Seconds that it is good for. */
	const VALID = 3600;

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
	 * The contacts whose cards wait for it.
	 *
	 * @return array<int, int>|null Ids; null on failure
	 */
	public function held(): ?array
	{
		$sql = "SELECT l.fk_element as id FROM ".$this->db->prefix()."gcontacts_link l WHERE l.entity = ".$this->account->entity;
		$sql .= " AND l.fk_account = ".$this->account->id." AND l.element_type = 'contact' AND l.state = 'waiting'";
		return $this->ids($sql." AND l.reason = '".GContactsDeletions::HELD."' ORDER BY l.fk_element");
	}

	/**
	 * What those cards are called at Google.
	 *
	 * @param  array<int, int>    $ids Ids of contacts, at least one
	 * @return array<int, string>
	 */
	public function names(array $ids): array
	{
		$link = new GContactsLink($this->db, $this->account);
		$names = array();
		foreach ((array) $link->fetchFor('contact', $ids) as $id => $row) {
			$name = GContactsCard::nameOf((string) $row->person);
			$names[] = $name !== '' ? $name : '#'.$id;
		}
		return $names;
	}

	/**
	 * Takes an administrator's yes to the deletions that wait now: they are sent next.
	 *
	 * @param  User $user Administrator
	 * @return int        How many they are, or -1 with ->error
	 */
	public function give(User $user): int
	{
		$held = $this->held();
		if (empty($held)) {
			return $held === null ? -1 : 0;
		}
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$rows = $this->ids("SELECT o.rowid as id".$this->contactRows()." AND o.fk_element IN (".implode(',', $held).")");
		if ($rows === null) {
			return -1;
		}
		$this->db->begin();
		$yes = (time() + self::VALID).':'.max(array_merge(array(0), $rows));
		$stored = dolibarr_set_const($this->db, self::NAME, $yes, 'chaine', 0, '', $this->account->entity);
		if ($stored < 0 || $outbox->postpone($rows, 0) < 0 || $this->db->commit() <= 0) {
			$this->error = $this->db->lasterror();
			$this->db->rollback();
			return -1;
		}
		dol_syslog('GContacts: user '.$user->login.' allowed '.count($held).' deletions in account '.$this->account->id, LOG_WARNING);
		return count($held);
	}

	/**
	 * Those of some contacts that it is for.
	 *
	 * @param  array<int, int>      $ids Ids of contacts, at least one
	 * @return array<int, int>|null      Ids; null on failure, with ->error
	 */
	public function among(array $ids): ?array
	{
		$rows = $this->rows();
		return $rows === '' ? array() : $this->ids("SELECT DISTINCT o.fk_element as id".$rows." AND o.fk_element IN (".implode(',', array_map('intval', $ids)).")");
	}

	/**
	 * The rows of the outbox that it is for. Read afresh: a drain may have begun before it was given.
	 *
	 * @return string FROM and WHERE of llx_gcontacts_outbox o; empty where there is no yes
	 */
	public function rows(): string
	{
		$parts = array_map('intval', explode(':', dolibarr_get_const($this->db, self::NAME, $this->account->entity).':0'));
		return $parts[0] > time() ? $this->contactRows()." AND o.rowid <= ".$parts[1] : '';
	}

	/**
	 * @return string FROM and WHERE of llx_gcontacts_outbox o
	 */
	private function contactRows(): string
	{
		return " FROM ".$this->db->prefix()."gcontacts_outbox o WHERE o.entity = ".$this->account->entity." AND o.element_type = 'contact'";
	}

	/**
	 * @param  string               $sql Query for id
	 * @return array<int, int>|null      Null on failure, with ->error
	 */
	private function ids(string $sql): ?array
	{
		$resql = $this->db->query($sql);
		$ids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$ids[] = (int) $row->id;
		}
		$this->error = $resql ? $this->error : $this->db->lasterror();
		return $resql ? $ids : null;
	}
}
