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
dol_include_once('/gcontacts/class/check/gcontactscardsearch.class.php');
dol_include_once('/gcontacts/class/check/gcontactstakeback.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Repairs contacts: one, some, or a portion of all in a state. To send again and to look for a card are only noted: the
 * ordinary way of sending does it, with all its care. To part contacts from their cards is done at once.
 */
class GContactsRepair
{
	/** What can be done, as the buttons, the operations and the log call it. */
	const ALL = array('resend', 'relink', 'part');

	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';
	/** @var string What was said */
	public $error = '';
	/** @var int Contacts for which it is done or noted */
	public $done = 0;
	/** @var array<int, string> Reason code, by contact for which it could not be tried */
	public $left = array();
	/** @var array<int, string> Reason code, by contact for which it was refused */
	public $refused = array();
	/** @var array<int, int> Contacts that were not come to: Google held all up before */
	public $later = array();
	/** @var int Calls to Google */
	public $calls = 0;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun|null */
	private $run;
	/** @var float */
	private $until;

	/**
	 * @param DoliDB            $db      Database handler
	 * @param GContactsAccount  $account Account
	 * @param GContactsRun|null $run     Operation that this is a step of: this process has the lease then
	 * @param float             $until   Unix time at which the step has to be over
	 */
	public function __construct($db, GContactsAccount $account, ?GContactsRun $run = null, float $until = 0.0)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
		$this->until = $until;
	}

	/**
	 * Repairs. A portion: it is one transaction.
	 *
	 * @param  string          $what One of ALL
	 * @param  array<int, int> $ids  Ids of contacts
	 * @param  callable|null   $with Done in the same transaction, with this as it stands; below 0 to undo it
	 * @return int                   1, or -1 with ->reason and ->error
	 * @throws \GContacts\Exception  In a step of an operation: Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function apply(string $what, array $ids, ?callable $with = null): int
	{
		if ($what === 'part') {
			return $this->part($ids, $with);
		}
		$this->db->begin();
		$noted = !$ids || ($what === 'relink' ? $this->relink($ids) : $this->resend($ids)) > 0;
		if (!$noted || ($with !== null && $with($this) < 0) || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return 1;
	}

	/**
	 * How many contacts were left as they are, by the reason.
	 *
	 * @return array<string, int>
	 */
	public function reasons(): array
	{
		return array_count_values(array_merge(array_values($this->left), array_values($this->refused)));
	}

	/**
	 * Has contacts sent anew: their cards are read again instead of being trusted, one that somebody deleted at Google is
	 * made again, and no earlier failure delays it.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 */
	private function resend(array $ids): int
	{
		$in = implode(',', array_map('intval', $ids));
		$links = $this->db->prefix()."gcontacts_link WHERE entity = ".$this->account->entity." AND fk_account = ".$this->account->id;
		$links .= " AND element_type = 'contact' AND fk_element IN (".$in.")";
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$this->done = count($ids);
		return $this->decideForDolibarr($ids) > 0
			&& $this->db->query("UPDATE ".$this->db->prefix()."gcontacts_card SET person = NULL WHERE rowid IN (SELECT fk_card FROM ".$links.")")
			&& $this->revive($in)
			&& $outbox->hasten($ids) > 0
			&& $outbox->addContacts($ids, 'RESEND') > 0 ? 1 : -1;
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
		$search = new GContactsCardSearch($this->db, $this->account);
		return $known === null ? -1 : $search->begin(array_filter($known, function (object $link): bool {
			return (string) $link->state === 'removed' && GContactsCardSearch::obstacle($link) === '';
		}));
	}

	/**
	 * Has the cards of contacts looked for. Whoever has none is sent as anybody.
	 *
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 */
	private function relink(array $ids): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$known = $links->fetchFor('contact', $ids);
		if ($known === null) {
			return -1;
		}
		$found = array();
		foreach ($ids as $id) {
			$obstacle = GContactsCardSearch::obstacle($known[$id] ?? null);
			if ($obstacle === '') {
				$found[$id] = $known[$id];
			} else {
				$this->left[$id] = $obstacle;
			}
		}
		$this->done = count($found);
		return (new GContactsCardSearch($this->db, $this->account))->begin($found) > 0 && $outbox->addContacts($ids, 'RELINK') > 0 ? 1 : -1;
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

	/**
	 * Parts contacts from their cards.
	 *
	 * @param  array<int, int> $ids  Ids of contacts
	 * @param  callable|null   $with See apply()
	 * @return int                   1, or -1 with ->reason and ->error
	 */
	private function part(array $ids, ?callable $with): int
	{
		$parting = new GContactsTakeBack($this->db, $this->account, $this->run, $this->until);
		$take = function () use ($parting): void {
			list($this->done, $this->left, $this->refused) = array($parting->done, $parting->left, $parting->refused);
			list($this->later, $this->calls) = array($parting->later, $parting->calls);
		};
		$result = $parting->links($ids, $with === null ? null : function () use ($take, $with): int {
			$take();
			return $with($this);
		});
		$take();
		list($this->reason, $this->error) = array($parting->reason, $parting->error);
		return $result;
	}

	/** @return int -1 */
	private function failed(): int
	{
		list($this->reason, $this->error) = array('database', (string) $this->db->lasterror());
		list($this->done, $this->left, $this->refused) = array(0, array(), array());
		while ($this->db->transaction_opened > 0) {
			$this->db->rollback();
		}
		return -1;
	}
}
