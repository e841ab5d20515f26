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
 * \file    php-module/class/cleanup/gcontactstraces.class.php
 * \ingroup gcontacts
 * \brief   What of Dolibarr is known to be at Google
 */

dol_include_once('/gcontacts/class/store/gcontactscard.class.php');

/**
 * The links that have a card, as a clean-up goes through them.
 */
class GContactsTraces
{
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
	 * The links that follow one.
	 *
	 * @param  int                     $after Id of the last link, 0 for the first
	 * @param  int                     $limit How many
	 * @return array<int, object>|null        Rows by id of the link; null on failure
	 */
	public function after(int $after, int $limit): ?array
	{
		$sql = "SELECT l.rowid, l.element_type, l.fk_element, l.fk_card, l.sent, c.resource_name, c.source_id, c.person".$this->linked();
		return $this->rows($sql." AND l.rowid > ".$after." ORDER BY l.rowid".$this->db->plimit($limit));
	}

	/**
	 * How many there are, by how their cards came to be.
	 *
	 * @return array<string, int>|null Origin => number; null on failure
	 */
	public function count(): ?array
	{
		$resql = $this->db->query("SELECT l.origin, COUNT(*) as nb".$this->linked()." GROUP BY l.origin");
		$counts = array('created' => 0, 'adopted' => 0, 'imported' => 0);
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$counts[(string) $row->origin] = (int) $row->nb;
		}
		return $resql ? $counts : null;
	}

	/**
	 * What some of the cards are called.
	 *
	 * @param  bool               $made  Whether those that the module made, else those that were there before
	 * @param  int                $limit How many
	 * @return array<int, string>
	 */
	public function names(bool $made, int $limit): array
	{
		$sql = "SELECT l.rowid, l.fk_element, c.person".$this->linked()." AND l.origin ".($made ? "=" : "<>")." 'created'";
		$names = array();
		foreach ((array) $this->rows($sql." ORDER BY l.rowid".$this->db->plimit($limit)) as $row) {
			$name = GContactsCard::nameOf((string) $row->person);
			$names[] = $name !== '' ? $name : '#'.((int) $row->fk_element);
		}
		return $names;
	}

	/**
	 * When the youngest create of unknown outcome was sent: its card may not be listed yet.
	 *
	 * @return int Unix time, 0 for none, -1 on failure
	 */
	public function youngestUnknown(): int
	{
		$sql = "SELECT MAX(nonce_time) as youngest FROM ".$this->db->prefix()."gcontacts_link WHERE fk_account = ".$this->account->id;
		$resql = $this->db->query($sql." AND fk_card IS NULL AND nonce <> ''");
		return $resql ? (int) $this->db->fetch_object($resql)->youngest : -1;
	}

	/**
	 * Forgets the links that have no card.
	 *
	 * @return int 1, or -1
	 */
	public function forgetLinksWithoutCard(): int
	{
		$sql = "DELETE FROM ".$this->db->prefix()."gcontacts_link WHERE fk_account = ".$this->account->id." AND fk_card IS NULL";
		return $this->db->query($sql) ? 1 : -1;
	}

	/** @return string FROM and WHERE */
	private function linked(): string
	{
		$sql = " FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
		return $sql." WHERE l.fk_account = ".$this->account->id;
	}

	/**
	 * @param  string                  $sql Query
	 * @return array<int, object>|null      By rowid; null on failure
	 */
	private function rows(string $sql): ?array
	{
		$resql = $this->db->query($sql);
		$rows = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$rows[(int) $row->rowid] = $row;
		}
		return $resql ? $rows : null;
	}
}
