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
 * \file    tests/dolibarr/RestoreTest.php
 * \ingroup gcontacts
 * \brief   Restores: what is missing comes back, once, and as it was
 */

require_once __DIR__.'/GContactsBackupTestCase.php';

/**
 * What a restore makes, links and leaves, and how it ends.
 */
class RestoreTest extends GContactsBackupTestCase
{
	public function testALostAnswerIsLookedForAndNotRepeated(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$this->google->fault(array('match' => 'people.batchCreateContacts', 'action' => 'drop_after'));
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->finish(1500);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertSame($before, $this->comparable());
	}

	public function testKilledInTheMiddleNothingIsMadeTwice(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->google->hold('people.batchCreateContacts');
		$process = GContactsProcess::drain();
		$this->untilHeld();
		$this->assertNotEmpty($this->cards());
		$process->kill();
		$this->healed();
		$this->later(120);
		$this->finish(1500);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->assertSame($before, $this->comparable());
	}

	public function testACardThatDiffersIsLeftOrBroughtBack(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		$card = $this->cards()[0];
		$this->google->phone(array('op' => 'edit', 'name' => $card['resourceName'], 'set' => array('nicknames' => array(array('value' => 'Nan')))));
		$changed = $this->comparable();
		$run = $this->restore(array('file' => $name));
		$this->assertSame(array(0, 9), array($run->done, $run->unchanged));
		$this->assertSame($changed, $this->comparable());
		$run = $this->restore(array('file' => $name, 'differing' => true));
		$this->assertSame(array(1, 8), array($run->done, $run->unchanged));
		$this->assertSame($before, $this->comparable());
	}

