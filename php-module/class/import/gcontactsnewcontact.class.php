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
 * \file    php-module/class/import/gcontactsnewcontact.class.php
 * \ingroup gcontacts
 * \brief   A contact and a third party, made of a candidate
 */

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
require_once DOL_DOCUMENT_ROOT.'/societe/class/societe.class.php';
dol_include_once('/gcontacts/class/import/gcontactscolumns.class.php');
dol_include_once('/gcontacts/class/import/gcontactsplaces.class.php');

/**
 * Fills Dolibarr's own objects with what a card says. What a column cannot hold is told, with the value, and not cut off.
 */
class GContactsNewContact
{
	/** Properties of a contact, and the column and language key of each. */
	const CONTACT = array(
		'lastname' => array('lastname', 'Lastname'), 'firstname' => array('firstname', 'Firstname'), 'poste' => array('poste', 'PostOrFunction'),
		'email' => array('email', 'Email'), 'phone_pro' => array('phone', 'PhonePro'), 'phone_perso' => array('phone_perso', 'PhonePerso'),
		'phone_mobile' => array('phone_mobile', 'PhoneMobile'), 'fax' => array('fax', 'Fax'), 'address' => array('address', 'Address'),
		'zip' => array('zip', 'Zip'), 'town' => array('town', 'Town'), 'url' => array('url', 'Web'),
	);
	/** The same of a third party. */
	const COMPANY = array(
		'name' => array('nom', 'ThirdPartyName'), 'email' => array('email', 'Email'), 'phone' => array('phone', 'Phone'), 'fax' => array('fax', 'Fax'),
		'address' => array('address', 'Address'), 'zip' => array('zip', 'Zip'), 'town' => array('town', 'Town'), 'url' => array('url', 'Web'),
	);

