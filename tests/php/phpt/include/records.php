<?php
/* Copyright (C) 2026 The GContacts authors, GPL-3.0-or-later */

const SETTINGS = array(
	'instance' => '0a1b2c', 'container_label' => 'Onelog', 'my_contacts' => true, 'representative_labels' => true,
	'notes' => false, 'per_contact' => false, 'per_contact_default' => true, 'country' => 'FR',
);

const NO_ADDRESS = array('street' => '', 'zip' => '', 'town' => '', 'state' => '', 'country' => '', 'country_code' => '');

const CONTACT = array(
	'civility' => 'Mme', 'firstname' => 'Zoé', 'lastname' => 'Martin', 'job_title' => 'Acheteuse', 'email' => 'zoe@example.com',
	'phone_pro' => '01 23 45 67 89', 'phone_perso' => '', 'phone_mobile' => '06 11 22 33 44', 'fax' => '', 'address' => NO_ADDRESS,
	'birthday' => '1980-02-29', 'url' => '', 'social_networks' => array(), 'note_public' => '', 'private' => false, 'active' => true,
	'own_entity' => true, 'synchronise' => null, 'page_url' => 'https://dolibarr.example/contact/card.php?id=1',
);

const COMPANY = array(
	'id' => 7, 'name' => 'Dupont & Fils', 'email' => 'info@dupont.example', 'phone' => '01 98 76 54 32', 'fax' => '',
	'address' => NO_ADDRESS, 'url' => '', 'open' => true, 'representatives' => array(array('id' => 3, 'login' => 'bob')),
);

const LINK = array(
	'origin' => 'created', 'nonce' => '', 'resource_name' => null, 'sent' => null, 'person' => null,
);

/** A record of a contact, with some of its fields changed. */
function record(int $id, array $contact = array(), ?array $link = null, ?array $company = null): array
{
	return array(
		'type' => 'contact', 'id' => $id, 'contact' => $contact + CONTACT, 'company' => $company,
		'link' => $link === null ? null : $link + LINK,
	);
}

/** What was stored of an outcome, as the link of the next plan. */
function link_of(array $outcome): array
{
	return array(
		'resource_name' => $outcome['resource_name'], 'sent' => $outcome['sent'],
		'person' => $outcome['person'],
	) + LINK;
}
