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
 * \file    tests/dolibarr/CommandLineTest.php
 * \ingroup gcontacts
 * \brief   The module on the command line
 */

require_once __DIR__.'/GContactsSendingTestCase.php';

/**
 * scripts/gcontacts.php: verbs, options, exit codes, one JSON object.
 */
class CommandLineTest extends GContactsSendingTestCase
{
	public function testDrainSendsAndSaysSo(): void
	{
		$contact = $this->contact();
		$answer = $this->json(array('drain', '--json'), 0);
		$this->card($contact);
		$this->assertSame(array(1, 0, 0), array($answer['done'], $answer['failed'], $answer['left']));
		$this->assertSame(0, $this->json(array('drain', '--json'), 0)['done']);
	}

	public function testADryRunSendsNothingAndStoresNothing(): void
	{
		$contact = $this->contact(array('lastname' => 'Dupond'));
		$company = $this->company(array('name' => 'Acme'));
		$this->contact(array('lastname' => 'Secretan', 'priv' => 1, 'socid' => $company->id));
		$answer = $this->json(array('drain', '--dry-run', '--json'), 0);
		$this->assertSame(array('create' => 1, 'left_out' => 1), $answer['actions']);
		$this->assertSame(array(), $this->google->log()['entries']);
		$this->assertSame(2, $this->waiting());
		$this->assertNull($this->link($contact));
		$text = GContactsProcess::script(array('drain', '--dry-run'));
		$this->assertSame(0, $text->wait(), $text->output());
		$this->assertStringContainsString('Dupond', $text->output(1));
		$this->assertStringContainsString('Nothing was sent', $text->output(1));
	}

	public function testStatusTellsTheAccountAndWhatWaits(): void
	{
		$this->contact();
		$answer = $this->json(array('status', '--json'), 0);
		$text = (string) json_encode($answer);
		$this->assertStringContainsString('phone@example.com', $text);
		$this->assertStringNotContainsString('ya29', $text);
		$process = GContactsProcess::script(array('status'));
		$this->assertSame(0, $process->wait(), $process->output());
		$this->assertStringContainsString('phone@example.com', $process->output(1));
	}

	public function testARefusedContactMakesItAPartOnly(): void
	{
		$this->google->post('/_config', array('refused_values' => array('refused@')));
		$this->contact(array('email' => 'refused@b.example'));
		$this->contact(array('email' => 'fine@b.example'));
		$answer = $this->json(array('drain', '--json'), 1);
		$this->assertSame(array(1, 1), array($answer['done'], $answer['failed']));
	}

	public function testNotConnectedCannotStart(): void
	{
		$this->account->disconnect();
		$answer = $this->json(array('drain', '--json'), 2);
		$this->assertSame('not_connected', $answer['reason']);
	}

	/**
	 * @dataProvider mistakes
	 * @param array<int,string> $arguments What was typed
	 * @param string            $word      Word of the answer
	 */
	public function testAMistakeIsExplained(array $arguments, string $word): void
	{
		$process = GContactsProcess::script($arguments);
		$this->assertSame(2, $process->wait(), $process->output());
		$this->assertStringContainsString($word, $process->output());
		$this->json(array_merge($arguments, array('--json')), 2);
		$this->assertSame(array(), $this->google->log()['entries']);
	}

	/**
	 * @return array<string,array<int,mixed>>
	 */
	public function mistakes(): array
	{
		return array(
			'no verb' => array(array(), 'drain'),
			'unknown verb' => array(array('sync'), 'sync'),
			'unknown option' => array(array('drain', '--force'), '--force'),
			'unknown user' => array(array('drain', '--user', 'nobody'), 'nobody'),
			'no number' => array(array('drain', '--entity', 'two'), '--entity'),
		);
	}

	public function testOnlyAnAdministratorsNameIsTaken(): void
	{
		$this->colleague();
		$this->json(array('drain', '--user', 'bob', '--json'), 2);
		$this->assertSame('', (string) $this->json(array('drain', '--user', 'admin', '--json'), 0)['reason']);
	}

	public function testTheScheduledJobDrains(): void
	{
		dol_include_once('/gcontacts/class/gcontactscron.class.php');
		$contact = $this->contact();
		$cron = new GContactsCron($this->db);
		$this->assertSame(0, $cron->drain(), $cron->error);
		$this->card($contact);
		$this->assertNotSame('', $cron->output);
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