	/** @var array<int, string> What does not fit, as sentences */
	public $refusals = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsColumns */
	private $columns;
	/** @var GContactsPlaces */
	private $places;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
		$this->columns = new GContactsColumns($db);
		$this->places = new GContactsPlaces($db);
	}

	/**
	 * A contact that is not stored yet.
	 *
	 * @param  array<string, mixed> $contents What the card says: see the engine's candidates
	 * @param  string               $lastname Last name that was typed, empty for the card's own
	 * @param  bool                 $keepMore Whether what finds no field goes into the private note
	 * @return Contact
	 */
	public function contact(array $contents, string $lastname, bool $keepMore): Contact
	{
		$fields = $contents['fields'];
		$values = array('lastname' => $lastname !== '' ? $lastname : $contents['lastname'], 'poste' => $contents['job_title']);
		$contact = new Contact($this->db);
		$this->fill($contact, self::CONTACT, 'socpeople', $values + $fields + $contents['address'] + array('address' => $contents['address']['street']) + $contents);
		$this->place($contact, $contents['address']);
		$contact->civility_code = $contact->civility_id = $this->places->civility((string) $contents['civility']);
		$contact->birthday = $contents['birthday'] === '' ? '' : dol_mktime(0, 0, 0, (int) substr($contents['birthday'], 5, 2), (int) substr($contents['birthday'], 8, 2), (int) substr($contents['birthday'], 0, 4));
		$contact->socialnetworks = $this->accounts($contents['accounts']);
		$contact->note_public = $this->note((string) $contents['note'], 'note_public');
		$contact->note_private = $this->note($keepMore ? implode("\n", $fields['more']) : '', 'note_private');
		$contact->statut = $contact->status = 1;
		$contact->priv = 0;
		return $contact;
	}

	/**
	 * A third party that is not stored yet: a prospect.
	 *
	 * @param  array<string, mixed> $contents What the card says
	 * @param  string               $kind     private or company
	 * @param  string               $lastname Last name that was typed, empty for the card's own
	 * @param  string               $code     Customer code that was typed, empty to let Dolibarr make one
	 * @return Societe
	 */
	public function company(array $contents, string $kind, string $lastname, string $code): Societe
	{
		$company = new Societe($this->db);
		$values = array('name' => $contents['company']);
		if ($kind === 'private') {
			$name = dolGetFirstLastname($contents['firstname'], $lastname !== '' ? $lastname : $contents['lastname']);
			$fields = $contents['fields'];
			$phone = $fields['phone_pro'] ?: ($fields['phone_mobile'] ?: $fields['phone_perso']);
			$values = array('name' => $name, 'email' => $fields['email'], 'phone' => $phone, 'fax' => $fields['fax']);
		} elseif ($contents['kind'] === 'company') {
			$values += array('email' => $contents['fields']['email'], 'phone' => $contents['fields']['phone_pro'] ?: $contents['fields']['phone_mobile'], 'fax' => $contents['fields']['fax'], 'url' => $contents['url']);
		}
		// A company's address is where its people work; a card says it once.
		$this->fill($company, self::COMPANY, 'societe', $values + array('address' => $contents['address']['street']) + $contents['address']);
		$this->place($company, $contents['address']);
		if ($kind === 'private') {
			$company->particulier = 1;
			$company->typent_id = (int) dol_getIdFromCode($this->db, 'TE_PRIVATE', 'c_typent', 'code', 'id');
			$company->typent_code = 'TE_PRIVATE';
			$company->firstname = $contents['firstname'];
			$company->name_bis = $lastname !== '' ? $lastname : $contents['lastname'];
		}
		$company->client = 2;
		$company->status = 1;
		$company->code_client = $code !== '' ? $code : 'auto';
		return $company;
	}

	/**
	 * @param  CommonObject                      $object Object of Dolibarr
	 * @param  array<string, array<int, string>> $fields Column and language key by property
	 * @param  string                            $table  Its table
	 * @param  array<string, mixed>              $values Values by property
	 * @return void
	 */
	private function fill(CommonObject $object, array $fields, string $table, array $values): void
	{
		global $langs;
		foreach ($fields as $property => $field) {
			$text = $this->columns->fit($table, $field[0], is_string($values[$property] ?? '') ? ($values[$property] ?? '') : '');
			$length = $this->columns->length($table, $field[0]);
			if ($length > 0 && mb_strlen($text, 'UTF-8') > $length) {
				$langs->loadLangs(array('companies', 'gcontacts@gcontacts'));
				$this->refusals[] = $langs->transnoentities('GContactsImportTooLong', $langs->transnoentities($field[1]), (string) $length, dol_trunc($text, 80));
			}
			$object->$property = $text;
		}
	}

	/**
	 * @param  Contact|Societe       $object  Contact or third party
	 * @param  array<string, string> $address Address of the card
	 * @return void
	 */
	private function place($object, array $address): void
	{
		$object->country_id = $this->places->country($address['country_code']);
		$object->state_id = $object->country_id > 0 ? $this->places->state($address['state'], $object->country_id) : 0;
	}

	/**
	 * @param  array<int, array{network:string,name:string}> $accounts Accounts of the card
	 * @return array<string, string>                                   Those whose network Dolibarr knows
	 */
	private function accounts(array $accounts): array
	{
		$known = array();
		foreach ($accounts as $account) {
			$code = strtolower($account['network']);
			if (isset(getArrayOfSocialNetworks()[$code])) {
				$known[$code] = $this->columns->fit('socpeople', 'socialnetworks', $account['name']);
			}
		}
		return $known;
	}

	/**
	 * @param  string $text   Plain text
	 * @param  string $column Column
	 * @return string         As Dolibarr keeps notes
	 */
	private function note(string $text, string $column): string
	{
		$text = $this->columns->fit('socpeople', $column, $text);
		return strpbrk($text, '<>&') === false ? $text : dol_nl2br(dol_escape_htmltag($text, 0, 1));
	}
}
