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
 * \file    tests/dolibarr/ImportOtherAccountTest.php
 * \ingroup gcontacts
 * \brief   People of another Google account: read once, by the right to read alone, and never written to
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/import/gcontactsotheraccount.class.php');

/**
 * From Google's consent page to the list, with everything that can go wrong between them.
 */
class ImportOtherAccountTest extends GContactsImportTestCase
{
	private const OTHER = 'other@example.com';

	public function testItsPeopleAreImportedAndItIsNeverWrittenTo(): void
	{
		$this->owner('Zoé', 'Lefèvre', self::fields('zoe@durand.example', '06 11 22 33 44', 'Durand SARL'));
		$this->owner('Ben', 'Okafor', self::fields('ben@gmail.com'));
		$this->owner('Plombier', '');
		$this->google->emptyLog();
		$other = $this->other();
		$this->assertSame(3, $other->finish($this->answer($other)), $other->reason.' '.$other->error);
		$this->assertSame(array('', self::OTHER), array($other->notice, $other->email));
		$list = $this->list();
		$this->assertSame(self::OTHER, $list->title);
		$this->assertSame(array('Ben Okafor', 'Zoé Lefèvre'), array_keys($this->candidates($list)));
		$this->assertNothingIsLeftOfTheToken();
		$log = $this->import($list, array('Zoé Lefèvre' => array()));
		$this->assertSame('done', $log['Zoé Lefèvre']->result, json_encode($log));
		$this->assertSame(array('Ben Okafor'), array_column($this->rows('SELECT title FROM '.MAIN_DB_PREFIX."gcontacts_candidate WHERE kind = 'person'"), 'title'), 'whoever is imported goes from the list');
		$this->drain();
		$this->assertSame(array('Durand SARL', '2'), array($this->contacts()[0]->company, (string) $this->contacts()[0]->client));
		$cards = $this->google->state()['contacts'];
		$this->assertCount(1, $cards, 'the main account has a card for whom was imported');
		$this->assertCount(3, $this->google->state(self::OTHER)['contacts']);
		$calls = array();
		foreach ($this->google->log()['entries'] as $entry) {
			if ($entry['user'] === self::OTHER) {
				$calls[$entry['method']] = $entry['verb'];
			}
		}
		ksort($calls);
		$this->assertSame(array('oauth.userinfo' => 'GET', 'people.connections.list' => 'GET'), array_diff_key($calls, array('oauth.revoke' => 1, 'oauth.token' => 1, 'oauth.consent' => 1)), 'that account was only read');
		$this->assertSame(array(), $this->google->state(self::OTHER)['grants'], 'and the permission was given back');
		$this->assertSame(3, $other->finish($this->answer($other)), 'a second time the list is new');
		$this->assertArrayNotHasKey('Zoé Lefèvre', array_filter($this->candidates($this->list()), array(GContactsImportDefaults::class, 'isNew')), 'and whoever was imported is recognised');
	}

	public function testOnlyTheRightToReadIsAskedFor(): void
	{
		parse_str((string) parse_url($this->other()->begin(), PHP_URL_QUERY), $query);
		$this->assertSame('openid email https://www.googleapis.com/auth/contacts.readonly', $query['scope']);
		$this->assertSame(array('online', 'select_account consent', 'S256'), array($query['access_type'], $query['prompt'], $query['code_challenge_method']));
		$this->assertArrayNotHasKey('include_granted_scopes', $query);
		$this->assertArrayNotHasKey('login_hint', $query);
	}

	public function testAConsentThatIsRefusedReadsNothing(): void
	{
		$other = $this->other();
		$this->assertSame(-1, $other->finish($this->google->consent($other->begin(), 'cancel')));
		$this->assertSame('other_refused', $other->reason);
		$this->google->post('/_config', array('withhold_scopes' => array('https://www.googleapis.com/auth/contacts.readonly')));
		$this->assertSame(-1, $other->finish($this->answer($other)));
		$this->assertSame('other_scope', $other->reason);
		$this->assertNoList();
	}

