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
 * \file    php-module/class/command/gcontactsdraincommand.class.php
 * \ingroup gcontacts
 * \brief   The verb drain of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletionsyes.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactspreview.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/**
 * Sends what waits, or tells what would be sent.
 */
class GContactsDrainCommand extends GContactsCommand
{
	/** Seconds that one command may take. */
	const DEADLINE = 3600;

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		return $line->dryRun ? $this->preview() : $this->drain($line->allowDeletions);
	}

	/**
	 * @param  bool                 $allow Whether many deletions at once are meant
	 * @return array<string, mixed>
	 */
	private function drain(bool $allow): array
	{
		$worker = new GContactsWorker($this->db);
		$result = $worker->drain(self::DEADLINE);
		$summary = $worker->summary;
		$allowed = $allow && $result >= 0 && $summary['reason'] === '' ? $this->allowDeletions() : 0;
		if ($allowed < 0) {
			return $this->refuse('database', $this->db->lasterror());
		}
		if ($allowed > 0) {
			$worker = new GContactsWorker($this->db);
			$result = $worker->drain(self::DEADLINE);
			foreach (array('settled', 'done', 'failed', 'calls', 'writes', 'batches') as $number) {
				$worker->summary[$number] += $summary[$number];
			}
			$summary = $worker->summary;
		}
		$begun = $summary['batches'] > 0 || $summary['reason'] === '';
		$this->exit = $result === 0 && $summary['failed'] + $summary['held'] === 0 ? 0 : ($begun ? 1 : 2);
		$this->text = $worker->output;
		return $summary + array('output' => $worker->output);
	}

	/**
	 * @return int How many deletions are allowed now, -1 on failure
	 */
	private function allowDeletions(): int
	{
		global $user;
		$account = new GContactsAccount($this->db);
		if ($account->fetchForEntity() <= 0) {
			return -1;
		}
		$yes = new GContactsDeletionsYes($this->db, $account);
		return $yes->give($user);
	}

	/**
	 * @return array<string, mixed>
	 */
	private function preview(): array
	{
		$account = new GContactsAccount($this->db);
		$engine = new GContactsEngine();
		$reason = $engine->problem();
		if ($reason === '' && $account->fetchForEntity() <= 0) {
			$reason = 'not_connected';
		}
		if ($reason !== '') {
			return $this->refuse($reason, '');
		}
		$preview = new GContactsPreview($this->db, $account);
		try {
			if ($preview->run($this->waiting()) < 0) {
				return $this->refuse('database', $preview->error);
			}
		} catch (\GContacts\Exception $e) {
			return $this->refuse($e->reason, $e->getMessage());
		}
		$this->text = $this->listing($preview);
		$blocked = $account->blockedReason();
		return array('dry_run' => true, 'blocked' => $blocked, 'calls' => $preview->calls, 'actions' => (object) $preview->actions, 'contacts' => $preview->contacts);
	}

	/**
	 * The contacts that wait, with those of third parties that wait.
	 *
	 * @return array<int, int> Ids
	 */
	private function waiting(): array
	{
		$outbox = new GContactsOutbox($this->db);
		$ids = array_keys((array) $outbox->read(PHP_INT_MAX, PHP_INT_MAX));
		$companies = array_keys((array) $outbox->read(PHP_INT_MAX, PHP_INT_MAX, 'company'));
		if ($companies) {
			$sql = "SELECT p.rowid FROM ".$this->db->prefix()."socpeople p WHERE p.fk_soc IN (".implode(',', $companies).") ORDER BY p.rowid";
			$resql = $this->db->query($sql);
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$ids[] = (int) $row->rowid;
			}
		}
		return array_values(array_unique($ids));
	}

	/**
	 * @param  GContactsPreview $preview Preview
	 * @return string                    Several lines
	 */
	private function listing(GContactsPreview $preview): string
	{
		$lines = array();
		foreach ($preview->contacts as $contact) {
			$why = $contact['reason'] === '' ? '' : ': '.GContactsEngine::sentence($contact['reason'], $contact['message']);
			$lines[] = sprintf('%-8s #%d %s%s', $contact['action'], $contact['id'], $contact['name'], $why);
		}
		$totals = array();
		foreach ($preview->actions as $action => $number) {
			$totals[] = $number.' '.$action;
		}
		$lines[] = 'Nothing was sent. '.($totals ? implode(', ', $totals).'; calls foreseen: '.$preview->calls : 'Nothing waits.');
		return implode("\n", $lines);
	}
}
