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
dol_include_once('/gcontacts/class/check/gcontactscheckportion.class.php');
dol_include_once('/gcontacts/class/check/gcontactssourcelesslabels.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/pull/gcontactscardpages.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspullpage.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * A full check: all cards are listed, page by page, and compared with what is known of them; and every contact is planned
 * for, so that what is missing at Google, in its fields or its labels, is noted and sent. Nothing is concluded from what the
 * listing does not show: whoever is not in it is read alone when it is sent to next.
 *
 * Google takes longer to tell a page than Dolibarr to compare as many contacts: so while a page is read, the last one is stored
 * and a portion of the contacts is planned for. Who was planned for before a page brings news of the card is compared again.
 */
class GContactsFullCheck extends GContactsOperation
{
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
		$position = $run->position + array('cursor' => '', 'listed' => false, 'after' => 0, 'compared' => false);
		if ($position['compared'] && $position['listed']) {
			return $this->labels($run, $until);
		}
		if (!$position['listed']) {
			return $this->look($run, $position, $until);
		}
		$portion = new GContactsCheckPortion($this->db, $this->account, $run);
		$position = $this->plan($portion, $position);
		if ($position === null) {
			return $this->failed();
		}
		$this->db->begin();
		return $this->end($portion->store() > 0 ? $run->moveTo($position) : -1);
	}

	/**
	 * Reads pages of all cards while there is time.
	 *
	 * @param  GContactsRun         $run      Run
	 * @param  array<string, mixed> $position Where it stands
	 * @param  float                $until    Unix time
	 * @return int                            See GContactsOperation::step()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	private function look(GContactsRun $run, array $position, float $until): int
	{
		$pages = new GContactsCardPages($this->account, $until);
		$pages->begin((string) $position['cursor']);
		$read = 0;
		try {
			while ($pages->isReading()) {
				$portion = new GContactsCheckPortion($this->db, $this->account, $run);
				$planned = $this->plan($portion, $position);
				if ($planned === null) {
					return $this->failed();
				}
				$page = $pages->next();
				if ($run->isWanted()) {
					$pages->goOn($page);
				}
				if ($this->deal($run, $page, $portion, $planned) < 0) {
					return -1;
				}
				$position = $run->position;
				$read++;
			}
		} catch (\GContacts\Exception $e) {
			if ($read > 0 && $e->reason === 'deadline') {
				return 1;
			}
			if ($position['cursor'] !== '' && in_array($e->reason, GContactsStop::PLACE, true)) {
				$run->moveTo(array('cursor' => '') + $position);
			}
			throw $e;
		} finally {
			$pages->close();
		}
		return 1;
	}

	/**
	 * Stores a page, and the portion of the contacts that was planned for while it was on its way.
	 *
	 * @param  GContactsRun          $run     Run
	 * @param  array<string, mixed>  $page    Page of the engine's listing
	 * @param  GContactsCheckPortion $portion Contacts
	 * @param  array<string, mixed>  $planned Where the run stands after them, with the place of this page
	 * @return int                            1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function deal(GContactsRun $run, array $page, GContactsCheckPortion $portion, array $planned): int
	{
		$this->account->keep();
		$store = new GContactsPullPage($this->db, $this->account, false);
		if ($store->prepare($page) < 0) {
			return $this->failed();
		}
		$next = array('cursor' => (string) $page['cursor'], 'listed' => (string) $page['cursor'] === '') + $planned;
		$strays = new GContactsStray($this->db, $this->account);
		$this->db->begin();
		try {
			$stored = ($planned['cursor'] === '' ? $this->clear($run, $strays) : 1) > 0 && $store->store() > 0;
			$stored = $stored && $strays->keep($store->strangers(), $page['listed']) > 0 && $run->progress(array('calls' => (int) $page['calls'])) > 0;
			// Whoever was compared before there was news of the card.
			$again = array_filter($store->news(), function (int $id) use ($next): bool {
				return $next['compared'] || $id <= $next['after'];
			});
			$stored = $stored && $portion->store() > 0 && $portion->compareAgain($again) > 0;
			return $this->end($stored ? $run->moveTo($next, $next['compared'] && !$next['listed'] ? 'read' : 'compare') : -1);
		} catch (Throwable $e) {
			// Not to be left open while close() waits for Google.
			$this->undo();
			throw $e;
		}
	}

	/**
	 * @param  GContactsRun   $run    Run that begins
	 * @param  GContactsStray $strays What the last check found
	 * @return int                    1, or -1
	 */
	private function clear(GContactsRun $run, GContactsStray $strays): int
	{
		$total = (new GContactsPages($this->db, $this->account))->countShared();
		return $total >= 0 && $strays->clear() > 0 ? $run->change(array('total' => $total)) : -1;
	}

	/**
	 * Plans for the next contacts.
	 *
	 * @param  GContactsCheckPortion     $portion  What they become
	 * @param  array<string, mixed>      $position Where it stands
	 * @return array<string, mixed>|null           Where it stands after them; null where the database failed
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function plan(GContactsCheckPortion $portion, array $position): ?array
	{
		$pages = new GContactsPages($this->db, $this->account);
		$ids = $position['compared'] ? array() : $pages->toSend((int) $position['after']);
		if ($ids === null || $portion->plan($ids) < 0) {
			return null;
		}
		return ($ids ? array('after' => max($ids)) : array('compared' => true)) + $position;
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
		$kept = $labels !== null && $run->progress(array('calls' => 1)) > 0 && $run->moveTo(array('labels' => $labels) + $run->position) > 0;
		return $this->end($kept ? 0 : -1);
	}

	/**
	 * @param  int $result What came of what was stored
	 * @return int         The same, or -1 where it could not be kept
	 */
	private function end(int $result): int
	{
		if ($result >= 0 && $this->db->commit() > 0) {
			return $result;
		}
		$this->failed();
		$this->undo();
		return -1;
	}

	/** @return void */
	private function undo(): void
	{
		while ($this->db->transaction_opened > 0) {
			$this->db->rollback();
		}
	}
}
