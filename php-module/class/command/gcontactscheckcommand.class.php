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
 * \file    php-module/class/command/gcontactscheckcommand.class.php
 * \ingroup gcontacts
 * \brief   The verb check of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/check/gcontactssourcelesslabels.class.php');
dol_include_once('/gcontacts/class/command/gcontactsoperationcommand.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * Tells how many contacts are in each state, and names those for which somebody should do something. Exit code 1 where
 * anything differs, failed, was removed or waits for the account: fit for monitoring.
 */
class GContactsCheckCommand extends GContactsOperationCommand
{
	/** Contacts that are named at most. */
	const NAMED = 1000;

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	protected function operate(GContactsCommandLine $line): array
	{
		$full = $line->full ? $this->work($this->operations->start('check')) : null;
		if ($full !== null && $this->exit !== 0) {
			return $full;
		}
		$rows = new GContactsCheckRows($this->db, $this->account, null);
		$totals = $rows->totals();
		$blocked = $this->account->blockedReason();
		$trouble = $totals === null ? null : $this->trouble($rows, array_keys(array_filter($totals)), $blocked);
		$strays = (new GContactsStray($this->db, $this->account))->all(self::NAMED);
		$labels = $rows->withWrongLabels(self::NAMED);
		$sourceless = array_column((new GContactsSourcelessLabels($this->db, $this->account))->all(), 'name', 'resource_name');
		if ($totals === null || $trouble === null || $strays === null || $labels === null) {
			return $this->refuse('database', (string) $this->db->lasterror());
		}
		$amiss = array_sum(array_intersect_key($totals, array_flip(GContactsCheckState::TROUBLE))) + count($strays) + count($labels) + count($sourceless);
		$this->exit = $amiss > 0 || ($blocked !== '' && $blocked !== 'busy') ? 1 : 0;
		$this->text = self::lines($totals + array('strays' => count($strays), 'labels' => count($labels) + count($sourceless)), $trouble, $blocked === '' ? '' : GContactsEngine::sentence($blocked, $this->account->state_message));
		return array('reason' => $blocked, 'totals' => $totals, 'contacts' => $trouble, 'strays' => array_column($strays, 'name', 'resource_name'), 'labels' => array_map(array(self::class, 'wrongLabels'), array_values($labels)), 'sourceless_labels' => $sourceless);
	}

	/**
	 * @param  object               $row Row of GContactsCheckRows::withWrongLabels()
	 * @return array<string, mixed>      id, name, missing, extra
	 */
	private static function wrongLabels(object $row): array
	{
		return array('id' => (int) $row->id, 'name' => trim($row->firstname.' '.$row->lastname)) + (array) json_decode((string) $row->labels, true);
	}

	/**
	 * @param  GContactsCheckRows                           $rows    Contacts
	 * @param  array<int, string>                           $states  States that somebody is in
	 * @param  string                                       $blocked Why the account sends nothing
	 * @return array<int, array<string, int|string>>|null            id, name, state, reason, message; null on failure
	 */
	private function trouble(GContactsCheckRows $rows, array $states, string $blocked): ?array
	{
		$named = array();
		foreach (array_intersect(GContactsCheckState::TROUBLE, $states) as $state) {
			$page = $rows->page(array('state' => $state), 'name', 'asc', self::NAMED, 0);
			if ($page === null) {
				return null;
			}
			foreach ($page as $row) {
				$name = trim($row->firstname.' '.$row->lastname);
				$named[] = array('id' => (int) $row->id, 'name' => $name, 'state' => $state, 'reason' => (string) $row->reason, 'message' => GContactsCheckState::sentence($row, $blocked));
			}
		}
		return $named;
	}

	/**
	 * @param  array<string, int>                    $totals  Contacts by state
	 * @param  array<int, array<string, int|string>> $trouble Those that are named
	 * @param  string                                $blocked Why the account sends nothing, as a sentence
	 * @return string                                         Several lines
	 */
	private static function lines(array $totals, array $trouble, string $blocked): string
	{
		$lines = array();
		foreach ($totals as $state => $number) {
			$lines[] = sprintf('%-9s %d', $state, $number);
		}
		foreach ($trouble as $contact) {
			$lines[] = sprintf('%-9s #%d %s: %s', $contact['state'], $contact['id'], $contact['name'], $contact['message']);
		}
		return implode("\n", $blocked === '' ? $lines : array_merge(array($blocked), $lines));
	}
}
