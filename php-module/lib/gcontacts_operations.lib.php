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
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    lib/gcontacts_operations.lib.php
 * \ingroup gcontacts
 * \brief   The pages of the operations: who may see them, and their actions
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/** Seconds that a request may go on with an operation: no page may take over five */
const GCONTACTS_STEP_SECONDS = 4.0;

/**
 * Whether somebody may see and begin operations
 *
 * @param  User $user Who asks
 * @return bool
 */
function gcontactsMayOperate(User $user): bool
{
	return isModEnabled('gcontacts') && empty($user->socid) && ($user->admin || $user->hasRight('gcontacts', 'admin'));
}
