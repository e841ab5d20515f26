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
 * \file    crates/xtask/src/bench/export/right.php
 * \ingroup gcontacts
 * \brief   Compares every contact of Dolibarr with its card at Google, value by value
 *
 * Knows nothing of the module but its table of links: what a card has to say is put together here anew, from Dolibarr's
 * own tables. Prints how many contacts and cards there are, how many are right, and the first that are not.
 */

require getenv('GCONTACTS_BENCH_SITE').'/dolibarr.inc.php';

// The whole account is in memory twice: as the emulator tells it, and as arrays.
ini_set('memory_limit', '-1');

const SHOWN = 10;

global $db, $conf;

/**
 * Rows of a query by their first column
 *
 * @param  string                $query SQL
 * @return array<string,object>
 */
function rows_of(string $query): array
{
	global $db;

	$resql = $db->query($query);
	if (!$resql) {
		stop($db->lasterror());
	}
	$rows = array();
	while ($row = $db->fetch_object($resql)) {
		$rows[(string) current((array) $row)] = $row;
	}
	return $rows;
}

/**
 * @param  array<int,string> $texts Texts
 * @return array<int,string>        In their order
 */
function sorted(array $texts): array
{
	sort($texts);
	return $texts;
}

/**
 * What the items of a field say, in an order of their own
 *
 * @param  array<string,mixed> $card    Card
 * @param  string              $field   Field
 * @param  array<int,string>   $members Members of an item
 * @return array<int,string>
 */
function items(array $card, string $field, array $members): array
{
	return array_map(function (array $item) use ($members): string {
		return implode('|', array_map(fn (string $member): string => (string) ($item[$member] ?? ''), $members));
	}, $card[$field] ?? array());
}

/**
 * What a card has to say of a contact
 *
 * @param  object                          $contact Row of the contact with its third party
 * @param  string                          $marker  What its marker begins with
 * @return array<string,array<int,string>>
 */
function wanted(object $contact, string $marker): array
{
	$company = (string) $contact->company;
	$wanted = array(
		'names' => array('Mrs.|'.$contact->firstname.'|'.$contact->lastname),
		'organizations' => array($company.'|'.$contact->poste),
		'emailAddresses' => array($contact->email.'|work', $contact->company_email.'|'.$company),
		'phoneNumbers' => array($contact->phone.'|work', $contact->phone_mobile.'|mobile', $contact->company_phone.'|'.$company),
		'addresses' => array(
			$contact->address.'|'.$contact->zip.'|'.$contact->town.'|FR|work',
			$contact->company_address.'|'.$contact->company_zip.'|'.$contact->company_town.'|FR|'.$company,
		),
		'birthdays' => array($contact->birthday),
		'biographies' => array($contact->note_public),
		'urls' => array($contact->company_url.'|'.$company, '/contact/card.php?id='.$contact->rowid.'|Dolibarr'),
		'clientData' => array('dolibarr|'.$marker),
		'labels' => array('Onelog', 'Onelog/'.$contact->login, 'myContacts'),
	);
	return array_map('sorted', $wanted);
}

/**
 * What a card says, in the same shape
 *
 * @param  array<string,mixed>             $card   Card
 * @param  array<string,string>            $labels Names of the labels
 * @return array<string,array<int,string>>
 */
function told(array $card, array $labels): array
{
	$birthday = $card['birthdays'][0]['date'] ?? array('year' => 0, 'month' => 0, 'day' => 0);
	$told = array(
		'names' => items($card, 'names', array('honorificPrefix', 'givenName', 'familyName')),
		'organizations' => items($card, 'organizations', array('name', 'title')),
		'emailAddresses' => items($card, 'emailAddresses', array('value', 'type')),
		'phoneNumbers' => items($card, 'phoneNumbers', array('value', 'type')),
		'addresses' => items($card, 'addresses', array('streetAddress', 'postalCode', 'city', 'countryCode', 'type')),
		'birthdays' => array(sprintf('%04d-%02d-%02d', $birthday['year'], $birthday['month'], $birthday['day'])),
		'biographies' => items($card, 'biographies', array('value')),
		'urls' => array_map(fn (string $url): string => (string) preg_replace('~^https?://[^|]*(?=/contact/card\.php)~', '', $url), items($card, 'urls', array('value', 'type'))),
		// The nonce is another in each.
		'clientData' => array_map(fn (string $data): string => (string) preg_replace('/:[^:]*$/', '', $data), items($card, 'clientData', array('key', 'value'))),
		'labels' => array_map(fn (array $membership): string => $labels[$membership['contactGroupMembership']['contactGroupResourceName']] ?? '?', $card['memberships'] ?? array()),
	);
	return array_map('sorted', $told);
}

// A large account takes longer than a test may wait.
$state = json_decode((string) file_get_contents(getenv('GCONTACTS_EMULATOR_URL').'/_state', false, stream_context_create(array('http' => array('timeout' => 600)))), true);
if (!isset($state['contacts'], $state['groups'])) {
	stop('the emulator does not tell what it has');
}
$labels = array_column($state['groups'], 'name', 'resourceName');
$cards = array_column($state['contacts'], null, 'resourceName');
unset($state);
$contacts = rows_of('SELECT p.*, s.nom AS company, s.email AS company_email, s.phone AS company_phone, s.address AS company_address, s.zip AS company_zip, s.town AS company_town, s.url AS company_url, u.login'
	.' FROM '.MAIN_DB_PREFIX.'socpeople p INNER JOIN '.MAIN_DB_PREFIX.'societe s ON s.rowid = p.fk_soc INNER JOIN '.MAIN_DB_PREFIX.'societe_commerciaux r ON r.fk_soc = s.rowid INNER JOIN '.MAIN_DB_PREFIX.'user u ON u.rowid = r.fk_user');
$links = rows_of('SELECT l.fk_element, l.state, c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_link l INNER JOIN '.MAIN_DB_PREFIX."gcontacts_card c ON c.rowid = l.fk_card WHERE l.element_type = 'contact'");
$right = 0;
$wrong = array();
$taken = array();
foreach ($contacts as $id => $contact) {
	$name = (string) ($links[$id]->resource_name ?? '');
	$wanted = wanted($contact, $conf->global->GCONTACTS_INSTANCE.':contact:'.$id);
	$told = isset($cards[$name]) ? told($cards[$name], $labels) : array();
	if ($told === $wanted && !isset($taken[$name]) && $links[$id]->state === 'synced') {
		$right++;
	} elseif (count($wrong) < SHOWN) {
		$wrong[] = array('contact' => $id, 'card' => $name, 'wanted' => array_diff_key($wanted, array_uintersect_assoc($wanted, $told, fn ($a, $b) => $a <=> $b)), 'told' => $told ? array_diff_key($told, array_uintersect_assoc($told, $wanted, fn ($a, $b) => $a <=> $b)) : null);
	}
	$taken[$name] = true;
}
print json_encode(array('contacts' => count($contacts), 'cards' => count($cards), 'right' => $right, 'wrong' => $wrong));