	public function testAnAnswerIsGoodOnceAndForWhoAskedAlone(): void
	{
		$this->owner('Zoé', 'Lefèvre');
		$other = $this->other();
		$answer = $this->answer($other);
		$bob = new GContactsOtherAccount($this->db, $this->colleague());
		$this->assertSame(array(-1, 'other_state'), array($bob->finish($answer), $bob->reason));
		$this->assertSame(array(-1, 'other_state'), array($other->finish($answer), $other->reason), 'it is used up by that');
		$answer = $this->answer($other);
		$this->assertSame(1, $other->finish($answer), $other->reason);
		$this->assertSame(array(-1, 'other_state'), array($other->finish($answer), $other->reason));
		$again = $this->google->consent($other->begin(), 'allow', self::OTHER);
		$this->assertSame(array(-1, 'other_code'), array($other->finish(array('code' => $answer['code']) + $again), $other->reason), 'nor is a code good twice');
		$connection = new GContactsConnection($this->db);
		$this->assertSame(array(-1, 'state_invalid'), array($connection->finish($this->answer($other), $this->user), $connection->reason), 'and it connects nothing');
	}

	public function testTheConnectedAccountIsRefusedAndKeepsItsConnection(): void
	{
		$this->google->emptyLog();
		$other = $this->other();
		$this->assertSame(-1, $other->finish($this->google->consent($other->begin(), 'allow', 'phone@example.com')));
		$this->assertSame(array('other_connected', 'phone@example.com', ''), array($other->reason, $other->error, $other->notice));
		$this->assertArrayNotHasKey('oauth.revoke', $this->google->log()['counts'], 'a revocation would cut the connection');
		$this->assertNoList();
		$this->sentContact();
		$this->assertCount(1, $this->google->state()['contacts'], 'which works as before');
	}

	public function testWhoseItIsMustBeKnownBeforeItIsRevoked(): void
	{
		$other = $this->other();
		$answer = $this->answer($other);
		$this->google->emptyLog();
		$this->google->fault(array('match' => 'oauth.userinfo', 'times' => 0, 'action' => array('error' => array('http' => 403))));
		$this->assertSame(-1, $other->finish($answer));
		$this->assertSame('other_not_revoked', $other->notice);
		$this->assertArrayNotHasKey('oauth.revoke', $this->google->log()['counts']);
		$this->assertNoList();
	}

	public function testAListThatCannotBeReadIsNotKeptAndThePermissionIsGivenBack(): void
	{
		for ($number = 0; $number < 3; $number++) {
			$this->owner('Zoé'.$number, 'Lefèvre');
		}
		foreach (array(array('error' => array('http' => 403, 'status' => 'PERMISSION_DENIED')), 'drop_before') as $action) {
			$other = $this->other();
			$answer = $this->answer($other);
			$this->google->fault(array('match' => 'people.connections.list', 'times' => 0, 'action' => $action));
			$this->assertSame(-1, $other->finish($answer));
			$this->assertNotSame('', $other->reason);
			$this->google->heal();
			$this->assertSame(array(), $this->google->state(self::OTHER)['grants'], (string) json_encode($action));
			$this->assertNoList();
		}
	}

	public function testARevocationThatFailsIsToldAndTheListIsGood(): void
	{
		$this->owner('Zoé', 'Lefèvre');
		$other = $this->other();
		$answer = $this->answer($other);
		$this->google->fault(array('match' => 'oauth.revoke', 'times' => 0, 'action' => array('error' => array('http' => 403))));
		$this->assertSame(1, $other->finish($answer), $other->reason);
		$this->assertSame('other_not_revoked', $other->notice);
		$this->assertCount(1, $this->candidates($this->list()));
	}

