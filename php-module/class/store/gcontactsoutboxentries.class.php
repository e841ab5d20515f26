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
 * \file    php-module/class/store/gcontactsoutboxentries.class.php
 * \ingroup gcontacts
 * \brief   How objects get into the outbox
 */

/**
 * Adds rows to the outbox, one object at a time or many.
 */
abstract class GContactsOutboxEntries
{
	/** @var DoliDB */
	protected $db;

	/** @var int */
	protected $entity;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity, 0 for the present one
	 */
	public function __construct($db, int $entity = 0)
	{
		global $conf;
		$this->db = $db;
		$this->entity = $entity > 0 ? $entity : (int) $conf->entity;
	}

	/**
	 * Notes that an object may have changed. Part of the caller's transaction; a failure spoils nothing of it.
	 *
	 * @param  string $type  Element type: contact, company or user
	 * @param  int    $id    Id of the object
	 * @param  string $event Event code, for people who read the table
	 * @param  int    $delay Seconds before it is looked at
	 * @return int           1, or -1 where the row was not written
	 */
	public function add(string $type, int $id, string $event, int $delay = 0): int
	{
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_outbox (entity, element_type, fk_element, event, due, datec) VALUES (";
		$sql .= $this->entity.", '".$this->db->escape($type)."', ".$id.", '".$this->db->escape(substr($event, 0, 64))."', ";
		$sql .= (time() + $delay).", '".$this->db->idate(dol_now())."')";
		if (!$this->db->query($sql, 1)) {
			dol_syslog('GContacts: outbox row of '.$type.' '.$id.' was not written: '.$this->db->lasterror(), LOG_ERR);
			return -1;
		}
		return 1;
	}

	/**
	 * Notes every shared contact of the entity, and the others that have a card.
	 *
	 * @param  string $event Event code
	 * @return int           1, or -1
	 */
	public function addAllContacts(string $event = 'ALL'): int
	{
		return $this->addContactsWhere($this->whereAll(), $event);
	}

	/**
	 * The contacts that addAllContacts() notes.
	 *
	 * @return array<int, int>|null Ids; null on failure
	 */
	public function allContacts(): ?array
	{
		$resql = $this->db->query("SELECT p.rowid FROM ".$this->db->prefix()."socpeople p WHERE ".$this->whereAll()." ORDER BY p.rowid");
		$ids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$ids[] = (int) $row->rowid;
		}
		return $resql ? $ids : null;
	}

	/** @return string Condition on llx_socpeople p */
	private function whereAll(): string
	{
		$where = "p.entity = ".$this->entity." AND (p.priv = 0 OR EXISTS (SELECT l.rowid FROM ".$this->db->prefix()."gcontacts_link l";
		return $where." WHERE l.element_type = 'contact' AND l.fk_element = p.rowid AND l.fk_card IS NOT NULL))";
	}

	/**
	 * Notes the contacts for which a condition holds, each in its own entity.
	 *
	 * Reads first and then inserts values: INSERT … SELECT would hold locks for which a save waits.
	 *
	 * @param  string $where Condition on llx_socpeople p, made of checked values
	 * @param  string $event Event code
	 * @return int           1, or -1
	 */
	public function addContactsWhere(string $where, string $event): int
	{
		$resql = $this->db->query("SELECT p.rowid, p.entity FROM ".$this->db->prefix()."socpeople p WHERE ".$where." ORDER BY p.rowid");
		$entities = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$entities[(int) $row->rowid] = (int) $row->entity;
		}
		return $resql ? $this->insert($entities, $event) : -1;
	}

	/**
	 * Notes contacts, whether they exist or not.
	 *
	 * @param  array<int, int> $ids   Ids of contacts
	 * @param  string          $event Event code
	 * @return int                    1, or -1
	 */
	public function addContacts(array $ids, string $event): int
	{
		return $this->insert(array_fill_keys($ids, $this->entity), $event);
	}

	/**
	 * @param  array<int, int> $entities Entity by contact
	 * @param  string          $event    Event code
	 * @return int                       1, or -1
	 */
	private function insert(array $entities, string $event): int
	{
		$common = "'".$this->db->escape($event)."', ".time().", '".$this->db->idate(dol_now())."'";
		foreach (array_chunk($entities, 500, true) as $chunk) {
			$values = array();
			foreach ($chunk as $id => $entity) {
				$values[] = "(".$entity.", 'contact', ".$id.", ".$common.")";
			}
			$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_outbox (entity, element_type, fk_element, event, due, datec) VALUES ";
			if (!$this->db->query($sql.implode(', ', $values))) {
				return -1;
			}
		}
		return 1;
	}
}
