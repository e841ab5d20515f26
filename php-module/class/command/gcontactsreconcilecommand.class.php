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
 * \file    php-module/class/command/gcontactsreconcilecommand.class.php
 * \ingroup gcontacts
 * \brief   The verb reconcile of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');

/**
 * Notes what changed without a trigger, or tells it.
 */
class GContactsReconcileCommand extends GContactsCommand
{
	/** Seconds that one command may take. */
	const DEADLINE = 3600;

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		$reconciliation = new GContactsReconciliation($this->db, $line->dryRun);
		$failed = $reconciliation->run(self::DEADLINE) < 0;
		$reason = $failed ? 'database' : $reconciliation->reason;
		$begun = $reconciliation->compared > 0;
		$this->exit = $reconciliation->complete ? 0 : ($begun ? 1 : 2);
		$this->text = $failed ? $reconciliation->error : $reconciliation->report();
		if ($line->dryRun) {
			$this->text = self::listing($reconciliation->found).$this->text.' Nothing was noted.';
		}
		$actions = array_count_values(array_column($reconciliation->found, 'action'));
		$answer = array('dry_run' => $line->dryRun, 'reason' => $reason, 'message' => $reconciliation->error, 'complete' => $reconciliation->complete);
		$answer += array('compared' => $reconciliation->compared, 'found' => count($reconciliation->found), 'actions' => (object) $actions);
		return $answer + array('contacts' => $reconciliation->found, 'output' => $this->text);
	}

	/**
	 * @param  array<int, array<string, int|string>> $found Contacts
	 * @return string                                       A line each
	 */
	private static function listing(array $found): string
	{
		$lines = '';
		foreach ($found as $contact) {
			$why = $contact['reason'] === '' ? '' : ': '.GContactsEngine::sentence((string) $contact['reason'], (string) $contact['message']);
			$lines .= sprintf('%-8s #%d %s%s', $contact['action'], $contact['id'], $contact['name'], $why)."\n";
		}
		return $lines;
	}
}
