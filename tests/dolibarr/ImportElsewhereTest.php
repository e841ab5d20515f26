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
 * \file    tests/dolibarr/ImportElsewhereTest.php
 * \ingroup gcontacts
 * \brief   People of a file and of a CardDAV server: same list, same code, nothing twice
 */

require_once __DIR__.'/GContactsImportTestCase.php';
dol_include_once('/gcontacts/class/import/gcontactselsewhere.class.php');

/**
 * Other address books, which are only read.
 */
class ImportElsewhereTest extends GContactsImportTestCase
{
	/** @var resource|null A CardDAV server */
	private $server;
	/** @var string Its folder */
	private $home = '';

	/** @return void */
	protected function tearDown(): void
	{
		if (is_resource($this->server)) {
			proc_terminate($this->server, 9);
			proc_close($this->server);
			exec('rm -rf '.escapeshellarg($this->home));
		}
		$this->server = null;
		parent::tearDown();
	}

	public function testAFileIsImportedOnceAndItsPeopleGetCards(): void
	{
		$file = self::vcard('u1', 'Lefèvre', 'Zoé', "ORG:Durand SARL\r\nTEL;TYPE=CELL:0611223344\r\nTEL;TYPE=CELL:0611223355\r\nTEL;TYPE=CELL:0611223366\r\nTEL;TYPE=CELL:0611223377\r\n")
			.self::vcard('u2', 'Okafor', 'Ben', "EMAIL:ben@example.com\r\n");
		$list = $this->file($file);
		$log = $this->import($list, array('Zoé Lefèvre' => array(), 'Ben Okafor' => array('thirdparty' => 'none')));
		$this->assertSame(array('done', 'done'), array_column($log, 'result'), json_encode($log));
		$zoe = $this->contacts()[1]->firstname === 'Zoé' ? $this->contacts()[1] : $this->contacts()[0];
		$this->assertSame('Durand SARL', $zoe->company);
		$this->assertStringContainsString('0611223377', (string) $zoe->note_private, 'what finds no field is kept in the private note');
		$this->drain();
		$this->assertCount(2, $this->cards(), 'they reach the main account as any new contact');
		$candidates = $this->candidates($this->file($file));
		$this->assertCount(2, $candidates);
		foreach ($candidates as $candidate) {
			$this->assertFalse(GContactsImportDefaults::isNew($candidate), 'whoever was imported before is recognised, and not ticked');
		}
		$this->assertSame(array(), $this->candidates($this->read()), 'and the account offers nobody');
	}

	public function testAFileWithoutPeopleIsTold(): void
	{
		$reader = new GContactsElsewhere($this->db, $this->user);
		$this->assertSame(array(-1, 'vcard_empty'), array($reader->readFile('x.vcf', "no vcard\xff"), $reader->reason));
	}

	public function testAnImportFromAListThatIsReadAnewEnds(): void
	{
		$list = $this->file(self::vcard('u1', 'Lefèvre', 'Zoé', ''));
		$drafts = new GContactsImportChoices($this->db, $list, (int) $this->user->id);
		$drafts->draft(array((new GContactsImportDefaults($this->user))->of(array_values($this->candidates($list))[0])));
		$this->assertGreaterThan(0, (new GContactsImport($this->db, $this->account(), $list, $this->user))->begin());
		$this->file(self::vcard('u2', 'Okafor', 'Ben', ''));
		$this->assertSame(array('cancelled'), array_column($this->rows('SELECT state FROM '.MAIN_DB_PREFIX."gcontacts_run WHERE kind = 'import'"), 'state'), 'the log does not show it as under way for ever');
	}

	public function testAListFromElsewhereGoesAfterADay(): void
	{
		$this->file(self::vcard('u1', 'Lefèvre', 'Zoé', ''));
		$this->assertSame(0, (new GContactsImportRemoval($this->db))->old());
		$this->sql('UPDATE '.MAIN_DB_PREFIX.'gcontacts_import SET began_at = began_at - 86401');
		$this->assertSame(1, (new GContactsImportRemoval($this->db))->old());
		$this->assertCount(0, $this->rows('SELECT rowid FROM '.MAIN_DB_PREFIX.'gcontacts_candidate'));
	}

