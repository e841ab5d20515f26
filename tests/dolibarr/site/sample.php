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
 * \file    tests/dolibarr/site/sample.php
 * \ingroup gcontacts
 * \brief   A small company's contacts, for the demonstration
 *
 * All through Dolibarr's own classes, so that its triggers see it. Prints the names of the contacts that shall reach Google, one a line.
 */

require __DIR__.'/dolibarr.inc.php';
require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
require_once DOL_DOCUMENT_ROOT.'/societe/class/societe.class.php';

global $db, $user;

/**
 * Sets the fields of an object and creates it, or ends the script
 *
 * @param  CommonObject        $object Object
 * @param  array<string,mixed> $values Its fields
 * @return int                         Its id
 */
function create(CommonObject $object, array $values): int
{
	global $user;

	foreach ($values as $name => $value) {
		$object->$name = $value;
	}
	$id = $object->create($user);
	if ($id <= 0) {
		stop(get_class($object).': '.$object->error.implode(' ', $object->errors));
	}
	return $id;
}

/**
 * Creates somebody who looks after customers
 *
 * @param  string $login Login
 * @param  string $first First name
 * @param  string $last  Last name
 * @return int           Id of the user
 */
function seller(string $login, string $first, string $last): int
{
	global $db;

	return create(new User($db), array('login' => $login, 'firstname' => $first, 'lastname' => $last, 'email' => $login.'@onelog.example', 'admin' => 0));
}

$sellers = array('sophie' => seller('sophie', 'Sophie', 'Bernard'), 'karim' => seller('karim', 'Karim', 'Haddad'));
$sample = json_decode((string) file_get_contents(__DIR__.'/sample.json'), true, 16, JSON_THROW_ON_ERROR);
foreach ($sample['companies'] as $row) {
	$company = new Societe($db);
	create($company, array_diff_key($row, array('contacts' => 1, 'sellers' => 1)) + array('client' => 1, 'country_id' => 1, 'code_client' => 'auto'));
	foreach ($row['sellers'] as $login) {
		if ($company->add_commercial($user, $sellers[$login]) < 0) {
			stop('sales representative '.$login.': '.$company->error);
		}
	}
	foreach ($row['contacts'] as $contact) {
		create(new Contact($db), $contact + array('socid' => $company->id, 'statut' => 1, 'priv' => 0, 'country_id' => 1));
		if (empty($contact['priv'])) {
			print $contact['firstname'].' '.$contact['lastname']."\n";
		}
	}
}
