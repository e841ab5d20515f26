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
 * \file  tests/dolibarr/LostConsentTest.php
 * \brief Asked to log in again each week: one mail that says why, a banner, and everything sent after a reconnect
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/actions_gcontacts.class.php');

/**
 * Google ends the consent
 */
class LostConsentTest extends GContactsSendingTestCase
{
	/** @var string File that takes what is mailed */
	private $mails;

	/**
	 * Catches mails
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->mails = (string) tempnam(sys_get_temp_dir(), 'gcontacts');
		$this->set('MAIN_MAIL_SENDMODE', 'mail');
		$this->set('MAIN_DISABLE_ALL_MAILS', '0');
		$this->set('MAIN_MAIL_EMAIL_FROM', 'dolibarr@example.com');
		$this->sql('UPDATE '.MAIN_DB_PREFIX."user SET email = 'boss@example.com', lang = 'en_US' WHERE rowid = ".((int) $this->user->id));
	}

	/**
	 * @return void
	 */
	protected function tearDown(): void
	{
		unlink($this->mails);
		parent::tearDown();
	}

	public function testOneMailNamesTheRuleAndAReconnectSendsWhatWaits(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => '*', 'action' => 'grant_revoked'));
		(new GContactsTokens($this->db, $this->account->id))->forgetAccess();
		$this->drainWithMail();
		$this->assertSame(array('reconnect', 'invalid_grant'), array($this->account()->state, $this->account()->state_reason));
		$this->assertSame('waiting', $this->link($contact) ? $this->link($contact)->state : 'waiting');
		$mail = quoted_printable_decode((string) file_get_contents($this->mails));
		$this->assertStringContainsString('boss@example.com', $mail);
		$this->assertStringContainsString('phone@example.com', $mail);
		$this->assertMatchesRegularExpression('/7 days while the\s+application is "Testing"/', $mail);
		$this->assertStringContainsString('/gcontacts/admin/setup.php', $mail);

		$this->contact();
		$this->drainWithMail();
		$this->assertSame(1, substr_count((string) file_get_contents($this->mails), "\nSubject:") + (int) (strncmp((string) file_get_contents($this->mails), 'Subject:', 8) === 0), 'one mail for each lost consent');
		$this->assertGreaterThan(1, $this->waiting(), 'the outbox keeps it');
		$this->assertStringContainsString('7 days', $this->banner());

		$this->google->heal();
		$this->connect();
		$this->drain();
		$this->card($contact);
		$this->assertSame(0, $this->waiting());
		$this->assertSame('', $this->banner());
	}

	public function testAMailThatCannotBeSentHindersNothing(): void
	{
		$this->set('MAIN_MAIL_SENDMODE', 'smtps');
		$this->set('MAIN_MAIL_SMTP_SERVER', '127.0.0.1');
		$this->set('MAIN_MAIL_SMTP_PORT', '9');
		$this->contact();
		$this->google->fault(array('match' => '*', 'action' => 'grant_revoked'));
		(new GContactsTokens($this->db, $this->account->id))->forgetAccess();
		$process = $this->drainWithMail();
		$this->assertSame('reconnect', $this->account()->state, $process->output());
		$this->assertStringNotContainsString('Fatal', $process->output());
	}

	/**
	 * A drain whose mails are caught
	 *
	 * @return GContactsProcess
	 */
	private function drainWithMail(): GContactsProcess
	{
		$process = GContactsProcess::drain(array('sendmail_path' => '/bin/sh -c "cat >> '.$this->mails.'"'));
		$process->wait(60.0);
		return $process;
	}

	/**
	 * @return string What an administrator reads above every page
	 */
	private function banner(): string
	{
		$hooks = new ActionsGcontacts($this->db);
		$object = null;
		$action = '';
		$hooks->resprints = '';
		$hooks->printMainArea(array(), $object, $action, null);
		return html_entity_decode((string) $hooks->resprints);
	}
}
