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
 * \file    php-module/class/push/gcontactsverdict.class.php
 * \ingroup gcontacts
 * \brief   What an outcome means for the link, the card and the outbox
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/push/gcontactsbackoff.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletions.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * The verdict on one outcome of the engine. Pure: nothing is stored here.
 */
class GContactsVerdict
{
	/** What a link without card says. */
	const NO_CARD = array('fk_card' => null, 'origin' => 'created', 'sent' => null, 'clashes' => null, 'changed' => null, 'date_changed' => null) + GContactsLink::LABELS_FIT;

	/** Reason of a create that stood in a batch which Google refused for another. */
	const BATCH_REFUSED = 'batch_refused';

	/** What a link says whose card somebody deleted at Google, until somebody decides. */
	const REMOVED = array('state' => 'removed', 'reason' => 'not_found', 'message' => '');

	/** Reasons for which a card is looked for, kept until it is found out: they say what is to be concluded. */
	const LOOKED_FOR = array(self::BATCH_REFUSED, 'not_found');

	/** What a link without a create under way says. */
	const NO_CREATE = array('nonce' => '', 'nonce_time' => 0, 'attempts' => 0, 'next_try' => 0);

	/** @var array<string, int|string|null>|null New columns of the link; null forgets it */
	public $columns = array();
	/** @var bool Whether the card as returned is stored */
	public $keepsCard = false;
	/** @var bool Whether the card that is known is forgotten */
	public $forgetsCard = false;
	/** @var string done, failed, later, held, or empty where nothing happened */
	public $count = '';
	/** @var int|null Seconds until the next try; null where there is nothing left to do */
	public $delay = null;

	/**
	 * The verdict on an outcome.
	 *
	 * @param  array<string, mixed> $row  Row of the engine's outcomes, or one made of an intent
	 * @param  object|null          $link Link as it was loaded
	 * @param  bool                 $gone Whether the contact no longer exists in Dolibarr
	 * @param  int                  $now  Unix time
	 * @return self
	 */
	public static function of(array $row, ?object $link, bool $gone, int $now): self
	{
		$verdict = new self();
		$result = (string) $row['result'];
		$missing = $row['reason'] === 'not_found' && $row['action'] === 'update' && in_array($result, array('refused', 'later'), true);
		if ($missing && $link && (string) $link->resource_name !== '') {
			$verdict->lost($link, $now, (int) strtotime((string) $link->date_sync));
		} elseif ($result === 'done') {
			$verdict->done($row, $gone);
			if ($row['action'] === 'none' && $link && (string) $link->state === 'removed') {
				// Dolibarr has nothing new to say: somebody has still to decide about the card that is gone.
				unset($verdict->columns['state'], $verdict->columns['reason'], $verdict->columns['message']);
			}
		} elseif ($result === 'left_out') {
			$verdict->leftOut($row, $gone);
		} elseif ($result === 'refused') {
			$verdict->count = 'failed';
			// What cannot be read was not sent: a create before it may still have happened.
			$verdict->columns = array('state' => 'error') + ($row['action'] === 'refused' ? array() : self::NO_CREATE) + self::why($row);
		} elseif ($result === 'unknown') {
			$verdict->unknown($row, $link, $now);
		} elseif ($result === 'held') {
			$verdict->count = 'held';
			$verdict->delay = GContactsDeletions::LOOK_AGAIN;
			$verdict->columns = array('state' => 'waiting') + self::why($row);
		} else {
			$verdict->later($row, $link);
		}
		return $verdict;
	}

	/**
	 * The verdict on a card that its tombstone tells to be gone.
	 *
	 * @param  object $link Link with its card
	 * @param  int    $now  Unix time
	 * @return self
	 */
	public static function ofLost(object $link, int $now): self
	{
		$verdict = new self();
		// A tombstone names the card: no listing can be too old for it.
		$verdict->lost($link, $now, 0);
		return $verdict;
	}

	/**
	 * Google has what it should have.
	 *
	 * @param  array<string, mixed> $row  Outcome
	 * @param  bool                 $gone Whether the contact no longer exists in Dolibarr
	 * @return void
	 */
	private function done(array $row, bool $gone): void
	{
		if (in_array($row['action'], array('delete', 'release'), true)) {
			$this->leftOut($row, $gone);
			$this->count = 'done';
			$this->forgetsCard = true;
			return;
		}
		$this->columns = array('state' => 'synced', 'reason' => '', 'message' => '') + GContactsLink::LABELS_FIT + self::NO_CREATE;
		if ($row['action'] !== 'none') {
			$this->count = 'done';
			$this->keepsCard = true;
			$this->columns += array('clashes' => GContactsRun::clashes($row), 'sent' => (string) $row['sent'], 'changed' => GContactsComparison::column((array) $row['changed']));
		}
	}

