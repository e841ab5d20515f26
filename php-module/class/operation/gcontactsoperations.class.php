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
 * \file    php-module/class/operation/gcontactsoperations.class.php
 * \ingroup gcontacts
 * \brief   Begins, stops and resumes long operations
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsclosingoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationkinds.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * The operations of an account: at most one is under way. Nothing is done here but to write that down; the steps are
 * GContactsOperationDriver's.
 */
class GContactsOperations
{
	/** @var string What failed or was refused, as a sentence */
	public $error = '';
	/** @var string Reason code of it */
	public $reason = '';

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/** @return GContactsRun|null The operation that is under way */
	public function underWay(): ?GContactsRun
	{
		$run = new GContactsRun($this->db, $this->account);
		return $this->account->id > 0 && $run->fetchUnderWay() > 0 ? $run : null;
	}

	/**
	 * Begins an operation.
	 *
	 * @param  string               $kind       Kind
	 * @param  array<string, mixed> $parameters What is asked for
	 * @param  callable|null        $with       Done in the same transaction with the run; below 0 to begin nothing
	 * @return GContactsRun|null                Null where it is refused, with ->reason and ->error
	 */
	public function start(string $kind, array $parameters = array(), ?callable $with = null): ?GContactsRun
	{
		if ($this->account->id === 0 || !isset(GContactsOperationKinds::KINDS[$kind])) {
			$this->refuse($this->account->id === 0 ? 'not_connected' : 'operation_unknown', $this->account->id === 0 ? '' : $kind);
			return null;
		}
		$run = new GContactsRun($this->db, $this->account, $kind);
		$began = $this->alone(function () use ($run, $parameters, $with): int {
			return $run->prepare($parameters) > 0 && ($with === null || $with($run) >= 0) ? 1 : -1;
		});
		return $began > 0 ? $run : null;
	}

	/**
	 * Stops an operation: between two steps, so that what a step does is whole. The rest can be gone on with. One that has to
	 * tidy up does that first; where it is held up in that, a second word ends it.
	 *
	 * @param  int  $id   Id of the run
	 * @param  User $user Who says so
	 * @return int        1, 0 where it has ended already, -1 failure with ->error
	 */
	public function cancel(int $id, User $user): int
	{
		$run = new GContactsRun($this->db, $this->account);
		$found = $run->fetch($id);
		if ($found <= 0 || !$run->isUnderWay()) {
			$this->error = $run->error;
			return $found < 0 ? -1 : 0;
		}
		dol_syslog('GContacts: user '.$user->login.' stopped run '.$id);
		$closing = isset($run->parameters[GContactsClosingOperation::CLOSING]);
		$operation = GContactsOperationKinds::make($run->kind, $this->db, $this->account);
		if ($operation instanceof GContactsClosingOperation && $operation->isOpen($run) && !($closing && $run->state === GContactsRun::WAITING)) {
			$parameters = (string) json_encode(array(GContactsClosingOperation::CLOSING => $user->login) + $run->parameters);
			return $run->change(array('parameters' => $parameters), true) > 0 ? 1 : $this->failed($run->error);
		}
		return $run->finish(GContactsRun::CANCELLED, 'cancelled', $user->login) > 0 ? 1 : $this->failed($run->error);
	}

	/**
	 * Goes on with an operation that was stopped.
	 *
	 * @param  int $id Id of the run
	 * @return int     1, 0 where it cannot be gone on with, -1 failure or refusal with ->error
	 */
	public function resume(int $id): int
	{
		$run = new GContactsRun($this->db, $this->account);
		if ($run->fetch($id) <= 0 || !in_array($run->state, array(GContactsRun::CANCELLED, GContactsRun::STOPPED), true) || $run->kind === 'drain') {
			return 0;
		}
		return $this->alone(function () use ($run): int {
			$parameters = (string) json_encode(array_diff_key($run->parameters, array(GContactsClosingOperation::CLOSING => 1)));
			return $run->change(array('parameters' => $parameters, 'state' => GContactsRun::WAITING, 'reason' => '', 'message' => '', 'tries' => 0, 'date_end' => null));
		});
	}

	/**
	 * Does something in a transaction, while no operation is under way and none can begin: of two administrators who press
	 * a button at the same moment the second waits here, and then sees the first one's run.
	 *
	 * @param  callable $act Below 0 to undo it
	 * @return int           1, or -1 with ->reason and ->error
	 */
	private function alone(callable $act): int
	{
		$this->db->begin();
		$lock = "SELECT rowid FROM ".$this->db->prefix()."gcontacts_account WHERE rowid = ".$this->account->id." FOR UPDATE";
		$running = new GContactsRun($this->db, $this->account);
		$found = $this->db->query($lock) ? $running->fetchUnderWay() : -1;
		if ($found === 0 && $act() > 0) {
			if ($this->db->commit() > 0) {
				return 1;
			}
			$found = -1;
		}
		$error = $this->db->lasterror();
		$this->db->rollback();
		return $found > 0 ? $this->refuse('operation_under_way') : $this->failed($this->account->error !== '' ? $this->account->error : $error);
	}

	/**
	 * @param  string $reason  Reason code
	 * @param  string $message More of it
	 * @return int             -1
	 */
	private function refuse(string $reason, string $message = ''): int
	{
		$this->reason = $reason;
		$this->error = GContactsEngine::sentence($reason, $message);
		return -1;
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		dol_syslog('GContacts: operation of account '.$this->account->id.': '.$error, LOG_ERR);
		return $this->refuse('database', $error);
	}
}
