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
 * \file    tests/dolibarr/BackupVcardTest.php
 * \ingroup gcontacts
 * \brief   A backup as vCards: nothing that an import takes is lost on the way
 */

require_once __DIR__.'/GContactsOperationTestCase.php';
require_once __DIR__.'/GContactsVisitor.php';
dol_include_once('/gcontacts/class/backup/gcontactsbackup.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupvcards.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportengine.class.php');

/**
 * Cards of every odd kind, out as vCards and in again.
 */
class BackupVcardTest extends GContactsOperationTestCase
{
	public function testWhatIsImportedOfTheFileIsWhatIsImportedOfTheAccount(): void
	{
		foreach (self::people() as $person) {
			$this->google->phone(array('op' => 'create', 'person' => $person));
		}
		$vcards = $this->vcards($this->backup());
		$this->assertSame(count(self::people()), substr_count($vcards, "BEGIN:VCARD\r\nVERSION:4.0\r\n"), $vcards);
		foreach (explode("\r\n", $vcards) as $line) {
			$this->assertLessThanOrEqual(75, strlen($line), 'RFC 6350, section 3.2: '.$line);
		}
		$engine = new GContactsImportEngine();
		$settings = GContactsSettings::forEngine();
		$there = $engine->listCandidates($this->account()->transport(15000), $this->account()->accessToken(), $settings, '', '')['candidates'];
		$back = $engine->readVcards($settings, $vcards, 1000)['candidates'];
		$there = array_column($there, 'candidate', 'name');
		$back = array_column($back, 'candidate', 'name');
		$this->assertCount(count(self::people()), $there);
		ksort($there);
		ksort($back);
		$this->assertSame($there, $back, $vcards);
	}

	public function testALargeBackupIsWrittenPageByPage(): void
	{
		$this->google->post('/_seed', array('n' => 1100));
		$name = $this->backup();
		$used = memory_get_peak_usage();
		$this->assertSame(1100, substr_count($this->vcards($name), 'BEGIN:VCARD'));
		$this->assertLessThan(16 << 20, memory_get_peak_usage() - $used);
	}

	public function testTheCommandWritesVcardsWhereTheFileIsCalledSo(): void
	{
		$this->google->phone(array('op' => 'create', 'person' => self::people()[0]));
		$file = sys_get_temp_dir().'/gcontacts-'.getmypid().'.vcf';
		try {
			$process = GContactsProcess::script(array('backup', $file));
			$this->assertSame(0, $process->wait(), $process->output());
			$this->assertStringStartsWith("BEGIN:VCARD\r\nVERSION:4.0\r\n", (string) file_get_contents($file));
			$this->assertSame(0600, fileperms($file) & 0777);
		} finally {
			unlink($file);
		}
	}

	/** @group web */
	public function testOnlyAdministratorsGetIt(): void
	{
		$this->google->phone(array('op' => 'create', 'person' => self::people()[0]));
		$path = '/custom/gcontacts/admin/backup.php?'.http_build_query(array('as' => 'vcf', 'file' => $this->backup()));
		$this->colleague()->addrights('', 'gcontacts', 'import');
		$this->assertSame(403, (new GContactsVisitor())->login('bob', 'bob')->get($path)->status);
		$this->assertStringNotContainsString('BEGIN:VCARD', (new GContactsVisitor())->get($path)->page);
		$admin = (new GContactsVisitor())->login()->get($path);
		$this->assertSame(200, $admin->status);
		$this->assertStringStartsWith("BEGIN:VCARD\r\n", $admin->page);
		$this->assertSame(404, $admin->get($path.'x')->status);
	}

	/**
	 * @return array<int,array<string,mixed>> People of every odd kind
	 */
	private static function people(): array
	{
		$phones = array();
		for ($number = 10; $number < 30; $number++) {
			$phones[] = array('value' => '06 00 00 00 '.$number, 'type' => $number % 2 ? 'mobile' : 'Ligne, directe; '.$number);
		}
		return array(
			array(
				'names' => array(array('honorificPrefix' => 'Mme', 'givenName' => 'Zoé; "Zo"', 'middleName' => 'Anne', 'familyName' => 'Lefèvre, née O\\Brien', 'honorificSuffix' => 'PhD')),
				'nicknames' => array(array('value' => 'Zo, Zozo')),
				'emailAddresses' => array(array('value' => 'zoe@example.com', 'type' => 'work'), array('value' => 'zoe+neu@example.com', 'type' => 'Ferien-Haus')),
				'organizations' => array(array('name' => 'Durand; & Fils, "SARL"', 'title' => 'Acheteuse, chef'), array('name' => 'Deuxième', 'title' => ''), array('name' => 'Troisième', 'title' => 'Gérante')),
				'addresses' => array(array('streetAddress' => "1, rue de la Paix\nBâtiment C; étage 3", 'postalCode' => '75002', 'city' => 'Paris', 'country' => 'France', 'type' => 'work'), array('city' => 'Lyon', 'type' => 'Vacances')),
				'birthdays' => array(array('date' => array('year' => 1980, 'month' => 2, 'day' => 29))),
				'biographies' => array(array('value' => "Première ligne\n\nTroisième; avec, des \\ signes \"et\" 🌸 ".str_repeat('très long ', 40), 'contentType' => 'TEXT_PLAIN')),
				'urls' => array(array('value' => 'https://example.com/a?b=c;d,e', 'type' => 'homePage'), array('value' => 'https://crm.example/1', 'type' => 'Dolibarr')),
				'imClients' => array(array('username' => 'zoe.l', 'protocol' => 'skype'), array('username' => 'zoe@jabber.example', 'protocol' => 'jabber')),
			),
			array('organizations' => array(array('name' => 'Grand SAS', 'title' => 'Direction')), 'phoneNumbers' => array(array('value' => '01 02 03 04 05', 'type' => 'workFax'))),
			array('names' => array(array('givenName' => 'Plombier')), 'phoneNumbers' => $phones),
			array('emailAddresses' => array(array('value' => 'nobody@example.com'))),
			array('names' => array(array('givenName' => '🌸', 'familyName' => '😀 Müller-Łukasiewicz 王')), 'birthdays' => array(array('date' => array('month' => 12, 'day' => 1))), 'phoneNumbers' => array(array('value' => '+44 20 7946 0018', 'type' => 'homeFax'), array('value' => '3615 poste 12', 'type' => 'pager'))),
			array('names' => array(array('familyName' => 'Seul')), 'organizations' => array(array('title' => 'Titre sans société'))),
		);
	}

	/** @return string Name of a backup that was just made */
	private function backup(): string
	{
		$run = GContactsBackup::begin(new GContactsOperations($this->db, $this->account()), $this->account());
		$this->finish();
		return (string) $run->parameters['name'];
	}

	/**
	 * @param  string $name Name of a backup
	 * @return string       vCards
	 */
	private function vcards(string $name): string
	{
		$file = fopen('php://temp', 'w+b');
		$bytes = (new GContactsBackupVcards((new GContactsBackupFolder(1))->file($name)))->write($file);
		rewind($file);
		$text = (string) stream_get_contents($file);
		fclose($file);
		$this->assertSame($bytes, strlen($text));
		return $text;
	}
}
