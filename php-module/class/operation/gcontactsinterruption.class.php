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
 * \file    php-module/class/operation/gcontactsinterruption.class.php
 * \ingroup gcontacts
 * \brief   Google does not let an operation go on just now
 */

dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * Ends a step of an operation: the account pauses, or has to be connected again, as the reason demands, and the operation
 * waits for that.
 */
class GContactsInterruption extends Exception
{
	/** @var GContactsStop Why */
	public $stop;

	/**
	 * @param GContactsStop $stop Why
	 */
	public function __construct(GContactsStop $stop)
	{
		parent::__construct($stop->message);
		$this->stop = $stop;
	}
}
