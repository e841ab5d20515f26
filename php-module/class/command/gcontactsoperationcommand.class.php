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
 * \file    php-module/class/command/gcontactsoperationcommand.class.php
 * \ingroup gcontacts
 * \brief   What the verbs that run an operation have in common
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/command/gcontactscommand.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * Begins an operation and does its steps to the end. One that is killed is gone on with by the scheduled job, or by the page.
 */
abstract class GContactsOperationCommand extends GContactsCommand
{
	/** Seconds that one command may take. */
	const DEADLINE = 36000;

	/** @var GContactsAccount */
	protected $account;
	/** @var GContactsOperations */
	protected $operations;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		parent::__construct($db);
		$this->account = new GContactsAccount($db);
		$this->operations = new GContactsOperations($db, $this->account);
	}

	/**
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	public function run(GContactsCommandLine $line): array
	{
		$reason = (new GContactsEngine())->problem();
		if ($reason === '' && $this->account->fetchForEntity() <= 0) {
			$reason = $this->account->error === '' ? 'not_connected' : 'database';
		}
		if ($reason !== '') {
			return $this->refuse($reason, $this->account->error);
		}
		try {
			return $this->operate($line);
		} catch (\GContacts\Exception $e) {
			return $this->refuse($e->reason, $e->getMessage());
		}
	}

	/**
	 * Does what the verb says, with the account that is connected.
	 *
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 * @throws \GContacts\Exception       Google or the engine refuses
	 */
	abstract protected function operate(GContactsCommandLine $line): array;

	/**
	 * Does the steps of a run.
	 *
	 * @param  GContactsRun|null         $run Run, null where it was refused
	 * @return array<string, int|string>      For programs
	 */
	protected function work(?GContactsRun $run): array
	{
		if ($run === null) {
			return $this->refuse($this->operations->reason, $this->operations->error);
		}
		$driver = new GContactsOperationDriver($this->db, $this->account);
		$left = $driver->advance(microtime(true) + self::DEADLINE);
		$run->fetch($run->id);
		$this->exit = $left === 0 && $run->state === GContactsRun::DONE && $run->failed === 0 ? 0 : 1;
		$message = $left < 0 ? $driver->error : $run->message;
		$why = $run->reason === '' ? $message : GContactsEngine::sentence($run->reason, $message);
		$this->text = trim('Run '.$run->id.': '.$run->state.'. '.$run->done.' done, '.$run->unchanged.' unchanged, '.$run->failed.' failed, '.$run->calls.' calls. '.$why);
		$this->text .= $run->isUnderWay() ? ' It goes on by itself with the scheduled jobs.' : '';
		return array(
			'run' => $run->id, 'state' => $run->state, 'reason' => $run->reason, 'message' => $message, 'done' => $run->done,
			'unchanged' => $run->unchanged, 'failed' => $run->failed, 'calls' => $run->calls,
		);
	}

	/**
	 * @param  string $what What the verb would do
	 * @return array<string, mixed>
	 */
	protected function askForYes(string $what): array
	{
		$this->exit = 2;
		$this->text = $what.' Nothing was done: say --yes to do it.';
		return array('reason' => 'yes_missing', 'message' => $this->text);
	}
}
