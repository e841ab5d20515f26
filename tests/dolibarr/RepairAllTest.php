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
 * \file    tests/dolibarr/RepairAllTest.php
 * \ingroup gcontacts
 * \brief   Check synchro: repairs of all contacts in a state
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/check/gcontactsrepairall.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrunitems.class.php');

/**
 * Each repair of all: asked for on the page, done in portions, and told with what was left.
 */
class RepairAllTest extends GContactsOperationTestCase
{
	const PAGE = '/custom/gcontacts/check.php';

	/** @var array<int, Contact> Contacts that differ from their cards, as Check synchro sees it */
	private $differing = array();

	/** @var Contact One that is in sync */
	private $well;

	protected function setUp(): void
	{
		parent::setUp();
		$this->well = $this->sentContact(array('lastname' => 'In sync'));
		for ($i = 0; $i < 3; $i++) {
			$this->differing[] = $this->contact(array('lastname' => 'Differs'.$i));
		}
		$this->drain();
		$this->setLinks("changed = 'email', date_changed = '2026-01-02 03:04:05'", $this->differing);
		$this->google->emptyLog();
	}

	/**
	 * @param  string              $what     SQL
	 * @param  array<int, Contact> $contacts Whose links
	 * @return void
	 */
	private function setLinks(string $what, array $contacts): void
	{
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_link SET '.$what.' WHERE fk_element IN ('.implode(',', array_map('intval', array_column($contacts, 'id'))).')');
	}

	/**
	 * @param  string       $what  What is done
	 * @param  string       $state With all of this state
	 * @return GContactsRun        It has begun
	 */
	private function begin(string $what, string $state = 'differs'): GContactsRun
	{
		$rows = new GContactsCheckRows($this->db, $this->account(), $this->user);
		$operations = new GContactsOperations($this->db, $this->account());
		$run = GContactsRepairAll::begin($operations, $what, $state, array_keys((array) $rows->names(array('state' => $state))));
		$this->assertNotNull($run, $operations->error);
		return $run;
	}

	/**
	 * @param  GContactsRun      $run Run
	 * @return array<int, mixed>      State, done, unchanged, failed
	 */
	private function told(GContactsRun $run): array
	{
		$stored = $this->stored($run->id);
		return array($stored->state, $stored->done, $stored->unchanged, $stored->failed);
	}

	/**
	 * @param  GContactsRun       $run Run
	 * @return array<string, int>      How many were left, by reason
	 */
	private function reasons(GContactsRun $run): array
	{
		return array_map('intval', array_column((array) (new GContactsRunItems($this->db, $run->id, $this->user))->reasons(), 'nb', 'reason'));
	}

	public function testThePageAsksWithTheNumberAndThenBegins(): void
	{
		$visitor = (new GContactsVisitor())->login();
		$this->assertStringNotContainsString('value="partall"', $visitor->get(self::PAGE)->page, 'all of them only of a state');
		$visitor->get(self::PAGE.'?state=differs');
		foreach (GContactsRepair::ALL as $what) {
			$this->assertStringContainsString('value="'.$what.'all"', $visitor->page);
		}
		$visitor->post(self::PAGE, array('action' => 'partall', 'state' => 'differs'));
		$this->assertStringContainsString('Contacts to be parted from their cards: 3', $visitor->text());
		foreach (array(array('yes' => '2', 'sure' => '1'), array('yes' => '3'), array('yes' => '3', 'sure' => '1', 'token' => 'wrong')) as $wrong) {
			$visitor->get(self::PAGE.'?state=differs');
			$visitor->post(self::PAGE, $wrong + array('action' => 'partall', 'state' => 'differs'));
			$this->assertNull((new GContactsOperations($this->db, $this->account()))->underWay(), json_encode($wrong));
		}
		$visitor->get(self::PAGE.'?state=differs');
		$visitor->post(self::PAGE, array('action' => 'partall', 'state' => 'differs', 'yes' => '3', 'sure' => '1'));
		$run = (new GContactsOperations($this->db, $this->account()))->underWay();
		$this->assertNotNull($run);
		$this->assertSame(array('part', 3), array($run->kind, $run->total));
		$this->assertSame(array(), $this->writes(), 'the page itself asks Google nothing');
	}

	public function testWhatTakesCardsAwayAsksForTickedRowsToo(): void
	{
		$visitor = (new GContactsVisitor())->login()->get(self::PAGE);
		$ticked = array('action' => 'part', 'toselect' => array((string) $this->differing[0]->id));
		$visitor->post(self::PAGE, $ticked);
		$this->assertStringContainsString('Contacts to be parted from their cards: 1', $visitor->text());
		$this->assertSame(array(), $this->writes());
		$visitor->post(self::PAGE, $ticked + array('yes' => '1', 'sure' => '1'))->follow();
		$this->assertStringContainsString('1 contacts were parted', $visitor->text());
		$this->assertSame(array(), $this->cardsOf($this->differing[0]));
	}

