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
 * \file    php-module/class/gcontactssyncchoice.class.php
 * \ingroup gcontacts
 * \brief   Whether contacts are synchronised, chosen for many at once
 */

dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * Writes the field of those contacts of a selection that a user may see and edit, all or none.
 */
class GContactsSyncChoice
{
	/** Contacts of one statement. */
	const CHUNK = 500;

	/** @var string */
	public $error = '';
	/** @var int Contacts whose field was written */
	public $changed = 0;
	/** @var int Contacts of the selection that were left alone */
	public $left = 0;

	/** @var DoliDB */
	private $db;
	/** @var User */
	private $user;

	/**
	 * @param DoliDB $db   Database handler
	 * @param User   $user Who chooses
	 */
	public function __construct($db, User $user)
	{
		$this->db = $db;
		$this->user = $user;
	}

	/**
	 * Chooses for a selection.
	 *
	 * @param  array<int, int> $ids         Ids of contacts
	 * @param  bool            $synchronise The choice
	 * @return int                          1, or -1 with ->error: then nothing is changed
	 */
	public function choose(array $ids, bool $synchronise): int
	{
		$ids = array_unique(array_filter(array_map('intval', $ids)));
		$this->db->begin();
		foreach (array_chunk($ids, self::CHUNK) as $chunk) {
			$entities = $this->allowed($chunk);
			if ($entities === null || $this->write($entities, $synchronise ? 'yes' : 'no') < 0) {
				$this->error = $this->db->lasterror();
				$this->db->rollback();
				$this->changed = 0;
				return -1;
			}
			$this->changed += count($entities);
		}
		$this->left = count($ids) - $this->changed;
		$this->db->commit();
		return 1;
	}

	/**
	 * Those that the user may see.
	 *
	 * @param  array<int, int>      $ids Ids of contacts, at least one
	 * @return array<int, int>|null      Entity by id; null on failure
	 */
	private function allowed(array $ids): ?array
	{
		$sql = "SELECT p.rowid, p.entity FROM ".$this->db->prefix()."socpeople p WHERE p.rowid IN (".implode(',', $ids).")";
		$sql .= " AND ".GContactsVisibility::sql($this->user, $this->db, 'p');
		$resql = $this->db->query($sql);
		$entities = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$entities[(int) $row->rowid] = (int) $row->entity;
		}
		return $resql ? $entities : null;
	}

	/**
	 * @param  array<int, int> $entities Entity by id of contact
	 * @param  string          $value    Value of the field
	 * @return int                       1, or -1
	 */
	private function write(array $entities, string $value): int
	{
		if (empty($entities)) {
			return 1;
		}
		$table = $this->db->prefix()."socpeople_extrafields";
		$in = implode(',', array_keys($entities));
		$resql = $this->db->query("SELECT fk_object FROM ".$table." WHERE fk_object IN (".$in.")");
		$missing = $entities;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			unset($missing[(int) $row->fk_object]);
		}
		$set = $resql && $this->db->query("UPDATE ".$table." SET ".GContactsSyncField::NAME." = '".$value."' WHERE fk_object IN (".$in.")");
		if ($set && $missing) {
			$rows = implode(", '".$value."'), (", array_keys($missing));
			$set = $this->db->query("INSERT INTO ".$table." (fk_object, ".GContactsSyncField::NAME.") VALUES (".$rows.", '".$value."')");
		}
		return $set ? $this->note($entities) : -1;
	}

	/**
	 * @param  array<int, int> $entities Entity by id of contact
	 * @return int                       1, or -1
	 */
	private function note(array $entities): int
	{
		foreach (array_unique($entities) as $entity) {
			$outbox = new GContactsOutbox($this->db, $entity);
			if ($outbox->addContacts(array_keys($entities, $entity, true), 'SYNC_CHOSEN') < 0) {
				return -1;
			}
		}
		return 1;
	}
}
