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
 * \file    php-module/class/adoption/gcontactsmatching.class.php
 * \ingroup gcontacts
 * \brief   Which cards that an account had before are which contacts'
 */

dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactslisting.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsmatchengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * Proposes, chooses and links pairs of a contact and a card: the table llx_gcontacts_pair. Opens no transaction.
 */
class GContactsMatching
{
	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/** @var string Table of the pairs */
	private $table;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->table = $db->prefix().'gcontacts_pair';
	}

	/**
	 * The next contacts that have no card and none under way.
	 *
	 * @param  int                     $after Id of the last contact that was looked at
	 * @return array<int, int>|null           Ids, in their order; null on failure
	 */
	public function next(int $after): ?array
	{
		$sql = "SELECT p.rowid FROM ".$this->db->prefix()."socpeople p LEFT JOIN ".$this->db->prefix()."gcontacts_link l";
		$sql .= " ON l.fk_account = ".$this->account->id." AND l.element_type = 'contact' AND l.fk_element = p.rowid";
		$sql .= " WHERE p.entity = ".$this->account->entity." AND p.rowid > ".$after;
		$sql .= " AND (l.rowid IS NULL OR (l.fk_card IS NULL AND l.nonce = '')) ORDER BY p.rowid".$this->db->plimit(GContactsRecords::LIMIT);
		$resql = $this->db->query($sql);
		$ids = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$ids[] = (int) $row->rowid;
		}
		return $resql ? $ids : null;
	}

	/**
	 * Proposes pairs for some contacts.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	public function propose(array $ids): int
	{
		$engine = new GContactsMatchEngine();
		$loader = new GContactsRecords($this->db, $this->account);
		$listing = new GContactsListing($this->db, $this->account);
		$records = $loader->load($ids);
		if ($records === null) {
			return -1;
		}
		$contacts = $engine->matchKeys(GContactsSettings::forEngine(), $records);
		$cards = $listing->withKeys(array_values(array_unique(array_merge(array(), ...array_column($contacts, 'keys')))));
		return $cards === null ? -1 : $this->insert($engine->proposePairs($contacts, $cards));
	}

	/**
	 * Keeps of all pairs those that are one to one.
	 *
	 * @return int 1, or -1
	 * @throws \GContacts\Exception The engine refuses them
	 */
	public function choose(): int
	{
		$engine = new GContactsMatchEngine();
		$resql = $this->db->query("SELECT fk_element, fk_card, likeness FROM ".$this->table." WHERE fk_account = ".$this->account->id);
		$pairs = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$pairs[] = array('contact' => (int) $row->fk_element, 'card' => (int) $row->fk_card, 'likeness' => (string) $row->likeness);
		}
		return $resql && $this->forget() > 0 ? $this->insert($engine->choosePairs($pairs)) : -1;
	}

	/**
	 * @return int 1, or -1
	 */
	public function forget(): int
	{
		return $this->db->query("DELETE FROM ".$this->table." WHERE fk_account = ".$this->account->id) ? 1 : -1;
	}

	/**
	 * How many pairs are there.
	 *
	 * @return array{certain:int,alike:int}|null Those that are certain, and those that somebody has to accept; null on failure
	 */
	public function count(): ?array
	{
		$resql = $this->db->query("SELECT certain, COUNT(*) as nb FROM ".$this->table." WHERE fk_account = ".$this->account->id." GROUP BY certain");
		$counts = array('certain' => 0, 'alike' => 0);
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$counts[(int) $row->certain > 0 ? 'certain' : 'alike'] = (int) $row->nb;
		}
		return $resql ? $counts : null;
	}

	/**
	 * The contacts that would be linked, and why.
	 *
	 * @param  array<int, int>         $ids Ids of the contacts asked about, empty for all
	 * @return array<int, string>|null      Likeness by contact; null on failure
	 */
	public function likenesses(array $ids = array()): ?array
	{
		$sql = "SELECT fk_element, likeness FROM ".$this->table." WHERE fk_account = ".$this->account->id;
		$resql = $this->db->query($sql.($ids ? " AND fk_element IN (".implode(',', array_map('intval', $ids)).")" : ""));
		$likenesses = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$likenesses[(int) $row->fk_element] = (string) $row->likeness;
		}
		return $resql ? $likenesses : null;
	}

	/**
	 * Links some pairs; the ordinary way then brings their cards up to date.
	 *
	 * @param  bool $accepted Whether those are linked too that are not certain
	 * @return int            How many pairs were linked, or -1
	 */
	public function link(bool $accepted): int
	{
		$sql = "SELECT rowid, fk_element, fk_card FROM ".$this->table." WHERE fk_account = ".$this->account->id;
		$sql .= ($accepted ? "" : " AND certain = 1")." ORDER BY rowid".$this->db->plimit(GContactsRecords::LIMIT);
		$resql = $this->db->query($sql);
		$links = new GContactsLink($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$linked = 0;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$columns = array('fk_card' => (int) $row->fk_card, 'origin' => 'adopted', 'state' => 'waiting', 'reason' => '', 'message' => '');
			$columns += GContactsVerdict::NO_CARD + GContactsVerdict::NO_CREATE;
			$done = $links->save('contact', (int) $row->fk_element, $columns) > 0 && $outbox->add('contact', (int) $row->fk_element, 'ADOPTED') > 0;
			if (!$done || !$this->db->query("DELETE FROM ".$this->table." WHERE rowid = ".((int) $row->rowid))) {
				return -1;
			}
			$linked++;
		}
		return $resql ? $linked : -1;
	}

	/**
	 * @param  array<int, array<string, bool|int|string>> $pairs Pairs of the engine
	 * @return int                                               1, or -1
	 */
	private function insert(array $pairs): int
	{
		foreach (array_chunk($pairs, GContactsListing::CHUNK) as $chunk) {
			$rows = array();
			foreach ($chunk as $pair) {
				$row = array($this->account->entity, $this->account->id, (int) $pair['contact'], (int) $pair['card'], "'".$this->db->escape((string) $pair['likeness'])."'", (int) !empty($pair['certain']));
				$rows[] = implode(', ', $row);
			}
			$sql = "INSERT INTO ".$this->table." (entity, fk_account, fk_element, fk_card, likeness, certain) VALUES (".implode('), (', $rows).")";
			if (!$this->db->query($sql)) {
				return -1;
			}
		}
		return 1;
	}
}