	/**
	 * @dataProvider deletions
	 * @param string $setting What becomes of a card that was deleted at Google
	 * @param bool   $noticed Whether the module has noticed that before the restore
	 * @param string $fault   What goes wrong with the create, empty for nothing
	 */
	public function testARestoredCardIsItsContactsAgain(string $setting, bool $noticed, string $fault): void
	{
		$this->furnish();
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', $setting);
		$this->pull();
		$before = $this->comparable();
		$name = $this->backup();
		$gone = array_slice(array_values(array_filter($this->cards(), array($this, 'isOurs'))), 0, 2);
		foreach ($gone as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		if ($noticed) {
			$this->pull();
		}
		if ($fault !== '') {
			$this->google->fault(array('match' => 'people.createContact', 'action' => $fault));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->finish(1500);
		$this->assertSame(2, $this->stored($run->id)->done);
		$links = $this->rows('SELECT c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_link l INNER JOIN '.MAIN_DB_PREFIX."gcontacts_card c ON c.rowid = l.fk_card WHERE l.origin = 'created'");
		$this->assertCount(8, $links);
		$ours = array_column(array_filter($this->cards(), array($this, 'isOurs')), 'resourceName');
		$this->assertEqualsCanonicalizing($ours, array_column($links, 'resource_name'), 'each contact is linked to its card');
		$this->drain();
		$this->export();
		$this->finish(1500);
		$this->google->emptyLog();
		$this->export();
		$this->finish(1500);
		$this->assertSame(array(), $this->writes());
		$this->assertCount(9, $this->cards(), 'none is made twice');
		$this->assertSame($before, $this->comparable());
	}

	/** @return array<string,array<int,bool|string>> */
	public static function deletions(): array
	{
		return array(
			'recreate' => array('recreate', false, ''), 'recreate, noticed' => array('recreate', true, ''),
			'mark' => array('mark', false, ''), 'mark, noticed' => array('mark', true, ''),
			'lost answer' => array('recreate', true, 'drop_after'),
		);
	}

	public function testAContactThatWasSentAnewKeepsItsNewCard(): void
	{
		$this->furnish();
		$this->pull();
		$name = $this->backup();
		$gone = array_values(array_filter($this->cards(), array($this, 'isOurs')))[0];
		$this->google->phone(array('op' => 'delete', 'name' => $gone['resourceName']));
		$others = array_column($this->cards(), 'resourceName');
		$this->pull();
		$this->export();
		$this->finish(1500);
		$made = array_diff(array_column($this->cards(), 'resourceName'), $others);
		$this->assertCount(1, $made);
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		while ($run->phase !== 'match') {
			$this->assertSame(1, (new GContactsRestore($this->db, $this->account()))->step($run, microtime(true) + 4));
		}
		// As a listing that does not show yet what was just made
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."gcontacts_present WHERE resource_name = '".$this->db->escape((string) end($made))."'");
		$this->finish();
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 0, 9, 0), array($run->state, $run->done, $run->unchanged, $run->failed));
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_run_item WHERE fk_run = '.$run->id." AND reason = 'sent_anew' AND result = 'left_out'"));
		$this->assertCount(9, $this->cards(), 'none is made twice');
	}

	public function testAfterARestoreThatWasStoppedNoCardCarriesItsMark(): void
	{
		// More than two batches: a busy machine may not hear of the first in time.
		$this->several(90);
		$this->furnish();
		$before = $this->comparable();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->stepsUntil(function () use ($run): bool {
			return $this->stored($run->id)->done > 0;
		});
		$made = count($this->cards());
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->assertStringContainsString('being stopped', $this->progress($this->stored($run->id))->sentence());
		$this->finish();
		$this->assertSame('cancelled', $this->stored($run->id)->state);
		$this->assertSame($this->user->login, $this->stored($run->id)->message);
		$this->assertLessThan(99, $made);
		$this->assertCount($made, $this->cards(), 'nothing more is made');
		foreach ($this->cards() as $card) {
			$this->assertStringNotContainsString(':restore:', (string) json_encode($card['clientData'] ?? array()));
		}
		$this->assertSame(1, $this->operations()->resume($run->id), 'the rest can be gone on with');
		$this->finish(1500);
		$run = $this->stored($run->id);
		$this->assertSame(array('done', 99), array($run->state, $run->done));
		$this->assertSame($before, $this->comparable());
	}

	public function testATokenThatComesLateMakesNoRequestLate(): void
	{
		$this->furnish();
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_account SET token_expiry = 1');
		$this->google->fault(array('match' => 'oauth.token', 'action' => array('latency' => array('ms' => 2000))));
		$this->google->hold('contactGroups.list', 'before');
		$this->finish(600);
		$this->assertSame('done', $this->stored($run->id)->state);
		$this->healed();
		$this->assertCount(2, $this->calls('list'));
	}

	public function testACallForWhichThereIsNoTimeIsNotBegun(): void
	{
		$this->furnish();
		$run = GContactsBackup::begin($this->operations(), $this->account());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_account SET token_expiry = 1');
		$this->google->fault(array('match' => 'oauth.token', 'times' => 1, 'action' => array('latency' => array('ms' => 3400, 'where' => 'before'))));
		$this->google->emptyLog();
		$this->assertSame(1, $this->driver()->advance(microtime(true) + 4));
		$this->assertSame(array(), $this->calls());
		$this->assertSame(array(0, 'running'), array($this->account()->paused_until, $this->stored($run->id)->state), 'nobody is to blame');
		$this->finish();
		$this->assertSame('done', $this->stored($run->id)->state);
	}

	public function testAStopThatGoogleHoldsUpIsInsistedOn(): void
	{
		$this->furnish();
		$name = $this->backup();
		foreach ($this->cards() as $card) {
			$this->google->phone(array('op' => 'delete', 'name' => $card['resourceName']));
		}
		$run = GContactsRestore::begin($this->db, $this->operations(), $this->account(), array('file' => $name));
		$this->stepsUntil(function () use ($run): bool {
			return $this->stored($run->id)->done > 0;
		});
		$this->google->fault(array('match' => 'people.getBatchGet', 'times' => 0, 'action' => array('error' => array('http' => 503))));
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->finish();
		$this->assertSame('waiting', $this->stored($run->id)->state);
		$this->assertSame(1, $this->operations()->cancel($run->id, $this->user));
		$this->assertSame('cancelled', $this->stored($run->id)->state);
	}

	public function testWhatARunDeletedComesBackFromItsLog(): void
	{
		$this->furnish();
		$before = $this->comparable();
		$cleaned = GContactsCleanUp::begin($this->db, $this->operations(), $this->account());
		$this->finish();
		$item = $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE fk_run = ".$cleaned->id." AND element_type = 'contact' ORDER BY rowid")[0];
		$run = $this->restore(array('run' => $cleaned->id, 'item' => (int) $item->rowid));
		$this->assertSame(array('done', 1, 0), array($run->state, $run->done, $run->failed));
		$this->assertCount(2, $this->cards());
		$run = $this->restore(array('run' => $cleaned->id));
		$this->assertSame(array(7, 1), array($run->done, $run->unchanged));
		$this->assertSame($before, $this->comparable());
	}
}
