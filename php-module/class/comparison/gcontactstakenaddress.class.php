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
 * along with this program.  If not, see <https://www.gnu.org/licenses/>.
 */

/**
 * \file    php-module/class/comparison/gcontactstakenaddress.class.php
 * \ingroup gcontacts
 * \brief   Google's address as a contact of Dolibarr takes it
 */

dol_include_once('/gcontacts/class/comparison/gcontactstakentext.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdictionary.class.php');

/**
 * Puts an address into a contact: all of its parts, or none.
 */
class GContactsTakenAddress
{
	/** Parts of an address => property of the contact, characters that its column holds. */
	const PLACE = array('street' => array('address', 255), 'zip' => array('zip', 25), 'town' => array('town', 255));

	/** @var GContactsDictionary */
	private $dictionary;
	/** @var GContactsTakenText */
	private $text;

	/**
	 * @param DoliDB             $db   Database handler
	 * @param GContactsTakenText $text Which texts fit
	 */
	public function __construct($db, GContactsTakenText $text)
	{
		$this->dictionary = new GContactsDictionary($db);
		$this->text = $text;
	}

	/**
	 * @param  Contact               $contact Contact
	 * @param  array<string, string> $address Google's address by its parts, empty where it has none
	 * @return array<int, string>             Reason code and what it is about, empty where it was taken
	 */
	public function put(Contact $contact, array $address): array
	{
		$address += array('street' => '', 'zip' => '', 'town' => '', 'state' => '', 'country' => '', 'country_code' => '');
		foreach (self::PLACE as $part => $column) {
			$why = $this->text->problem((string) $address[$part], $column[1]);
			if ($why) {
				return $why;
			}
		}
		$code = strtoupper((string) $address['country_code']);
		$name = (string) $address['country'];
		$country = $code.$name === '' ? 0 : $this->dictionary->countryId($code, $name);
		if ($country === null) {
			return array('country_unknown', $name !== '' ? $name : $code);
		}
		$state = $address['state'] === '' ? 0 : $this->dictionary->stateId((string) $address['state'], $country);
		if ($state === null) {
			return array('state_unknown', (string) $address['state']);
		}
		$this->write($contact, $address, $country, $state);
		return array();
	}

	/**
	 * @param  Contact               $contact Contact
	 * @param  array<string, string> $address Address by its parts
	 * @param  int                   $country Id of its country, 0 for none
	 * @param  int                   $state   Id of its state, 0 for none
	 * @return void
	 */
	private function write(Contact $contact, array $address, int $country, int $state): void
	{
		foreach (self::PLACE as $part => $column) {
			$contact->{$column[0]} = (string) $address[$part];
		}
		// An address without its country is in the country that the contact has.
		if ($country > 0 || implode('', $address) === '') {
			$contact->country_id = $country;
		}
		$contact->state_id = $state;
	}
}
