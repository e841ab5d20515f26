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
 * \file    tests/dolibarr/site/without_dolibarr.php
 * \ingroup gcontacts
 * \brief   The module's job without Dolibarr: the extension sends the sample to the emulator
 */

require __DIR__.'/../GContactsForm.php';
require __DIR__.'/../GContactsEmulator.php';

$transport = array('deadline_ms' => 30000, 'proxy' => '', 'proxy_user' => '', 'proxy_password' => '');

/**
 * Gets an access token through the consent page
 *
 * @param  array<string,mixed> $transport Transport
 * @return string                         Access token
 */
function token(array $transport): string
{
	$client = array('client_id' => 'gcontacts-demo.apps.example', 'client_secret' => 'demo-secret', 'redirect_uri' => 'http://localhost');
	$google = new GContactsEmulator();
	$google->reset();
	$request = \GContacts\consent_request($client, '');
	$answer = $google->consent($request['url']);
	if ($answer['state'] !== $request['state'] || $answer['code'] === '') {
		throw new RuntimeException('the consent was not given: '.$answer['error']);
	}
	return \GContacts\exchange_code($client, $transport, $answer['code'], $request['verifier'])['access_token'];
}

/**
 * The sample as the records that the module would load
 *
 * @return array<int,array<string,mixed>>
 */
function records(): array
{
	$sample = json_decode((string) file_get_contents(__DIR__.'/sample.json'), true, 16, JSON_THROW_ON_ERROR);
	$records = array();
	foreach ($sample['companies'] as $number => $row) {
		$company = array('id' => $number + 1, 'open' => true, 'address' => address($row));
		$company += array_intersect_key($row, array_flip(array('name', 'email', 'phone', 'fax', 'url')));
		foreach ($row['contacts'] as $contact) {
			$records[] = array('type' => 'contact', 'id' => count($records) + 1, 'contact' => contact($contact), 'company' => $company, 'link' => null);
		}
	}
	return $records;
}

/**
 * A contact in the engine's words
 *
 * @param  array<string,mixed> $row Row of the sample, in Dolibarr's words
 * @return array<string,mixed>
 */
function contact(array $row): array
{
	$contact = array('active' => true, 'own_entity' => true, 'private' => !empty($row['priv']), 'job_title' => $row['poste'] ?? '', 'address' => address($row));
	return $contact + array_intersect_key($row, array_flip(array('firstname', 'lastname', 'email', 'phone_pro', 'phone_perso', 'phone_mobile')));
}

/**
 * An address in the engine's words
 *
 * @param  array<string,mixed> $row Row of the sample
 * @return array<string,string>
 */
function address(array $row): array
{
	$there = isset($row['town']);
	return array('street' => $row['address'] ?? '', 'zip' => $row['zip'] ?? '', 'town' => $row['town'] ?? '', 'country_code' => $there ? 'FR' : '');
}

$settings = array(
	'instance' => 'demo', 'container_label' => 'Onelog', 'my_contacts' => true, 'representative_labels' => false,
	'notes' => false, 'per_contact' => false, 'per_contact_default' => true, 'country' => 'FR',
);
$token = token($transport);
$plan = \GContacts\plan($settings, array(), records());
$sent = \GContacts\send($transport, $token, $plan['plan']);
$public = count(array_filter(records(), fn (array $record): bool => !$record['contact']['private']));
$done = 0;
foreach ($sent['outcomes'] as $row) {
	$done += $row['result'] === 'done' && $row['resource_name'] !== '' ? 1 : 0;
}
if ($sent['stopped'] !== null || $done !== $public) {
	fwrite(STDERR, 'only '.$done.' contacts of '.$public.' arrived '.json_encode($sent['stopped'])."\n");
	exit(1);
}
print $done.' contacts are cards of '.\GContacts\userinfo($transport, $token)['email']."\n";
