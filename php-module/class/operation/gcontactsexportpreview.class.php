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
 * \file    php-module/class/operation/gcontactsexportpreview.class.php
 * \ingroup gcontacts
 * \brief   Finds out what an export would do
 */

dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsmatching.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/push/gcontactspreview.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/store/gcontactsretention.class.php');

/**
 * The preview of an export: an account that waits for an administrator's word is looked through, then each contact is
 * planned for. Nothing is sent. What was found stands in the run: the numbers in its position, the names as its objects.
 */
class GContactsExportPreview extends GContactsOperation
{
	/** Result of an object that was only planned. */
	const PLANNED = 'planned';

	/** @return string */
	public function kind(): string
	{
		return 'preview';
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function step(GContactsRun $run, float $until): int
	{
		if ($run->phase === '') {
			return $this->begin($run);
		}
		return $run->phase === 'look' ? $this->look($run, $until) : $this->plan($run);
	}

	/**
	 * Forgets what older previews found, and counts.
	 *
	 * @param  GContactsRun $run Run
	 * @return int               See GContactsOperation::step()
	 */
	private function begin(GContactsRun $run): int
	{
		$retention = new GContactsRetention($this->db, $this->account->entity);
		$forgotten = $retention->forgetPreviews($run->id);
		if ($forgotten !== 0) {
			return $forgotten < 0 ? $this->failed() : 1;
		}
		$adoption = new GContactsAdoption($this->db, $this->account);
		if ($this->account->state === 'confirm' && $adoption->pairAnew() < 0) {
			$this->error = $adoption->error;
			return -1;
		}
		$pages = new GContactsPages($this->db, $this->account);
		$total = $pages->countToSend();
		$hidden = $pages->countPrivate();
		$position = array('after' => 0, 'calls' => 0, 'actions' => array(), 'reasons' => array(), 'private' => $hidden);
		return $total !== null && $hidden !== null && $run->moveTo($position, 'look', $total) > 0 ? 1 : $this->failed();
	}

	/**
	 * A step of looking through the cards of an account that waits for an administrator's word. Where Google cannot be
	 * asked just now, the preview does without.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function look(GContactsRun $run, float $until): int
	{
		$adoption = new GContactsAdoption($this->db, $this->account);
		$waits = $this->account->state === 'confirm';
		$left = 0;
		if ($waits && $this->account->blockedReason(array('awaiting_confirmation', 'push_off')) === '') {
			$left = $adoption->prepareStep((int) (1000 * max(0.5, $until - microtime(true) - 0.4)));
		}
		if ($left !== 0) {
			$this->error = $adoption->error;
			return $left;
		}
		$proposals = $waits ? $adoption->proposals() : null;
		$known = $proposals === null ? array('known' => !$waits) : array('known' => true) + $proposals;
		return $run->moveTo($known + $run->position, 'plan') > 0 ? 1 : $this->failed();
	}

	/**
	 * Plans for a batch of contacts.
	 *
	 * @param  GContactsRun $run Run
	 * @return int               See GContactsOperation::step()
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function plan(GContactsRun $run): int
	{
		$pages = new GContactsPages($this->db, $this->account);
		$matching = new GContactsMatching($this->db, $this->account);
		$preview = new GContactsPreview($this->db, $this->account);
		$ids = $pages->toSend((int) $run->position['after'], GContactsRecords::LIMIT);
		$likenesses = $ids ? $matching->likenesses($ids) : array();
		if ($ids === null || $likenesses === null || ($ids && $preview->run($ids) < 0)) {
			return $this->failed();
		}
		if (!$ids) {
			return 0;
		}
		$rows = array_map(function (array $contact) use ($likenesses): array {
			$like = $contact['action'] === 'create' ? ($likenesses[$contact['id']] ?? '') : '';
			return $like === '' ? $contact : array('action' => 'link', 'reason' => 'like_'.$like) + $contact;
		}, $preview->contacts);
		return $this->store($run, max($ids), $rows, $this->calls($run, $preview, $rows));
	}

	/**
	 * Stores what was planned. A contact that agrees already is only counted.
	 *
	 * @param  GContactsRun                     $run   Run
	 * @param  int                              $after Id of the last contact
	 * @param  array<int, array<string, mixed>> $rows  What was planned
	 * @param  int                              $calls Foreseen calls
	 * @return int                                     See GContactsOperation::step()
	 */
	private function store(GContactsRun $run, int $after, array $rows, int $calls): int
	{
		$position = array('after' => $after, 'calls' => $run->position['calls'] + $calls) + $run->position;
		$items = array();
		foreach ($rows as $row) {
			$action = $row['reason'] === GContactsDeletions::HELD ? 'held' : (string) $row['action'];
			$position['actions'][$action] = ($position['actions'][$action] ?? 0) + 1;
			if ($action === 'left_out' || $action === 'refused') {
				$position['reasons'][$row['reason']] = ($position['reasons'][$row['reason']] ?? 0) + 1;
			}
			if ($action !== 'none') {
				$items[] = array('type' => 'contact', 'action' => $action, 'result' => self::PLANNED) + $row;
			}
		}
		$this->db->begin();
		$stored = $run->addAll($items) > 0 && $run->progress(array('unchanged' => count($rows))) > 0 && $run->moveTo($position) > 0;
		return $stored && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * The calls that a batch would need.
	 *
	 * @param  GContactsRun                     $run     Run
	 * @param  GContactsPreview                 $preview Its preview
	 * @param  array<int, array<string, mixed>> $rows    What was planned
	 * @return int
	 */
	private function calls(GContactsRun $run, GContactsPreview $preview, array $rows): int
	{
		$creates = $run->position['actions']['create'] ?? 0;
		$label = new GContactsLabel($this->db, $this->account);
		$container = array_filter((array) $label->all(), function (array $one): bool {
			return $one['source'] === 'container';
		});
		// A label that is not there yet is made once, by the first batch, though each would.
		$again = $creates > 0 && !$container && ($preview->actions['create'] ?? 0) > 0 ? 1 : 0;
		// A card that is linked is read before anything is added to it.
		$linked = in_array('link', array_column($rows, 'action'), true) ? 1 : 0;
		return $preview->calls + $linked - $again;
	}
}
