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
/**
 * \file    tests/dolibarr/TypeLabelTest.php
 * \ingroup gcontacts
 * \brief   Labels of what third parties are, and of options that come and go
 */

require_once __DIR__.'/GContactsLabelTestCase.php';

/**
 * The labels come and go with what a third party is and with their options.
 */
class TypeLabelTest extends GContactsLabelTestCase
{
	public function testWhatAThirdPartyIs(): void
	{
		$this->set('GCONTACTS_TYPE_LABELS', '1');
		$company = $this->company(array('client' => 3, 'fournisseur' => 1));
		$contact = $this->sentContact(array('socid' => $company->id));
		$this->assertLabels(array('Onelog', 'Onelog/Clients', 'Onelog/Fournisseurs', 'Onelog/Prospects'), $contact);
		$this->editCompany($company, array('client' => 2, 'fournisseur' => 0));
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Prospects'), $contact);
		$this->assertSame(array('Onelog', 'Onelog/Prospects'), $this->ours(), 'labels that nobody carries are gone');
		$this->assertSame(array(), $this->calls('updateContact'));
	}

	public function testAUsersLanguageRenamesNothing(): void
	{
		global $langs;

		$this->set('GCONTACTS_TYPE_LABELS', '1');
		$contact = $this->sentContact(array('socid' => $this->company()->id));
		$before = $langs->defaultlang;
		$langs->setDefaultLang('en_US');
		try {
			$this->assertSame(array(), $this->reconcile());
			$this->edit($contact, array('poste' => 'Directrice'));
			$this->drain();
		} finally {
			$langs->setDefaultLang($before);
		}
		$this->assertLabels(array('Onelog', 'Onelog/Clients'), $contact);
		$this->assertSame(array(), $this->calls('update'));
	}

	public function testWithoutALanguageTheCountryOfTheCompanyTells(): void
	{
		$this->set('MAIN_LANG_DEFAULT', 'auto');
		$this->set('MAIN_INFO_SOCIETE_COUNTRY', '1:FR:France');
		$this->assertSame('fr_FR', GContactsLabelNames::language());
		$this->set('MAIN_INFO_SOCIETE_COUNTRY', '11:US:United States');
		$this->assertSame('Customers', GContactsLabelNames::ofTypes()['customers']);
	}

	public function testTheOptionsOffOnAndOffAgain(): void
	{
		$this->set('GCONTACTS_TYPE_LABELS', '1');
		$company = $this->company();
		list(, $tag) = $this->tagged('Mailing', $company);
		for ($number = 1; $number < 8; $number++) {
			$tag->add_type($this->contact(array('lastname' => 'Personne'.$number, 'socid' => $company->id)), 'contact');
		}
		$this->drain();
		foreach (array('0', '1', '0') as $on) {
			$this->options(array('GCONTACTS_TYPE_LABELS' => $on, 'GCONTACTS_CATEGORY_LABELS' => $on));
			$this->google->emptyLog();
			$this->drain();
			$this->assertSame($on === '1' ? array('Onelog', 'Onelog/Clients', 'Onelog/Mailing') : array('Onelog'), $this->ours());
			$this->assertCount(2, $this->calls('members.modify'), 'a call for each label, not for each card');
			$this->assertSame(array(), array_merge($this->calls('updateContact'), $this->calls('batchUpdateContacts')));
			foreach ($this->cards() as $card) {
				$this->assertSame($on === '1' ? array('Onelog', 'Onelog/Clients', 'Onelog/Mailing', 'myContacts') : array('Onelog', 'myContacts'), $this->labels($card));
			}
		}
		$this->assertSame(array(), $this->reconcile());
	}

	public function testARepresentativeWhoIsDeletedTakesTheLabelAlong(): void
	{
		$this->set('GCONTACTS_REP_LABELS', '1');
		$leaver = new User($this->db);
		$leaver->login = 'partant'.mt_rand();
		$leaver->lastname = 'Partant';
		$this->assertGreaterThan(0, $leaver->create($this->user), (string) $leaver->error);
		$company = $this->company();
		$company->add_commercial($this->user, $leaver->id);
		$contact = $this->sentContact(array('socid' => $company->id));
		$this->assertLabels(array('Onelog', 'Onelog/'.$leaver->login), $contact);
		// Dolibarr deletes nobody who still represents; here nothing told that they no longer do.
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'societe_commerciaux');
		$leaver->fetch($leaver->id);
		$this->assertGreaterThan(0, $leaver->delete($this->user), (string) $leaver->error);
		$this->drain();
		$this->assertLabels(array('Onelog'), $contact);
		$this->assertSame(array('Onelog'), $this->ours());
	}

	public function testAnswersThatAreLostRepeatNothing(): void
	{
		list($contact, $tag) = $this->tagged('Mailing');
		$this->deleteTag($tag);
		$this->google->fault(array('match' => 'contactGroups.delete', 'action' => 'drop_after'));
		$this->drain();
		$this->later(4000);
		$this->drain();
		$this->assertSame(array('Onelog'), $this->ours());
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_label'));
		$this->assertLabels(array('Onelog'), $contact);
	}
}
