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
 * \file    php-module/class/push/gcontactsemptylabels.class.php
 * \ingroup gcontacts
 * \brief   Labels of ours that nobody carries any more
 */

dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Deletes labels that the module made and that cards have left, once Google counts nobody in them. One that somebody
 * else's card carries stays, and is looked at again later.
 */
class GContactsEmptyLabels
{
	/** Seconds after which a label that others carry, or whose count may be an old one, is looked at again. */
	const LOOK_AGAIN = 3600;

	/** @var string */
	public $error = '';
	/** @var array<string, mixed>|null Why it ended early: reason, message, retry_after */
	public $stopped = null;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;
	/** @var GContactsLabel */
	private $labels;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run that is going on
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
		$this->labels = new GContactsLabel($db, $account);
	}

	/**
	 * Deletes those of the labels due that nobody carries.
	 *
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             Number of labels deleted, or -1 with ->error
	 * @throws \GContacts\Exception There is no token, or Google cannot be reached: nothing was deleted
	 */
	public function run(int $deadlineMs): int
	{
		$due = $this->labels->due(time());
		if (empty($due)) {
			return $due === null ? $this->failed() : 0;
		}
		if ($this->run->start() < 0) {
			return $this->failed();
		}
		$engine = new GContactsEngine();
		$token = $this->account->accessToken();
		$tried = $engine->deleteEmptyLabels($this->account->transport($deadlineMs), $token, GContactsSettings::instance(), $due);
		$this->account->learn($tried);
		$this->stopped = $tried['stopped'];
		return $this->store($tried['labels'], (int) $tried['calls']);
	}

	/**
	 * @param  array<int, array<string, mixed>> $tried What became of each label
	 * @param  int                              $calls Calls made
	 * @return int                                     Number of labels deleted, or -1 with ->error
	 */
	private function store(array $tried, int $calls): int
	{
		$known = array_column($this->labels->all() ?? array(), null, 'resource_name');
		$deleted = 0;
		$this->db->begin();
		foreach ($tried as $label) {
			$gone = $label['fate'] === 'deleted';
			$row = $label + array('type' => 'label', 'id' => $known[$label['resource_name']]['source_id'] ?? 0, 'action' => 'delete_label', 'result' => 'done', 'reason' => '', 'message' => '');
			$deleted += $gone ? 1 : 0;
			if (($gone && $this->run->add($row) < 0) || $this->keep($label['resource_name'], $label['fate']) < 0) {
				$this->db->rollback();
				return $this->failed();
			}
		}
		// Runs count contacts, not labels.
		if ($this->run->progress(array('calls' => $calls)) < 0 || $this->db->commit() < 0) {
			$this->db->rollback();
			return $this->failed();
		}
		return $deleted;
	}

	/**
	 * @param  string $name Resource name
	 * @param  string $fate What became of the label
	 * @return int          1, or -1
	 */
	private function keep(string $name, string $fate): int
	{
		if ($fate === 'deleted' || $fate === 'gone') {
			return $this->labels->forget(array($name));
		}
		if ($fate === 'later') {
			return 1;
		}
		if ($fate === 'theirs') {
			return $this->labels->lookAt(array($name), 0);
		}
		$ours = (new GContactsCard($this->db, $this->account))->carries($name);
		// Once the last of our cards leaves it, that is noted anew.
		return $ours < 0 ? -1 : $this->labels->lookAt(array($name), $ours > 0 ? 0 : time() + self::LOOK_AGAIN);
	}

	/**
	 * @return int -1
	 */
	private function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
