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
 * \file    php-module/class/backup/gcontactsrestoredlinks.class.php
 * \ingroup gcontacts
 * \brief   The contacts whose cards a restore makes again
 */

dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * A card that was made for a contact of this Dolibarr is that contact's again from the moment on in which it is restored: its
 * next send would make a second one otherwise. A contact that has another card by now, or of which nobody knows, keeps that.
 */
class GContactsRestoredLinks
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var array<int, object|null> Link by contact, of contacts that exist; null for none */
	private $links = array();
	/** @var array<int, bool> Contacts whose card is being restored */
	private $taken = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Loads the contacts of some cards, and their links. Two queries.
	 *
	 * @param  array<int, object> $rows Rows of GContactsRestoreCards
	 * @return int                      1, or -1
	 */
	public function load(array $rows): int
	{
		$this->links = $this->taken = array();
		$ids = array_values(array_unique(array_filter(array_map(array(GContactsCard::class, 'contactOf'), array_column($rows, 'marker')))));
		if (!$ids) {
			return 1;
		}
		$known = (new GContactsLink($this->db, $this->account))->fetchFor('contact', $ids);
		$sql = "SELECT rowid FROM ".$this->db->prefix()."socpeople WHERE entity = ".$this->account->entity." AND rowid IN (".implode(',', $ids).")";
		$resql = $known === null ? false : $this->db->query($sql);
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$this->links[(int) $row->rowid] = $known[(int) $row->rowid] ?? null;
		}
		return $resql ? 1 : -1;
	}

	/**
	 * Whether the ordinary sending has to bring the card instead, since the contact has another one by now, or may have.
	 *
	 * @param  object $row Row of the card
	 * @return bool
	 */
	public function areSentAnew(object $row): bool
	{
		$contact = GContactsCard::contactOf((string) $row->marker);
		if (!array_key_exists($contact, $this->links)) {
			return false;
		}
		$twice = isset($this->taken[$contact]);
		$this->taken[$contact] = true;
		$link = $this->links[$contact];
		if ($twice || $link === null) {
			return $twice;
		}
		if ((string) $link->resource_name !== '') {
			return (string) $link->resource_name !== (string) $row->resource_name;
		}
		// A card that was lost is looked for by the nonce of its create, which it had in the backup too.
		return (string) $link->nonce !== '' && (string) $link->nonce !== GContactsCard::nonceOf((string) $row->marker);
	}

	/**
	 * Has the contacts of cards sent in the ordinary way. Part of the caller's transaction.
	 *
	 * @param  array<int, object> $rows Rows of the cards
	 * @return int                      1, or -1
	 */
	public function note(array $rows): int
	{
		$contacts = array_map(array(GContactsCard::class, 'contactOf'), array_column($rows, 'marker'));
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		return $contacts ? $outbox->addContacts($contacts, 'RESTORED') : 1;
	}

	/**
	 * Links contacts to the cards that were restored, where they are one's. Part of the caller's transaction.
	 *
	 * @param  array<int, object>               $rows     Rows of cards, by id
	 * @param  array<int, array<string, mixed>> $restored resource_name, source_id, etag, person, labels; by id of the row
	 * @return int                                        1, or -1
	 */
	public function link(array $rows, array $restored): int
	{
		$ours = array_filter(array_intersect_key($rows, $restored), function (object $row): bool {
			return array_key_exists(GContactsCard::contactOf((string) $row->marker), $this->links);
		});
		$made = array();
		foreach ($ours as $id => $row) {
			$made[] = array('marker' => (string) $row->marker) + $restored[$id];
		}
		$cards = new GContactsCard($this->db, $this->account);
		$ids = $cards->saveAll($made);
		if ($ids === null) {
			return -1;
		}
		$columns = $former = array();
		foreach ($ours as $id => $row) {
			$contact = GContactsCard::contactOf((string) $row->marker);
			$columns[$contact] = array('fk_card' => $ids[(string) $restored[$id]['resource_name']]) + $this->columns($row, $restored[$id]);
			$former[] = (int) ($this->links[$contact]->fk_card ?? 0);
		}
		$saved = (new GContactsLink($this->db, $this->account))->saveAll('contact', $columns) > 0 && $this->note($ours) > 0;
		return $saved ? $cards->deleteAll(array_diff(array_filter($former), $ids)) : -1;
	}

	/**
	 * @param  object                         $row  Row of the card
	 * @param  array<string, mixed>           $card See link()
	 * @return array<string, int|string|null>       Columns of the link
	 */
	private function columns(object $row, array $card): array
	{
		$origin = self::origin((string) $row->marker, $this->links[GContactsCard::contactOf((string) $row->marker)]);
		$columns = array('origin' => $origin, 'clashes' => null, 'changed' => null, 'date_changed' => null);
		return $columns + array('state' => 'waiting', 'reason' => '', 'message' => '') + GContactsVerdict::NO_CREATE;
	}

	/**
	 * @param  string      $marker Marker of the card
	 * @param  object|null $link   Link that there was
	 * @return string              How the card came to be
	 */
	private static function origin(string $marker, ?object $link): string
	{
		if (GContactsCard::wasMade($marker)) {
			return 'created';
		}
		return $link !== null && $link->origin === 'imported' ? 'imported' : 'adopted';
	}
}
