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
 * \file    php-module/class/command/gcontactsstatuscommand.class.php
 * \ingroup gcontacts
 * \brief   The verb status of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletionsyes.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Tells what is connected, what waits, and why nothing is sent if nothing is.
 */
class GContactsStatusCommand extends GContactsCommand
{
	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		global $conf;
		$account = new GContactsAccount($this->db);
		$outbox = new GContactsOutbox($this->db);
		$engine = new GContactsEngine();
		if ($account->fetchForEntity() < 0) {
			$this->exit = 2;
			$this->text = $account->error;
			return array('reason' => 'database', 'message' => $account->error);
		}
		$link = new GContactsLink($this->db, $account);
		$reason = $account->blockedReason();
		$status = array(
			'entity' => (int) $conf->entity,
			'site' => GContactsSettings::siteUrl(),
			'extension' => $engine->problem() === '' ? $engine->extensionInfo() : null,
			'account' => $account->id > 0 ? self::describe($account) : null,
			'sending' => $reason === '',
			'reason' => $reason,
			'message' => $reason === '' ? '' : GContactsEngine::sentence($reason, $account->state_message),
			'waiting' => $outbox->count(),
			'held' => $account->id > 0 ? count((array) (new GContactsDeletionsYes($this->db, $account))->held()) : 0,
			'links' => (object) ($account->id > 0 ? (array) $link->countByState() : array()),
		);
		$this->text = self::lines($status);
		return $status;
	}

	/**
	 * @param  GContactsAccount     $account Account
	 * @return array<string, mixed>
	 */
	private static function describe(GContactsAccount $account): array
	{
		return array(
			'email' => $account->email,
			'state' => $account->state,
			'site' => $account->site_url,
			'connected' => dol_print_date($account->date_connected, 'dayhourrfc', 'gmt'),
			'drained' => $account->date_drained === '' ? null : dol_print_date($account->date_drained, 'dayhourrfc', 'gmt'),
			'paused_until' => $account->paused_until > time() ? dol_print_date($account->paused_until, 'dayhourrfc', 'gmt') : null,
		);
	}

	/**
	 * @param  array<string, mixed> $status Status
	 * @return string                       Several lines
	 */
	private static function lines(array $status): string
	{
		$lines = array('Dolibarr:   '.$status['site'].', entity '.$status['entity']);
		$lines[] = 'Extension:  '.($status['extension'] ? $status['extension']['version'] : 'missing');
		$lines[] = 'Account:    '.($status['account'] ? $status['account']['email'].' ('.$status['account']['state'].')' : 'none');
		$lines[] = 'Sending:    '.($status['sending'] ? 'yes' : 'no. '.$status['message']);
		$lines[] = 'Waiting:    '.$status['waiting'];
		if ($status['held'] > 0) {
			$lines[] = 'Held:       '.$status['held'].'. '.GContactsEngine::sentence(GContactsDeletions::HELD);
		}
		foreach ((array) $status['links'] as $state => $number) {
			$lines[] = sprintf('  %-9s %d', $state, $number);
		}
		return implode("\n", $lines);
	}
}
