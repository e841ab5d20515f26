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
 * \file    php-module/class/check/gcontactsfullcheck.class.php
 * \ingroup gcontacts
 * \brief   Compares everything that Google has with everything that Dolibarr wants
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/check/gcontactssourcelesslabels.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscompareengine.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspullpage.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * A full check: all cards are listed, page by page, and compared with what is known of them; then every contact is planned
 * for, so that what is missing at Google, in its fields or its labels, is noted and sent. Nothing is concluded from what the
 * listing does not show: whoever is not in it is read alone when it is sent to next.
 */
class GContactsFullCheck extends GContactsOperation
{
	/** Contacts that are planned for at a time. */
	const PORTION = 200;

	/** @return string */
	public function kind(): string
	{
		return 'check';
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function step(GContactsRun $run, float $until): int
	{
		if ($run->phase === 'compare') {
			return $this->compare($run, $until);
		}
		return $this->look($run, $until);
	}

	/**
	 * Reads a page of all cards.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	private function look(GContactsRun $run, float $until): int
	{
		$cursor = (string) ($run->position['cursor'] ?? '');
		$engine = new GContactsCompareEngine();
		$token = $this->account->accessToken();
		$page = $engine->listChanges($this->account->transportUntil($until), $token, GContactsSettings::forEngine(), '', $cursor);
		$this->account->learn($page);
		$store = new GContactsPullPage($this->db, $this->account, false);
		if ($store->prepare($page['cards']) < 0) {
			return $this->failed();
		}
		$strays = new GContactsStray($this->db, $this->account);
		$last = (string) $page['cursor'] === '';
		$total = $last ? (new GContactsPages($this->db, $this->account))->countShared() : 0;
		$position = array('cursor' => (string) $page['cursor'], 'cards' => count($page['cards']) + (int) ($run->position['cards'] ?? 0));
		$this->db->begin();
		$stored = ($cursor === '' ? $strays->clear() : 1) > 0 && $store->store() > 0 && $strays->keep($page['cards']) >= 0;
		$stored = $stored && $run->progress(array('calls' => (int) $page['calls'], 'done' => 0, 'failed' => 0)) > 0;
		$stored = $stored && $run->moveTo($position, $last ? 'compare' : 'look', $last ? $total : $position['cards']) > 0;
		if (!$stored || $total < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return 1;
	}

	/**
	 * Plans for a portion of the contacts and notes those that need something; after the last one looks at the labels.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	private function compare(GContactsRun $run, float $until): int
	{
		$pages = new GContactsPages($this->db, $this->account);
		$ids = $pages->toSend((int) ($run->position['after'] ?? 0), self::PORTION);
		if (!$ids) {
			return $ids === null ? $this->failed() : $this->labels($run, $until);
		}
		$planner = new GContactsPlanner($this->db, $this->account);
		$needs = $planner->needs($ids);
		if ($needs === null) {
			return $this->failed();
		}
		$differ = array_keys(array_filter($needs, function (array $intent): bool {
			return !in_array($intent['action'], array('none', 'left_out', 'wait'), true);
		}));
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$counts = array('calls' => 0, 'done' => count($differ), 'failed' => 0, 'unchanged' => count($ids) - count($differ));
		$this->db->begin();
		$noted = (!$differ || $outbox->addContacts($differ, 'CHECK') > 0) && $this->markLabels($ids, $differ) > 0 && $run->progress($counts) > 0;
		if (!$noted || $run->moveTo(array('after' => max($ids)) + $run->position) < 0 || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return 1;
	}

	/**
	 * Notes in the links which labels are missing or too many.
	 *
	 * @param  array<int, int> $ids    Contacts
	 * @param  array<int, int> $differ Those of them that need something
	 * @return int                     1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function markLabels(array $ids, array $differ): int
	{
		$comparison = new GContactsComparison($this->db, $this->account);
		if ($comparison->load($differ) < 0) {
			return -1;
		}
		$wrong = array();
		foreach ($differ ? $comparison->compare() : array() as $id => $compared) {
			if ($compared['labels_missing'] || $compared['labels_extra']) {
				$wrong[$id] = GContactsLink::labelColumns($compared['labels_missing'], $compared['labels_extra'], $comparison->links[$id], $this->db->idate(dol_now()));
			}
		}
		$links = new GContactsLink($this->db, $this->account);
		return $links->labelsFit(array_diff($ids, array_keys($wrong))) > 0 && (!$wrong || $links->saveAll('contact', $wrong) > 0) ? 1 : -1;
	}

	/**
	 * Keeps the labels of ours that nothing in Dolibarr asks for.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function labels(GContactsRun $run, float $until): int
	{
		$labels = (new GContactsSourcelessLabels($this->db, $this->account))->find($until);
		$this->db->begin();
		$kept = $labels !== null && $run->progress(array('calls' => 1, 'done' => 0, 'failed' => 0)) > 0 && $run->moveTo(array('labels' => $labels) + $run->position) > 0;
		return $kept && $this->db->commit() > 0 ? 0 : $this->failed();
	}
}
