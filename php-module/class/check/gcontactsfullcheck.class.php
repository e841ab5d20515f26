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
dol_include_once('/gcontacts/class/pull/gcontactschangesahead.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspullpage.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * A full check: all cards are listed, page by page, and compared with what is known of them; and every contact is planned
 * for, so that what is missing at Google, in its fields or its labels, is noted and sent. Nothing is concluded from what the
 * listing does not show: whoever is not in it is read alone when it is sent to next.
 *
 * Google takes longer to tell a page than Dolibarr to compare as many contacts: so with each page a portion of the contacts
 * is compared while the next page is read. Who was compared before a later page brings news of the card is compared again.
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
		$this->db->begin();
		return $this->end($this->compare($run, $position, array()));
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
		$listing = new GContactsChangesAhead($this->account, $until);
		$listing->begin('', (string) $position['cursor']);
		$result = 1;
		try {
			while ($result > 0 && $listing->isReading()) {
				$page = $listing->next();
				if ($run->isWanted()) {
					$listing->goOn($page);
				}
				$result = $this->deal($run, $position, $page);
				$position = $run->position;
			}
		} finally {
			$listing->close();
		}
		return $result;
	}

	/**
	 * Stores a page, and compares a portion of the contacts.
	 *
	 * @param  GContactsRun         $run      Run
	 * @param  array<string, mixed> $position Where it stands
	 * @param  array<string, mixed> $page     Page of the engine's listing
	 * @return int                            1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function deal(GContactsRun $run, array $position, array $page): int
	{
		$this->account->learn($page);
		$store = new GContactsPullPage($this->db, $this->account, false);
		if ($store->prepare($page) < 0) {
			return $this->failed();
		}
		$strays = new GContactsStray($this->db, $this->account);
		$this->db->begin();
		$stored = ($position['cursor'] === '' ? $this->clear($run, $strays) : 1) > 0 && $store->store() > 0 && $strays->keep($store->strangers(), $page['listed']) > 0;
		$stored = $stored && $run->progress(array('calls' => (int) $page['calls'])) > 0;
		$position = array('cursor' => (string) $page['cursor'], 'listed' => (string) $page['cursor'] === '') + $position;
		return $this->end($stored ? $this->compare($run, $position, $store->news()) : -1);
	}

	/**
	 * @param  GContactsRun   $run    Run that begins
	 * @param  GContactsStray $strays What the last check found
	 * @return int                    1, or -1
	 */
	private function clear(GContactsRun $run, GContactsStray $strays): int
	{
		$total = (new GContactsPages($this->db, $this->account))->countShared();
		return $total >= 0 && $strays->clear() > 0 ? $run->moveTo($run->position, 'compare', $total) : -1;
	}

	/**
	 * Compares the next contacts. Part of the caller's transaction.
	 *
	 * @param  GContactsRun         $run      Run
	 * @param  array<string, mixed> $position Where it stands
	 * @param  array<int, int>      $news     Contacts of which a page has brought news
	 * @return int                            1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function compare(GContactsRun $run, array $position, array $news): int
	{
		$pages = new GContactsPages($this->db, $this->account);
		$ids = $position['compared'] ? array() : $pages->toSend((int) $position['after']);
		if ($ids === null) {
			return -1;
		}
		$compared = array_filter($news, function (int $id) use ($position): bool {
			return $position['compared'] || $id <= $position['after'];
		});
		$portion = new GContactsCheckPortion($this->db, $this->account, $run);
		$position = $ids ? array('after' => max($ids)) + $position : array('compared' => true) + $position;
		return $portion->compare($ids) > 0 && $portion->compareAgain($compared) > 0 ? $run->moveTo($position) : -1;
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
		return $result >= 0 && $this->db->commit() > 0 ? $result : $this->failed();
	}
}
