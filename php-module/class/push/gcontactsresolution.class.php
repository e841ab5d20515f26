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
 * \file    php-module/class/push/gcontactsresolution.class.php
 * \ingroup gcontacts
 * \brief   Finds out what became of creates without an answer
 */

dol_include_once('/gcontacts/class/push/gcontactsbackoff.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');

/**
 * Looks in a listing of all cards for the nonces of creates whose outcome is unknown: the answer was lost, or the
 * process was killed.
 *
 * A create is repeated only when a complete listing, newer than Google may take to show a card, does not have it.
 */
class GContactsResolution
{
	/** @var string */
	public $error = '';
	/** @var array<string, mixed>|null Why the listing ended early: reason, message, retry_after */
	public $stopped = null;
	/** @var int Creates whose outcome is known now */
	public $resolved = 0;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

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
	 * Looks, where it is time to.
	 *
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             1, or -1 with ->error
	 * @throws \GContacts\Exception Google refuses the token or cannot be reached
	 */
	public function run(int $deadlineMs): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$unresolved = $links->unresolved();
		if ($unresolved === null) {
			$this->error = $this->db->lasterror();
			return -1;
		}
		$now = time();
		$due = array_filter($unresolved, function (object $link) use ($now): bool {
			return (int) $link->next_try <= $now;
		});
		if (empty($due)) {
			return 1;
		}
		$engine = new GContactsEngine();
		$token = $this->account->accessToken();
		$nonces = array_column($unresolved, 'nonce');
		$listing = $engine->resolve($this->account->transport($deadlineMs), $token, $nonces);
		$this->account->learn($listing);
		$this->stopped = $listing['stopped'];
		// Nobody has looked: with a fresh token it is done at once.
		$unseen = $this->stopped !== null && in_array($this->stopped['reason'], GContactsStop::TOKEN, true);
		return $unseen ? 1 : $this->store($unresolved, $listing, $now);
	}

	/**
	 * @param  array<int, object>   $unresolved Links
	 * @param  array<string, mixed> $listing    What the engine found
	 * @param  int                  $now        When the listing began, Unix time
	 * @return int                              1, or -1 with ->error
	 */
	private function store(array $unresolved, array $listing, int $now): int
	{
		$found = array_column($listing['found'], null, 'nonce');
		$this->db->begin();
		foreach ($unresolved as $link) {
			$card = $found[$link->nonce] ?? null;
			$absent = $listing['complete'] && $now >= (int) $link->nonce_time + GContactsSettings::propagationSeconds();
			$this->learn($link, $card !== null, $absent);
			$stored = $card ? $this->found($link, $card) : ($absent ? $this->absent($link) : $this->undecided($link, $now));
			if ($stored < 0) {
				$this->error = $this->db->lasterror();
				$this->db->rollback();
				return -1;
			}
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * Finds out what Google does with the good cards of a batch that it refuses. One that was made is enough to expect it
	 * ever after.
	 *
	 * @param  object $link   Link
	 * @param  bool   $made   Whether its card is there
	 * @param  bool   $absent Whether it surely is not
	 * @return void
	 */
	private function learn(object $link, bool $made, bool $absent): void
	{
		$refusals = $made ? 'partial' : ($absent && $this->account->refusals === '' ? 'whole' : $this->account->refusals);
		if ($link->reason === GContactsVerdict::BATCH_REFUSED && $refusals !== $this->account->refusals) {
			$this->account->change(array('refusals' => $refusals));
		}
	}

	/**
	 * The card is there. The next batch brings it to the present state. One that is another object's by now, since somebody
	 * merged both at Google, counts as gone.
	 *
	 * @param  object               $link Link
	 * @param  array<string, mixed> $card Row of the listing
	 * @return int                        1, or -1
	 */
	private function found(object $link, array $card): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$taken = $links->hasOther((string) $card['resource_name'], (int) $link->rowid);
		if ($taken === null || $taken) {
			return $taken === null ? -1 : $this->absent($link);
		}
		$cards = new GContactsCard($this->db, $this->account);
		$marker = GContactsCard::marker((string) $link->element_type, (int) $link->fk_element, (string) $link->nonce);
		$id = $cards->save($card, $marker);
		// The attempts stay until Google has taken the card's next update: it may be gone, and the listing belated.
		$columns = array('fk_card' => $id, 'attempts' => (int) $link->attempts);
		return $id < 0 ? -1 : $this->wait($link, $columns);
	}

	/**
	 * The card was never made, or was deleted at Google: then it is made again, or stays gone until somebody decides.
	 *
	 * @param  object $link Link
	 * @return int          1, or -1
	 */
	private function absent(object $link): int
	{
		if ($link->reason !== 'not_found' || GContactsSettings::deletedAtGoogle() !== 'mark') {
			return $this->wait($link, GContactsVerdict::NO_CARD);
		}
		$this->resolved++;
		$links = new GContactsLink($this->db, $this->account);
		$columns = GContactsVerdict::REMOVED + GContactsVerdict::NO_CREATE + GContactsVerdict::NO_CARD;
		return $links->save((string) $link->element_type, (int) $link->fk_element, $columns);
	}

	/**
	 * @param  object               $link    Link
	 * @param  array<string, mixed> $columns New columns
	 * @return int                           1, or -1
	 */
	private function wait(object $link, array $columns): int
	{
		$this->resolved++;
		$columns += array('state' => 'waiting', 'reason' => '', 'message' => '') + GContactsVerdict::NO_CREATE;
		$links = new GContactsLink($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$saved = $links->save((string) $link->element_type, (int) $link->fk_element, $columns);
		return $saved < 0 ? -1 : $outbox->add((string) $link->element_type, (int) $link->fk_element, 'RESOLVED');
	}

	/**
	 * @param  object $link Link
	 * @param  int    $now  Unix time
	 * @return int          1, or -1
	 */
	private function undecided(object $link, int $now): int
	{
		$attempts = (int) $link->attempts + 1;
		$next = GContactsBackoff::nextLook($attempts, (int) $link->nonce_time, $now);
		$links = new GContactsLink($this->db, $this->account);
		$reason = in_array($link->reason, GContactsVerdict::LOOKED_FOR, true) ? $link->reason : 'create_unresolved';
		$columns = array('state' => 'unknown', 'reason' => $reason, 'attempts' => $attempts, 'next_try' => $next);
		return $links->save((string) $link->element_type, (int) $link->fk_element, $columns);
	}
}
