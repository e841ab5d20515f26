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
 * \file    php-module/class/operation/gcontactsoperation.class.php
 * \ingroup gcontacts
 * \brief   What every long operation can do
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * A long operation, done in steps. Its whole progress is in the run's row, so that a closed browser, a killed process,
 * the scheduled job or the next open page go on where it stood.
 *
 * Each kind stands in GContactsOperationKinds.
 */
abstract class GContactsOperation
{
	/** @var string What failed */
	public $error = '';

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/** @return string Kind: the key in GContactsOperationKinds::KINDS */
	abstract public function kind(): string;

	/**
	 * One step. This process has the lease of the account meanwhile.
	 *
	 * What a step did and GContactsRun::moveTo() belong into one transaction, with none open while Google is asked: a
	 * process killed anywhere then neither loses nor repeats anything. A call to Google takes until $until at most, less
	 * a little for storing what came of it.
	 *
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 1 something is left, 0 all is done, -1 failure with ->error
	 * @throws \GContacts\Exception  Google or the engine refuses: the account pauses as the reason demands, and the operation waits
	 * @throws GContactsInterruption The same, told by an answer
	 */
	abstract public function step(GContactsRun $run, float $until): int;

	/** @return int -1, with what the database says as ->error */
	protected function failed(): int
	{
		$this->error = (string) $this->db->lasterror() ?: 'a step of the operation '.$this->kind().' could not be stored';
		return -1;
	}
}
