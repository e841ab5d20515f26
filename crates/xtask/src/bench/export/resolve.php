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
 * \file    crates/xtask/src/bench/export/resolve.php
 * \ingroup gcontacts
 * \brief   Looks for one lost create among all cards of the account, by the extension alone
 *
 * Argument: an access token. Prints {"cards": how many were looked at}.
 */

$transport = array('deadline_ms' => 600000, 'proxy' => '', 'proxy_user' => '', 'proxy_password' => '');
$resolved = \GContacts\resolve($transport, $argv[1], array('0123456789abcdef'));
if (!$resolved['complete']) {
	fwrite(STDERR, json_encode($resolved['stopped'])."\n");
	exit(1);
}
print json_encode(array('cards' => $resolved['cards']));