	/**
	 * Nothing is at Google, and that is right.
	 *
	 * @param  array<string, mixed> $row  Outcome
	 * @param  bool                 $gone Whether the contact no longer exists in Dolibarr
	 * @return void
	 */
	private function leftOut(array $row, bool $gone): void
	{
		if ($row['reason'] === 'removed_at_google') {
			$this->columns = self::REMOVED;
			return;
		}
		$why = array('state' => 'left_out', 'reason' => (string) $row['reason'], 'message' => '');
		$this->columns = $gone ? null : $why + self::NO_CARD + self::NO_CREATE;
	}

	/**
	 * A create may have happened. Its nonce stays until a listing shows what became of it.
	 *
	 * @param  array<string, mixed> $row  Outcome
	 * @param  object|null          $link Link as it was loaded
	 * @param  int                  $now  Unix time
	 * @return void
	 */
	private function unknown(array $row, ?object $link, int $now): void
	{
		$waits = $row['action'] === 'wait' && $link;
		$next = $waits ? (int) $link->next_try : GContactsBackoff::nextLook(0, $now, $now);
		$this->count = 'later';
		$this->delay = max(0, $next - $now);
		// Why it has to be looked for stays, until it is found out.
		$this->columns = array('state' => 'unknown', 'next_try' => $next) + ($waits && in_array($link->reason, self::LOOKED_FOR, true) ? array() : self::why($row));
		if (!$waits) {
			// The call left later than its nonce was committed: Google's delay counts from now.
			$this->columns += array('nonce_time' => $now);
		}
	}

	/**
	 * Not tried, or failed for a passing reason, and surely not done.
	 *
	 * @param  array<string, mixed> $row  Outcome
	 * @param  object|null          $link Link as it was loaded
	 * @return void
	 */
	private function later(array $row, ?object $link): void
	{
		$attempts = $link ? (int) $link->attempts : 0;
		$this->count = 'later';
		$this->delay = GContactsBackoff::seconds($attempts);
		$this->columns = array('state' => 'waiting', 'attempts' => $attempts + 1) + self::NO_CREATE + self::why($row);
	}

	/**
	 * The card is not where it was: deleted by somebody, or living on under another name. The marker tells: so it
	 * is looked for like a create with unknown outcome. At once the first time, then less and less often: for minutes a
	 * listing may still show a card that is gone. Only a listing that must show what the last write left, and does not, is
	 * taken at its word; by setting the card is then made again, or the contact says that it was removed.
	 *
	 * @param  object $link    Link as it was loaded
	 * @param  int    $now     Unix time
	 * @param  int    $written When the card was last written, Unix time
	 * @return void
	 */
	private function lost(object $link, int $now, int $written): void
	{
		$nonce = GContactsCard::nonceOf((string) $link->marker);
		$sentAt = $nonce === '' ? 0 : min($now, max($written, $now - GContactsSettings::propagationSeconds()));
		$attempts = (int) $link->attempts;
		$this->delay = $attempts > 0 ? GContactsBackoff::seconds($attempts) : 0;
		$create = array('nonce' => $nonce, 'nonce_time' => $sentAt, 'attempts' => $attempts + 1, 'next_try' => $now + $this->delay);
		$why = array('state' => $nonce === '' ? 'waiting' : 'unknown', 'reason' => 'not_found', 'message' => '');
		$this->count = 'later';
		$this->forgetsCard = true;
		if ($nonce === '' && GContactsSettings::deletedAtGoogle() === 'mark') {
			$this->delay = null;
			$this->columns = self::REMOVED + self::NO_CREATE + self::NO_CARD;
			return;
		}
		// What was sent last stays known, and whose card it was: it may be found under another name.
		$known = array('sent' => $link->sent) + ($nonce === '' ? array() : array('origin' => $link->origin));
		$this->columns = $why + $create + $known + self::NO_CARD;
	}

	/**
	 * @param  array<string, mixed>  $row Outcome
	 * @return array<string, string>      reason and message
	 */
	private static function why(array $row): array
	{
		return array('reason' => (string) $row['reason'], 'message' => GContactsText::storable((string) $row['message']));
	}
}
