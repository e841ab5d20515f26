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
 * \file    tests/dolibarr/PullTest.php
 * \ingroup gcontacts
 * \brief   What was changed at Google is marked, followed and never taken for deleted
 */

require_once __DIR__.'/GContactsBackTestCase.php';
dol_include_once('/gcontacts/class/command/gcontactscommandline.class.php');
dol_include_once('/gcontacts/class/command/gcontactspullcommand.class.php');

/**
 * The pull: marks, echoes, delays, expired tokens, listings that fail or come short, deleted cards, taking by itself.
 */
class PullTest extends GContactsBackTestCase
{
	/** @return array<int,array<int,string>> Marked fields by contact */
	private function marked(): array
	{
		$marked = array();
		foreach ($this->rows('SELECT fk_element, changed FROM '.MAIN_DB_PREFIX.'gcontacts_link WHERE date_changed IS NOT NULL ORDER BY fk_element') as $row) {
			$marked[(int) $row->fk_element] = explode(',', (string) $row->changed);
		}
		return $marked;
	}

	public function testAChangeOfThePhoneIsMarkedOnceAndDolibarrStaysAsItIs(): void
	{
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'poste' => 'A'));
		$other = $this->sentContact(array('lastname' => 'Other'));
		$this->assertSame(array(), $this->pull()->found, 'the first look sees its own writes');
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '06 00 00 00 00', 'type' => 'mobile'))));
		$this->google->emptyLog();
		$pull = $this->pull();
		$this->assertTrue($pull->complete);
		$this->assertSame(array((int) $contact->id => array('phone_mobile')), $this->marked());
		$this->assertSame(1, $pull->counts['cards'], 'only what changed is listed');
		$this->assertSame(1, count($this->calls()));
		$this->assertSame('06 12 34 56 78', $this->stored($contact)->phone_mobile);
		$this->assertSame(array(), $this->pull()->found);
		$this->assertSame(array((int) $contact->id => array('phone_mobile')), $this->marked(), 'a mark stays until somebody decides');
		$this->take($contact);
		$this->assertSame(array(), $this->marked());
		$this->assertSame(array(), $this->pull()->found);
		unset($other);
	}

	public function testGooglesOwnNotationIsNoDifferenceAndMakesNoWrite(): void
	{
		$contact = $this->sentContact(array('lastname' => 'Lefèvre', 'phone_mobile' => '06 12 34 56 78', 'phone_pro' => '01 23 45 67 89', 'note_public' => "a\nb"));
		$this->pull();
		$this->onPhone($contact, array(
			'names' => array(array('givenName' => 'Alice', 'familyName' => "Lefe\u{300}vre", 'displayName' => 'New')),
			'phoneNumbers' => array(array('value' => '+33 1 23456789', 'type' => 'work', 'formattedType' => 'Job'), array('value' => '+33612345678', 'type' => 'mobile')),
			'biographies' => array(array('value' => "a\r\nb", 'contentType' => 'TEXT_PLAIN')),
		));
		$this->google->emptyLog();
		$this->assertSame(array(), $this->pull()->found);
		$this->edit($contact, array());
		$this->drain();
		$this->assertSame(array(), $this->writes());
	}

	public function testWhileGoogleStillHidesANewCardThreeLooksChangeNothing(): void
	{
		$first = $this->sentContact(array('lastname' => 'First'));
		$this->pull();
		$this->google->post('/_config', array('sync_propagation_s' => 300, 'list_propagation_s' => 300));
		$new = $this->sentContact(array('lastname' => 'New'));
		$links = $this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'gcontacts_link ORDER BY rowid');
		for ($look = 0; $look < 3; $look++) {
			$pull = $this->pull();
			$this->assertSame(array(0, 0), array($pull->counts['marked'], $pull->counts['removed']));
			$this->drain();
			$this->later(60);
		}
		$this->assertCount(2, $this->cards());
		$this->assertSame(array_column($links, 'fk_card'), array_column($this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'gcontacts_link ORDER BY rowid'), 'fk_card'));
		$this->assertSame(array(), $this->writes());
		unset($first, $new);
	}

	public function testAStateFromBeforeOurOwnWriteIsNoChange(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->later(600);
		$this->google->post('/_config', array('list_propagation_s' => 300, 'sync_propagation_s' => 300));
		$this->edit($contact, array('poste' => 'B'));
		$this->drain();
		$etag = $this->rows('SELECT etag FROM '.MAIN_DB_PREFIX.'gcontacts_card')[0]->etag;
		$pull = $this->pull();
		$this->assertSame(array(1, 0), array($pull->counts['cards'], $pull->counts['marked']), 'the listing still has the old title');
		$this->assertSame($etag, $this->rows('SELECT etag FROM '.MAIN_DB_PREFIX.'gcontacts_card')[0]->etag);
	}

	public function testAnExpiredTokenIsFollowedByOneFullListingThatDeletesNothing(): void
	{
		$kept = $this->sentContact(array('lastname' => 'Kept'));
		$gone = $this->sentContact(array('lastname' => 'Gone'));
		$this->pull();
		$name = $this->card($gone)['resourceName'];
		$this->google->phone(array('op' => 'delete', 'name' => $name));
		$this->google->fault(array('match' => 'people.connections.list', 'times' => 1, 'action' => 'sync_expired'));
		$this->google->emptyLog();
		$pull = $this->pull();
		$this->assertTrue($pull->complete);
		$this->assertSame(2, count($this->calls()), 'the refused call and the full listing');
		$this->assertSame(0, $pull->counts['removed'], 'what a listing does not show may be anything');
		$this->assertSame('synced', $this->link($gone)->state);
		$this->google->emptyLog();
		$this->onPhone($kept, array('organizations' => array(array('title' => 'New', 'type' => 'work'))));
		$this->assertSame(1, $this->pull()->counts['marked'], 'the new token is good');
	}

	public function testAListingThatFailsOrComesShortOrEmptyConcludesNothing(): void
	{
		$contact = $this->sentContact();
		$faults = array(
			array('error' => array('http' => 500)), array('error' => array('http' => 400, 'status' => 'INVALID_ARGUMENT', 'message' => 'Request contains an invalid argument.')),
			'truncate', 'garbage',
		);
		foreach ($faults as $action) {
			$this->google->fault(array('match' => 'people.connections.list', 'times' => 99, 'action' => $action));
			$pull = new GContactsPull($this->db);
			$this->assertSame(1, $pull->run(8.0), json_encode($action));
			$this->assertFalse($pull->complete);
			$this->assertSame('synced', $this->link($contact)->state, json_encode($action));
			$this->google->heal();
			$this->later(4000);
		}
		$this->assertTrue($this->pull()->complete, 'and goes on by itself');
		$this->assertCount(1, $this->cards());
	}

	public function testAListingThatWasBrokenOffGoesOnWhereItWas(): void
	{
		$contact = $this->sentContact();
		$this->google->post('/_seed', array('n' => 1500, 'seed' => 7));
		$this->google->fault(array('match' => 'people.connections.list', 'skip' => 1, 'times' => 99, 'action' => array('error' => array('http' => 503))));
		$pull = new GContactsPull($this->db);
		$this->assertSame(1, $pull->run(8.0));
		$this->assertFalse($pull->complete);
		$this->assertSame(1000, $pull->counts['cards']);
		$this->google->heal();
		$this->google->emptyLog();
		$pull = $this->pull();
		$this->assertTrue($pull->complete);
		$this->assertSame(501, $pull->counts['cards']);
		$this->assertCount(1, $this->calls(), 'the first page is not asked for again');
		$this->assertSame('synced', $this->link($contact)->state);
	}

	public function testTheCommandTellsAndMarks(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->pull();
		$this->onPhone($contact, array('organizations' => array(array('title' => 'B', 'type' => 'work'))));
		foreach (array(array('--dry-run'), array()) as $options) {
			$command = new GContactsPullCommand($this->db);
			$answer = $command->run(new GContactsCommandLine(array_merge(array('pull', '--json'), $options)));
			$this->assertSame(array(0, 1, array('job_title')), array($command->exit, $answer['marked'], $answer['contacts'][0]['fields']));
			$this->assertSame($options ? array() : array((int) $contact->id => array('job_title')), $this->marked());
		}
	}

	public function testADeletedCardIsMadeAgainOrMarkedByTheSetting(): void
	{
		$contact = $this->sentContact();
		$this->pull();
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->assertSame(1, $this->pull()->counts['removed']);
		$this->drain();
		$this->card($contact);
		$this->set('GCONTACTS_DELETED_AT_GOOGLE', 'mark');
		$this->pull();
		$this->google->phone(array('op' => 'delete', 'name' => $this->card($contact)['resourceName']));
		$this->assertSame(1, $this->pull()->counts['removed']);
		$this->assertSame('removed', $this->link($contact)->state);
		$this->drain();
		$this->assertSame('removed', $this->link($contact)->state);
		$this->assertSame(array(), $this->cardsOf($contact));
	}

	public function testACardUnderAnotherNameIsFollowed(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->pull();
		$this->google->phone(array('op' => 'relink', 'name' => $this->card($contact)['resourceName']));
		$this->assertSame(0, $this->pull()->counts['removed']);
		$known = $this->rows('SELECT c.resource_name FROM '.MAIN_DB_PREFIX.'gcontacts_card c INNER JOIN '.MAIN_DB_PREFIX.'gcontacts_link l ON l.fk_card = c.rowid');
		$this->assertSame($this->card($contact)['resourceName'], $known[0]->resource_name);
		$this->assertCount(1, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_card'));
	}

	public function testWhatOnlyGoogleChangedIsTakenByItselfAndCanBePutBack(): void
	{
		$this->set('GCONTACTS_AUTO_TAKE', '1');
		$contact = $this->sentContact(array('phone_mobile' => '06 12 34 56 78', 'poste' => 'A'));
		$this->pull();
		$this->edit($contact, array('poste' => 'B'));
		$this->onPhone($contact, array('phoneNumbers' => array(array('value' => '06 00 00 00 00', 'type' => 'mobile')), 'organizations' => array(array('title' => 'C', 'type' => 'work'))));
		$pull = $this->pull();
		$this->assertSame(1, $pull->counts['taken']);
		$this->assertSame('06 00 00 00 00', $this->stored($contact)->phone_mobile);
		$this->assertSame('B', $this->stored($contact)->poste, 'what both changed waits');
		$item = $this->rows('SELECT rowid, action, message FROM '.MAIN_DB_PREFIX."gcontacts_run_item WHERE action = 'take'");
		$this->assertSame('phone_mobile', $item[0]->message);
		$undo = new GContactsTakeUndo($this->db);
		$this->assertSame(1, $undo->undo((int) $item[0]->rowid, $this->user), $undo->reason.$undo->error);
		$this->assertSame('06 12 34 56 78', $this->stored($contact)->phone_mobile);
		$this->drain();
		$this->assertSame(array('mobile: 06 12 34 56 78'), $this->values($this->card($contact), 'phoneNumbers'));
		$this->assertSame(0, $undo->undo((int) $item[0]->rowid, $this->user), 'once');
	}

	public function testNothingIsReadWhileTheOptionIsOffAndADryRunStoresNothing(): void
	{
		$contact = $this->sentContact(array('poste' => 'A'));
		$this->pull();
		$this->onPhone($contact, array('organizations' => array(array('title' => 'B', 'type' => 'work'))));
		$this->set('GCONTACTS_PULL', '0');
		$this->google->emptyLog();
		$this->assertSame('pull_off', $this->pull()->reason);
		$this->assertSame(array(), $this->calls());
		$this->set('GCONTACTS_PULL', '1');
		$dry = new GContactsPull($this->db, true);
		$this->assertSame(0, $dry->run(30.0));
		$this->assertSame(array('job_title'), $dry->found[0]['fields']);
		$this->assertSame(array(), $this->marked());
		$this->assertSame(1, $this->pull()->counts['marked'], 'the look still to be made is not lost');
	}
}
