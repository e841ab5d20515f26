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
 * \file    crates/xtask/src/bench/export/extension.php
 * \ingroup gcontacts
 * \brief   The export by the extension alone: no Dolibarr, no database
 *
 * Arguments: the file of records.php, an access token. Plans and sends batches of 200, and reads what was answered.
 */

const BATCH = 200;

$input = json_decode((string) file_get_contents($argv[1]), true);
$labels = array();
foreach (array_chunk($input['records'], BATCH) as $records) {
	$plan = \GContacts\plan($input['settings'], $labels, $records, array());
	$sent = \GContacts\send(array('deadline_ms' => 60000, 'proxy' => '', 'proxy_user' => '', 'proxy_password' => ''), $argv[2], $plan['plan']);
	$labels = $sent['labels'];
	foreach ($sent['outcomes'] as $outcome) {
		if ($outcome['result'] !== 'done' || $outcome['resource_name'] === '') {
			fwrite(STDERR, json_encode($outcome)."\n");
			exit(1);
		}
	}
}
