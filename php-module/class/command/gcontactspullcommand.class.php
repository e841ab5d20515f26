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
 * \file    php-module/class/command/gcontactspullcommand.class.php
 * \ingroup gcontacts
 * \brief   The verb pull of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/pull/gcontactspull.class.php');

/**
 * Marks the contacts that were changed at Google, or tells them.
 */
class GContactsPullCommand extends GContactsCommand
{
	/** Seconds that one command may take. */
	const DEADLINE = 3600;

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		$pull = new GContactsPull($this->db, $line->dryRun);
		$pull->run(self::DEADLINE);
		$this->exit = $pull->complete ? 0 : ($pull->counts['calls'] > 0 ? 1 : 2);
		$this->text = '';
		foreach ($pull->found as $contact) {
			$this->text .= sprintf('#%d %s: %s', $contact['id'], $contact['name'], implode(', ', $contact['fields']))."\n";
		}
		$this->text .= $pull->report().($line->dryRun ? ' Nothing was marked.' : '');
		$answer = array('dry_run' => $line->dryRun, 'reason' => $pull->reason, 'message' => $pull->error, 'complete' => $pull->complete);
		return $answer + $pull->counts + array('contacts' => $pull->found, 'output' => $this->text);
	}
}
