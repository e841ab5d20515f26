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
 * \file  tests/dolibarr/ClashTest.php
 * \brief Both sides change the same, or somebody deletes a card at Google: what holds is a setting
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/check/gcontactsrepair.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');
dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');

/**
 * Policies for clashes and for cards deleted at Google
 */
class ClashTest extends GContactsSendingTestCase
{
	/**
	 * @dataProvider rules
	 * @param string $rule     Setting
	 * @param string $atGoogle Last name that the card has afterwards
	 */
	public function testAClashIsSettledByTheRuleAndTold(string $rule, string $atGoogle): void
	{
		$this->set('GCONTACTS_CLASH', $rule);
		$contact = $this->clashed();
		$this->drain();
		$this->assertSame($atGoogle, $this->lastname($contact));
		$this->assertSame('Directrice', $this->card($contact)['organizations'][0]['title'], 'what only Dolibarr changed is sent');
		$clash = array(array('part' => 'family', 'dolibarr' => 'Düpont', 'google' => 'Dupond', 'rule' => $rule));
		$this->assertSame($clash, json_decode((string) $this->link($contact)->clashes, true));
		$item = $this->rows('SELECT clashes FROM '.MAIN_DB_PREFIX.'gcontacts_run_item ORDER BY rowid DESC')[0];
		$this->assertSame($clash, json_decode((string) $item->clashes, true));
		$this->assertMatchesRegularExpression('/^[\x20-\x7E]+$/', (string) $item->clashes, 'ASCII alone');

		$this->google->emptyLog();
		(new GContactsReconciliation($this->db))->run(30.0);
		$this->drain();
		$this->assertSame(array(), $this->calls(), 'nothing goes to and fro');
		$this->assertSame($atGoogle, $this->lastname($contact));
	}

	/**
	 * @return array<string,array<int,string>>
	 */
	public function rules(): array
	{
		return array('Dolibarr' => array('dolibarr', 'Düpont'), 'Google' => array('google', 'Dupond'), 'ask' => array('ask', 'Dupond'));
	}

	public function testAnotherEditInDolibarrGoesOverGooglesButNotOverAnOpenQuestion(): void
	{
		foreach (array('google' => 'Durand', 'ask' => 'Dupond') as $rule => $lastname) {
			$this->set('GCONTACTS_CLASH', $rule);
			$contact = $this->clashed();
			$this->drain();
			$this->edit($contact, array('lastname' => 'Durand'));
			$this->drain();
			$this->assertSame($lastname, $this->lastname($contact), $rule);
		}
		$this->edit($contact, array('lastname' => 'Dupond'));
		$this->drain();
		$this->assertSame('', (string) $this->link($contact)->clashes, 'Google\'s was taken: nothing is open');
	}

	public function testADeletedCardIsMadeAgainButNeverTwice(): void
	{
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', 'recreate');
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->edit($contact, array('poste' => 'Directrice'));
		$this->drain();
		$this->assertCount(0, $this->cards(), 'a listing may not show yet what was written just now');
		$this->later(601);
		$this->drain();
		$this->drain();
		$this->assertSame('Directrice', $this->card($contact)['organizations'][0]['title']);
	}

	public function testAListingThatLagsBehindDoublesNobody(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->post('/_config', array('list_propagation_s' => 300));
		$this->later(10);
		$this->google->fault(array('match' => 'people.updateContact', 'action' => array('error' => array('http' => 404, 'status' => 'NOT_FOUND', 'message' => 'Requested entity was not found.'))));
		$this->edit($contact, array('poste' => 'Directrice'));
		$this->drain();
		$this->later(700);
		$this->drain();
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->assertSame('Directrice', $this->card($contact)['organizations'][0]['title']);
	}

	public function testADeletedCardStaysDeletedUntilSomebodyDecides(): void
	{
		$contact = $this->leftDeleted();
		$this->assertSame(array('removed', 'not_found'), array($this->link($contact)->state, $this->link($contact)->reason));
		$this->edit($contact, array('poste' => 'Présidente'));
		(new GContactsReconciliation($this->db))->run(30.0);
		$this->drain();
		$this->assertSame('removed', $this->link($contact)->state);
		$this->assertCount(0, $this->cards());
		$this->assertSame(0, $this->waiting());

		$this->assertSame(1, (new GContactsRepair($this->db, $this->account()))->apply('resend', array((int) $contact->id)));
		$this->drain();
		$this->later(601);
		$this->drain();
		$this->drain();
		$this->assertSame('Présidente', $this->card($contact)['organizations'][0]['title']);
		$this->assertSame('synced', $this->link($contact)->state);
	}

	public function testWhoIsDeletedInDolibarrIsNoQuestionAnyMore(): void
	{
		$contact = $this->leftDeleted();
		$this->remove($contact);
		$this->drain();
		$this->assertNull($this->link($contact));
		$this->assertSame(0, $this->waiting());
	}

	public function testTheOtherSettingMakesThemAgain(): void
	{
		$contact = $this->leftDeleted();
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', 'recreate');
		(new GContactsOutbox($this->db))->addAllContacts('SETTINGS');
		$this->drain();
		$this->card($contact);
		$this->assertSame('synced', $this->link($contact)->state);
	}

	public function testAnUnknownPolicyIsRefusedByNameAndCountsAsTheDefault(): void
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		foreach (array('GCONTACTS_CLASH', 'GCONTACTS_DELETED_AT_GOOGLE') as $name) {
			$options = new GContactsOptions($this->db);
			$this->assertFalse($options->accept(array($name => 'nobody') + GContactsOptions::current()));
			$this->assertSame(array($name), array_keys($options->refusals));
			$this->assertStringContainsString($langs->transnoentities('GContactsOption_'.$name), $options->refusals[$name]);
			$this->set($name, 'nobody');
		}
		$this->assertSame(array('dolibarr', 'recreate'), array(GContactsSettings::clash(), GContactsSettings::deletedAtGoogle()));
	}

	/**
	 * A contact whose card somebody has deleted at Google, and whom the setting leaves so
	 *
	 * @return Contact
	 */
	private function leftDeleted(): Contact
	{
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', 'mark');
		$contact = $this->sentContact();
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->edit($contact, array('poste' => 'Directrice'));
		$this->drain();
		$this->assertCount(0, $this->cards());
		$this->later(601);
		$this->drain();
		return $contact;
	}

	/**
	 * A contact whose last name was changed on both sides, and whose job in Dolibarr
	 *
	 * @return Contact
	 */
	private function clashed(): Contact
	{
		$contact = $this->sentContact(array('lastname' => 'Dupont'));
		$names = array(array('givenName' => 'Alice', 'familyName' => 'Dupond'));
		$this->google->phone(array('op' => 'edit', 'name' => $this->card($contact)['resourceName'], 'set' => array('names' => $names)));
		$this->edit($contact, array('lastname' => 'Düpont', 'poste' => 'Directrice'));
		return $contact;
	}

	/**
	 * @param  Contact $contact Contact
	 * @return string           Last name on its card
	 */
	private function lastname(Contact $contact): string
	{
		return (string) $this->card($contact)['names'][0]['familyName'];
	}
}