	public function testAReadingThatWasKilledLeavesNoHalfList(): void
	{
		$reader = new GContactsElsewhere($this->db, $this->user);
		$listing = $reader->open('other', self::OTHER);
		$this->somebody('Alice', 'Martin');
		$this->assertSame(-1, $listing->run(microtime(true) + 5.0), 'the account of this Dolibarr has no place in it');
		$this->assertSame(array(), $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_candidate'));
		$this->owner('Zoé', 'Lefèvre');
		$other = $this->other();
		$this->assertSame(1, $other->finish($this->answer($other)), 'and the next one takes its place');
	}

	/** @group web */
	public function testASalespersonReadsAnotherAccountByThePage(): void
	{
		$this->owner('Zoé', 'Lefèvre');
		$bob = $this->colleague();
		foreach (array(281, 282, 121, 122) as $right) {
			$bob->addrights($right);
		}
		$bob->addrights('', 'gcontacts', 'import');
		$visitor = (new GContactsVisitor())->login('bob', 'bob');
		$page = '/custom/gcontacts/import.php?source=other';
		$this->assertSame(200, $visitor->get($page)->status, $visitor->text());
		$visitor->post($page, array('action' => 'readother', 'token' => ''));
		$this->assertSame(403, $visitor->status, 'without a token nobody is sent to Google');
		$visitor->get($page)->post($page, array('action' => 'readother'));
		$this->assertStringStartsWith($this->google->url.'/o/oauth2/v2/auth?', $visitor->location);
		$answer = $this->google->consent($visitor->location, 'allow', self::OTHER);
		$callback = '/custom/gcontacts/admin/callback.php?'.http_build_query(array_filter($answer));
		$carl = (new GContactsVisitor())->login();
		$carl->get($callback)->follow();
		$this->assertStringContainsString((string) preg_replace('/\s+/u', ' ', GContactsEngine::sentence('other_state')), $carl->text(), 'not even an administrator takes it');
		$visitor->get($page)->post($page, array('action' => 'readother'));
		$answer = $this->google->consent($visitor->location, 'allow', self::OTHER);
		$visitor->get('/custom/gcontacts/admin/callback.php?'.http_build_query(array_filter($answer)))->follow();
		$this->assertStringContainsString('Zoé Lefèvre', $visitor->text());
		$this->assertStringContainsString(self::OTHER, $visitor->text());
		$this->assertNothingIsLeftOfTheToken();
		foreach ((array) glob(((string) ini_get('session.save_path') ?: sys_get_temp_dir()).'/sess_*') as $session) {
			$this->assertStringNotContainsString('ya29.', (string) file_get_contents((string) $session), 'nor in a session');
		}
		$this->assertStringNotContainsString('Zoé Lefèvre', $carl->get($page)->text(), 'the list is this user\'s alone');
		$this->google->emptyLog();
		$visitor->get('/custom/gcontacts/admin/callback.php?'.http_build_query(array_filter($answer)))->follow();
		$this->assertSame(array(), $this->google->log()['entries'], 'a reload asks nobody');
		$visitor->get($page)->post($page, array('action' => 'pasteother', 'pasted' => 'http://localhost/nothing'))->follow();
		$this->assertStringContainsString('This is not the address that Google ended on', $visitor->text());
		$bob->delrights('', 'gcontacts', 'import');
		$this->assertSame(403, $visitor->get('/custom/gcontacts/admin/callback.php?'.http_build_query(array_filter($answer)))->status);
	}

	/** @return GContactsOtherAccount */
	private function other(): GContactsOtherAccount
	{
		return new GContactsOtherAccount($this->db, $this->user);
	}

	/**
	 * @param  GContactsOtherAccount $other Who asks
	 * @return array{state:string,code:string,error:string}
	 */
	private function answer(GContactsOtherAccount $other): array
	{
		$address = $other->begin();
		$this->assertNotSame('', $address, $other->reason.' '.$other->error);
		return $this->google->consent($address, 'allow', self::OTHER);
	}

	/**
	 * Somebody in the address book of the other account
	 *
	 * @param string              $given  First name
	 * @param string              $family Last name
	 * @param array<string,mixed> $more   Other fields
	 * @return void
	 */
	private function owner(string $given, string $family, array $more = array()): void
	{
		$this->google->phone(array('op' => 'create', 'user' => self::OTHER, 'person' => array('names' => array(array('givenName' => $given, 'familyName' => $family))) + $more));
	}

	/** @return GContactsImportList This user's list, compared with Dolibarr */
	private function list(): GContactsImportList
	{
		$list = new GContactsImportList($this->db);
		$this->assertSame(1, $list->fetch('other', (int) $this->user->id, 0), $list->error);
		$listing = new GContactsImportListing($this->db, $this->account(), $list);
		$this->assertSame(0, $listing->run(microtime(true) + 300.0), $listing->error);
		return $list;
	}

	/** @return void */
	private function assertNoList(): void
	{
		$this->assertSame(0, (new GContactsImportList($this->db))->fetch('other', (int) $this->user->id, 0));
		$this->assertNothingIsLeftOfTheToken();
	}

	/** @return void */
	private function assertNothingIsLeftOfTheToken(): void
	{
		foreach ($this->rows("SELECT table_name as name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '".MAIN_DB_PREFIX."gcontacts_%'") as $table) {
			$this->assertStringNotContainsString('ya29.', (string) json_encode($this->rows('SELECT * FROM '.$table->name)), $table->name);
		}
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_account'), 'no account came about');
		$log = DOL_DATA_ROOT.'/dolibarr.log';
		$this->assertStringNotContainsString('ya29.', is_file($log) ? (string) file_get_contents($log) : '');
	}
}
