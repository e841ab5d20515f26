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

dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactsfreshcard.class.php');

/**
 * The state of one contact with its reason, and both sides field by field: what the tab shows. The state is that of Check
 * synchro, with what was just read at Google in the place of what is stored. Changes nothing.
 */
class GContactsContactState
{
	/** @var string One of GContactsCheckState::ALL */
	public $state = 'waiting';
	/** @var string Why, in a sentence */
	public $sentence = '';
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
		$row = (new GContactsCheckRows($this->db, $this->account, null))->one($id);
		if ($found < 0 || $row === null) {
			return -1;
		}
		$comparison = new GContactsComparison($this->db, $this->account);
		if ($this->account->id > 0 && $this->compare($id, $comparison, $asks, $row) < 0) {
			return -1;
		}
		$this->state = (string) $row->state;
		$this->sentence = GContactsCheckState::sentence($row, $this->account->blockedReason());
		return 1;
	}

	/**
	 * @param  int                 $id         Contact
	 * @param  GContactsComparison $comparison Comparison
	 * @param  bool                $asks       Whether Google is asked
	 * @param  object              $row        Row of Check synchro, gets what is found out
	 * @return int                             1, or -1
	 */
	private function compare(int $id, GContactsComparison $comparison, bool $asks, object $row): int
	{
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
		try {
			$compared = (new GContactsEngine())->problem() === '' ? ($comparison->compare()[$id] ?? null) : null;
			$this->compared = $name !== '' && $compared !== null && $compared['compared'] ? $compared : null;
			$this->overlay($row);
		} catch (\GContacts\Exception $e) {
			list($row->state, $row->reason, $row->message) = array('error', $e->reason, $e->getMessage());
		}
		return 1;
	}

	/**
	 * Puts what Google has now in the place of what is stored.
	 *
	 * @param  object $row Row of Check synchro
	 * @return void
	 */
	private function overlay(object $row): void
	{
		if ($this->fresh !== null && $this->fresh->gone) {
			list($row->state, $row->reason, $row->message) = array('removed', 'not_found', '');
		}
		if ($this->compared === null || $this->fresh === null || $this->fresh->card === null) {
			return;
		}
		$differs = array_filter($this->compared['rows'], function (array $field): bool {
			return $field['differs'] && $field['changed'] !== 'dolibarr';
		});
		$labels = GContactsLink::labelColumns($this->compared['labels_missing'], $this->compared['labels_extra'], null, '-');
		$row->changed = GContactsComparison::column($this->compared['changed'] ?: array_column($differs, 'key'));
		$row->labels = $labels['labels'];
		if (in_array($row->state, array('in_sync', 'differs'), true)) {
			$row->state = $differs || $labels['date_labels'] !== null ? 'differs' : ($this->compared['to_send'] ? 'waiting' : 'in_sync');
		}
	}
}
