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
 * \file    php-module/class/operation/gcontactsoperationphase.class.php
 * \ingroup gcontacts
 * \brief   A part of an operation
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * What the parts of an operation have in common, each of which does some of its phases.
 */
abstract class GContactsOperationPhase
{
	/** @var string */
	public $error = '';

	/** @var DoliDB */
	protected $db;
	/** @var GContactsAccount */
	protected $account;
	/** @var GContactsRun */
	protected $run;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
	}

	/**
	 * @param  string               $phase    Phase that follows
	 * @param  array<string, mixed> $position Where it goes on
	 * @param  int|null             $total    Objects in all, null for no change
	 * @return int                            See GContactsOperation::step()
	 */
	protected function to(string $phase, array $position, ?int $total = null): int
	{
		return $this->run->moveTo($position, $phase, $total) > 0 ? 1 : $this->failed();
	}

	/** @return int -1 */
	protected function failed(): int
	{
		$this->error = $this->db->lasterror();
		return -1;
	}
}
