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
 * \file    tests/dolibarr/SourcelessLabelTest.php
 * \ingroup gcontacts
 * \brief   Labels of ours that nothing in Dolibarr asks for
 */

require_once __DIR__.'/GContactsFullCheckTestCase.php';
require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactssourcelesslabels.class.php');
dol_include_once('/gcontacts/class/check/gcontactsunlabelling.class.php');

/**
 * Which labels a full check offers to remove, and what becomes of them.
 */
class SourcelessLabelTest extends GContactsFullCheckTestCase
{
	/**
	 * A label that says itself that this Dolibarr made it, on the contact's card, of which the database knows nothing
	 *
	 * @return string Resource name
	 */
	private function forgottenLabel(): string
	{
		$this->set('GCONTACTS_REP_LABELS', '1');
		$company = $this->company();
		$company->add_commercial($this->user, (int) $this->colleague()->id);
		$this->edit($this->contact, array('socid' => $company->id));
		$this->later(60);
		$this->drain();
		$this->assertContains('Onelog/bob', $this->labels($this->card($this->contact)));
		$this->set('GCONTACTS_REP_LABELS', '0');
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."gcontacts_label WHERE source = 'representative'");
		$this->check();
		return array_column($this->google->state()['groups'], 'resourceName', 'name')['Onelog/bob'];
	}

	public function testALabelThatIsTooManyIsNamedAndGoes(): void
	{
		$this->set('GCONTACTS_REP_LABELS', '1');
		$company = $this->company();
		$contact = $this->sentContact(array('lastname' => 'Represented', 'socid' => $company->id));
		$bob = $this->colleague();
		$company->add_commercial($this->user, (int) $bob->id);
		$this->later(60);
		$this->drain();
		$this->assertContains('Onelog/bob', $this->labels($this->card($contact)));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'societe_commerciaux');
		$this->check();
		$this->assertStringContainsString('Labels that should not be there: Onelog/bob.', $this->sentence($contact));
		$csv = (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php?csv=1&search_name=Represented')->page;
		$this->assertStringContainsString('Labels that should not be there: Onelog/bob.', $csv);
		$command = GContactsProcess::script(array('check', '--json'));
		$this->assertSame(1, $command->wait(), $command->output());
		$answer = (array) json_decode($command->output(1), true);
		$this->assertSame(array('id' => (int) $contact->id, 'name' => 'Alice Represented', 'missing' => array(), 'extra' => array('Onelog/bob')), $answer['labels'][0]);
		$this->assertSame(array('Onelog/bob'), array_values($answer['sourceless_labels']));
		$this->drain();
		$this->assertSame('', GContactsCheckState::labels((string) $this->link($contact)->labels));
		$this->removeLabel('Onelog/bob', array());
		$this->assertNotContains('Onelog/bob', array_column($this->google->state()['groups'], 'name'));
		$again = GContactsProcess::script(array('check'));
		$this->assertSame(0, $again->wait(), $again->output());
	}

	public function testALabelThatTheDatabaseForgotComesOffOurCardsAndIsDeleted(): void
	{
		$this->forgottenLabel();
		$visitor = (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php');
		$this->assertStringContainsString('Onelog/bob', $visitor->text());
		$run = $this->removeLabel('Onelog/bob', array());
		$this->assertSame(array(1, 0, 0), array($run->done, $run->unchanged, $run->failed));
		$this->assertSame(array('Onelog'), array_values(array_intersect($this->labels($this->card($this->contact)), array('Onelog', 'Onelog/bob'))));
		$this->assertNotContains('Onelog/bob', array_column($this->google->state()['groups'], 'name'));
		$page = $visitor->get('/custom/gcontacts/check.php')->text();
		$this->assertStringContainsString('Onelog/bob: Take the label off – Done. Contacts that come from Dolibarr: 1.', $page);
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'nothing is left to do');
		$this->assertSame('in_sync', (new GContactsCheckRows($this->db, $this->account(), $this->user))->one((int) $this->contact->id)->state);
	}

	public function testALabelThatSomebodyElsesCardCarriesStaysOnIt(): void
	{
		$label = $this->forgottenLabel();
		$own = $this->onThePhone('Own', false)['resourceName'];
		$another = (string) $this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('familyName' => 'Another')), 'clientData' => array(array('key' => 'dolibarr', 'value' => 'ffff:contact:1:0a')))))['resourceName'];
		foreach (array($own, $another) as $name) {
			$this->google->phone(array('op' => 'add_to_group', 'name' => $name, 'group' => $label));
		}
		$run = $this->removeLabel('Onelog/bob', array('Onelog/bob' => 2));
		$this->assertSame(array(0, 1), array($run->done, $run->failed));
		$cards = array_column($this->cards(), null, 'resourceName');
		$this->assertContains('Onelog/bob', $this->labels($cards[$own]));
		$this->assertContains('Onelog/bob', $this->labels($cards[$another]));
		$this->assertNotContains('Onelog/bob', $this->labels($this->card($this->contact)));
		$this->assertStringContainsString('cards that do not come from Dolibarr carry it (2)', (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php')->text());
	}

	public function testACardThatWouldHaveNoLabelLeftKeepsItAndThatIsSaid(): void
	{
		$this->forgottenLabel();
		foreach (array($this->label, 'contactGroups/myContacts') as $other) {
			$this->google->phone(array('op' => 'remove_from_group', 'name' => $this->card($this->contact)['resourceName'], 'group' => $other));
		}
		$this->removeLabel('Onelog/bob', array('Onelog/bob' => 1));
		$this->assertStringContainsString('carry no other label, and Google leaves nobody without one: 1.', (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php')->text());
	}

	public function testALostAnswerIsMadeUpForAndARefusalWaits(): void
	{
		$this->forgottenLabel();
		$calls = array('contactGroups.members.modify' => 'drop_after', 'contactGroups.delete' => 'drop_after', 'contactGroups.list' => array('error' => array('http' => 503)));
		foreach ($calls as $call => $trouble) {
			$this->google->fault(array('match' => $call, 'times' => 0, 'action' => $trouble));
		}
		$labels = (new GContactsSourcelessLabels($this->db, $this->account()))->all();
		$run = GContactsUnlabelling::begin(new GContactsOperations($this->db, $this->account()), $labels);
		foreach (array('contactGroups.list', 'contactGroups.members.modify', 'contactGroups.delete') as $call) {
			$this->finish();
			$this->assertSame('waiting', $this->stored($run->id)->state, $call);
			$this->assertCount(1, (new GContactsSourcelessLabels($this->db, $this->account()))->all());
			$this->google->heal();
			unset($calls[$call]);
			foreach ($calls as $left => $trouble) {
				$this->google->fault(array('match' => $left, 'times' => 0, 'action' => $trouble));
			}
			$this->later(4000);
		}
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'check'");
		$this->finish();
		$stored = $this->stored($run->id);
		$this->assertSame(array('done', 0, 1, 0), array($stored->state, $stored->done, $stored->unchanged, $stored->failed), 'Google had deleted it, and did not say so');
		$this->assertSame(array(), (new GContactsSourcelessLabels($this->db, $this->account()))->all());
		$this->assertCount(1, $this->cardsOf($this->contact));
	}

	public function testPeoplesOwnLabelsAndTheContainerAreNobodysBusiness(): void
	{
		$this->google->phone(array('op' => 'create_group', 'group' => 'Onelog/gone'));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_label');
		$this->check();
		$this->assertSame(array(), (new GContactsSourcelessLabels($this->db, $this->account()))->all());
	}

	/**
	 * Removes a label that nothing asks for
	 *
	 * @param  string             $name    Its name
	 * @param  array<string,int>  $carried What still carries it
	 * @return GContactsRun                The removal, done
	 */
	private function removeLabel(string $name, array $carried): GContactsRun
	{
		$labels = new GContactsSourcelessLabels($this->db, $this->account());
		$found = array_column($labels->all(), null, 'name');
		$this->assertArrayHasKey($name, $found);
		$operations = new GContactsOperations($this->db, $this->account());
		$run = GContactsUnlabelling::begin($operations, array($found[$name]));
		$this->assertNotNull($run, $operations->error);
		$this->finish();
		$done = $this->stored($run->id);
		$this->assertSame('done', $done->state, $done->reason.' '.$done->message);
		$this->assertSame($carried, array_map('intval', array_column($labels->all(), 'members', 'name')));
		return $done;
	}

	public function testALabelThatIsAskedForAgainStays(): void
	{
		$this->forgottenLabel();
		$this->google->emptyLog();
		$run = GContactsUnlabelling::begin(new GContactsOperations($this->db, $this->account()), (new GContactsSourcelessLabels($this->db, $this->account()))->all());
		$this->assertNotNull($run);
		$this->set('GCONTACTS_REP_LABELS', '1');
		$this->assertSame(array(), (new GContactsSourcelessLabels($this->db, $this->account()))->all(), 'it is not offered any more');
		$this->assertStringNotContainsString('Onelog/bob', (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php')->text());
		$this->finish();
		$this->assertSame('done', $this->stored((int) $run->id)->state);
		$this->assertContains('Onelog/bob', $this->labels($this->card($this->contact)));
		$this->assertSame(array(), $this->writes());
	}

	public function testADatabaseThatLostItsLabelsOffersNoneThatIsAskedFor(): void
	{
		$this->forgottenLabel();
		$this->set('GCONTACTS_REP_LABELS', '1');
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_label');
		$this->check();
		$this->assertSame(array(), (new GContactsSourcelessLabels($this->db, $this->account()))->all());
		$this->set('GCONTACTS_REP_LABELS', '0');
		$this->check();
		$this->assertSame(array('Onelog/bob'), array_column((new GContactsSourcelessLabels($this->db, $this->account()))->all(), 'name'));
	}
}
