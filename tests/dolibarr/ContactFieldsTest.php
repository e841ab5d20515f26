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
 * \file    tests/dolibarr/ContactFieldsTest.php
 * \ingroup gcontacts
 * \brief   What stands on a card, field by field
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The fields of a contact on its card: as created, edited, emptied.
 */
class ContactFieldsTest extends GContactsSendingTestCase
{
	public function testEveryFieldOfANewContactStandsOnItsCard(): void
	{
		$company = $this->company(array('name' => 'Acme', 'email' => 'info@acme.example', 'phone' => '0144556677', 'fax' => '0144556678',
			'address' => '9 quai Branly', 'zip' => '75007', 'town' => 'Paris', 'url' => 'https://acme.example'));
		$contact = $this->contact(array('socid' => $company->id) + $this->everyField());
		$this->drain();

		$card = $this->card($contact);
		$name = $card['names'][0];
		$this->assertSame(array('Mr.', 'Jean', 'Dupond'), array($name['honorificPrefix'], $name['givenName'], $name['familyName']));
		$this->assertSame('Acme', $card['organizations'][0]['name']);
		$this->assertSame('Acheteur', $card['organizations'][0]['title']);
		$this->assertSame(array('Acme: info@acme.example', 'work: jean.dupond@acme.example'), $this->values($card, 'emailAddresses'));
		$this->assertSame(
			array('Acme: 0144556677', 'Acme: 0144556678', 'home: 01 98 76 54 32', 'mobile: 06 12 34 56 78', 'work: 01 23 45 67 89', 'workFax: 01 23 45 67 90'),
			$this->values($card, 'phoneNumbers')
		);
		$this->assertSame(array('Acme: 9 quai Branly', "work: 1 rue de la Paix\nBâtiment B"), $this->values($card, 'addresses'));
		$own = $card['addresses'][array_search('work', array_column($card['addresses'], 'type'), true)];
		$this->assertSame(array('75002', 'Paris', 'FR'), array($own['postalCode'], $own['city'], $own['countryCode']));
		$this->assertSame($this->stateName('69'), $own['region']);
		$this->assertEquals(array('year' => 1980, 'month' => 2, 'day' => 29), $card['birthdays'][0]['date']);
		$this->assertStringContainsString('Prefers mornings', $card['biographies'][0]['value']);
		$this->assertContains('Acme: https://acme.example', $this->values($card, 'urls'));
		$this->assertStringContainsString('jdupond', json_encode(array($card['urls'], $card['imClients'] ?? array())));
		$back = $this->ofType($card['urls'], 'Dolibarr');
		$this->assertSame(1, preg_match('#^'.preg_quote((string) getenv('GCONTACTS_SITE_URL'), '#').'/contact/card\.php\?id='.$contact->id.'$#', $back), $back);
		$this->assertSame(array('Onelog', 'myContacts'), $this->labels($card));
		$this->assertSame(array('createContact'), array_values(array_intersect($this->writes(), array('createContact', 'updateContact', 'members.modify'))));
	}

