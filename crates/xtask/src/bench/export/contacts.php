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
 * \file    crates/xtask/src/bench/export/contacts.php
 * \ingroup gcontacts
 * \brief   A Dolibarr with contacts that are not at Google yet, connected to an account that has cards or none
 *
 * Arguments: number of contacts, number of cards. The first third party has 200 contacts, the others ten each; three sales
 * representatives take turns, so that cards carry two labels of four besides myContacts.
 */

require getenv('GCONTACTS_BENCH_SITE').'/dolibarr.inc.php';
require_once getenv('GCONTACTS_BENCH_SITE').'/../GContactsForm.php';
require_once getenv('GCONTACTS_BENCH_SITE').'/../GContactsEmulator.php';
dol_include_once('/gcontacts/class/account/gcontactsconnection.class.php');

const OWN_TABLES = array('run_item', 'run', 'pair', 'card_key', 'adoption', 'outbox', 'link', 'card', 'label', 'consent', 'account');
const TABLES = array('societe_commerciaux', 'socpeople_extrafields', 'socpeople', 'societe_extrafields', 'societe');
const SELLERS = array('sophie', 'karim', 'lea');
const LARGE_COMPANY = 200;
const CONTACTS_PER_COMPANY = 10;
const CHUNK = 500;

global $db, $user, $conf;

/**
 * Runs a statement
 *
 * @param  string $statement SQL
 * @return void
 */
function sql(string $statement): void
{
	global $db;

	if (!$db->query($statement)) {
		stop($db->lasterror().' in '.substr($statement, 0, 200));
	}
}

/**
 * Inserts many rows
 *
 * @param  string                           $table   Table without prefix
 * @param  array<int,array<string,mixed>>   $rows    Values by column, the same columns in each
 * @return void
 */
function insert(string $table, array $rows): void
{
	global $db;

	foreach (array_chunk($rows, CHUNK) as $chunk) {
		$values = array_map(function (array $row) use ($db): string {
			return '('.implode(', ', array_map(fn ($value) => is_int($value) ? $value : "'".$db->escape($value)."'", $row)).')';
		}, $chunk);
		sql('INSERT INTO '.MAIN_DB_PREFIX.$table.' ('.implode(', ', array_keys($chunk[0])).') VALUES '.implode(', ', $values));
	}
}

/**
 * A telephone number in France that no other number is like
 *
 * @param  string $prefix First two digits
 * @param  int    $number Which
 * @return string
 */
function phone(string $prefix, int $number): string
{
	return $prefix.' '.implode(' ', str_split(sprintf('%08d', $number), 2));
}

/**
 * The third party of a contact
 *
 * @param  int $contact Which contact, from 0
 * @return int          Id
 */
function company_of(int $contact): int
{
	return $contact < LARGE_COMPANY ? 1 : 2 + intdiv($contact - LARGE_COMPANY, CONTACTS_PER_COMPANY);
}

$count = (int) ($argv[1] ?? 0);
$cards = (int) ($argv[2] ?? 0);
$google = new GContactsEmulator();
$google->reset();
$google->post('/_config', array('log_bodies' => false, 'max_contacts' => 60000));
if ($cards > 0) {
	$google->post('/_seed', array('n' => $cards));
}
foreach (array_merge(array_map(fn (string $table): string => 'gcontacts_'.$table, OWN_TABLES), TABLES) as $table) {
	sql('DELETE FROM '.MAIN_DB_PREFIX.$table);
}
sql('DELETE FROM '.MAIN_DB_PREFIX."user WHERE login IN ('".implode("', '", SELLERS)."')");
$sellers = array();
foreach (SELLERS as $login) {
	$seller = new User($db);
	$seller->login = $login;
	$seller->lastname = ucfirst($login);
	$sellers[] = $seller->create($user);
}
foreach (array('GCONTACTS_PUSH' => '1', 'GCONTACTS_MY_CONTACTS' => '1', 'GCONTACTS_REP_LABELS' => '1', 'GCONTACTS_NOTES' => '1', 'GCONTACTS_WRITES_PER_MINUTE' => '0') as $name => $value) {
	dolibarr_set_const($db, $name, $value, 'chaine', 0, '', $conf->entity);
}
$companies = array();
$representatives = array();
$last = company_of($count - 1);
for ($id = 1; $id <= $last; $id++) {
	$companies[] = array(
		'rowid' => $id, 'entity' => 1, 'nom' => 'Ateliers '.$id, 'client' => 1, 'status' => 1, 'fk_pays' => 1, 'phone' => phone('04', $id), 'email' => 'contact@ateliers'.$id.'.example',
		'address' => $id.' quai de la Gare', 'zip' => '69002', 'town' => 'Lyon', 'url' => 'https://ateliers'.$id.'.example',
	);
	$representatives[] = array('fk_soc' => $id, 'fk_user' => $sellers[$id % count($sellers)]);
}
$contacts = array();
for ($number = 0; $number < $count; $number++) {
	$contacts[] = array(
		'rowid' => $number + 1, 'entity' => 1, 'fk_soc' => company_of($number), 'civility' => 'MME', 'firstname' => 'Élodie', 'lastname' => "N'Guyen-".$number,
		'poste' => 'Responsable des achats', 'email' => 'elodie.'.$number.'@client.example', 'phone' => phone('01', $number), 'phone_mobile' => phone('06', $number),
		'address' => $number." rue de l'Église", 'zip' => '75001', 'town' => 'Paris', 'fk_pays' => 1, 'birthday' => '1980-05-17',
		'note_public' => 'Préfère être appelée le matin', 'statut' => 1, 'priv' => 0, 'fk_user_creat' => 1,
	);
}
$db->begin();
insert('societe', $companies);
insert('societe_commerciaux', $representatives);
insert('socpeople', $contacts);
$db->commit();
$connection = new GContactsConnection($db);
$address = $connection->begin($user);
if ($address === '' || $connection->finish($google->consent($address), $user) < 0) {
	stop('no connection: '.$connection->reason.' '.$connection->message);
}
$google->emptyLog();
print json_encode(array('labels' => 1 + min(count(SELLERS), $last)));
