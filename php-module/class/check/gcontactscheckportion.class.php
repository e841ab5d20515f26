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
 * \file    php-module/class/check/gcontactscheckportion.class.php
 * \ingroup gcontacts
 * \brief   Some contacts of a full check
 */

dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');

/**
 * Plans for contacts and notes those that need something, with the labels that are missing or too many.
 */
class GContactsCheckPortion
{
	/** What a contact needs that needs nothing from the check. */
	const FINE = array('none', 'left_out', 'wait');

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var array<int, int> Contacts that were planned for */
	private $ids = array();
	/** @var array<int, int> Those of them that need something */
	private $differ = array();
	/** @var array<int, int> Contacts whose links tell of labels that are missing or too many, as they were planned for */
	private $misfits = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param GContactsRun     $run     Check, whose counts grow
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
	}

	/**
	 * @param  array<int, int> $ids Contacts
	 * @return int                  1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function plan(array $ids): int
	{
		$this->ids = $ids;
		$differ = $ids ? $this->differing($ids) : array();
		$this->differ = (array) $differ;
		return $differ === null ? -1 : 1;
	}

	/**
	 * Notes what plan() found. Part of the caller's transaction.
	 *
	 * @return int 1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function store(): int
	{
		$counts = array('done' => count($this->differ), 'unchanged' => count($this->ids) - count($this->differ));
		return !$this->ids || ($this->note($this->ids, $this->differ, $this->differ) > 0 && $this->run->progress($counts) > 0) ? 1 : -1;
	}

	/**
	 * Compares those once more that were planned for before there was news of their cards. Part of the caller's transaction.
	 *
	 * @param  array<int, int> $ids Contacts
	 * @return int                  1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function compareAgain(array $ids): int
	{
		if (!$ids) {
			return 1;
		}
		$differ = $this->differing($ids);
		$noted = $differ ? (new GContactsPages($this->db, $this->account))->noted($differ) : array();
		if ($differ === null || $noted === null) {
			return -1;
		}
		$new = array_diff($differ, $noted);
		return $this->note($ids, $differ, $new) > 0 ? $this->run->progress(array('done' => count($new), 'unchanged' => -count($new))) : -1;
	}

	/**
	 * @param  array<int, int>      $ids Contacts, at least one
	 * @return array<int, int>|null      Those that need something; null where the database failed
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function differing(array $ids): ?array
	{
		$planner = new GContactsPlanner($this->db, $this->account);
		$needs = $planner->needs($ids);
		foreach ($needs === null ? array() : $planner->links as $id => $link) {
			if ((string) $link->date_labels !== '') {
				$this->misfits[] = (int) $id;
			}
		}
		return $needs === null ? null : array_keys(array_filter($needs, function (array $intent): bool {
			return !in_array($intent['action'], self::FINE, true);
		}));
	}

	/**
	 * @param  array<int, int> $ids    Contacts
	 * @param  array<int, int> $differ Those of them that need something
	 * @param  array<int, int> $new    Those of them that are not noted yet
	 * @return int                     1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function note(array $ids, array $differ, array $new): int
	{
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		if ($new && $outbox->addContacts(array_values($new), 'CHECK') < 0) {
			return -1;
		}
		$wrong = array();
		foreach (array_chunk($differ, GContactsRecords::LIMIT) as $chunk) {
			$comparison = new GContactsComparison($this->db, $this->account);
			if ($comparison->load($chunk) < 0) {
				return -1;
			}
			foreach ($comparison->compare() as $id => $compared) {
				if ($compared['labels_missing'] || $compared['labels_extra']) {
					$wrong[$id] = GContactsLink::labelColumns($compared['labels_missing'], $compared['labels_extra'], $comparison->links[$id], $this->db->idate(dol_now()));
				}
			}
		}
		$links = new GContactsLink($this->db, $this->account);
		return $links->labelsFit(array_diff(array_intersect($ids, $this->misfits), array_keys($wrong))) > 0 && (!$wrong || $links->saveAll('contact', $wrong) > 0) ? 1 : -1;
	}
}