	public function testAValueOfTheThirdPartyThatIsTheContactsTooAppearsOnce(): void
	{
		$company = $this->company(array('name' => 'Acme', 'email' => 'Jean@Acme.example', 'phone' => '+33 1 23 45 67 89', 'country_id' => 1));
		$contact = $this->sentContact(array('socid' => $company->id, 'email' => 'jean@acme.example', 'phone_pro' => '01.23.45.67.89'));
		$this->assertSame(array('work: 01.23.45.67.89'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->assertSame(array('work: jean@acme.example'), $this->values($this->card($contact), 'emailAddresses'));
	}

	/**
	 * @dataProvider fields
	 * @param string $field Property of Contact
	 * @param string $first  Its value at first, ids of dictionaries as "table:code"
	 * @param string $second Its value after the edit
	 * @param string $mask   The only field of the card that may be written
	 * @param string $shown  Where the value stands on the card: kind.member
	 */
	public function testAFieldThatIsEditedAndThenEmptiedFollowsAlone(string $field, string $first, string $second, string $mask, string $shown): void
	{
		$contact = $this->contact(array('email' => 'a@b.example', 'country_id' => 1, 'address' => '1 rue Haute', $field => $this->value($field, $first)));
		$this->store($contact, $field, $first);
		$this->drain();
		$before = $this->card($contact);
		$this->assertSame($this->text($field, $first), $this->shown($before, $shown), 'created');
		foreach (array($second, '') as $value) {
			$this->google->emptyLog();
			$this->edit($contact, array($field => $this->value($field, $value)) + ($field === 'civility_code' ? array('civility_id' => $value) : array()));
			$this->store($contact, $field, $value);
			$this->drain();
			$after = $this->card($contact);
			$this->assertSame($this->text($field, $value), $this->shown($after, $shown), 'changed to "'.$value.'"');
			$this->assertSame(array('updateContact'), $this->writes());
			$this->assertSame($mask, $this->calls('updateContact')[0]['query']['updatePersonFields']);
			$this->assertSame($this->without($before, $mask), $this->without($after, $mask), 'another field changed too');
		}
	}

	/**
	 * @return array<string,array<int,string>>
	 */
	public function fields(): array
	{
		return array(
			'civility' => array('civility_code', 'MR', 'MME', 'names', 'names.honorificPrefix'),
			'first name' => array('firstname', 'Jean', 'Jeanne', 'names', 'names.givenName'),
			'last name' => array('lastname', 'Dupond', 'Dupont', 'names', 'names.familyName'),
			'job' => array('poste', 'Acheteur', 'Directeur', 'organizations', 'organizations.title'),
			'e-mail' => array('email', 'jean@acme.example', 'j.dupond@acme.example', 'emailAddresses', 'emailAddresses.value'),
			'phone' => array('phone_pro', '01 23 45 67 89', '0123456700', 'phoneNumbers', 'phoneNumbers.value'),
			'personal phone' => array('phone_perso', '01 98 76 54 32', '+49 30 1234567', 'phoneNumbers', 'phoneNumbers.value'),
			'mobile' => array('phone_mobile', '06 12 34 56 78', '07 12 34 56 78', 'phoneNumbers', 'phoneNumbers.value'),
			'fax' => array('fax', '01 23 45 67 90', '01 23 45 67 91', 'phoneNumbers', 'phoneNumbers.value'),
			'address' => array('address', '1 rue de la Paix', "2 rue Basse\nBâtiment B", 'addresses', 'addresses.streetAddress'),
			'zip' => array('zip', '75002', '75003', 'addresses', 'addresses.postalCode'),
			'town' => array('town', 'Paris', 'Lyon', 'addresses', 'addresses.city'),
			'state' => array('state_id', '75', '69', 'addresses', 'addresses.region'),
			'country' => array('country_id', 'FR', 'BE', 'addresses', 'addresses.countryCode'),
			'birthday' => array('birthday', '1980-02-29', '1981-03-01', 'birthdays', 'birthdays.date'),
			'web site' => array('url', 'https://dupond.example', 'https://dupont.example/x?y=1', 'urls', 'urls.'),
			'note' => array('note_public', 'Prefers mornings', 'Prefers evenings', 'biographies', 'biographies.value'),
		);
	}

	public function testAnAccountOfASocialNetworkFollows(): void
	{
		$contact = $this->sentContact(array('socialnetworks' => array('linkedin' => 'jdupond', 'twitter' => 'jd')));
		foreach (array(array('linkedin' => 'jdupont', 'twitter' => 'jd'), array('twitter' => 'jd'), array()) as $networks) {
			$this->edit($contact, array('socialnetworks' => $networks));
			$this->drain();
			$text = json_encode(array_intersect_key($this->card($contact), array('urls' => 1, 'imClients' => 1)));
			foreach (array('jdupont' => 'linkedin', 'jd"' => 'twitter') as $handle => $network) {
				$this->assertSame(isset($networks[$network]), strpos($text, $handle) !== false, $handle.' in '.$text);
			}
			$this->assertStringNotContainsString('jdupond', $text);
		}
	}

	/**
	 * @return array<string,mixed> Fields of a contact, none left out
	 */
	private function everyField(): array
	{
		return array(
			'civility_code' => 'MR', 'civility_id' => 'MR', 'firstname' => 'Jean', 'lastname' => 'Dupond', 'poste' => 'Acheteur', 'email' => 'jean.dupond@acme.example',
			'phone_pro' => '01 23 45 67 89', 'phone_perso' => '01 98 76 54 32', 'phone_mobile' => '06 12 34 56 78', 'fax' => '01 23 45 67 90',
			'address' => "1 rue de la Paix\nBâtiment B", 'zip' => '75002', 'town' => 'Paris', 'state_id' => $this->value('state_id', '69'), 'country_id' => 1,
			'birthday' => dol_mktime(0, 0, 0, 2, 29, 1980), 'url' => 'https://dupond.example', 'socialnetworks' => array('linkedin' => 'jdupond'),
			'note_public' => 'Prefers mornings',
		);
	}

	/**
	 * @param  string $field Property of Contact
	 * @param  string $text  Readable form
	 * @return mixed         What the property holds
	 */
	private function value(string $field, string $text)
	{
		if ($field === 'birthday') {
			return $text === '' ? '' : dol_mktime(0, 0, 0, (int) substr($text, 5, 2), (int) substr($text, 8, 2), (int) substr($text, 0, 4));
		}
		if ($field === 'state_id') {
			return $text === '' ? 0 : (int) $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."c_departements WHERE code_departement = '".$text."' AND active = 1")[0]->rowid;
		}
		if ($field === 'country_id') {
			return $text === '' ? 0 : (int) $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."c_country WHERE code = '".$text."'")[0]->rowid;
		}
		return $text;
	}

