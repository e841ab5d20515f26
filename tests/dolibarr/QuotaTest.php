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
 * \file  tests/dolibarr/QuotaTest.php
 * \brief What Google lets an account do in a minute: pauses that say so, and a drain that goes on by itself
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/setup/gcontactssending.class.php');

/**
 * An account whose quota is used up
 */
class QuotaTest extends GContactsSendingTestCase
{
	/**
	 * The pace of a new project
	 *
	 * @return void
	 */
	protected function setUp(): void
	{
		parent::setUp();
		$this->set('GCONTACTS_WRITES_PER_MINUTE', '30');
	}

	public function testAPauseIsAsLongAsGoogleNeedsSaysWhyAndSendingGoesOn(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->google->fault(array('match' => 'people.createContact', 'times' => 2, 'action' => array('quota' => array('metric' => 'critical_write'))));
		$this->drainFor(8.0);
		$account = $this->account();
		$this->assertSame('quota_rate', $account->state_reason);
		$this->assertEqualsWithDelta(time() + 61, $account->paused_until, 5, 'a minute, and not longer');
		$sending = new GContactsSending($this->db, $account);
		$this->assertSame(GContactsSending::WAITS, $sending->mood());
		$this->assertStringContainsString(GContactsEngine::sentence('quota_rate'), $sending->sentence());
		$this->assertStringContainsString('Critical write requests', $sending->sentence(), 'Google\'s own words stand behind it');

		$this->google->emptyLog();
		$this->drainFor(8.0);
		$this->assertSame(array(), $this->calls(), 'no call before its time');
		$this->later(61);
		$this->drainFor(8.0);
		$this->assertEqualsWithDelta(time() + 121, $this->account()->paused_until, 5, 'waits grow, from process to process');
		$this->later(121);
		$this->drain();
		$this->card($contact);
		$this->assertSame(0, $this->waiting());
		$this->assertSame('', $this->account()->state_reason);
	}

	public function testADrainKeepsWithinTheSettingWithoutBeingRefused(): void
	{
		$this->set('GCONTACTS_WRITES_PER_MINUTE', '10');
		$this->google->post('/_config', array('quotas' => array('critical_read' => 20, 'critical_write' => 10, 'write' => 10)));
		for ($i = 1; $i <= 12; $i++) {
			$this->contact(array('lastname' => 'Numero'.$i));
		}
		$this->drainFor(8.0);
		$this->assertCount(12, $this->cards(), 'one batch takes six units');
		for ($i = 1; $i <= 12; $i++) {
			$this->contact(array('lastname' => 'Autre'.$i));
		}
		$this->drainFor(8.0);
		$this->assertCount(12, $this->cards());
		$this->assertSame('quota_rate', $this->account()->state_reason);
		$this->assertLessThanOrEqual(61, $this->account()->paused_until - time());
		$this->later(61);
		$this->drainFor(8.0);
		$this->assertCount(24, $this->cards());
		$this->assertArrayNotHasKey('429', array_replace(...array_values($this->google->log()['counts'])), 'not one useless call');
	}

	public function testADamagedLimiterCountsAsNone(): void
	{
		$this->account->change(array('limiter' => '{"gauges":{"critical_write":'));
		$contact = $this->contact();
		$this->drain();
		$this->card($contact);
		$this->assertNotSame('', $this->account()->limiter);
	}

	public function testAFullAccountPausesAndIsLookedAtOnceAnHour(): void
	{
		$this->google->post('/_config', array('max_contacts' => 0));
		$this->contact();
		$this->drainFor(8.0);
		$account = $this->account();
		$this->assertSame('account_full', $account->state_reason);
		$this->assertEqualsWithDelta(time() + 3600, $account->paused_until, 5);
		$this->assertStringContainsString(GContactsEngine::sentence('account_full'), (new GContactsSending($this->db, $account))->sentence());
		$this->google->emptyLog();
		// Not to the second: some of the hour passes by itself.
		$this->later(3500);
		$this->drainFor(8.0);
		$this->assertSame(array(), $this->calls(), 'no storm');
		$this->google->post('/_config', array('max_contacts' => 25000));
		$this->later(101);
		$this->drain();
		$this->assertCount(1, $this->cards());
	}
}
