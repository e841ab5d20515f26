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
 * \file    php-module/class/check/gcontactsrepair.class.php
 * \ingroup gcontacts
 * \brief   Mends contacts that are not as they should be at Google
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * Repairs. Each only notes what is to be done: the ordinary way of sending does it, with all its care.
 */
class GContactsRepair
{
	/** Contacts of one transaction. */
	const PORTION = 500;

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
	 * Has contacts sent anew: their cards are read again instead of being trusted, one that somebody deleted at Google is
	 * made again, and no earlier failure delays it.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1 with ->error
	 */
	public function resend(array $ids): int
	{
		foreach (array_chunk($ids, self::PORTION) as $portion) {
			$in = implode(',', array_map('intval', $portion));
			$links = $this->db->prefix()."gcontacts_link WHERE entity = ".$this->account->entity." AND fk_account = ".$this->account->id;
			$links .= " AND element_type = 'contact' AND fk_element IN (".$in.")";
			$this->db->begin();
			$outbox = new GContactsOutbox($this->db, $this->account->entity);
			$done = $this->decideForDolibarr($portion) > 0
				&& $this->db->query("UPDATE ".$this->db->prefix()."gcontacts_card SET person = NULL WHERE rowid IN (SELECT fk_card FROM ".$links.")")
				&& $this->revive($in)
				&& $outbox->hasten($portion) > 0
				&& $outbox->addContacts($portion, 'RESEND') > 0;
			if (!$done) {
				return $this->failed();
			}
			$this->db->commit();
		}
		return 1;
	}

	/**
	 * Has cards made again that were deleted at Google and stayed so by setting: each is looked for once more before.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 */
	private function decideForDolibarr(array $ids): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$known = $links->fetchFor('contact', $ids);
		foreach ($known ?? array() as $id => $link) {
			$nonce = GContactsCard::nonceOf((string) $link->marker);
			if ((string) $link->state === 'removed' && $link->fk_card && $nonce !== '' && $this->search($links, $id, $link, $nonce) < 0) {
				return -1;
			}
		}
		return $known === null ? -1 : 1;
	}

	/**
	 * Has the cards of contacts looked for by their marker, whatever name they have at Google by now. One that is found is
	 * linked again, one that no complete listing shows is made again: never before, so that none is made twice.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1 with ->error
	 */
	public function relink(array $ids): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		foreach (array_chunk($ids, self::PORTION) as $portion) {
			$known = $links->fetchFor('contact', $portion);
			$this->db->begin();
			foreach ($known ?? array() as $id => $link) {
				$nonce = GContactsCard::nonceOf((string) $link->marker);
				if ($link->fk_card && $nonce !== '' && $this->search($links, $id, $link, $nonce) < 0) {
					return $this->failed();
				}
			}
			if ($known === null || $outbox->addContacts($portion, 'RELINK') < 0) {
				return $this->failed();
			}
			$this->db->commit();
		}
		return 1;
	}

	/**
	 * @param  GContactsLink $links Links
	 * @param  int           $id    Contact
	 * @param  object        $link  Its link
	 * @param  string        $nonce Nonce of its card
	 * @return int                  1, or -1
	 */
	private function search(GContactsLink $links, int $id, object $link, string $nonce): int
	{
		$columns = array('state' => 'unknown', 'reason' => 'create_unresolved', 'nonce' => $nonce, 'nonce_time' => time(), 'next_try' => time(), 'attempts' => 0);
		$columns += array('origin' => (string) $link->origin, 'sent' => $link->sent) + GContactsVerdict::NO_CARD;
		$cards = new GContactsCard($this->db, $this->account);
		return $links->save('contact', $id, $columns) > 0 ? $cards->delete((int) $link->fk_card) : -1;
	}

	/**
	 * Takes the word "leave it" and earlier failures back.
	 *
	 * @param  string $in Ids of contacts
	 * @return bool
	 */
	private function revive(string $in): bool
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_link SET state = 'waiting', reason = '', message = '', attempts = 0, next_try = 0";
		$sql .= " WHERE entity = ".$this->account->entity." AND fk_account = ".$this->account->id." AND element_type = 'contact'";
		// A create whose outcome is not known has to be looked for first.
		return (bool) $this->db->query($sql." AND (nonce = '' OR fk_card IS NOT NULL) AND state IN ('error', 'removed', 'left_out', 'waiting') AND fk_element IN (".$in.")");
	}

	/** @return int -1 */
	private function failed(): int
	{
		$this->error = (string) $this->db->lasterror();
		while ($this->db->transaction_opened > 0) {
			$this->db->rollback();
		}
		return -1;
	}
}
