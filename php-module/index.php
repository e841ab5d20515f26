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
 * \file    php-module/index.php
 * \ingroup gcontacts
 * \brief   Leads to the first page of the module that the reader may see
 */

require __DIR__.'/lib/dolibarr.inc.php';
/**
 * @var User $user
 */

$pages = array(
	'check.php' => $user->hasRight('gcontacts', 'read') && $user->hasRight('societe', 'contact', 'lire'),
	'import.php' => $user->hasRight('gcontacts', 'import'),
	'admin/setup.php' => !empty($user->admin),
	'admin/operations.php' => empty($user->socid) && $user->hasRight('gcontacts', 'admin'),
);
$seen = array_keys(array_filter($pages));
if (!isModEnabled('gcontacts') || !$seen) {
	http_response_code(403);
	accessforbidden();
}
header('Location: '.dol_buildpath('/gcontacts/'.$seen[0], 1).'?mainmenu=companies&leftmenu=gcontacts');