	/**
	 * Dolibarr has a column for the web site of a contact, and nothing yet that writes it
	 *
	 * @param  Contact $contact Contact
	 * @param  string  $field   Property
	 * @param  string  $value   Value
	 * @return void
	 */
	private function store(Contact $contact, string $field, string $value): void
	{
		if ($field === 'url') {
			$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET url = '".$this->db->escape($value)."' WHERE rowid = ".((int) $contact->id));
		}
	}

	/**
	 * @param  string $field Property of Contact
	 * @param  string $text  Readable form
	 * @return string        What the card shall show
	 */
	private function text(string $field, string $text): string
	{
		if ($field === 'civility_code' && $text !== '') {
			return array('MR' => 'Mr.', 'MME' => 'Mrs.')[$text];
		}
		return $field === 'state_id' && $text !== '' ? $this->stateName($text) : $text;
	}

	/**
	 * @param  string $code Code of a French department
	 * @return string       Its name
	 */
	private function stateName(string $code): string
	{
		return $this->rows('SELECT nom FROM '.MAIN_DB_PREFIX."c_departements WHERE code_departement = '".$code."' AND active = 1")[0]->nom;
	}

	/**
	 * @param  array<string,mixed> $card Person
	 * @param  string              $path kind.member; for an url the one that is not the link back
	 * @return string
	 */
	private function shown(array $card, string $path): string
	{
		list($kind, $member) = explode('.', $path);
		if ($kind === 'urls') {
			return implode(',', array_diff(array_column($card['urls'] ?? array(), 'value'), array($this->ofType($card['urls'] ?? array(), 'Dolibarr'))));
		}
		if ($kind === 'birthdays') {
			$date = $card['birthdays'][0]['date'] ?? null;
			return $date ? sprintf('%04d-%02d-%02d', $date['year'], $date['month'], $date['day']) : '';
		}
		return (string) ($card[$kind][0][$member] ?? '');
	}

	/**
	 * @param  array<int,array<string,mixed>> $items Values of a kind
	 * @param  string                         $type  Label
	 * @return string                                The value under that label
	 */
	private function ofType(array $items, string $type): string
	{
		return (string) (array_column($items, 'value', 'type')[$type] ?? '');
	}

	/**
	 * @param  array<string,mixed> $card Person
	 * @param  string              $kind Field to leave out
	 * @return array<string,mixed>       The rest, without etags
	 */
	private function without(array $card, string $kind): array
	{
		return array_diff_key($card, array($kind => 1, 'etag' => 1, 'metadata' => 1));
	}
}
