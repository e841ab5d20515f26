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
 * \file    tests/dolibarr/ImportLargeTest.php
 * \ingroup gcontacts
 * \brief   Five thousand people who may be imported: the page stays usable
 */

require_once __DIR__.'/GContactsImportTestCase.php';

/**
 * Half of a large address book is in Dolibarr already. What is done here is measured by processor time, which a busy machine
 * does not lengthen; pages by the clock, at several times what a free machine takes.
 */
class ImportLargeTest extends GContactsImportTestCase
{
	private const MANY = 5000;

	/** @group web */
	public function testThePageListsFiveThousandPeopleInTimeAndMemory(): void
	{
		$this->set('GCONTACTS_PUSH', '0');
		$this->google->post('/_seed', array('n' => self::MANY));
		$rows = array();
		foreach ($this->google->state()['contacts'] as $number => $card) {
			$name = $card['names'][0] ?? array();
			$mail = $card['emailAddresses'][0]['value'] ?? '';
			if ($number % 2 && $mail !== '' && isset($name['familyName'])) {
				$rows[] = "('".$this->db->escape(strtoupper($name['familyName']))."', '".$this->db->escape((string) ($name['givenName'] ?? ''))."', '".$this->db->escape(strtoupper($mail))."', 1, 1, 0, 1)";
			}
		}
		$this->assertGreaterThan(1000, count($rows));
		foreach (array_chunk($rows, 500) as $chunk) {
			$this->sql('INSERT INTO '.MAIN_DB_PREFIX.'socpeople (lastname, firstname, email, entity, statut, priv, fk_user_creat) VALUES '.implode(', ', $chunk));
		}
		if (function_exists('memory_reset_peak_usage')) {
			memory_reset_peak_usage();
		}
		$memory = memory_get_usage();
		$began = self::processorSeconds();
		$list = $this->read();
		$took = self::processorSeconds() - $began;
		$this->assertLessThan(20.0, $took, 'to read and compare them');
		$this->assertLessThan(64 << 20, memory_get_peak_usage() - $memory);
		$counts = (new GContactsCandidateList($this->db, $list, $this->user))->counts();
		$this->assertGreaterThan(self::MANY * 0.8, $counts['all'] + $counts['nameless']);
		$this->assertGreaterThanOrEqual(count($rows) * 0.9, $counts['known'], 'whoever is known under another notation is known');
		$admin = (new GContactsVisitor())->login();
		$page = '/custom/gcontacts/import.php';
		foreach (array('', '?search=martin', '?shown=known&sort=company&order=desc&page=7', '?shown=twins') as $view) {
			$began = microtime(true);
			$this->assertSame(200, $admin->get($page.$view)->status);
			$this->assertLessThan(15.0, microtime(true) - $began, $page.$view);
			$this->assertLessThan(1 << 20, strlen($admin->page), $page.$view);
		}
		$began = microtime(true);
		$admin->get($page)->post($page, array('action' => 'preview', 'all' => '1'))->follow();
		$this->assertSame(200, $admin->status, substr($admin->text(), 0, 500));
		$this->assertLessThan(45.0, microtime(true) - $began, 'to preview everybody who is new');
		if (getenv('GCONTACTS_TELL')) {
			fwrite(STDERR, sprintf("read %.1f s, %.0f MB; preview of %d in %.1f s, %.1f MB of HTML\n", $took, (memory_get_peak_usage() - $memory) / 1048576, $counts['new'], microtime(true) - $began, strlen($admin->page) / 1048576));
		}
	}

	/** @return float Processor time of this process */
	private static function processorSeconds(): float
	{
		$used = (array) getrusage();
		return $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) / 1e6;
	}
}
