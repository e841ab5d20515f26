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
 * \file    php-module/class/check/gcontactsunlabelling.class.php
 * \ingroup gcontacts
 * \brief   Removes labels of ours that nothing in Dolibarr asks for
 */

dol_include_once('/gcontacts/class/check/gcontactssourcelesslabels.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * Takes labels off the cards of this Dolibarr, by the marks that stand on both, a page of the address book at a time; then
 * deletes those that nobody carries any more. A label that other cards carry stays on them.
 */
class GContactsUnlabelling extends GContactsOperation
{
	/** What the log calls the taking off and the deletion of a label. */
	const TAKE = 'unlabel';
	const DELETE = 'delete_label';

	/** @return string */
	public function kind(): string
	{
		return 'unlabel';
	}

	/**
	 * Begins.
	 *
	 * @param  GContactsOperations               $operations Operations of the account
	 * @param  array<int, array<string, mixed>>  $labels     Those of GContactsSourcelessLabels::all() that go
	 * @return GContactsRun|null                             Null where it is refused, with what $operations say
	 */
	public static function begin(GContactsOperations $operations, array $labels): ?GContactsRun
	{
		return $operations->start('unlabel', array('labels' => array_column($labels, 'name', 'resource_name')));
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(GContactsRun $run, float $until): int
	{
		return $run->phase === 'remove' ? $this->remove($run, $until) : $this->takeOff($run, $until);
	}

	/**
	 * Takes the labels off the cards of a page.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses: the page is walked again
	 */
	private function takeOff(GContactsRun $run, float $until): int
	{
		$position = $run->position + array('cursor' => '', 'seen' => 0, 'taken' => array(), 'kept' => array(), 'others' => array());
		// Somebody may ask for a label again since it was ticked.
		$labels = new GContactsSourcelessLabels($this->db, $this->account);
		$position['labels'] = $position['labels'] ?? $labels->unasked((array) ($run->parameters['labels'] ?? array()));
		if ($position['labels'] === null) {
			return $this->failed();
		}
		$names = $position['labels'];
		$token = $this->account->accessToken();
		try {
			$page = (new GContactsEngine())->takeLabelsOff($this->account->transportUntil($until), $token, GContactsSettings::instance(), array_keys($names), (string) $position['cursor']);
		} catch (\GContacts\Exception $e) {
			if ($position['cursor'] !== '' && in_array($e->reason, GContactsStop::PLACE, true)) {
				$run->moveTo(array('labels' => $names));
			}
			throw $e;
		}
		$this->account->learn($page);
		$position['cursor'] = (string) $page['cursor'];
		$position['seen'] += (int) $page['seen'];
		foreach ($page['labels'] as $label) {
			foreach (array('taken', 'kept', 'others') as $how) {
				$position[$how][$label['resource_name']] = (int) $label[$how] + (int) ($position[$how][$label['resource_name']] ?? 0);
			}
		}
		$last = $position['cursor'] === '';
		$this->db->begin();
		$stored = $run->progress(array('calls' => (int) $page['calls'])) > 0 && (!$last || $run->addAll(self::takenOff($names, $position)) > 0);
		$stored = $stored && $run->moveTo($position, $last ? 'remove' : 'look', $last ? count($names) : (int) $position['seen']) > 0;
		return $stored && $this->db->commit() > 0 ? 1 : $this->failed();
	}

	/**
	 * @param  array<string, string> $names    Names of the labels, by resource name
	 * @param  array<string, mixed>  $position taken: numbers of cards by resource name
	 * @return array<int, array<string, mixed>> Rows of the log
	 */
	private static function takenOff(array $names, array $position): array
	{
		$rows = array();
		foreach (array_filter($position['taken']) as $resource => $number) {
			$rows[] = self::row(self::TAKE, $names[$resource] ?? '', 'done', 'label_taken_off', (string) $number);
		}
		return $rows;
	}

	/**
	 * Deletes the labels that nobody carries.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function remove(GContactsRun $run, float $until): int
	{
		$names = (array) $run->position['labels'];
		$left = array_keys(array_diff_key($names, array_flip((array) ($run->position['tried'] ?? array()))));
		$token = $this->account->accessToken();
		$tried = (new GContactsEngine())->deleteEmptyLabels($this->account->transportUntil($until), $token, GContactsSettings::instance(), $left);
		$this->account->learn($tried);
		$stop = GContactsStop::ofEngine($tried['stopped']);
		$labels = array_filter($tried['labels'], function (array $label) use ($stop): bool {
			return $stop === null || $label['fate'] !== 'later';
		});
		$rows = array();
		$counts = array('calls' => (int) $tried['calls'], 'done' => 0, 'unchanged' => 0, 'failed' => 0);
		foreach ($labels as $label) {
			$counts[array('deleted' => 'done', 'gone' => 'unchanged')[$label['fate']] ?? 'failed']++;
			$rows[] = self::fate($label, $names[$label['resource_name']] ?? '', $run->position);
		}
		$position = array('tried' => array_merge((array) ($run->position['tried'] ?? array()), array_column($labels, 'resource_name'))) + $run->position;
		$this->db->begin();
		$stored = $run->addAll($rows) > 0 && $run->progress($counts) > 0 && $run->moveTo($position) > 0;
		if (!$stored || (new GContactsSourcelessLabels($this->db, $this->account))->note($labels) < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return 0;
	}

	/**
	 * @param  array<string, mixed> $label    What became of a label
	 * @param  string               $name     Its name
	 * @param  array<string, mixed> $position kept and others: numbers of cards by resource name
	 * @return array<string, mixed>           Row of the log
	 */
	private static function fate(array $label, string $name, array $position): array
	{
		$kept = (int) ($position['kept'][$label['resource_name']] ?? 0);
		$others = (int) ($position['others'][$label['resource_name']] ?? 0);
		$why = $kept > 0 ? array('label_kept', (string) $kept) : array('label_in_use', (string) $others);
		// Google's count is behind what the address book shows, for a while.
		$why = $kept + $others > 0 ? $why : array('label_counted', (string) $label['members']);
		$told = array(
			'deleted' => array('done', '', ''),
			'gone' => array('done', 'label_gone', ''),
			'carried' => array_merge(array('left_out'), $why),
			'theirs' => array('left_out', 'label_theirs', ''),
			'later' => array('refused', 'invalid_value', ''),
		)[$label['fate']];
		return array('before' => (string) $label['before']) + self::row(self::DELETE, $name, ...$told);
	}

	/**
	 * @param  string $action  TAKE or DELETE
	 * @param  string $name    Name of the label
	 * @param  string $result  Result
	 * @param  string $reason  Reason code
	 * @param  string $message What it is told with
	 * @return array<string, mixed> Row of the log
	 */
	private static function row(string $action, string $name, string $result, string $reason, string $message): array
	{
		return array('type' => 'label', 'id' => 0, 'name' => $name, 'action' => $action, 'result' => $result, 'reason' => $reason, 'message' => $message);
	}
}
