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
 * \file    tests/dolibarr/CheckTest.php
 * \ingroup gcontacts
 * \brief   The page Check synchro
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/check/gcontactsrepair.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscontactstate.class.php');

/**
 * One contact in each state: totals, reasons, filters, the file, rights and repairs.
 */
class CheckTest extends GContactsSendingTestCase
{
	/** @var array<string, Contact> By state */
	private $contacts = array();

	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_REP_LABELS', '0');
		$company = $this->company(array('name' => 'Acme & Fils'));
		foreach (array('in_sync', 'differs', 'removed') as $state) {
			$this->contacts[$state] = $this->sentContact(array('lastname' => 'Of '.$state, 'socid' => $company->id));
		}
		$this->google->post('/_config', array('refused_values' => array('+33 6 00 00 00 00')));
		$this->contacts['error'] = $this->contact(array('lastname' => 'Of error', 'phone_mobile' => '+33 6 00 00 00 00'));
		$this->contacts['left_out'] = $this->contact(array('lastname' => 'Of left_out', 'priv' => 1));
		$this->drain();
		$this->contacts['waiting'] = $this->contact(array('lastname' => 'Of waiting'));
		$this->setLink('differs', "changed = 'phone_mobile,email', date_changed = '2026-01-02 03:04:05'");
		$this->setLink('removed', "state = 'removed'");
	}

	/**
	 * @param  string $state Whose link
	 * @param  string $what  SQL
	 * @return void
	 */
	private function setLink(string $state, string $what): void
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_link SET '.$what.' WHERE fk_element = '.((int) $this->contacts[$state]->id));
	}

	/**
	 * @param  User|null $user Who looks, the administrator unless given
	 * @return GContactsCheckRows
	 */
	private function checkRows(?User $user = null): GContactsCheckRows
	{
		return new GContactsCheckRows($this->db, $this->account(), $user ?? $this->user);
	}

	public function testEachContactIsInItsStateWithAReason(): void
	{
		$rows = $this->checkRows();
		$this->assertSame(array_fill_keys(GContactsCheckState::ALL, 1), $rows->totals());
		$page = $rows->page(array(), 'name', 'asc', 25, 0);
		$this->assertSame(array('differs', 'error', 'in_sync', 'left_out', 'removed', 'waiting'), array_column((array) $page, 'state'), 'in the order of their names');
		$reasons = array();
		foreach ((array) $page as $row) {
			$reasons[$row->state] = GContactsCheckState::sentence($row, '');
		}
		$this->assertSame('Changed on the phone: Mobile phone, Email.', $reasons['differs']);
		$this->assertStringContainsString('last sent on', $reasons['in_sync']);
		$this->assertStringContainsString('rivate', $reasons['left_out']);
		$this->assertStringContainsString('Google', $reasons['error']);
		$this->assertSame('Somebody deleted this contact at Google.', $reasons['removed']);
		$this->assertStringContainsString('within minutes', $reasons['waiting']);
	}

	public function testTheTabSaysTheSameInEachState(): void
	{
		foreach (array('waiting', 'sending', 'unknown', 'left_out') as $state) {
			$this->contacts['link '.$state] = $this->sentContact(array('lastname' => 'Link '.$state));
			$this->setLink('link '.$state, "state = '".$state."', reason = 'unavailable'");
		}
		$this->contacts['labels'] = $this->sentContact(array('lastname' => 'Of labels'));
		$this->setLink('labels', "labels = '{\\\"missing\\\":[\\\"A\\\"],\\\"extra\\\":[]}', date_labels = '2026-01-02 03:04:05'");
		// Not sent yet
		$this->contacts['private'] = $this->contact(array('lastname' => 'Of private', 'priv' => 1));
		$this->contacts['inactive'] = $this->contact(array('lastname' => 'Of inactive', 'statut' => 0, 'status' => 0));
		$this->contacts['waiting'] = $this->contact(array('lastname' => 'Of waiting'));
		$this->assertAgreed(array(
			'in_sync' => 'in_sync', 'differs' => 'differs', 'removed' => 'removed', 'error' => 'error', 'left_out' => 'left_out', 'waiting' => 'waiting', 'private' => 'left_out',
			'inactive' => 'left_out', 'link waiting' => 'waiting', 'link sending' => 'waiting', 'link unknown' => 'waiting', 'link left_out' => 'left_out', 'labels' => 'differs',
		));
		$this->account->disconnect();
		$this->assertAgreed(array('in_sync' => 'waiting', 'private' => 'left_out'));
	}

	/**
	 * @param  array<string,string> $expected State by contact
	 * @return void
	 */
	private function assertAgreed(array $expected): void
	{
		$account = new GContactsAccount($this->db);
		$account->fetchForEntity();
		$page = (new GContactsCheckRows($this->db, $account, $this->user))->page(array(), 'name', 'asc', 50, 0);
		foreach ($expected as $name => $state) {
			$id = (int) $this->contacts[$name]->id;
			$tab = new GContactsContactState($this->db);
			$this->assertSame(1, $tab->load($id, false), $name);
			$said = GContactsCheckState::sentence($page[$id], $account->blockedReason());
			$this->assertSame(array($state, $said), array($page[$id]->state, $tab->sentence), $name);
			$this->assertSame($state, $tab->state, $name);
			$this->assertNotSame('', $said, $name);
		}
	}

	public function testWhatHoldsTheAccountUpIsTheReasonOfWhoeverWaits(): void
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET state = 'reconnect', state_reason = 'invalid_grant'");
		$page = $this->checkRows()->page(array('state' => 'waiting'), 'name', 'asc', 25, 0);
		$row = reset($page);
		$this->assertSame(GContactsEngine::sentence('reconnect'), GContactsCheckState::sentence($row, $this->account()->blockedReason()));
	}

	public function testFiltersSortAndPages(): void
	{
		$rows = $this->checkRows();
		$this->assertSame(array('error'), array_column((array) $rows->page(array('state' => 'error'), 'name', 'asc', 25, 0), 'state'));
		$this->assertSame(array('removed', 'in_sync', 'differs'), array_column((array) $rows->page(array('company' => 'Acme'), 'name', 'desc', 25, 0), 'state'));
		$this->assertSame(array('in_sync', 'left_out'), array_column((array) $rows->page(array(), 'name', 'asc', 2, 2), 'state'));
		$this->assertSame(1, array_sum((array) $rows->totals(array('name' => "waiting"))));
		$this->assertSame(0, array_sum((array) $rows->totals(array('name' => "' OR '1'='1"))));
	}

	public function testTheNumberOfQueriesDoesNotGrowWithTheContacts(): void
	{
		$few = $this->queriesOf(2);
		$this->assertSame($few, $this->queriesOf(6));
		$this->assertSame(2, $few);
	}

	/**
	 * @param  int $limit Contacts of the page
	 * @return int        Queries that it needs
	 */
	private function queriesOf(int $limit): int
	{
		$questions = function (): int {
			return (int) $this->rows("SHOW SESSION STATUS LIKE 'Questions'")[0]->Value;
		};
		$before = $questions();
		$this->assertCount($limit, (array) $this->checkRows()->page(array(), 'name', 'asc', $limit, 0));
		// Less this count itself, and the one that loads the account.
		return $questions() - $before - 2;
	}

	public function testWhoMaySeeLessIsToldHowManyAreMissing(): void
	{
		$bob = $this->colleague();
		$bob->rights->societe = (object) array('contact' => (object) array('lire' => 1));
		$rows = $this->checkRows($bob);
		$this->assertSame(2, array_sum((array) $rows->totals()), 'those without a third party that are not private');
		$this->assertSame(4, $rows->hidden());
		$this->assertSame(0, $this->checkRows()->hidden());
	}

	public function testThePageListsFiltersAndDownloads(): void
	{
		$visitor = (new GContactsVisitor())->login();
		$page = $visitor->get('/custom/gcontacts/check.php');
		$this->assertSame(200, $page->status);
		foreach ($this->contacts as $contact) {
			$this->assertStringContainsString('Of ', $page->text());
			$this->assertStringContainsString('value="'.((int) $contact->id).'"', $page->page);
		}
		$filtered = $visitor->get('/custom/gcontacts/check.php?state=error');
		$this->assertStringNotContainsString('value="'.((int) $this->contacts['waiting']->id).'"', $filtered->page);
		$csv = $visitor->get('/custom/gcontacts/check.php?csv=1&sortfield=name');
		$lines = array_map(function (string $line): array {
			return str_getcsv($line, ',', '"', '');
		}, array_filter(explode("\n", $csv->page)));
		$this->assertCount(7, $lines);
		$this->assertSame('Acme & Fils', $lines[1][2]);
	}

	public function testAFormulaInANameIsTextInTheFile(): void
	{
		$this->edit($this->contacts['waiting'], array('lastname' => 'Formula', 'firstname' => '=2+3'));
		$csv = (new GContactsVisitor())->login()->get('/custom/gcontacts/check.php?csv=1&search_name=Formula');
		$this->assertStringContainsString("'=2+3 Formula", $csv->page);
	}

	public function testWithoutTheRightNothingIsShownOrDone(): void
	{
		$this->colleague();
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		$this->assertSame(403, $visitor->get('/custom/gcontacts/check.php')->status);
		$this->assertSame(403, $visitor->get('/custom/gcontacts/check.php?csv=1')->status);
		$before = $this->waiting();
		$visitor->post('/custom/gcontacts/check.php', array('action' => 'resend', 'toselect' => array($this->contacts['error']->id)));
		$this->assertSame($before, $this->waiting());
	}

	public function testARepairNeedsTheToken(): void
	{
		$visitor = (new GContactsVisitor())->login();
		$visitor->get('/custom/gcontacts/check.php');
		$before = $this->waiting();
		$visitor->post('/custom/gcontacts/check.php', array('token' => 'wrong', 'action' => 'resend', 'toselect' => array($this->contacts['in_sync']->id)));
		$this->assertSame($before, $this->waiting());
		$visitor->get('/custom/gcontacts/check.php');
		$visitor->post('/custom/gcontacts/check.php', array('token' => $visitor->token(), 'action' => 'resend', 'toselect' => array($this->contacts['in_sync']->id)));
		$this->assertSame($before + 1, $this->waiting());
	}

	public function testSendingAgainMendsWhatSomebodyTookAway(): void
	{
		$this->google->post('/_config', array('refused_values' => array()));
		$card = $this->card($this->contacts['in_sync']);
		$this->google->phone(array('op' => 'edit', 'name' => $card['resourceName'], 'set' => array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Other')))));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($this->contacts['removed'])['resourceName']));
		$repair = new GContactsRepair($this->db, $this->account());
		$ids = array_map(function (Contact $contact): int {
			return (int) $contact->id;
		}, array_values($this->contacts));
		$this->assertSame(1, $repair->apply('resend', $ids), $repair->error);
		$this->drain();
		$this->later(700);
		$this->drain();
		foreach (array('in_sync', 'differs', 'removed', 'error', 'waiting') as $state) {
			$this->assertCount(1, $this->cardsOf($this->contacts[$state]), $state);
			$this->assertSame('synced', $this->link($this->contacts[$state])->state, $state);
		}
		$this->assertSame(array(), $this->cardsOf($this->contacts['left_out']));
	}

	public function testACardThatIsLookedForAgainIsFoundAndNotDoubled(): void
	{
		$repair = new GContactsRepair($this->db, $this->account());
		$before = $this->card($this->contacts['in_sync'])['resourceName'];
		$this->assertSame(1, $repair->apply('relink', array((int) $this->contacts['in_sync']->id)), $repair->error);
		$this->drain();
		$this->assertSame($before, $this->card($this->contacts['in_sync'])['resourceName']);
		$this->assertSame('synced', $this->link($this->contacts['in_sync'])->state);
	}

	public function testTheCommandLineTellsWhatIsAmiss(): void
	{
		$process = GContactsProcess::script(array('check', '--json'));
		$this->assertSame(1, $process->wait(), $process->output());
		$answer = (array) json_decode($process->output(1), true);
		$this->assertSame(array_fill_keys(GContactsCheckState::ALL, 1), $answer['totals']);
		$this->assertSame(GContactsCheckState::TROUBLE, array_column($answer['contacts'], 'state'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET state = 'synced', changed = '', date_changed = NULL");
		$this->assertSame(0, GContactsProcess::script(array('check'))->wait(), 'what only waits is not amiss');
	}

	public function testTheWidgetCountsWhatTheReaderMaySee(): void
	{
		$page = (new GContactsVisitor())->login()->get('/index.php?mainmenu=home');
		$this->assertStringContainsString('/custom/gcontacts/check.php?mainmenu=companies&state=error', $page->page);
		$this->assertStringContainsString('Removed at Google', $page->text());
		$this->colleague();
		$this->assertStringNotContainsString('gcontacts/check.php', (new GContactsVisitor())->login('bob', 'bob')->get('/index.php?mainmenu=home')->page);
	}
}
