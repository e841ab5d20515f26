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
 * \file    php-module/class/operation/gcontactsclosingoperation.class.php
 * \ingroup gcontacts
 * \brief   An operation that has to tidy up before it may end early
 */

dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');

/**
 * An operation that leaves something half done at Google between its steps. Somebody stops it: its next steps find the
 * parameter CLOSING, tidy up, and end the run as cancelled.
 */
abstract class GContactsClosingOperation extends GContactsOperation
{
	/** Parameter of a run that tidies up and then ends: the login of who stopped it. */
	const CLOSING = 'closing';

	/**
	 * @param  GContactsRun $run Run
	 * @return bool              Whether something may be half done now
	 */
	abstract public function isOpen(GContactsRun $run): bool;
}
