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
 * \file    php-module/class/backup/gcontactsrestorecards.class.php
 * \ingroup gcontacts
 * \brief   The cards that a run restores
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrows.class.php');

/**
 * How far each card of a restore is: the table llx_gcontacts_restore. Opens no transaction.
 */
class GContactsRestoreCards
{
	/** Rows that one INSERT writes. */
	const CHUNK = 250;

	/** @var DoliDB */
	private $db;
	/** @var int */
	private $entity;
	/** @var int */
	private $run;
	/** @var string */
	private $table;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity
	 * @param int    $run    Id of the run
	 */
	public function __construct($db, int $entity, int $run)
	{
		$this->db = $db;
		$this->entity = $entity;
		$this->run = $run;
		$this->table = $db->prefix().'gcontacts_restore';
	}

	/**
	 * Adds cards. One that cannot be read is refused at once.
	 *
	 * @param  array<int, array<string, mixed>> $prints Prints by place
	 * @return int                                      1, or -1
	 */
	public function add(array $prints): int
	{
		foreach (array_chunk($prints, self::CHUNK, true) as $chunk) {
			$rows = array();
			foreach ($chunk as $place => $print) {
				$texts = array(GContactsText::storable($print['name'], 255), $print['resource_name'], $print['source_id'], $print['object'], self::ourMarker($print['markers']), $print['says'], $print['labels'], $print['error'] === '' ? 'new' : 'refused');
				$rows[] = $this->entity.", ".$this->run.", ".$place.", '".implode("', '", array_map(array($this->db, 'escape'), $texts))."'";
			}
			$sql = "INSERT INTO ".$this->table." (entity, fk_run, place, name, resource_name, source_id, object, marker, says, labels, state) VALUES (";
			if (!$this->db->query($sql.implode('), (', $rows).")")) {
				return -1;
			}
		}
		return 1;
	}

	/**
	 * @param  array<int, string> $markers Markers of a card
	 * @return string                      That of a contact of this Dolibarr, empty for none
	 */
	private static function ourMarker(array $markers): string
	{
		$ours = array_filter($markers, array(GContactsCard::class, 'contactOf'));
		return (string) (reset($ours) ?: '');
	}

	/**
	 * The next cards in a state.
	 *
	 * @param  string                  $state State
	 * @param  int                     $limit How many
	 * @return array<int, object>|null        Rows by id; null on failure
	 */
	public function in(string $state, int $limit): ?array
	{
		$sql = "SELECT rowid, place, name, resource_name, source_id, object, marker, says, labels, found, nonce, nonce_time FROM ".$this->table;
		$resql = $this->db->query($sql." WHERE fk_run = ".$this->run." AND state = '".$this->db->escape($state)."' ORDER BY rowid".$this->db->plimit($limit));
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->rowid] = $row;
		}
		return $resql ? $rows : null;
	}

	/**
	 * Changes the rows of cards.
	 *
	 * @param  array<int, array<string, int|string>> $rows Column => value, by id of the row
	 * @return int                                         1, or -1
	 */
	public function change(array $rows): int
	{
		return (new GContactsRows($this->db, 'gcontacts_restore'))->update($rows);
	}

	/**
	 * Moves all cards of a state to another: those of a process that was killed.
	 *
	 * @param  string $from State
	 * @param  string $to   State
	 * @return int          1, or -1
	 */
	public function move(string $from, string $to): int
	{
		$sql = "UPDATE ".$this->table." SET state = '".$this->db->escape($to)."' WHERE fk_run = ".$this->run." AND state = '".$this->db->escape($from)."'";
		return $this->db->query($sql) ? 1 : -1;
	}

	/** @return array<string, int>|null State => number; null on failure */
	public function count(): ?array
	{
		$resql = $this->db->query("SELECT state, COUNT(*) as nb FROM ".$this->table." WHERE fk_run = ".$this->run." GROUP BY state");
		$counts = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$counts[(string) $row->state] = (int) $row->nb;
		}
		return $resql ? $counts : null;
	}

	/** @return int 1, or -1 */
	public function forget(): int
	{
		return $this->db->query("DELETE FROM ".$this->table." WHERE fk_run = ".$this->run) ? 1 : -1;
	}
}
