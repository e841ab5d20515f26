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
 * \file    tests/dolibarr/CompanyInNameTest.php
 * \ingroup gcontacts
 * \brief   The company behind the name, for phones that show the name alone
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');

/**
 * The displayed name carries the company while the option is on, and Dolibarr's name never does.
 */
class CompanyInNameTest extends GContactsSendingTestCase
{
	/** @var Societe */
	private $company;

	protected function setUp(): void
	{
		parent::setUp();
		$this->set(GContactsReconciliation::POSITION, '0');
		$this->set('GCONTACTS_COMPANY_IN_NAME', '1');
		$this->company = $this->company(array('name' => 'Acme'));
	}

	public function testTheDisplayedNameCarriesTheCompany(): void
	{
		$contact = $this->sentContact(array('socid' => $this->company->id));
		$name = $this->card($contact)['names'][0];
		$this->assertSame(array('Alice Martin, Acme', 'Martin', 'Acme'), array($name['displayName'], $name['familyName'], $name['honorificSuffix']));
		$this->editCompany($this->company, array('name' => 'Bcme'));
		$this->drain();
		$this->assertSame('Alice Martin, Bcme', $this->card($contact)['names'][0]['displayName']);
		$alone = $this->sentContact(array('lastname' => 'Seule'));
		$this->assertSame('Alice Seule', $this->card($alone)['names'][0]['displayName']);
	}

	public function testTheOptionGoesAndComesInBatches(): void
	{
		for ($number = 0; $number < 12; $number++) {
			$this->contact(array('lastname' => 'Personne'.$number, 'socid' => $this->company->id));
		}
		$this->drain();
		foreach (array('0' => '', '1' => ', Acme') as $on => $suffix) {
			$this->set('GCONTACTS_COMPANY_IN_NAME', (string) $on);
			$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('SETTINGS'));
			$this->google->emptyLog();
			$this->drain();
			$this->assertSame(array('batchUpdateContacts'), $this->writes());
			foreach ($this->cards() as $card) {
				$this->assertSame('Alice '.$card['names'][0]['familyName'].$suffix, $card['names'][0]['displayName']);
			}
		}
		$reconciliation = new GContactsReconciliation($this->db);
		$reconciliation->run(60.0);
		$this->assertSame(array(), $reconciliation->found);
	}

	public function testWhatTheUserWroteThereStays(): void
	{
		$contact = $this->sentContact(array('socid' => $this->company->id));
		$name = $this->card($contact)['names'][0];
		$set = array('names' => array(array('givenName' => $name['givenName'], 'familyName' => $name['familyName'], 'honorificSuffix' => 'Jr., Acme')));
		$this->google->phone(array('op' => 'edit', 'name' => $this->card($contact)['resourceName'], 'set' => $set));
		$this->edit($contact, array('poste' => 'Directrice'));
		$this->drain();
		$this->assertSame('Alice Martin, Jr., Acme', $this->card($contact)['names'][0]['displayName']);
		$this->set('GCONTACTS_COMPANY_IN_NAME', '0');
		$this->edit($contact, array('poste' => 'Gérante'));
		$this->drain();
		$this->assertSame('Alice Martin, Jr.', $this->card($contact)['names'][0]['displayName']);
		$kept = new Contact($this->db);
		$kept->fetch($contact->id);
		$this->assertSame(array('Martin', 'Alice'), array($kept->lastname, $kept->firstname));
	}

	public function testOffItLeavesNamesAlone(): void
	{
		$this->set('GCONTACTS_COMPANY_IN_NAME', '0');
		$contact = $this->sentContact(array('socid' => $this->company->id));
		$this->assertSame('Alice Martin', $this->card($contact)['names'][0]['displayName']);
		$this->assertArrayNotHasKey('honorificSuffix', $this->card($contact)['names'][0]);
	}
}