	public function testRadicaleIsImportedTwiceAndNobodyIsThereTwice(): void
	{
		$url = $this->radicale(array(self::vcard('u1', 'Lefèvre', 'Zoé', "EMAIL:zoe@example.com\r\n"), self::vcard('u2', 'Okafor', 'Ben', '')));
		$this->set('GCONTACTS_CARDDAV_PRIVATE_HOSTS', '0');
		$reader = new GContactsElsewhere($this->db, $this->user);
		$this->assertNull($reader->books($url, 'zoe', 's3cret'));
		$this->assertSame('carddav_https', $reader->reason);
		$this->set('GCONTACTS_CARDDAV_PRIVATE_HOSTS', '1');
		$this->assertNull($reader->books($url, 'zoe', 'wrong'));
		$this->assertSame('carddav_login', $reader->reason);
		$this->assertStringNotContainsString('wrong', $reader->error);
		// Dolibarr's proxy, at which nobody answers: what is inside of the network is reached without it, all else through it.
		foreach (array('USE' => '1', 'HOST' => '127.0.0.1', 'PORT' => '9', 'USER' => '', 'PASS' => '') as $name => $value) {
			$this->set('MAIN_PROXY_'.$name, $value);
		}
		$this->assertNull($reader->books('https://cloud.gcontacts.example/', 'zoe', 's3cret'));
		$this->assertSame('carddav_network', $reader->reason);
		for ($round = 1; $round <= 2; $round++) {
			$books = $reader->books($url, 'zoe', 's3cret');
			$this->assertCount(1, (array) $books, $reader->reason.' '.$reader->error);
			$this->assertSame(2, $reader->readBook($books[0], 'zoe', 's3cret'), $reader->reason.' '.$reader->error);
			$list = $this->foreign('carddav');
			$this->assertStringContainsString('Carnet', $list->title);
			$new = array_filter($this->candidates($list), array(GContactsImportDefaults::class, 'isNew'));
			if ($round === 1) {
				$this->assertCount(2, $new);
				$this->import($list, array_fill_keys(array_keys($new), array('thirdparty' => 'private')));
			} else {
				// Ben has neither e-mail nor phone, but the same name as a private individual's third party.
				$this->assertArrayNotHasKey('Zoé Lefèvre', $new);
			}
		}
		$this->assertCount(2, $this->contacts());
		foreach ($this->rows('SELECT * FROM '.MAIN_DB_PREFIX.'gcontacts_import') as $row) {
			$this->assertStringNotContainsString('s3cret', (string) json_encode($row), 'the password is not stored');
		}
	}

	/**
	 * @param  string $uid    UID
	 * @param  string $family Last name
	 * @param  string $given  First name
	 * @param  string $more   More lines
	 * @return string
	 */
	private static function vcard(string $uid, string $family, string $given, string $more): string
	{
		return "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:".$uid."\r\nN:".$family.";".$given.";;;\r\nFN:".$given." ".$family."\r\n".$more."END:VCARD\r\n";
	}

	/**
	 * @param  string $contents What a file holds
	 * @return GContactsImportList Its people
	 */
	private function file(string $contents): GContactsImportList
	{
		$reader = new GContactsElsewhere($this->db, $this->user);
		$this->assertGreaterThan(0, $reader->readFile('people.vcf', $contents), $reader->reason.' '.$reader->error);
		return $this->foreign('vcard');
	}

	/**
	 * @param  string $source Source
	 * @return GContactsImportList This user's list, compared with Dolibarr
	 */
	private function foreign(string $source): GContactsImportList
	{
		$list = new GContactsImportList($this->db);
		$this->assertSame(1, $list->fetch($source, (int) $this->user->id, 0), $list->error);
		$listing = new GContactsImportListing($this->db, $this->account(), $list);
		$this->assertSame(0, $listing->run(microtime(true) + 300.0), $listing->error);
		return $list;
	}

	/**
	 * Starts Radicale with an address book
	 *
	 * @param  array<int,string> $vcards Its vCards
	 * @return string                    Its address
	 */
	private function radicale(array $vcards): string
	{
		$program = dirname(__DIR__, 2).'/target/python/bin/radicale';
		if (!is_file($program)) {
			$this->markTestSkipped('Radicale is not installed: tests/requirements.txt');
		}
		$this->home = sys_get_temp_dir().'/gcontacts-radicale-'.getmypid();
		$folder = $this->home.'/data/collection-root/zoe/contacts';
		mkdir($folder, 0700, true);
		file_put_contents($folder.'/.Radicale.props', (string) json_encode(array('tag' => 'VADDRESSBOOK', 'D:displayname' => 'Carnet')));
		foreach ($vcards as $number => $vcard) {
			file_put_contents($folder.'/c'.$number.'.vcf', $vcard);
		}
		file_put_contents($this->home.'/users', "zoe:s3cret\n");
		// Below the ports that the kernel gives to whoever asks for any: the server takes a while to start
		do {
			$host = '127.0.0.1:'.random_int(10000, 29999);
		} while (self::answers($host));
		$command = array($program, '--config', '', '--server-hosts', $host, '--storage-filesystem-folder', $this->home.'/data', '--auth-type', 'htpasswd', '--auth-htpasswd-encryption', 'plain', '--auth-delay', '0', '--auth-htpasswd-filename', $this->home.'/users');
		$nothing = array('file', '/dev/null', 'w');
		$this->server = proc_open($command, array(0 => array('file', '/dev/null', 'r'), 1 => $nothing, 2 => $nothing), $pipes);
		$this->until(function () use ($host): bool {
			return self::answers($host);
		}, 180.0);
		return 'http://'.$host.'/';
	}

	/**
	 * @param  string $host Host and port
	 * @return bool         Whether somebody listens there
	 */
	private static function answers(string $host): bool
	{
		$probe = curl_init('http://'.$host.'/');
		curl_setopt_array($probe, array(CURLOPT_RETURNTRANSFER => true, CURLOPT_PROXY => ''));
		return curl_exec($probe) !== false;
	}
}
