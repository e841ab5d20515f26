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
 * \file    tests/dolibarr/ReconcileTest.php
 * \ingroup gcontacts
 * \brief   Changes that no trigger tells of
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
require_once DOL_DOCUMENT_ROOT.'/core/lib/files.lib.php';
dol_include_once('/gcontacts/class/gcontactscron.class.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');

/**
 * Every change of a contact's card is found, whoever made it, and nothing else is.
 */
class ReconcileTest extends GContactsSendingTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		$this->set(GContactsReconciliation::POSITION, '0');
		$this->set(GContactsDeletionsYes::NAME, '');
	}

	public function testNothingChangedIsNothingFound(): void
	{
		$company = $this->company();
		$this->contact(array('socid' => $company->id, 'email' => 'alice@b.example', 'civility_code' => 'MME', 'birthday' => 0));
		$this->contact(array('lastname' => 'Secretan', 'priv' => 1));
		$this->contact(array('lastname' => 'Vide', 'statut' => 0));
		$this->drain();
		$this->google->emptyLog();
		$reconciliation = $this->reconcile();
		$this->assertSame(array(3, array(), true), array($reconciliation->compared, $reconciliation->found, $reconciliation->complete));
		$this->assertSame(0, $this->waiting());
		$this->assertSame(array(), $this->google->log()['entries']);
	}

	public function testAScriptChangedAPhone(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '0611223344'));
		$this->sentContact(array('lastname' => 'Autre'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET phone_mobile = '0655667788' WHERE rowid = ".((int) $contact->id));
		$this->assertFound(array($contact->id => 'update'));
		$this->drain();
		$this->assertSame(array('mobile: 0655667788'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->assertSame(array(), $this->reconcile()->found, 'found once');
	}

	public function testAnImportMadeContacts(): void
	{
		$this->sentContact();
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."socpeople (lastname, entity, statut, priv, fk_user_creat) VALUES ('Importe', 1, 1, 0, 1), ('Prive', 1, 1, 1, 1)");
		$this->assertSame(array('create'), array_column($this->reconcile()->found, 'action'));
		$this->drain();
		$this->assertCount(2, $this->cards());
		$this->assertSame(array(), $this->reconcile()->found);
	}

	public function testThirdPartiesWereMerged(): void
	{
		$kept = $this->company(array('name' => 'Acme'));
		$merged = $this->company(array('name' => 'Acmee'));
		$contact = $this->sentContact(array('socid' => $merged->id));
		if (method_exists($kept, 'mergeCompany')) {
			$this->assertSame(0, $kept->mergeCompany((int) $merged->id), (string) $kept->error);
		} else {
			$this->sql('UPDATE '.MAIN_DB_PREFIX.'socpeople SET fk_soc = '.((int) $kept->id).' WHERE rowid = '.((int) $contact->id));
		}
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$this->assertFound(array($contact->id => 'update'));
		$this->drain();
		$this->assertSame(array('work: Acme'), $this->values($this->card($contact), 'organizations'));
	}

	public function testAScriptDeletedAContact(): void
	{
		$gone = $this->sentContact();
		$this->sentContact(array('lastname' => 'Autre'));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople WHERE rowid = '.((int) $gone->id));
		$this->assertFound(array($gone->id => 'delete'));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->assertNull($this->link($gone));
	}

	public function testALoginWasChanged(): void
	{
		$bob = $this->colleague();
		$this->set('GCONTACTS_REP_LABELS', '1');
		$company = $this->company();
		$company->add_commercial($this->user, $bob->id);
		$contact = $this->sentContact(array('socid' => $company->id));
		$this->assertContains('Onelog/bob', $this->labels($this->card($contact)));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."user SET login = 'bobby' WHERE rowid = ".((int) $bob->id));
		$this->assertFound(array($contact->id => 'update'));
		$this->drain();
		$this->assertContains('Onelog/bobby', $this->labels($this->card($contact)));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."user SET login = 'bob' WHERE rowid = ".((int) $bob->id));
	}

	public function testADictionaryAndAnOptionWereChanged(): void
	{
		$contact = $this->sentContact(array('civility_code' => 'ZZ', 'note_public' => 'A note'));
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."c_civility (rowid, code, label, active) VALUES (990, 'ZZ', 'Excellence', 1)");
		try {
			$this->assertFound(array($contact->id => 'update'));
			$this->drain();
			$this->assertSame('Excellence', $this->card($contact)['names'][0]['honorificPrefix']);
		} finally {
			$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'c_civility WHERE rowid = 990');
		}
		$this->reconcile();
		$this->drain();
		$this->set('GCONTACTS_NOTES', '0');
		$this->assertFound(array($contact->id => 'update'));
	}

	public function testManyDeletedByAScriptWaitForTheYes(): void
	{
		for ($i = 0; $i < 13; $i++) {
			$this->contact(array('lastname' => 'Personne'.$i));
		}
		$this->drain();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX."socpeople WHERE lastname <> 'Personne0'");
		$this->assertSame(array('delete' => 12), array_count_values(array_column($this->reconcile()->found, 'action')));
		$this->drain();
		$this->assertCount(13, $this->cards());
		$this->assertSame(array(), $this->reconcile()->found, 'they wait already');
		$this->assertSame(12, $this->waiting());
	}

	public function testEmptiedTablesAreNoDeletions(): void
	{
		$contact = $this->sentContact();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople');
		$reconciliation = $this->reconcile();
		$this->assertSame(array('contacts_missing', array()), array($reconciliation->reason, $reconciliation->found));
		$this->assertSame(0, $this->waiting());
		$this->contact(array('lastname' => 'Autre'));
		$this->drain();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_link');
		$this->assertSame('links_missing', $this->reconcile()->reason);
		$this->assertSame(0, $this->waiting(), 'no card doubles');
		$this->card($contact);
	}

	public function testAQueryThatFailsConcludesNothing(): void
	{
		$this->sentContact();
		$this->sql('RENAME TABLE '.MAIN_DB_PREFIX.'societe_commerciaux TO '.MAIN_DB_PREFIX.'societe_commerciaux_away');
		try {
			$reconciliation = new GContactsReconciliation($this->db);
			$this->assertSame(-1, $reconciliation->run(30.0));
			$this->assertNotSame('', $reconciliation->error);
		} finally {
			$this->sql('RENAME TABLE '.MAIN_DB_PREFIX.'societe_commerciaux_away TO '.MAIN_DB_PREFIX.'societe_commerciaux');
		}
		$this->assertSame(0, $this->waiting());
	}

	public function testItGoesOnWhereTheTimeWasOver(): void
	{
		$this->many(2500);
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(0.001));
		$this->assertSame(array(1000, false), array($reconciliation->compared, $reconciliation->complete));
		$this->assertStringContainsString('next run', $reconciliation->report());
		$rest = $this->reconcile();
		$this->assertSame(array(1500, true), array($rest->compared, $rest->complete));
		$this->assertSame(2500, $this->waiting());
		$this->assertSame(0, getDolGlobalInt(GContactsReconciliation::POSITION));
	}

	public function testEachPageMakesTheSameNumberOfQueries(): void
	{
		$made = array();
		foreach (array(1000, 2000, 3000) as $number) {
			$this->many(1000);
			$before = $this->queries();
			$reconciliation = new GContactsReconciliation($this->db, true);
			$reconciliation->run(60.0);
			$made[] = $this->queries() - $before;
			$this->assertSame($number, $reconciliation->compared);
		}
		$this->assertSame($made[1] - $made[0], $made[2] - $made[1]);
		$this->assertLessThanOrEqual(12, $made[1] - $made[0]);
		$this->assertSame(0, $this->waiting());
	}

	public function testItKeepsStillWhileSendingIsBlocked(): void
	{
		$contact = $this->sentContact();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET lastname = 'Neuf' WHERE rowid = ".((int) $contact->id));
		$this->set('GCONTACTS_PUSH', '0');
		$this->assertSame('push_off', $this->reconcile()->reason);
		$this->assertSame(0, $this->waiting());
	}

	public function testTheCommandLineTellsAndNotes(): void
	{
		$contact = $this->sentContact();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET lastname = 'Dupond' WHERE rowid = ".((int) $contact->id));
		$process = GContactsProcess::script(array('reconcile', '--dry-run'));
		$this->assertSame(0, $process->wait(), $process->output());
		$this->assertStringContainsString('Dupond', $process->output(1));
		$this->assertSame(0, $this->waiting());
		$process = GContactsProcess::script(array('reconcile', '--json'));
		$this->assertSame(0, $process->wait(), $process->output());
		$answer = (array) json_decode($process->output(1), true);
		$this->assertSame(array(1, array('update' => 1), true), array($answer['found'], $answer['actions'], $answer['complete']));
		$this->assertSame(1, $this->waiting());
	}

	public function testTheScheduledJobReconciles(): void
	{
		$contact = $this->sentContact();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople SET lastname = 'Dupond' WHERE rowid = ".((int) $contact->id));
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->reconcile(), $cron->error);
		$this->assertStringContainsString('1', $cron->output);
		$this->assertSame(1, $this->waiting());
	}

	/**
	 * Compares all contacts
	 *
	 * @return GContactsReconciliation
	 */
	private function reconcile(): GContactsReconciliation
	{
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(60.0), $reconciliation->error);
		return $reconciliation;
	}

	/**
	 * Compares all contacts, a dry run first
	 *
	 * @param  array<int,string> $expected Action by contact
	 * @return void
	 */
	private function assertFound(array $expected): void
	{
		$this->assertSame(0, $this->waiting(), 'no trigger told');
		$dry = new GContactsReconciliation($this->db, true);
		$this->assertSame(1, $dry->run(60.0), $dry->error);
		$this->assertSame($expected, array_column($dry->found, 'action', 'id'));
		$this->assertSame(0, $this->waiting());
		$this->assertSame($expected, array_column($this->reconcile()->found, 'action', 'id'));
		$this->assertSame(count($expected), $this->waiting());
	}

	/**
	 * Makes contacts as an import does, each with a third party and a representative
	 *
	 * @param  int  $number How many more
	 * @return void
	 */
	private function many(int $number): void
	{
		$company = $this->company(array('name' => 'Acme'.mt_rand(), 'commercial_id' => $this->user->id));
		$rows = array();
		for ($i = 1; $i <= $number; $i++) {
			$rows[] = "('Personne".$i."', ".$company->id.", 1, 1, 0, 1)";
		}
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (lastname, fk_soc, entity, statut, priv, fk_user_creat) VALUES '.implode(', ', $rows));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
	}

	/**
	 * How many queries this connection has made
	 *
	 * @return int
	 */
	private function queries(): int
	{
		return (int) $this->rows("SHOW SESSION STATUS LIKE 'Questions'")[0]->Value;
	}
}
