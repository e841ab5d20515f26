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
 * \file    php-module/class/backup/gcontactsrestorephase.class.php
 * \ingroup gcontacts
 * \brief   A part of a restore
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorecards.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationphase.class.php');

/**
 * What the parts of a restore have in common.
 */
abstract class GContactsRestorePhase extends GContactsOperationPhase
{
	/** @var GContactsRestoreCards */
	protected $cards;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		parent::__construct($db, $account, $run);
		$this->cards = new GContactsRestoreCards($db, $account->entity, $run->id);
	}
}
