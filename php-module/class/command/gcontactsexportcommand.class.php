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
 * \file    php-module/class/command/gcontactsexportcommand.class.php
 * \ingroup gcontacts
 * \brief   The verb export of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsdolimods.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsmatching.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsexport.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/push/gcontactspreview.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/**
 * Sends all that should be at Google and is not, or differs. Run twice, the second run writes nothing.
 */
class GContactsExportCommand extends GContactsCommand
{
	/** Seconds that one command may take. */
	const DEADLINE = 36000;

	/** @var GContactsAccount */
	private $account;
	/** @var GContactsOutbox */
	private $outbox;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		parent::__construct($db);
		$this->account = new GContactsAccount($db);
		$this->outbox = new GContactsOutbox($db);
	}

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		$engine = new GContactsEngine();
		$reason = $engine->problem();
		if ($reason === '' && $this->account->fetchForEntity() <= 0) {
			$reason = $this->account->error === '' ? 'not_connected' : 'database';
		}
		if ($reason !== '') {
			return $this->refuse($reason, $this->account->error);
		}
		try {
			return $line->dryRun ? $this->preview($line->cleanDoliMods) : $this->export($line->yes, $line->cleanDoliMods);
		} catch (\GContacts\Exception $e) {
			return $this->refuse($e->reason, $e->getMessage());
		}
	}

	/**
	 * An operation as the page begins it: whoever opens the page sees it, and goes on with it if this process is killed.
	 *
	 * @param  bool                 $yes           Whether sending may begin
	 * @param  bool                 $cleanDoliMods Whether what the module Google of DoliMods left is taken off
	 * @return array<string, mixed>
	 */
	private function export(bool $yes, bool $cleanDoliMods): array
	{
		global $user;
		$reason = $this->account->blockedReason();
		if ($reason !== '' && ($reason !== 'awaiting_confirmation' || !$yes)) {
			return $this->refuse($reason, '');
		}
		$operations = new GContactsOperations($this->db, $this->account);
		$run = GContactsExport::begin($operations, $this->account, $user, true, $cleanDoliMods);
		$driver = new GContactsOperationDriver($this->db, $this->account);
		if (!$run || $driver->advance(microtime(true) + self::DEADLINE) < 0 || $run->fetch($run->id) <= 0) {
			return $this->refuse($run ? 'database' : $operations->reason, $run ? $driver->error.$run->error : '');
		}
		$progress = new GContactsProgress($run, $this->account);
		$done = $run->state === GContactsRun::DONE;
		$this->exit = $done && $run->failed === 0 ? 0 : 1;
		$this->text = trim($progress->sentence().' '.$progress->counts());
		return array(
			'dry_run' => false, 'run' => $run->id, 'state' => $run->state, 'reason' => $driver->busy ? 'busy' : $run->reason, 'message' => $run->message, 'total' => $run->total,
			'done' => $run->done, 'unchanged' => $run->unchanged, 'failed' => $run->failed, 'calls' => $run->calls, 'left' => $this->outbox->count(), 'output' => $this->text,
		);
	}

	/**
	 * Tells what would be sent. Of an account that waits for an administrator's word the cards are looked through.
	 *
	 * @param  bool                 $cleanDoliMods Whether what the module Google of DoliMods left is to be taken off
	 * @return array<string, mixed>
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function preview(bool $cleanDoliMods): array
	{
		$blocked = $this->account->blockedReason();
		if ($blocked === 'awaiting_confirmation') {
			$worker = new GContactsWorker($this->db);
			$worker->drain(self::DEADLINE);
		}
		$adoption = new GContactsAdoption($this->db, $this->account);
		$matching = new GContactsMatching($this->db, $this->account);
		$proposals = $adoption->proposals();
		$links = $proposals === null ? array() : $matching->likenesses();
		$ids = $this->outbox->allContacts();
		$preview = new GContactsPreview($this->db, $this->account, $cleanDoliMods);
		$left = (new GContactsDoliMods($this->db, $this->account))->found();
		if ($ids === null || $links === null || $left === null || $preview->run($ids) < 0) {
			return $this->refuse('database', $this->db->lasterror());
		}
		$contacts = array_map(function (array $contact) use ($links): array {
			$links = $contact['action'] === 'create' ? $links : array();
			return isset($links[$contact['id']]) ? array('action' => 'link', 'reason' => '', 'message' => $links[$contact['id']]) + $contact : $contact;
		}, $preview->contacts);
		$actions = array_count_values(array_column($contacts, 'action'));
		// A card that is linked is read before anything is added to it.
		$calls = $preview->calls + (int) ceil(($actions['link'] ?? 0) / GContactsRecords::LIMIT);
		$this->text = self::leftovers($left, $cleanDoliMods).self::listing($contacts, $actions, $calls);
		$known = $blocked !== 'awaiting_confirmation' || $proposals !== null;
		$this->exit = $known ? 0 : 1;
		return array('dry_run' => true, 'blocked' => $blocked, 'cards_known' => $known, 'calls' => $calls, 'actions' => (object) $actions, 'contacts' => $contacts, 'dolimods' => array_values($left));
	}

	/**
	 * What the module Google of DoliMods left on cards.
	 *
	 * @param  array<int, array{id:int, name:string, removes:array<int, string>}> $left          By contact
	 * @param  bool                                                               $cleanDoliMods Whether it is to be taken off
	 * @return string                                                                            Lines, each with its end
	 */
	private static function leftovers(array $left, bool $cleanDoliMods): string
	{
		$number = count($left);
		if (!$cleanDoliMods || $number === 0) {
			return $number === 0 ? '' : 'The module Google of DoliMods left addresses or lines in the note on '.$number." cards; --clean-dolimods takes them off.\n";
		}
		$lines = '';
		foreach ($left as $contact) {
			$lines .= sprintf("%-8s #%d %s: %s\n", 'clean', $contact['id'], $contact['name'], implode(' · ', $contact['removes']));
		}
		return $lines.'To be taken off: '.array_sum(array_map('count', array_column($left, 'removes'))).' leftovers of the module Google of DoliMods on '.$number." cards.\n";
	}

	/**
	 * @param  array<int, array<string, int|string>> $contacts Contacts
	 * @param  array<string, int>                    $actions  Number by action
	 * @param  int                                   $calls    Foreseen calls
	 * @return string                                          Several lines
	 */
	private static function listing(array $contacts, array $actions, int $calls): string
	{
		$lines = array();
		foreach ($contacts as $contact) {
			if ($contact['action'] !== 'none') {
				$why = GContactsEngine::sentence((string) $contact['reason'], (string) $contact['message']);
				$lines[] = sprintf('%-8s #%d %s%s', $contact['action'], $contact['id'], $contact['name'], $why === '' ? '' : ': '.$why);
			}
		}
		$totals = array();
		foreach ($actions as $action => $number) {
			$totals[] = $number.' '.$action;
		}
		$lines[] = 'Nothing was sent. '.($totals ? implode(', ', $totals).'; calls foreseen: '.$calls : 'There are no contacts.');
		return implode("\n", $lines);
	}
}
