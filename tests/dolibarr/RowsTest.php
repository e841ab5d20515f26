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
 * \file    tests/dolibarr/RowsTest.php
 * \ingroup gcontacts
 * \brief   Many rows of a table by few statements
 */

require_once __DIR__.'/GContactsSendingTestCase.php';
dol_include_once('/gcontacts/class/store/gcontactsrows.class.php');

/**
 * What each row gets is its own, whatever stands in it
 */
class RowsTest extends GContactsSendingTestCase
{
	public function testEachRowGetsItsOwnValues(): void
	{
		$rows = $this->links(array(
			1 => array('state' => 'sending', 'nonce' => "it's", 'sent' => null, 'nonce_time' => 5),
			2 => array('state' => 'sending', 'nonce' => 'b\\', 'sent' => 'two', 'nonce_time' => 6),
			3 => array('state' => 'waiting'),
		));
		$this->assertSame(array("it's", null, '5', 'sending'), $this->told($rows[1]));
		$this->assertSame(array('b\\', 'two', '6', 'sending'), $this->told($rows[2]));
		$this->assertSame(array('', null, '0', 'waiting'), $this->told($rows[3]));

		$links = new GContactsLink($this->db, $this->account);
		$changes = array(
			1 => array('nonce' => '', 'sent' => 'CASE', 'nonce_time' => 7),
			2 => array('nonce' => "o'clock", 'sent' => null, 'nonce_time' => 7),
			3 => array('state' => 'synced', 'date_sync' => $this->db->idate(86400)),
			4 => array('state' => 'synced', 'date_sync' => $this->db->idate(2 * 86400)),
		);
		$this->assertSame(1, $links->saveAll('contact', $changes));
		$rows = $this->stored();
		$this->assertSame(array('', 'CASE', '7', 'sending'), $this->told($rows[1]));
		$this->assertSame(array("o'clock", null, '7', 'sending'), $this->told($rows[2]));
		$this->assertSame(array('synced', 'synced'), array($rows[3]->state, $rows[4]->state));
		$this->assertSame(array(86400, 2 * 86400), array($this->db->jdate($rows[3]->date_sync), $this->db->jdate($rows[4]->date_sync)));
	}

	public function testRowsOfAnyWeightAndNumberArrive(): void
	{
		$links = array();
		for ($id = 1; $id <= 600; $id++) {
			$links[$id] = array('state' => 'sending', 'sent' => $id.str_repeat('x', $id % 100 === 0 ? 300000 : 10));
		}
		$rows = $this->links($links);
		$this->assertCount(600, $rows);
		foreach ($links as $id => $columns) {
			$this->assertSame($columns['sent'], $rows[$id]->sent);
		}
	}

	public function testABatchIsStoredByFewStatements(): void
	{
		$counted = array();
		foreach (array(20, 200) as $count) {
			for ($i = 0; $i < $count; $i++) {
				$this->contact(array('lastname' => 'Personne'.$count.'-'.$i, 'email' => 'p'.$count.'-'.$i.'@example.com'));
			}
			$before = $this->statements();
			$this->drain();
			$counted[] = $this->statements() - $before - $count;
			$this->assertSame(0, $this->waiting());
		}
		// The outbox alone is emptied row by row.
		$this->assertLessThan($counted[0] + 20, $counted[1], implode(' and ', $counted).' statements');
	}

	/**
	 * Stores links
	 *
	 * @param  array<int,array<string,mixed>> $links Columns by contact
	 * @return array<int,stdClass>                   What is stored, by contact
	 */
	private function links(array $links): array
	{
		$this->assertSame(1, (new GContactsLink($this->db, $this->account))->saveAll('contact', $links));
		return $this->stored();
	}

	/**
	 * @return array<int,stdClass> Links by contact
	 */
	private function stored(): array
	{
		return array_column($this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'gcontacts_link'), null, 'fk_element');
	}

	/**
	 * @param  stdClass         $row Link
	 * @return array<int,?string>
	 */
	private function told(stdClass $row): array
	{
		return array($row->nonce, $row->sent, (string) $row->nonce_time, $row->state);
	}

	/**
	 * @return int How many statements this connection has made
	 */
	private function statements(): int
	{
		return (int) $this->rows("SHOW SESSION STATUS LIKE 'Questions'")[0]->Value;
	}
}
