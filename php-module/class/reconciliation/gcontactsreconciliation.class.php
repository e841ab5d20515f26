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
 * \file    php-module/class/reconciliation/gcontactsreconciliation.class.php
 * \ingroup gcontacts
 * \brief   Finds what changed without a trigger
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsfinding.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/push/gcontactsplanner.class.php');

/**
 * Compares every contact with its card, page by page, and notes in the outbox those that differ.
 *
 * It finds what a CSV import, a script, a merge, an option, a login or a dictionary changed. Nothing is sent here and
 * Google is not asked. No time of change is looked at: options, logins and dictionaries move none.
 */
class GContactsReconciliation
{
	/** Constant that holds the contact after which the next run goes on. */
	const POSITION = 'GCONTACTS_RECONCILE_FROM';
	/** Event code of the rows in the outbox. */
	const EVENT = 'RECONCILED';

	/** @var string What failed */
	public $error = '';
	/** @var string Why it did not run, or stopped: a reason code */
	public $reason = '';
	/** @var int Contacts that were compared */
	public $compared = 0;
	/** @var array<int, array<string, int|string>> What was found: id, name, action, reason, message */
	public $found = array();
	/** @var bool Whether it came to the end */
	public $complete = false;

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var bool */
	private $dryRun;

	/**
	 * @param DoliDB $db     Database handler
	 * @param bool   $dryRun True to change nothing
	 */
	public function __construct($db, bool $dryRun = false)
	{
		$this->db = $db;
		$this->account = new GContactsAccount($db);
		$this->dryRun = $dryRun;
	}

	/**
	 * Compares until all contacts are, or the time is over; the next run goes on there.
	 *
	 * @param  float $seconds Seconds that it may take
	 * @return int            1, or -1 with ->error
	 */
	public function run(float $seconds): int
	{
		$until = microtime(true) + $seconds;
		if ($this->account->fetchForEntity() < 0) {
			return $this->failed($this->account->error);
		}
		$pages = new GContactsPages($this->db, $this->account);
		$this->reason = $this->dryRun ? $this->unable() : $this->account->blockedReason();
		$this->reason = $this->reason === '' ? $pages->suspicion() : $this->reason;
		$after = $this->dryRun ? 0 : getDolGlobalInt(self::POSITION);
		$over = false;
		while ($this->reason === '' && !$this->complete && !$over) {
			$ids = $pages->after($after);
			if ($ids === null || ($ids && $this->compare($ids, $pages) < 0)) {
				return $this->failed($this->error !== '' ? $this->error : $this->db->lasterror());
			}
			$this->complete = empty($ids);
			// One page at least: a run that compares nothing would never come to the end.
			$over = microtime(true) >= $until;
			$after = $ids ? max($ids) : 0;
			if (!$this->dryRun && $this->remember($after) < 0) {
				return $this->failed($this->db->lasterror());
			}
		}
		return 1;
	}

	/**
	 * What happened, in a sentence or two.
	 *
	 * @return string
	 */
	public function report(): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		$sum = $langs->transnoentities('GContactsReconcileOutput', (string) $this->compared, (string) count($this->found));
		$left = $this->complete || $this->reason !== '' ? '' : $langs->transnoentities('GContactsReconcileLeft');
		return trim(GContactsEngine::sentence($this->reason).' '.$sum.' '.$left);
	}

	/**
	 * @return string Reason code why not even a comparison can be made, empty where it can
	 */
	private function unable(): string
	{
		$engine = new GContactsEngine();
		return $this->account->id === 0 ? 'not_connected' : $engine->problem();
	}

	/**
	 * Compares one page, in a fixed number of queries.
	 *
	 * @param  array<int, int> $ids   Ids of contacts
	 * @param  GContactsPages  $pages Pages
	 * @return int                    1, or -1
	 */
	private function compare(array $ids, GContactsPages $pages): int
	{
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		$planner = new GContactsPlanner($this->db, $this->account);
		$noted = $pages->noted($ids);
		try {
			$needs = $noted === null ? null : $planner->needs($ids);
		} catch (\GContacts\Exception $e) {
			$this->error = $e->getMessage();
			return -1;
		}
		if ($needs === null || $pages->areGone($planner->missing()) < 0) {
			$this->error = $pages->error;
			return -1;
		}
		$found = array();
		foreach (array_diff_key($needs, $noted) as $id => $intent) {
			if (GContactsFinding::isOne($intent, $planner->links[$id] ?? null)) {
				$found[] = $id;
				$this->found[] = array('id' => $id, 'name' => $planner->name($id), 'action' => (string) $intent['action'], 'reason' => (string) $intent['reason'], 'message' => (string) $intent['message']);
			}
		}
		$this->compared += count($ids);
		return $this->dryRun ? 1 : $outbox->addContacts($found, self::EVENT);
	}

	/**
	 * @param  int $after Id of the contact after which to go on, 0 for the beginning
	 * @return int        1, or -1
	 */
	private function remember(int $after): int
	{
		require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';
		return dolibarr_set_const($this->db, self::POSITION, (string) $after, 'chaine', 0, '', $this->account->entity) < 0 ? -1 : 1;
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		$this->error = $error;
		dol_syslog('GContacts: reconciliation failed: '.$error, LOG_ERR);
		return -1;
	}
}
