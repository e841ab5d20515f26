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
 * \file    tests/dolibarr/CategoryLabelTest.php
 * \ingroup gcontacts
 * \brief   Labels of what third parties are and of tags
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once DOL_DOCUMENT_ROOT.'/categories/class/categorie.class.php';
dol_include_once('/gcontacts/class/gcontactslabelnames.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');
dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');

/**
 * The labels come and go with their options, follow what changes in Dolibarr, and none of others is touched.
 */
class CategoryLabelTest extends GContactsSendingTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie');
		$this->set('MAIN_MODULE_CATEGORIE', '1');
		$this->enableCategories();
		$this->set('MAIN_LANG_DEFAULT', 'fr_FR');
		$this->set('GCONTACTS_TYPE_LABELS', '0');
		$this->set('GCONTACTS_CATEGORY_LABELS', '0');
		$this->set('GCONTACTS_COMPANY_IN_NAME', '0');
		$this->set(GContactsReconciliation::POSITION, '0');
	}

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

	public function testTagsOfTheContactAndOfItsThirdParty(): void
	{
		$this->set('GCONTACTS_CATEGORY_LABELS', '1');
		$company = $this->company(array('fournisseur' => 1));
		$contact = $this->sentContact(array('socid' => $company->id));
		$mailing = $this->tag('Mailing', 'contact');
		$gold = $this->tag('Gold', 'customer');
		$steel = $this->tag('Acier', 'supplier');
		$this->assertSame(1, $mailing->add_type($contact, 'contact'));
		$this->assertSame(1, $gold->add_type($company, 'customer'));
		$this->assertSame(1, $steel->add_type($company, 'supplier'));
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Acier', 'Onelog/Gold', 'Onelog/Mailing'), $contact);
		$new = $this->contact(array('lastname' => 'Nouveau', 'socid' => $company->id));
		$this->google->emptyLog();
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Acier', 'Onelog/Gold'), $new);
		$this->assertSame(array('createContact'), $this->writes(), 'labels travel inside the create');

		$this->assertSame(1, $gold->del_type($company, 'customer'));
		$this->assertSame(1, $mailing->del_type($contact, 'contact'));
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Acier'), $contact);
		$this->assertSame(array('Onelog', 'Onelog/Acier'), $this->ours());
	}

	public function testATagThatIsRenamedRenamesItsLabel(): void
	{
		list($contact, $tag) = $this->tagged('Mailing');
		$before = $this->groups()['Onelog/Mailing'];
		$tag->label = 'Lettre';
		$this->assertSame(1, $tag->update($this->user), (string) $tag->error);
		$this->google->emptyLog();
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Lettre'), $contact);
		$this->assertSame($before, $this->groups()['Onelog/Lettre']);
		$this->assertSame(array('update'), $this->writes());
	}

	public function testATagThatIsDeletedTakesItsLabelAlong(): void
	{
		list($contact, $tag) = $this->tagged('Mailing');
		$this->deleteTag($tag);
		$this->drain();
		$this->assertLabels(array('Onelog'), $contact);
		$this->assertSame(array('Onelog'), $this->ours());
		$logged = $this->rows('SELECT action, name FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE element_type = 'label'");
		$this->assertEquals(array((object) array('action' => 'delete_label', 'name' => 'Onelog/Mailing')), $logged);
		$this->assertSame(0, $this->waiting());
	}

	public function testADeletionThatDolibarrTakesBackChangesNothing(): void
	{
		list($contact, $tag) = $this->tagged('Mailing');
		$tag->call_trigger('CATEGORY_DELETE', $this->user);
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Mailing'), $contact);
	}

	public function testALabelThatOthersCarryStays(): void
	{
		list(, $tag) = $this->tagged('Mailing');
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('familyName' => 'Tante')))));
		$aunt = array_values(array_filter($this->cards(), function (array $card): bool {
			return ($card['names'][0]['familyName'] ?? '') === 'Tante';
		}))[0];
		$this->google->phone(array('op' => 'add_to_group', 'name' => $aunt['resourceName'], 'group' => 'Onelog/Mailing'));
		$this->deleteTag($tag);
		$this->drain();
		$this->assertSame(array('Onelog', 'Onelog/Mailing'), $this->ours());
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->calls(), 'it is not asked about each time');
		$this->assertCount(2, $this->cards());
	}

	public function testALabelThatWasThereIsUsedAndNeverDeleted(): void
	{
		$this->google->phone(array('op' => 'create_group', 'group' => 'Onelog/Mailing'));
		list($contact, $tag) = $this->tagged('Mailing');
		$this->assertLabels(array('Onelog', 'Onelog/Mailing'), $contact);
		$this->deleteTag($tag);
		$this->drain();
		$this->assertLabels(array('Onelog'), $contact);
		$this->assertSame(array('Onelog', 'Onelog/Mailing'), $this->ours());
	}

	public function testTagsOfOneNameHaveLabelsOfTheirOwn(): void
	{
		$this->set('GCONTACTS_CATEGORY_LABELS', '1');
		$company = $this->company();
		$parents = array($this->tag('Nord', 'contact'), $this->tag('Sud', 'contact'));
		$tags = array($this->tag('VIP', 'contact'), $this->tag('VIP', 'customer'), $this->tag('VIP', 'contact', $parents[0]), $this->tag('VIP', 'contact', $parents[1]), $this->tag('clients', 'contact'));
		$contact = $this->contact(array('socid' => $company->id));
		foreach (array(0, 2, 3, 4) as $number) {
			$this->assertSame(1, $tags[$number]->add_type($contact, 'contact'));
		}
		$tags[1]->add_type($company, 'customer');
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/VIP', 'Onelog/VIP (Clients)', 'Onelog/VIP (Nord)', 'Onelog/VIP (Sud)', 'Onelog/clients (Contacts)'), $contact);
		$this->assertSame(array(), $this->reconcile());
	}

	public function testTagsThatExchangeTheirNamesKeepTheirLabels(): void
	{
		list($contact, $gold) = $this->tagged('Gold');
		$silver = $this->tag('Silver', 'contact');
		$other = $this->sentContact(array('lastname' => 'Autre'));
		$silver->add_type($other, 'contact');
		$this->drain();
		$before = $this->groups();
		foreach (array(array($gold, 'passing'), array($silver, 'Gold'), array($gold, 'Silver')) as list($renamed, $label)) {
			$this->sql('UPDATE '.MAIN_DB_PREFIX."categorie SET label = '".$label."' WHERE rowid = ".((int) $renamed->id));
		}
		$gold->call_trigger('CATEGORY_MODIFY', $this->user);
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Silver'), $contact);
		$this->assertLabels(array('Onelog', 'Onelog/Gold'), $other);
		$this->assertSame($before['Onelog/Gold'], $this->groups()['Onelog/Silver']);
		$this->assertSame(0, $this->waiting());
	}

	public function testChangesWithoutATriggerAreFound(): void
	{
		$this->set('GCONTACTS_TYPE_LABELS', '1');
		list($contact, $tag) = $this->tagged('Mailing', $this->company());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'societe SET client = 0');
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie_contact');
		$this->assertSame(array((int) $contact->id), $this->reconcile());
		$this->drain();
		$this->assertLabels(array('Onelog'), $contact);
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'categorie_contact (fk_categorie, fk_socpeople) VALUES ('.((int) $tag->id).', '.((int) $contact->id).')');
		$this->assertSame(array((int) $contact->id), $this->reconcile());
		$this->drain();
		$this->assertLabels(array('Onelog', 'Onelog/Mailing'), $contact);
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

	public function testWithTheOptionOffTagsAreNotNoted(): void
	{
		$contact = $this->sentContact();
		$tag = $this->tag('Mailing', 'contact');
		$tag->add_type($contact, 'contact');
		$this->assertSame(0, $this->waiting());
	}

	/**
	 * A contact at Google with a tag, the option being on
	 *
	 * @param  string                   $label   Name of the tag
	 * @param  Societe|null             $company Third party
	 * @return array{Contact,Categorie}
	 */
	private function tagged(string $label, ?Societe $company = null): array
	{
		$this->set('GCONTACTS_CATEGORY_LABELS', '1');
		$tag = $this->tag($label, 'contact');
		$contact = $this->sentContact($company ? array('socid' => $company->id) : array());
		$this->assertSame(1, $tag->add_type($contact, 'contact'));
		$this->drain();
		$this->assertContains('Onelog/'.$label, $this->labels($this->card($contact)));
		return array($contact, $tag);
	}

	/**
	 * @param  string         $label  Name
	 * @param  string         $kind   contact, customer or supplier
	 * @param  Categorie|null $parent Parent
	 * @return Categorie
	 */
	private function tag(string $label, string $kind, ?Categorie $parent = null): Categorie
	{
		$tag = new Categorie($this->db);
		$tag->label = $label;
		$tag->type = $kind;
		$tag->fk_parent = $parent ? $parent->id : 0;
		$id = $tag->create($this->user);
		if ($id === -4) {
			// Dolibarr refuses a second one of the same name, kind and parent: so does this test not make one.
			$this->fail('the tag '.$label.' exists');
		}
		$this->assertGreaterThan(0, $id, (string) $tag->error);
		$tag->fetch($id);
		return $tag;
	}

	/**
	 * Deletes a tag; some versions cannot where tables of other modules are missing
	 *
	 * @param  Categorie $tag Tag
	 * @return void
	 */
	private function deleteTag(Categorie $tag): void
	{
		if ($tag->delete($this->user) > 0) {
			return;
		}
		$this->db->begin();
		$tag->call_trigger('CATEGORY_DELETE', $this->user);
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie_contact WHERE fk_categorie = '.((int) $tag->id));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'categorie WHERE rowid = '.((int) $tag->id));
		$this->db->commit();
	}

	/**
	 * @param  array<int,string> $expected Names, without myContacts
	 * @param  Contact           $contact  Contact
	 * @return void
	 */
	private function assertLabels(array $expected, Contact $contact): void
	{
		$this->assertSame(array_merge($expected, array('myContacts')), $this->labels($this->card($contact)));
	}

	/**
	 * @return array<int,string> Names of the labels of the container's kind, sorted
	 */
	private function ours(): array
	{
		$names = array_filter(array_keys($this->groups()), function (string $name): bool {
			return strpos($name, 'Onelog') === 0;
		});
		sort($names);
		return $names;
	}

	/**
	 * @return array<string,string> Resource name of each label, by its name
	 */
	private function groups(): array
	{
		return array_column($this->google->state()['groups'], 'resourceName', 'name');
	}

	/**
	 * @return array<int,int> Contacts that a reconciliation finds
	 */
	private function reconcile(): array
	{
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(60.0), $reconciliation->error);
		return array_map('intval', array_column($reconciliation->found, 'id'));
	}

	/**
	 * Saves options as the setup page does
	 *
	 * @param  array<string,string> $values Constant => value
	 * @return void
	 */
	private function options(array $values): void
	{
		foreach ($values as $name => $value) {
			$this->assertTrue(GContactsOptions::FIELDS[$name]['cards']);
			$this->set($name, $value);
		}
		$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('SETTINGS'));
	}

	/**
	 * @return void
	 */
	private function enableCategories(): void
	{
		global $conf;

		$conf->modules['category'] = 'category';
		$conf->modules['categorie'] = 'categorie';
	}
}
