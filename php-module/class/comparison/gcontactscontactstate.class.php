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
 * \file    php-module/class/comparison/gcontactscontactstate.class.php
 * \ingroup gcontacts
 * \brief   Where a contact stands with Google
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactsfreshcard.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');

/**
 * The state of one contact with its reason, and both sides field by field: what the tab shows. Changes nothing.
 */
class GContactsContactState
{
	/** @var string in_sync, differs, waiting, never, left_out, error, removed or not_connected */
	public $state = 'not_connected';
	/** @var string Reason code, empty where the state says all */
	public $reason = '';
	/** @var string What Google said */
	public $message = '';
	/** @var GContactsAccount */
	public $account;
	/** @var stdClass|null Link as it is stored */
	public $link = null;
	/** @var GContactsFreshCard|null What Google has now; null where nothing was to be read */
	public $fresh = null;
	/** @var array<string, mixed>|null Both sides, see GContactsCompareEngine::compare(); null where there is no card */
	public $compared = null;

	/** @var DoliDB */
	private $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
		$this->account = new GContactsAccount($db);
	}

	/**
	 * Finds out how a contact stands.
	 *
	 * @param  int  $id   Id of the contact
	 * @param  bool $asks Whether Google is asked, one call; else what both agreed on last counts
	 * @return int        1, or -1 where the database failed
	 */
	public function load(int $id, bool $asks = true): int
	{
		$found = $this->account->fetchForEntity();
		if ($found <= 0) {
			$this->reason = 'not_connected';
			return $found < 0 ? -1 : 1;
		}
		$comparison = new GContactsComparison($this->db, $this->account);
		if ($comparison->load(array($id)) < 0) {
			return -1;
		}
		$link = $comparison->links[$id] ?? null;
		$this->link = $link instanceof stdClass ? $link : null;
		$name = $this->link ? (string) $this->link->resource_name : '';
		if ($name !== '' && $asks) {
			$this->fresh = GContactsFreshCard::read($this->account, $name);
			if ($this->fresh->card !== null) {
				$comparison->setCard($id, $this->fresh->card);
			}
		}
		return $this->judge($id, $comparison, $name !== '');
	}

	/**
	 * @param  int                 $id         Id of the contact
	 * @param  GContactsComparison $comparison Comparison that has the contact loaded
	 * @param  bool                $hasCard    Whether the contact is linked to a card
	 * @return int                             1, or -1
	 */
	private function judge(int $id, GContactsComparison $comparison, bool $hasCard): int
	{
		try {
			$compared = (new GContactsEngine())->problem() === '' ? ($comparison->compare()[$id] ?? null) : null;
			$this->tell($compared);
		} catch (\GContacts\Exception $e) {
			$this->state = 'error';
			list($this->reason, $this->message) = array($e->reason, $e->getMessage());
			return 1;
		}
		$this->compared = $hasCard && $compared !== null && $compared['compared'] ? $compared : null;
		if ($this->fresh !== null && $this->fresh->gone) {
			$this->state = 'removed';
			$this->reason = 'not_found';
		}
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		if ($this->state === 'in_sync' && ($outbox->has('contact', $id) || ($this->compared['to_send'] ?? false))) {
			$this->state = 'waiting';
			$this->reason = $this->account->blockedReason();
		}
		return 1;
	}

	/**
	 * @param  array<string, mixed>|null $compared What the engine says
	 * @return void
	 */
	private function tell(?array $compared): void
	{
		$linked = $this->link ? (string) $this->link->state : '';
		$why = $compared === null || $compared['compared'] || $compared['reason'] === 'no_card' ? '' : (string) $compared['reason'];
		if ($why !== '') {
			$this->state = $why === 'invalid_data' ? 'error' : 'left_out';
			list($this->reason, $this->message) = array($why, (string) $compared['message']);
			return;
		}
		$states = array('synced' => 'in_sync', 'error' => 'error', 'removed' => 'removed', '' => 'never');
		$this->state = $states[$linked] ?? 'waiting';
		$differs = $compared !== null && in_array(true, array_column($compared['rows'], 'differs'), true);
		$this->state = $this->state === 'in_sync' && $differs && !$compared['to_send'] ? 'differs' : $this->state;
		$this->reason = $this->link && $linked !== 'left_out' ? (string) $this->link->reason : '';
		$this->message = $this->link && $linked !== 'left_out' ? (string) $this->link->message : '';
		if ($this->reason === '' && in_array($this->state, array('waiting', 'never'), true)) {
			$this->reason = $this->account->blockedReason();
		}
	}
}