	public function testAllAreSentAgain(): void
	{
		$left = $this->contact(array('lastname' => 'Left out', 'priv' => 1));
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($this->differing[0])['resourceName']));
		$run = $this->begin('resend');
		$this->finish();
		$this->assertSame(array('done', 3, 0, 0), $this->told($run));
		$this->drain();
		$this->later(700);
		$this->drain();
		foreach ($this->differing as $contact) {
			$this->assertCount(1, $this->cardsOf($contact));
		}
		$this->assertSame(array(), $this->cardsOf($left));
	}

	public function testAllAreLookedForAndWhoCannotIsCountedWithItsReason(): void
	{
		$never = array($this->contact(array('lastname' => 'Never sent')), $this->contact(array('lastname' => 'Never sent either')));
		$this->setLinks("state = 'waiting'", $this->differing);
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_card SET marker = \'\' WHERE rowid = '.((int) $this->link($this->differing[0])->fk_card));
		$before = array_column($this->cards(), 'resourceName');
		$run = $this->begin('relink', 'waiting');
		$this->finish();
		$this->assertSame(array('done', 2, 0, 3), $this->told($run));
		$this->assertSame(array('no_card' => 2, 'no_mark' => 1), $this->reasons($run));
		$page = (new GContactsVisitor())->login()->get(self::PAGE)->text();
		$this->assertStringContainsString('Left as they are: 2. This contact has no card at Google.', $page);
		$this->drain();
		$this->later(700);
		$this->drain();
		$this->assertCount(count($before) + count($never), $this->cards(), 'none is made twice');
		foreach ($this->differing as $contact) {
			$this->assertContains($this->card($contact)['resourceName'], $before);
		}
	}

	public function testAllArePartedInPortionsAndOthersKeepTheirCards(): void
	{
		$kept = $this->card($this->well)['resourceName'];
		$others = array_column(array_map(array($this, 'card'), $this->differing), 'resourceName');
		$run = $this->begin('part');
		$this->finish();
		$this->assertSame(array('done', 3, 0, 0), $this->told($run));
		$this->assertSame(array($kept), array_column($this->cards(), 'resourceName'));
		$restorable = array_filter((array) (new GContactsRunItems($this->db, $run->id, $this->user))->page('', 'asc', 10, 0), function (object $item): bool {
			return (bool) $item->restorable;
		});
		$this->assertCount(3, $restorable, 'they can be put back from the log');
		$this->drain();
		foreach ($this->differing as $contact) {
			$this->assertNotContains($this->card($contact)['resourceName'], $others);
		}
		$this->assertSame($kept, $this->card($this->well)['resourceName']);
	}

	public function testALostAnswerNeitherLosesNorDoublesAnybody(): void
	{
		$this->google->fault(array('match' => 'people.deleteContact', 'times' => 0, 'action' => 'drop_after'));
		$run = $this->begin('part');
		$this->finish();
		$this->assertSame('waiting', $this->stored($run->id)->state);
		$this->assertCount(0, $this->cardsOf($this->differing[0]), 'Google did it all the same');
		$this->google->heal();
		$this->later(4000);
		$this->finish();
		$this->assertSame(array('done', 3, 0, 0), $this->told($run));
		$this->drain();
		$this->later(700);
		$this->drain();
		foreach (array_merge($this->differing, array($this->well)) as $contact) {
			$this->assertCount(1, $this->cardsOf($contact));
			$this->assertSame('synced', $this->link($contact)->state);
		}
	}

	public function testOnlyThoseThatWereAskedAboutAndAreStillInTheState(): void
	{
		$run = $this->begin('part');
		$this->setLinks("changed = '', date_changed = NULL", array($this->differing[0]));
		$this->setLinks("changed = 'email', date_changed = '2026-01-02 03:04:05'", array($this->well));
		$this->finish();
		$this->assertSame(array('done', 2, 1, 0), $this->told($run));
		$this->card($this->well);
		$this->card($this->differing[0]);
		$this->assertSame(array(), $this->cardsOf($this->differing[1]));
	}

	public function testManyGoInPortionsAndAKilledStepIsDoneOnce(): void
	{
		$many = GContactsRepairAll::PORTIONS['part'] + 5;
		$this->several($many);
		$this->export();
		$this->finish();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET changed = 'email', date_changed = '2026-01-02 03:04:05'");
		$run = $this->begin('part');
		$operation = GContactsOperationKinds::make('part', $this->db, $this->account());
		// A process that is killed after Google did it leaves the run as it was.
		$this->db->begin();
		$this->assertSame(1, $operation->step($this->stored($run->id), microtime(true) + 20), $operation->error);
		$this->db->rollback();
		$this->assertSame(0, $this->stored($run->id)->dealtWith());
		$this->finish();
		$this->assertSame(array('done', $many + 4, 0, 0), $this->told($run));
		$this->assertSame(array(), $this->cards());
		$this->drain();
		$this->assertCount($many + 4, $this->cards());
	}

	public function testASlowGoogleGetsSmallerPortions(): void
	{
		$this->several(30);
		$this->export();
		$this->finish();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET changed = 'email', date_changed = '2026-01-02 03:04:05'");
		$run = $this->begin('part');
		$this->google->hold('people.batchDeleteContacts', 'before');
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 8));
		$this->assertSame(17, $this->stored($run->id)->position['size'], 'half of 34');
		$this->healed();
		$this->finish(7200);
		$this->assertSame(array('done', 34, 0, 0), $this->told($run));
		$this->assertSame(array(), $this->cards());
	}

	public function testItIsNotBegunWhileTheAccountMayNotBeWrittenTo(): void
	{
		$this->set('GCONTACTS_PUSH', '0');
		$visitor = (new GContactsVisitor())->login()->get(self::PAGE.'?state=differs');
		$visitor->post(self::PAGE, array('action' => 'partall', 'state' => 'differs', 'yes' => '3', 'sure' => '1'))->follow();
		$this->assertNull((new GContactsOperations($this->db, $this->account()))->underWay());
		$visitor->post(self::PAGE, array('action' => 'resendall', 'state' => 'differs', 'yes' => '3'));
		$this->assertNotNull((new GContactsOperations($this->db, $this->account()))->underWay(), 'to note it is allowed');
	}
}
