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
 * \file    tests/dolibarr/SyncChoiceTest.php
 * \ingroup gcontacts
 * \brief   Contact by contact: who is synchronised, and who decides
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/gcontactssyncchoice.class.php');
dol_include_once('/gcontacts/lib/gcontacts_sync.lib.php');
dol_include_once('/gcontacts/class/reconciliation/gcontactsreconciliation.class.php');

/**
 * Choices by field, for many at once, and by import; what a user may not see is never touched.
 */
class SyncChoiceTest extends GContactsSendingTestCase
{
	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_PER_CONTACT', '1');
		$this->set(GContactsReconciliation::POSITION, '0');
	}

	public function testAChoiceForManyTakesTheCardsAway(): void
	{
		$contacts = array($this->sentContact(), $this->sentContact(array('lastname' => 'Autre', 'array_options' => array('options_gcontacts_sync' => 'yes'))));
		$kept = $this->sentContact(array('lastname' => 'Reste'));
		$chooser = $this->choose($contacts, false);
		$this->assertSame(array(2, 0), array($chooser->changed, $chooser->left));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($kept);
		$this->assertSame(array('left_out', 'opted_out'), array($this->link($contacts[0])->state, $this->link($contacts[0])->reason));
		$this->choose($contacts, true);
		$this->drain();
		$this->assertCount(3, $this->cards());
		$this->assertSame(array('yes', 'yes'), $this->choices('fk_object IN ('.((int) $contacts[0]->id).', '.((int) $contacts[1]->id).')'));
	}

	public function testAnAdoptedCardIsOnlyReleased(): void
	{
		$contact = $this->sentContact();
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_link SET origin = 'adopted'");
		$this->choose(array($contact), false);
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->assertSame(array('myContacts'), $this->labels($this->cards()[0]));
		$this->assertCount(0, $this->cardsOf($contact), 'the marker is off');
	}

	public function testWhatAUserMayNotSeeIsLeftAlone(): void
	{
		$bob = $this->colleague();
		$bob->loadRights();
		$this->grant($bob, array(array('lire', 'contact'), array('creer', 'contact')));
		$foreign = $this->company(array('name' => 'Ailleurs'));
		$own = $this->company(array('name' => 'Ici'));
		$own->add_commercial($this->user, $bob->id);
		$seen = $this->contact(array('socid' => $own->id));
		$unseen = $this->contact(array('lastname' => 'Loin', 'socid' => $foreign->id));
		$private = $this->contact(array('lastname' => 'Secret', 'priv' => 1, 'socid' => $own->id));
		$chooser = $this->choose(array($seen, $unseen, $private), false, $bob);
		$this->assertSame(array(1, 2), array($chooser->changed, $chooser->left));
		$this->assertSame(array('no'), $this->choices('1 = 1'));
	}

	public function testChoicesStayWhileTheOptionIsOffAndHoldAgain(): void
	{
		$contact = $this->sentContact();
		$this->choose(array($contact), false);
		$this->drain();
		$this->assertCount(0, $this->cards());
		foreach (array('0' => 1, '1' => 0) as $on => $cards) {
			$this->set('GCONTACTS_PER_CONTACT', (string) $on);
			$this->assertGreaterThan(0, (new GContactsOutbox($this->db))->addAllContacts('SETTINGS'));
			$this->drain();
			$this->assertCount($cards, $this->cards(), 'option '.$on);
			$this->assertSame(array('no'), $this->choices('fk_object = '.((int) $contact->id)));
		}
	}

	public function testAnImportThatTellsNobodyIsFound(): void
	{
		$contact = $this->sentContact();
		// As Dolibarr's import of a CSV file does: SQL, no trigger.
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'socpeople_extrafields');
		$this->sql('INSERT INTO '.MAIN_DB_PREFIX."socpeople_extrafields (fk_object, gcontacts_sync) VALUES (".((int) $contact->id).", 'no')");
		$this->assertSame(0, $this->waiting());
		$reconciliation = new GContactsReconciliation($this->db);
		$this->assertSame(1, $reconciliation->run(60.0));
		$this->assertSame(array('delete'), array_column($reconciliation->found, 'action'));
		$this->drain();
		$this->assertCount(0, $this->cards());
	}

	public function testWordsOfAnImportedFile(): void
	{
		foreach (array('OUI' => true, ' Yes' => true, 'true' => true, 'Non' => false, 'no' => false, 'jamais' => false, '' => null, '0' => null) as $word => $meaning) {
			$this->assertSame($meaning, GContactsSyncField::meaning((string) $word), (string) $word);
			$contact = $this->contact(array('lastname' => 'Personne', 'array_options' => array('options_gcontacts_sync' => 'x')));
			$this->sql('UPDATE '.MAIN_DB_PREFIX."socpeople_extrafields SET gcontacts_sync = '".$word."' WHERE fk_object = ".((int) $contact->id));
			foreach (array('0', '1') as $default) {
				$this->set('GCONTACTS_PER_CONTACT_DEFAULT', $default);
				$sql = 'SELECT COUNT(*) AS nb FROM '.MAIN_DB_PREFIX.'socpeople_extrafields ef WHERE ef.fk_object = '.((int) $contact->id);
				$saysNo = (int) $this->rows($sql.' AND '.GContactsSyncField::sqlSaysNo('ef'))[0]->nb;
				$this->assertSame($saysNo, (int) !($meaning ?? $default === '1'), $word.' '.$default);
			}
		}
	}

	public function testTheDefaultHoldsForWhoNeverChose(): void
	{
		$this->set('GCONTACTS_PER_CONTACT_DEFAULT', '0');
		$this->contact();
		$chosen = $this->contact(array('lastname' => 'Choisi'));
		$this->choose(array($chosen), true);
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->card($chosen);
	}

	public function testAFailureChangesNothing(): void
	{
		$contact = $this->contact();
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$this->sql('RENAME TABLE '.MAIN_DB_PREFIX.'gcontacts_outbox TO '.MAIN_DB_PREFIX.'gcontacts_outbox_away');
		try {
			$chooser = new GContactsSyncChoice($this->db, $this->user);
			$this->assertSame(-1, $chooser->choose(array((int) $contact->id), false));
			$this->assertSame(array('', 0), array($chooser->error === '' ? 'no error' : '', $chooser->changed));
		} finally {
			$this->sql('RENAME TABLE '.MAIN_DB_PREFIX.'gcontacts_outbox_away TO '.MAIN_DB_PREFIX.'gcontacts_outbox');
		}
		$this->assertSame(array(), array_filter($this->choices('1 = 1')));
	}

	public function testTheMassActionAsksForTheRightsAndForContacts(): void
	{
		global $user;

		$contact = $this->contact();
		$administrator = $user;
		try {
			$user = $this->colleague();
			$user->loadRights();
			$this->assertSame('', gcontactsSyncMassOptions());
			$this->assertStringContainsString('may not edit', gcontactsSyncMassAction('gcontacts_sync_no', array((int) $contact->id)));
		} finally {
			$user = $administrator;
		}
		$this->assertSame(array(), array_filter($this->choices('1 = 1')));
		$this->assertSame(2, substr_count(gcontactsSyncMassOptions(), '<option'));
		$this->assertStringContainsString('Tick', gcontactsSyncMassAction('gcontacts_sync_no', array()));
		$this->assertSame('', gcontactsSyncMassAction('anothers_action', array((int) $contact->id)));
		$this->set('GCONTACTS_PER_CONTACT', '0');
		$this->assertSame('', gcontactsSyncMassOptions());
		$this->assertSame('', gcontactsSyncMassAction('gcontacts_sync_no', array((int) $contact->id)));
		$this->assertSame(array(), array_filter($this->choices('1 = 1')), 'a form kept open since before the option went off');
	}

	public function testAsManyQueriesForManyAsForOne(): void
	{
		$ids = array();
		for ($number = 0; $number < 40; $number++) {
			$ids[] = (int) $this->contact(array('lastname' => 'Personne'.$number))->id;
		}
		$made = array();
		foreach (array(array_slice($ids, 0, 1), array_slice($ids, 1, 30)) as $some) {
			$before = $this->queries();
			(new GContactsSyncChoice($this->db, $this->user))->choose($some, false);
			$made[] = $this->queries() - $before;
		}
		$this->assertSame($made[0], $made[1]);
	}

	/**
	 * @param  array<int,Contact>  $contacts    Contacts
	 * @param  bool                $synchronise The choice
	 * @param  User|null           $user        Who chooses, the administrator unless given
	 * @return GContactsSyncChoice
	 */
	private function choose(array $contacts, bool $synchronise, ?User $user = null): GContactsSyncChoice
	{
		$ids = array_map(function (Contact $contact): int {
			return (int) $contact->id;
		}, $contacts);
		$chooser = new GContactsSyncChoice($this->db, $user ?? $this->user);
		$this->assertSame(1, $chooser->choose($ids, $synchronise), $chooser->error);
		return $chooser;
	}

	/**
	 * @param  string               $where Condition
	 * @return array<int,?string>          Values of the field
	 */
	private function choices(string $where): array
	{
		return array_column($this->rows('SELECT gcontacts_sync FROM '.MAIN_DB_PREFIX.'socpeople_extrafields WHERE '.$where.' ORDER BY fk_object'), 'gcontacts_sync');
	}

	/**
	 * @param  User                                $user   User
	 * @param  array<int,array{string,string}>     $rights Right and its group, of module societe
	 * @return void
	 */
	private function grant(User $user, array $rights): void
	{
		foreach ($rights as list($right, $group)) {
			$user->rights->societe = $user->rights->societe ?? new stdClass();
			$user->rights->societe->$group = $user->rights->societe->$group ?? new stdClass();
			$user->rights->societe->$group->$right = 1;
		}
	}

	/**
	 * @return int How many queries this connection has made
	 */
	private function queries(): int
	{
		return (int) $this->rows("SHOW SESSION STATUS LIKE 'Questions'")[0]->Value;
	}
}
