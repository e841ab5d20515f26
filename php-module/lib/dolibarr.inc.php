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
 * \file    lib/dolibarr.inc.php
 * \ingroup gcontacts
 * \brief   Loads Dolibarr for a page of the module, wherever the module is installed
 *
 * Required by each page in its global scope, after the NOxxx constants. The path is taken from the requested
 * address and not from __FILE__, because the module may be a symbolic link into htdocs/custom.
 */

$res = 0;
$candidates = array();
if (!empty($_SERVER["CONTEXT_DOCUMENT_ROOT"])) {
	$candidates[] = str_replace("..", "", $_SERVER["CONTEXT_DOCUMENT_ROOT"]);
}
// From the folder of the requested page upwards: htdocs/custom/gcontacts/admin, …, htdocs
$folder = dirname((string) ($_SERVER["SCRIPT_FILENAME"] ?? ''));
for ($level = 0; $level < 5 && $folder !== '' && $folder !== '/' && $folder !== '.'; $level++) {
	$folder = dirname($folder);
	$candidates[] = $folder;
}
foreach ($candidates as $candidate) {
	if (!$res && is_file($candidate."/main.inc.php")) {
		$res = include $candidate."/main.inc.php";
	}
}
unset($candidates, $candidate, $folder, $level);
if (!$res) {
	http_response_code(500);
	print "GContacts: Dolibarr's main.inc.php was not found above this page.";
	exit(1);
}
