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
 * \file    crates/xtask/src/bench/planning.php
 * \ingroup gcontacts
 * \brief   What planning 10,000 full records costs, the conversion of the arrays included
 *
 * Prints {"extension": ms, "json": ms}: medians of processor time, the second being what PHP's own json_encode() needs to walk
 * the same arrays.
 */

const RECORDS = 10000;
const RUNS = 7;

/**
 * A record with all fields, none like another
 *
 * @param  int                 $id Id
 * @return array<string,mixed>
 */
function record(int $id): array
{
	$digits = sprintf('%08d', $id);
	$phone = fn (string $prefix): string => $prefix.' '.implode(' ', str_split($digits, 2));
	$address = array('street' => $id." rue de l'Église\nBâtiment B", 'zip' => '75001', 'town' => 'Paris', 'state' => 'Paris', 'country' => 'France', 'country_code' => 'FR');
	$contact = array(
		'civility' => 'Mme', 'firstname' => 'Élodie', 'lastname' => "N'Guyen-".$id, 'job_title' => 'Responsable des achats', 'email' => 'elodie.'.$id.'@client.example',
		'phone_pro' => $phone('01'), 'phone_perso' => $phone('02'), 'phone_mobile' => $phone('06'), 'fax' => $phone('03'), 'address' => $address,
		'birthday' => '1980-05-17', 'url' => 'https://client.example/'.$id, 'note_public' => 'Préfère être appelée le matin', 'private' => false, 'active' => true,
		'own_entity' => true, 'synchronise' => true, 'page_url' => 'https://dolibarr.example/contact/card.php?id='.$id,
		'social_networks' => array(array('network' => 'linkedin', 'name' => 'LinkedIn', 'handle' => 'elodie'.$id, 'url' => 'https://www.linkedin.com/in/elodie'.$id)),
	);
	$company = array(
		'id' => $id, 'name' => 'Client '.$id, 'email' => 'contact@client'.$id.'.example', 'phone' => $phone('04'), 'fax' => $phone('05'), 'address' => $address,
		'url' => 'https://client'.$id.'.example', 'open' => true, 'representatives' => array(array('id' => 1 + $id % 7, 'login' => 'seller'.($id % 7))),
	);
	return array('type' => 'contact', 'id' => $id, 'contact' => $contact, 'company' => $company, 'link' => null);
}

/**
 * The processor time of this process so far
 *
 * @return float Milliseconds
 */
function processor(): float
{
	$usage = getrusage();
	$seconds = $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'];
	return 1e3 * $seconds + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e3;
}

/**
 * The middle of some times
 *
 * @param  array<int,float> $times Times
 * @return float
 */
function median(array $times): float
{
	sort($times);
	return $times[intdiv(count($times), 2)];
}

$settings = array(
	'instance' => 'bench', 'container_label' => 'Onelog', 'my_contacts' => true, 'representative_labels' => true,
	'notes' => true, 'per_contact' => false, 'per_contact_default' => true, 'country' => 'FR',
);
$records = array_map('record', range(1, RECORDS));
$extension = array();
$json = array();
for ($run = 0; $run < RUNS; $run++) {
	$start = processor();
	$plan = \GContacts\plan($settings, array(), $records);
	$extension[] = processor() - $start;
	$creates = count(array_filter($plan['intents'], fn (array $intent): bool => $intent['action'] === 'create'));
	if ($creates !== RECORDS) {
		fwrite(STDERR, $creates." creates planned\n");
		exit(1);
	}
	unset($plan);
	$start = processor();
	$text = json_encode($records);
	$json[] = processor() - $start;
}
print json_encode(array('extension' => median($extension), 'json' => median($json)));
