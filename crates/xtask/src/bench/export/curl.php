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
 * \file    crates/xtask/src/bench/export/curl.php
 * \ingroup gcontacts
 * \brief   The export by PHP's curl, one call per contact over one connection
 *
 * Arguments: the file of persons, the emulator's address, an access token.
 */

/**
 * Posts JSON
 *
 * @param  CurlHandle          $handle Connection
 * @param  string              $url    Address
 * @param  array<string,mixed> $body   Body
 * @return array<string,mixed>
 */
function post(CurlHandle $handle, string $url, array $body): array
{
	curl_setopt_array($handle, array(CURLOPT_URL => $url, CURLOPT_POSTFIELDS => json_encode($body)));
	$answer = json_decode((string) curl_exec($handle), true);
	if (curl_getinfo($handle, CURLINFO_RESPONSE_CODE) !== 200) {
		fwrite(STDERR, $url.': '.json_encode($answer)."\n");
		exit(1);
	}
	return $answer;
}

[, $file, $google, $token] = $argv;
$input = json_decode((string) file_get_contents($file), true);
$handle = curl_init();
$headers = array('Content-Type: application/json', 'Authorization: Bearer '.$token);
curl_setopt_array($handle, array(CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => '', CURLOPT_HTTPHEADER => $headers));
$groups = array('myContacts' => 'contactGroups/myContacts');
foreach ($input['labels'] as $name) {
	$groups[$name] = post($handle, $google.'/v1/contactGroups', array('contactGroup' => array('name' => $name)))['resourceName'];
}
foreach ($input['people'] as $person) {
	$memberships = array();
	foreach ($person['labels'] as $name) {
		$memberships[] = array('contactGroupMembership' => array('contactGroupResourceName' => $groups[$name]));
	}
	$made = post($handle, $google.'/v1/people:createContact?sources=READ_SOURCE_TYPE_CONTACT&personFields='.$input['fields'], array('memberships' => $memberships) + $person['body']);
	if (empty($made['resourceName'])) {
		exit(1);
	}
}
