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
 * \file    php-module/class/comparison/gcontactstakenfields.class.php
 * \ingroup gcontacts
 * \brief   Google's values as a contact of Dolibarr takes them
 */

dol_include_once('/gcontacts/class/comparison/gcontactstakenaddress.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactstakentext.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdictionary.class.php');

/**
 * Puts Google's values into the fields of a contact, each by itself: one that Dolibarr cannot hold is told and left, the
 * others are taken. Nothing is stored here.
 */
class GContactsTakenFields
{
	/** Key of a row => property of the contact, characters that its column holds. */
	const TEXTS = array(
		'lastname' => array('lastname', 50), 'firstname' => array('firstname', 50), 'job_title' => array('poste', 255),
		'phone_pro' => array('phone_pro', 30), 'phone_perso' => array('phone_perso', 30), 'phone_mobile' => array('phone_mobile', 30),
		'fax' => array('fax', 30), 'email' => array('email', 255),
	);

	/** @var array<string, array<int, string>> Key of a row => reason code why it was not taken, and what it is about */
	public $refused = array();
	/** @var array<int, string> Keys of the rows that were taken */
	public $taken = array();

	/** Key of a row => properties of the contact, where it is not the one of TEXTS. */
	const OTHERS = array(
		'address' => array('address', 'zip', 'town', 'country_id', 'state_id'), 'note' => array('note_public'),
		'birthday' => array('birthday'), 'civility' => array('civility_code', 'civility_id'),
	);

	/** @var DoliDB */
	private $db;
	/** @var GContactsTakenText */
	private $text;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
		$this->text = new GContactsTakenText($db);
	}

	/**
	 * Puts rows into a contact.
	 *
	 * @param  Contact                          $contact Contact as Dolibarr loaded it
	 * @param  array<int, array<string, mixed>> $rows    Rows of a comparison
	 * @return void
	 */
	public function put(Contact $contact, array $rows): void
	{
		foreach ($rows as $row) {
			$key = (string) $row['key'];
			$why = $this->putRow($contact, $row, $key);
			if ($why) {
				$this->refused[$key] = $why;
			} else {
				$this->taken[] = $key;
			}
		}
	}

	/**
	 * The properties of a contact that were taken.
	 *
	 * @return array<int, string>
	 */
	public function properties(): array
	{
		$properties = array();
		foreach ($this->taken as $key) {
			$one = isset(self::TEXTS[$key]) ? array(self::TEXTS[$key][0]) : (self::OTHERS[$key] ?? array('socialnetworks'));
			$properties = array_merge($properties, $one);
		}
		return array_values(array_unique($properties));
	}

	/**
	 * @param  Contact              $contact Contact
	 * @param  array<string, mixed> $row     Row
	 * @param  string               $key     Its key
	 * @return array<int, string>            Reason code and what it is about, empty where it was taken
	 */
	private function putRow(Contact $contact, array $row, string $key): array
	{
		$google = (string) $row['google'];
		if (empty($row['takeable'])) {
			return array('not_takeable');
		}
		if (isset(self::TEXTS[$key])) {
			return $this->putText($contact, $key, $google);
		}
		if ($key === 'address') {
			return (new GContactsTakenAddress($this->db, $this->text))->put($contact, (array) $row['address']);
		}
		if ($key === 'note') {
			return $this->putNote($contact, $google);
		}
		if ($key === 'birthday') {
			return self::putBirthday($contact, $google);
		}
		return $key === 'civility' ? $this->putCivility($contact, $google) : $this->putNetwork($contact, $key, $google);
	}

	/**
	 * @param  Contact            $contact Contact
	 * @param  string             $key     Key of the row
	 * @param  string             $google  Google's text
	 * @return array<int, string>          See putRow()
	 */
	private function putText(Contact $contact, string $key, string $google): array
	{
		list($property, $limit) = self::TEXTS[$key];
		if ($key === 'lastname' && $google === '') {
			return array('lastname_empty');
		}
		if ($key === 'email' && $google !== '' && !isValidEmail($google)) {
			return array('email_invalid', $google);
		}
		$why = $this->text->problem($google, $limit);
		if (!$why) {
			$contact->$property = $google;
		}
		return $why;
	}

	/**
	 * @param  Contact            $contact Contact
	 * @param  string             $google  Google's whole note
	 * @return array<int, string>          See putRow()
	 */
	private function putNote(Contact $contact, string $google): array
	{
		if (!$this->text->isStorable($google)) {
			return array('four_bytes');
		}
		// Dolibarr shows a note that looks like HTML as HTML.
		$contact->note_public = dol_textishtml($google) ? nl2br(htmlspecialchars($google, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8')) : $google;
		return array();
	}

	/**
	 * @param  Contact            $contact Contact
	 * @param  string             $google  Date, of which the year can be 0000
	 * @return array<int, string>          See putRow()
	 */
	private static function putBirthday(Contact $contact, string $google): array
	{
		list($year, $month, $day) = array_map('intval', explode('-', $google.'--'));
		if ($google !== '' && ($year === 0 || $month === 0 || $day === 0)) {
			return array('birthday_partial');
		}
		$contact->birthday = $google === '' ? '' : dol_mktime(0, 0, 0, $month, $day, $year);
		return array();
	}

	/**
	 * @param  Contact            $contact Contact
	 * @param  string             $google  Google's text
	 * @return array<int, string>          See putRow()
	 */
	private function putCivility(Contact $contact, string $google): array
	{
		$dictionary = new GContactsDictionary($this->db);
		$code = $google === '' ? '' : $dictionary->civilityCode($google);
		if ($code === null) {
			return array('civility_unknown', $google);
		}
		$contact->civility_id = $code;
		$contact->civility_code = $code;
		return array();
	}

	/**
	 * @param  Contact            $contact Contact
	 * @param  string             $key     Key of the row: social_network:NAME
	 * @param  string             $google  Google's text
	 * @return array<int, string>          See putRow()
	 */
	private function putNetwork(Contact $contact, string $key, string $google): array
	{
		$name = (string) substr($key, strlen('social_network:'));
		$handle = strncmp($google, $name.', ', strlen($name) + 2) === 0 ? substr($google, strlen($name) + 2) : $google;
		$why = $this->text->problem($handle, 255);
		foreach ($why ? array() : (array) $contact->socialnetworks as $code => $known) {
			$label = (string) (getArrayOfSocialNetworks()[$code]['label'] ?? $code);
			if (strcasecmp($name, (string) $code) === 0 || strcasecmp($name, $label) === 0) {
				$contact->socialnetworks[$code] = $handle;
				return array();
			}
		}
		return $why ?: array('network_unknown', $name);
	}
}
