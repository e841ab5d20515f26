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
 * \file    tests/dolibarr/FullCheckPagesTest.php
 * \ingroup gcontacts
 * \brief   A full check of more cards than a page holds
 */

require_once __DIR__.'/GContactsProcess.php';
require_once __DIR__.'/GContactsOperationTestCase.php';
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * What becomes of a contact that is compared before the page of its card is read, and of a check that is interrupted between pages.
 */
class FullCheckPagesTest extends GContactsOperationTestCase
{
	/** Cards of two pages, none of them a contact's. */
	const OTHERS = 1500;

	/** @var Contact */
	private $contact;

	protected function setUp(): void
	{
		parent::setUp();
		$this->contact = $this->sentContact();
		$this->google->post('/_seed', array('n' => self::OTHERS));
		$this->google->emptyLog();
	}

	/**
	 * Somebody takes our label off the card, which moves it to the end of the listing or leaves it at the beginning
	 *
	 * @return void
	 */
	private function takeLabelOff(): void
	{
		$label = array_column($this->google->state()['groups'], 'resourceName', 'name')['Onelog'];
		$this->google->phone(array('op' => 'remove_from_group', 'name' => $this->card($this->contact)['resourceName'], 'group' => $label));
	}

	/**
	 * @param  GContactsRun $run Run
	 * @return array{0: string, 1: int, 2: int, 3: int} State, contacts that differ, contacts in sync, calls
	 */
	private function told(GContactsRun $run): array
	{
		$done = $this->stored((int) $run->id);
		return array($done->state, $done->done, $done->unchanged, $done->calls);
	}

	/**
	 * @return GContactsRun A full check that has begun
	 */
	private function begin(): GContactsRun
	{
		$operations = new GContactsOperations($this->db, $this->account());
		$run = $operations->start('check');
		$this->assertNotNull($run, $operations->error);
		return $run;
	}

	public function testNewsOfALaterPageIsComparedOnceMoreAndCountedOnce(): void
	{
		// Whichever page the card is on: with no contact left to compare, both are later ones.
		$run = $this->begin();
		$this->assertSame(1, $run->moveTo(array('after' => (int) $this->contact->id, 'compared' => true)));
		$this->assertSame(1, $run->progress(array('unchanged' => 1)));
		$this->takeLabelOff();
		$this->finish();
		$this->assertSame(array('done', 1, 0, 3), $this->told($run));
		$this->assertSame(1, $this->waiting());
		$this->assertStringContainsString('Onelog', (string) $this->link($this->contact)->labels);
		$this->drain();
		$this->assertContains('Onelog', $this->labels($this->card($this->contact)));
	}

	public function testAPlaceThatGoogleForgotIsNotKept(): void
	{
		$this->takeLabelOff();
		$run = $this->begin();
		$this->assertSame(1, $run->moveTo(array('cursor' => '{"page":"forgotten","token":null,"listed":1000,"announced":1501}', 'after' => (int) $this->contact->id, 'compared' => true), 'compare', 1));
		$this->assertSame(1, $run->progress(array('unchanged' => 1)));
		$this->finish(7200);
		$this->assertSame(array('done', 1, 0, 3), $this->told($run));
	}

	public function testAPageThatIsLateCostsNoPageThatCame(): void
	{
		$run = $this->begin();
		$this->google->hold('people.connections.list', 'before', 1, 1);
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 6));
		$stored = $this->stored((int) $run->id);
		$this->assertSame(array('running', '', 0), array($stored->state, $stored->reason, $stored->tries));
		$this->assertNotSame('', $stored->position['cursor']);
		$this->assertSame(0, $this->account()->paused_until);
		$this->google->heal();
		$this->finish();
		$this->assertSame(array('done', 0, 1, 3), $this->told($run));
	}

	public function testAKillBetweenPagesLosesAndRepeatsNothing(): void
	{
		$this->takeLabelOff();
		$this->google->hold('people.connections.list', 'before', 1, 1);
		$process = GContactsProcess::script(array('check', '--full'));
		$this->until(function (): bool {
			$run = new GContactsRun($this->db, $this->account());
			return $this->google->isHolding() && $run->fetchUnderWay() > 0 && ($run->position['cursor'] ?? '') !== '';
		}, 60.0);
		$process->kill();
		$this->google->release();
		$run = new GContactsRun($this->db, $this->account());
		$this->assertSame(1, $run->fetchUnderWay());
		$this->later(4000);
		$this->finish();
		$this->assertSame(array('done', 1, 0, 3), $this->told($run));
	}

	public function testACheckThatIsStoppedReadsNoOtherPage(): void
	{
		$this->google->hold('people.connections.list');
		$process = GContactsProcess::script(array('check', '--full'));
		$this->until(function (): bool {
			return $this->google->isHolding();
		}, 60.0);
		$run = new GContactsRun($this->db, $this->account());
		$this->assertSame(1, $run->fetchUnderWay());
		$this->assertSame(1, (new GContactsOperations($this->db, $this->account()))->cancel((int) $run->id, $this->user));
		$this->google->release();
		$process->wait(60.0);
		$this->assertSame('cancelled', $this->stored((int) $run->id)->state);
		$this->assertCount(1, $this->google->log()['entries']);
	}
}
