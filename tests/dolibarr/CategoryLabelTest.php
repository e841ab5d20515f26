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
 * \file    tests/dolibarr/CategoryLabelTest.php
 * \ingroup gcontacts
 * \brief   Labels of tags
 */

require_once __DIR__.'/GContactsLabelTestCase.php';

/**
 * The labels follow the tags of Dolibarr, and none of others is touched.
 */
class CategoryLabelTest extends GContactsLabelTestCase
{
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

	public function testWithTheOptionOffTagsAreNotNoted(): void
	{
		$contact = $this->sentContact();
		$tag = $this->tag('Mailing', 'contact');
		$tag->add_type($contact, 'contact');
		$this->assertSame(0, $this->waiting());
	}
}
