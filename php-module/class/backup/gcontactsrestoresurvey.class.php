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
 * \file    php-module/class/backup/gcontactsrestoresurvey.class.php
 * \ingroup gcontacts
 * \brief   What a restore finds out before it changes anything
 */

dol_include_once('/gcontacts/class/backup/gcontactspresentcards.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorematching.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * Reads the source, lists what is there, and matches both.
 */
class GContactsRestoreSurvey extends GContactsRestorePhase
{
	/** Cards that are read in one step. */
	const READ = 1000;

	/** @var GContactsPresentCards */
	private $present;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		parent::__construct($db, $account, $run);
		$this->present = new GContactsPresentCards($db, $account->entity, $run->id);
	}

	/**
	 * @param  GContactsRestoreSource $source Source
	 * @return int                            See GContactsOperation::step()
	 */
	public function read(GContactsRestoreSource $source): int
	{
		$place = (int) ($this->run->position['place'] ?? 0);
		$page = $source->after($place, self::READ);
		if ($page === null) {
			$this->error = 'the backup cannot be read';
			return -1;
		}
		if (!$page) {
			return $this->to('list', array());
		}
		$prints = (new GContactsBackupEngine())->cardPrints($source->labels(), array_values($page));
		$this->db->begin();
		$done = $this->cards->add(array_combine(array_keys($page), $prints)) > 0 && $this->run->moveTo(array('place' => max(array_keys($page))), 'read', $source->count()) > 0;
		return $done && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  float $until Unix time
	 * @return int          See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	public function list(float $until): int
	{
		$cursor = (string) ($this->run->position['cursor'] ?? '');
		$token = $this->account->accessToken();
		try {
			$page = (new GContactsBackupEngine())->listPrints($this->account->transportUntil($until), $token, $cursor);
			$this->account->learn($page);
		} catch (\GContacts\Exception $e) {
			// The listing begins anew: its cursor may be the reason.
			if ($cursor !== '' && in_array($e->reason, GContactsStop::PLACE, true) && ($this->present->forget() < 0 || $this->to('list', array()) < 0)) {
				return $this->failed();
			}
			throw $e;
		}
		$last = (string) $page['cursor'] === '';
		$this->db->begin();
		$done = ($cursor !== '' || $this->present->forget() > 0) && $this->present->add($page['cards']) > 0 && $this->run->progress(array('calls' => (int) $page['calls'])) > 0;
		$done = $done && $this->run->moveTo($last ? array() : array('cursor' => (string) $page['cursor']), $last ? 'match' : 'list') > 0;
		return $done && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/** @return int See GContactsOperation::step() */
	public function match(): int
	{
		$matching = new GContactsRestoreMatching($this->cards, $this->present);
		$this->db->begin();
		$looked = $matching->step();
		$counts = $looked === 0 ? $this->cards->count() : array();
		if ($looked < 0 || $counts === null) {
			return $this->failed();
		}
		$done = $looked === 0 ? $this->matched($counts) : 1;
		return $done > 0 && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  array<string, int> $counts Cards by state
	 * @return int                        See GContactsOperation::step()
	 */
	private function matched(array $counts): int
	{
		$pretend = !empty($this->run->parameters['pretend']);
		$left = $counts['there'] ?? 0;
		$left += empty($this->run->parameters['differing']) ? ($counts['differs'] ?? 0) : 0;
		$told = $pretend ? 1 : $this->run->progress(array('unchanged' => $left, 'failed' => $counts['refused'] ?? 0));
		return $told > 0 ? $this->to($pretend ? 'end' : 'labels', array('found' => $counts)) : -1;
	}

	/**
	 * Forgets all but the counts.
	 *
	 * @return int 0, or -1
	 */
	public function forget(): int
	{
		$this->db->begin();
		$done = $this->cards->forget() > 0 && $this->present->forget() > 0 && $this->run->moveTo(array_intersect_key($this->run->position, array('found' => 1))) > 0;
		return $done && $this->db->commit() > 0 ? 0 : $this->failed();
	}
}
