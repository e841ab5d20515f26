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
 * \file    php-module/class/adoption/gcontactsdolimods.class.php
 * \ingroup gcontacts
 * \brief   What the module Google of DoliMods left on the cards of contacts
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');

/**
 * The made-up addresses and lines of the note that an export can be asked to take away, from cards that are linked or
 * would be. What they are, the engine tells of each card.
 */
class GContactsDoliMods
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
	 * Columns of a card that tell it.
	 *
	 * @param  array<string, mixed>      $card Card of the engine
	 * @return array<string, int|string>       Column => value
	 */
	public static function columns(array $card): array
	{
		$texts = array_values((array) ($card['dolimods'] ?? array()));
		return array('dolimods' => count($texts), 'dolimods_texts' => $texts ? (string) json_encode($texts) : '');
	}

	/**
	 * What would be taken away, by contact. An address that Dolibarr has too stays.
	 *
	 * @return array<int, array{id:int, name:string, removes:array<int, string>}>|null Contacts in the order of their names; null on failure
	 */
	public function found(): ?array
	{
		$found = array();
		// A contact is linked, or paired with a card that it would be linked to.
		foreach (array('link', 'pair') as $table) {
			$sql = "SELECT p.rowid, p.lastname, p.firstname, p.email, s.email as company_email, c.dolimods_texts";
			$sql .= " FROM ".$this->db->prefix()."gcontacts_card c INNER JOIN ".$this->db->prefix()."gcontacts_".$table." l ON l.fk_card = c.rowid";
			$sql .= " INNER JOIN ".$this->db->prefix()."socpeople p ON p.rowid = l.fk_element".($table === 'link' ? " AND l.element_type = 'contact'" : "");
			$sql .= " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc";
			$sql .= " WHERE c.fk_account = ".$this->account->id." AND c.dolimods > 0 AND p.priv = 0 AND p.statut = 1 ORDER BY p.lastname, p.firstname, p.rowid";
			$resql = $this->db->query($sql);
			if (!$resql) {
				return null;
			}
			while ($row = $this->db->fetch_object($resql)) {
				$found[(int) $row->rowid] = array('id' => (int) $row->rowid, 'name' => trim($row->firstname.' '.$row->lastname), 'removes' => self::without($row));
			}
		}
		return array_filter($found, function (array $contact): bool {
			return $contact['removes'] !== array();
		});
	}

	/**
	 * @param  object             $row Row of found()
	 * @return array<int, string>      What Dolibarr does not say itself
	 */
	private static function without(object $row): array
	{
		$own = array(dol_strtolower(trim((string) $row->email)), dol_strtolower(trim((string) $row->company_email)));
		$texts = (array) json_decode((string) $row->dolimods_texts, true);
		return array_values(array_filter($texts, function ($text) use ($own): bool {
			return !in_array(dol_strtolower((string) $text), $own, true);
		}));
	}
}
