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
 * \file    tests/dolibarr/AccountTest.php
 * \ingroup gcontacts
 * \brief   When sending may happen, and when it must not
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * The state of the connected account: copied database, consent withdrawn, token expired, sending not confirmed or switched off.
 */
class AccountTest extends GContactsSendingTestCase
{
	public function testACopiedDatabaseSendsNothingAndSaysSo(): void
	{
		global $conf;
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$address = $conf->file->dol_main_url_root;
		$conf->file->dol_main_url_root = 'https://copy.example.org/dolibarr';
		try {
			$this->edit($contact, array('lastname' => 'Durand'));
			$this->assertBlocked('site_changed');
			$this->assertGreaterThan(0, $this->account()->acceptSite());
			$this->drain();
			$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		} finally {
			$conf->file->dol_main_url_root = $address;
		}
		$this->assertSame('site_changed', $this->account()->blockedReason(), 'now the original is the other one');
	}

	public function testNothingIsSentWhileTheOptionIsOff(): void
	{
		$this->set('GCONTACTS_PUSH', '0');
		$contact = $this->contact();
		$this->assertBlocked('push_off');
		$this->set('GCONTACTS_PUSH', '1');
		$this->drain();
		$this->card($contact);
	}

	public function testAnAccountWithCardsWaitsForTheAdministratorsWord(): void
	{
		$this->account->disconnect();
		$this->google->phone(array('op' => 'create', 'person' => array('names' => array(array('givenName' => 'Grand', 'familyName' => 'Mere')))));
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$account = $this->connect();
		$this->drain();
		$this->assertSame(array(), $this->writes(), 'what is there is looked at, and no more');
		$this->google->emptyLog();
		$this->assertBlocked('awaiting_confirmation');
		$this->assertGreaterThan(0, $account->confirmSending($this->user));
		$this->drain();
		$this->card($contact);
		$this->assertCount(2, $this->cards());
	}

	public function testAnEmptyAccountGetsAllSharedContactsAtOnce(): void
	{
		$this->account->disconnect();
		$shared = $this->contact(array('lastname' => 'Dupond'));
		$this->contact(array('lastname' => 'Secretan', 'priv' => 1));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$this->connect();
		$this->drain();
		$this->card($shared);
		$this->assertCount(1, $this->cards());
	}

	public function testAWithdrawnConsentKeepsTheOutboxUntilTheReconnect(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => '*', 'action' => 'grant_revoked'));
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$account = $this->account();
		$this->assertSame('reconnect', $account->state);
		$this->assertSame('reconnect', $account->blockedReason());
		$this->google->emptyLog();
		$this->drain();
		$this->assertSame(array(), $this->google->log()['entries'], 'nothing more is asked of Google');
		$this->assertGreaterThan(0, $this->waiting());

		$this->connect();
		$this->assertSame('sending', $this->account()->state);
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		$this->assertCount(1, $this->cards());
		$this->assertSame(0, $this->waiting());
	}

	public function testATokenThatExpiresIsRefreshedOnce(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->later(3600);
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		$this->assertSame(1, $this->refreshes());
		$this->assertNotContains(401, array_column($this->calls(), 'status'), 'it is refreshed before Google complains');
		$this->edit($contact, array('lastname' => 'Dupont'));
		$this->drain();
		$this->assertSame(1, $this->refreshes());
	}

	public function testATokenThatGoogleNoLongerLikesIsRefreshedOnce(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => 'people.updateContact', 'action' => 'token_expired'));
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$this->drain();
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
		$this->assertSame(1, $this->refreshes());
		$this->assertSame('sending', $this->account()->state);
		$this->assertSame(0, $this->waiting());
	}

	public function testTokensAreStoredEncryptedAndNeverLogged(): void
	{
		$file = DOL_DATA_ROOT.'/dolibarr.log';
		clearstatcache();
		$start = (int) filesize($file);
		$this->account->disconnect();
		$this->connect();
		$this->later(3600);
		$this->contact();
		$this->drain();
		$row = $this->rows('SELECT access_token, refresh_token FROM '.MAIN_DB_PREFIX."gcontacts_account WHERE refresh_token <> ''")[0];
		$log = (string) file_get_contents($file, false, null, $start);
		$this->assertStringContainsString('gcontacts_account', $log, 'SQL is logged here');
		foreach (array((string) $row->access_token, (string) $row->refresh_token) as $sealed) {
			$this->assertStringStartsWith('dolcrypt:', $sealed);
			$secret = dolDecrypt($sealed);
			$this->assertNotSame($sealed, $secret);
			$this->assertStringNotContainsString($secret, $log);
		}
		$this->assertStringNotContainsString('demo-secret', $log);
	}

	public function testADatabaseUnderAnotherKeyMeansReconnect(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->sql('UPDATE '.MAIN_DB_PREFIX."gcontacts_account SET token_expiry = 0, refresh_token = 'dolcrypt:AES-256-CTR:00112233445566778899aabbccddeeff:AAAA'");
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->drain();
		$this->assertSame('reconnect', $this->account()->state);
		$this->assertGreaterThan(0, $this->waiting());
	}

	public function testDisconnectingLeavesTheCardsAndForgetsTheTokens(): void
	{
		$this->sentContact(array('lastname' => 'Dupond'));
		$this->assertGreaterThan(0, $this->account->disconnect());
		$this->assertCount(1, $this->cards());
		$tokens = $this->rows('SELECT access_token, refresh_token FROM '.MAIN_DB_PREFIX.'gcontacts_account')[0];
		$this->assertSame(array(null, null), array($tokens->access_token, $tokens->refresh_token));
		$this->assertSame(0, (new GContactsAccount($this->db))->fetchForEntity());
		$this->assertSame(1, count(array_keys(array_column($this->google->log()['entries'], 'path'), '/revoke', true)));
	}

	public function testAnAccountThatComesBackGetsNoCardTwice(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Dupond'));
		$this->account->disconnect();
		$this->edit($contact, array('lastname' => 'Durand'));
		$this->assertSame('confirm', $this->connect()->state);
		$this->assertGreaterThan(0, $this->account()->confirmSending($this->user));
		$this->drain();
		$this->assertCount(1, $this->cards());
		$this->assertSame('Durand', $this->card($contact)['names'][0]['familyName']);
	}

	/**
	 * A drain now sends nothing, says why, and loses nothing
	 *
	 * @param  string $reason Reason code
	 * @return void
	 */
	private function assertBlocked(string $reason): void
	{
		$before = $this->cards();
		$waiting = $this->waiting();
		$worker = new GContactsWorker($this->db);
		$worker->drain(10.0);
		$this->assertSame($reason, $this->account()->blockedReason());
		$this->assertStringContainsString(GContactsEngine::sentence($reason), $worker->output);
		$this->assertNotSame($reason, GContactsEngine::sentence($reason), 'the reason has a sentence');
		$this->assertSame(array(), $this->google->log()['entries']);
		$this->assertSame($before, $this->cards());
		$this->assertSame($waiting, $this->waiting());
		$this->assertGreaterThan(0, $waiting);
	}

	/**
	 * @return int Number of refreshes that the emulator saw
	 */
	private function refreshes(): int
	{
		return count(array_keys(array_column($this->google->log()['entries'], 'path'), '/token', true));
	}
}
