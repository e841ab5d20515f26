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
 * \file    php-module/class/command/gcontactscleanupcommand.class.php
 * \ingroup gcontacts
 * \brief   The verb cleanup of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/cleanup/gcontactscleanup.class.php');
dol_include_once('/gcontacts/class/command/gcontactsoperationcommand.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');

/**
 * Takes back what came from Dolibarr, or tells what that would be.
 */
class GContactsCleanUpCommand extends GContactsOperationCommand
{
	/** Names that a preview tells. */
	const NAMES = 25000;

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	protected function operate(GContactsCommandLine $line): array
	{
		global $user;
		$traces = new GContactsTraces($this->db, $this->account);
		$counts = $traces->count();
		$labels = (new GContactsLabel($this->db, $this->account))->all();
		if ($counts === null || $labels === null) {
			return $this->refuse('database', $this->db->lasterror());
		}
		$others = $counts['adopted'] + $counts['imported'];
		$what = $counts['created'].' cards of '.$this->account->email.' would be deleted, '.$others.' that were there before would be kept without what came from Dolibarr.';
		$told = array('dry_run' => $line->dryRun, 'delete' => $counts['created'], 'release' => $others, 'labels' => array_column($labels, 'name'));
		if ($line->dryRun) {
			$names = array_merge($this->lines('delete ', $traces->names(true, self::NAMES)), $this->lines('release', $traces->names(false, self::NAMES)));
			$this->text = implode("\n", array_merge($names, array($what.' Nothing was done.')));
			return $told;
		}
		if (!$line->yes) {
			return $told + $this->askForYes($what);
		}
		dol_syslog('GContacts: user '.$user->login.' cleans account '.$this->account->id.' up', LOG_WARNING);
		return $this->work(GContactsCleanUp::begin($this->db, $this->operations, $this->account)) + $told;
	}

	/**
	 * @param  string             $what  What happens to them
	 * @param  array<int, string> $names Names
	 * @return array<int, string>        A line each
	 */
	private function lines(string $what, array $names): array
	{
		return array_map(function (string $name) use ($what): string {
			return $what.' '.$name;
		}, $names);
	}
}
