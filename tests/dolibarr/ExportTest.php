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
 * \file    tests/dolibarr/ExportTest.php
 * \ingroup gcontacts
 * \brief   The verb export of the command line
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * Everything that should be at Google, once; told before it is done.
 */
class ExportTest extends GContactsSendingTestCase
{
	public function testExportSendsWhatNoEventTold(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$this->sql('DELETE FROM '.MAIN_DB_PREFIX.'gcontacts_outbox');
		$answer = $this->json(array('export', '--json'), 0);
		$this->assertSame(array(1, 0), array($answer['done'], $answer['left']));
		$this->card($contact);
		$this->google->emptyLog();
		$this->json(array('export', '--json'), 0);
		$this->assertSame(array(), $this->writes(), 'the second run writes nothing');
	}

	public function testAnAccountWithCardsIsTouchedOnAYesOnly(): void
	{
		$this->account->disconnect();
		$linked = $this->contact(array('lastname' => 'Dupond', 'email' => 'dupond@example.com'));
		$this->contact(array('lastname' => 'Nouveau'));
		$closed = $this->contact(array('lastname' => 'Inactif'));
		$closed->setstatus(0);
		$person = array('names' => array(array('givenName' => 'Alice', 'familyName' => 'Dupond')), 'emailAddresses' => array(array('value' => 'DUPOND@example.com')));
		$this->google->phone(array('op' => 'create', 'person' => $person));
		$this->connect();
		$this->assertSame('awaiting_confirmation', $this->json(array('export', '--json'), 2)['reason']);

		$answer = $this->json(array('export', '--dry-run', '--json'), 0);
		$told = array_column($answer['contacts'], 'action', 'name');
		$this->assertSame(array('Alice Dupond' => 'link', 'Alice Nouveau' => 'create', 'Alice Inactif' => 'left_out'), $told);
		$this->assertSame('inactive', array_column($answer['contacts'], 'reason', 'id')[$closed->id]);
		$this->assertGreaterThan(1, $answer['calls']);
		$text = GContactsProcess::script(array('export', '--dry-run'));
		$this->assertSame(0, $text->wait(), $text->output());
		$this->assertStringContainsString('Nothing was sent. 1 link, 1 create, 1 left_out', $text->output(1));
		$this->assertSame(array(), $this->writes());

		$this->json(array('export', '--yes', '--json'), 0);
		$this->assertCount(2, $this->cards());
		$this->assertSame('adopted', $this->link($linked)->origin);
	}

	public function testWhatCannotStartSaysWhy(): void
	{
		$this->account->disconnect();
		$this->assertSame('not_connected', $this->json(array('export', '--json'), 2)['reason']);
		$this->assertSame('not_connected', $this->json(array('export', '--dry-run', '--json'), 2)['reason']);
	}

	public function testARefusedContactMakesItAPartOnly(): void
	{
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$this->contact(array('email' => 'refused@b.example'));
		$this->assertSame(1, $this->json(array('export', '--json'), 1)['failed']);
	}

	/**
	 * Runs the script and reads its one JSON object
	 *
	 * @param  array<int,string>   $arguments Arguments
	 * @param  int                 $code      Expected exit code
	 * @return array<string,mixed>
	 */
	private function json(array $arguments, int $code): array
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame($code, $process->wait(), $process->output());
		$answer = json_decode($process->output(1), true);
		$this->assertIsArray($answer, $process->output());
		return $answer;
	}
}
