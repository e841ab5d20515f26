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
 * \file    php-module/class/import/gcontactselsewhere.class.php
 * \ingroup gcontacts
 * \brief   Reads people of a file or of a CardDAV server into a user's list
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportengine.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportremoval.class.php');

/**
 * Other address books than the connected account's. They are only read; login and password are used and forgotten. What was read is this
 * user's, and goes after a day.
 */
class GContactsElsewhere
{
	/** Bytes that a file may have. */
	const LARGEST_FILE = 33554432;
	/** Bytes of memory for the largest list: an address book as large as Google's takes half of it. */
	const MEMORY = 402653184;
	/** Milliseconds that a server may take. */
	const DEADLINE_MS = 50000;

	/** @var string What failed */
	public $error = '';
	/** @var string Reason code of it */
	public $reason = '';

	/** @var DoliDB */
	private $db;
	/** @var User */
	private $user;
	/** @var GContactsImportEngine */
	private $engine;

	/**
	 * @param DoliDB $db   Database handler
	 * @param User   $user Who reads
	 */
	public function __construct($db, User $user)
	{
		$this->db = $db;
		$this->user = $user;
		$this->engine = new GContactsImportEngine();
	}

	/** @return bool Whether hosts inside the network may be reached */
	public static function privateHosts(): bool
	{
		return getDolGlobalInt('GCONTACTS_CARDDAV_PRIVATE_HOSTS') > 0;
	}

	/**
	 * Reads a file of vCards.
	 *
	 * @param  string $name What the file is called
	 * @param  string $file What it holds
	 * @return int          How many people, or -1 with ->reason
	 */
	public function readFile(string $name, string $file): int
	{
		if (strlen($file) > self::LARGEST_FILE) {
			return $this->failed('vcard_large', (string) (self::LARGEST_FILE >> 20));
		}
		self::makeRoom();
		try {
			$people = $this->engine->readVcards(GContactsSettings::forEngine(), $file, GContactsSettings::maxRetrieve());
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		}
		return $people['candidates'] ? $this->keep('vcard', $name, $people) : $this->failed('vcard_empty');
	}

	/**
	 * Finds the address books of a server.
	 *
	 * @param  string                                 $address  Address as typed
	 * @param  string                                 $login    Login
	 * @param  string                                 $password Password
	 * @return array<int, array<string, string>>|null           url and name of each; null with ->reason
	 */
	public function books(string $address, string $login, string $password): ?array
	{
		try {
			return $this->engine->carddavBooks($this->server($login, $password), $address);
		} catch (\GContacts\Exception $e) {
			$this->failed($e->reason, $e->getMessage());
			return null;
		}
	}

	/**
	 * Reads an address book of a server.
	 *
	 * @param  array{url:string,name:string} $book     Address book
	 * @param  string                        $login    Login
	 * @param  string                        $password Password
	 * @return int                                     How many people, or -1 with ->reason
	 */
	public function readBook(array $book, string $login, string $password): int
	{
		self::makeRoom();
		try {
			$people = $this->engine->carddavPeople($this->server($login, $password), $book['url'], GContactsSettings::forEngine(), GContactsSettings::maxRetrieve());
		} catch (\GContacts\Exception $e) {
			return $this->failed($e->reason, $e->getMessage());
		}
		$host = (string) parse_url($book['url'], PHP_URL_HOST);
		return $this->keep('carddav', trim($book['name'].' ('.$host.')'), $people);
	}

	/**
	 * Keeps what was read as this user's list, in the place of the one before.
	 *
	 * @param  string               $source Source
	 * @param  string               $title  Which address book or file
	 * @param  array<string, mixed> $people candidates, more
	 * @return int                          How many people, or -1 with ->reason
	 */
	public function keep(string $source, string $title, array $people): int
	{
		$listing = $this->open($source, $title);
		if ($listing === null) {
			return -1;
		}
		$count = count($people['candidates']);
		$page = array('candidates' => $people['candidates'], 'cursor' => '', 'seen' => $count, 'total' => $count);
		if ($listing->take($page, "state = 'listing'") < 0) {
			return $this->failed('database', $listing->error);
		}
		$list = $listing->list;
		return $list->change(array('cut' => (int) ($people['more'] || $list->cut > 0))) < 0 ? $this->failed('database', $list->error) : $count;
	}

	/**
	 * Begins a list of this user, in the place of the one before.
	 *
	 * @param  string                      $source Source
	 * @param  string                      $title  Which address book, file or account
	 * @return GContactsImportListing|null         Takes the people; null with ->reason
	 */
	public function open(string $source, string $title): ?GContactsImportListing
	{
		$list = new GContactsImportList($this->db);
		$removal = new GContactsImportRemoval($this->db);
		$known = $list->fetch($source, (int) $this->user->id, 0);
		if ($known < 0 || ($known > 0 && $removal->whole($list) < 0) || $list->open($source, (int) $this->user->id, 0) < 0) {
			$this->failed('database', $list->error ?: $removal->error);
			return null;
		}
		$listing = new GContactsImportListing($this->db, new GContactsAccount($this->db), $list);
		if ($listing->begin() < 0 || $list->change(array('title' => GContactsText::storable($title, 255))) < 0) {
			$this->failed('database', $list->error);
			return null;
		}
		return $listing;
	}

	/** @return void PHP's usual limit is for pages that show little */
	private static function makeRoom(): void
	{
		$limit = (string) ini_get('memory_limit');
		$units = array('k' => 1024, 'm' => 1048576, 'g' => 1073741824);
		$bytes = (int) $limit * ($units[strtolower(substr($limit, -1))] ?? 1);
		if ($bytes > 0 && $bytes < self::MEMORY) {
			ini_set('memory_limit', (string) self::MEMORY);
		}
	}

	/**
	 * @param  string                         $login    Login
	 * @param  string                         $password Password
	 * @return array<string, bool|int|string>           How the server is reached
	 */
	private function server(string $login, string $password): array
	{
		return GContactsSettings::transport(self::DEADLINE_MS) + array('private_hosts' => self::privateHosts(), 'user' => $login, 'password' => $password);
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  More of it; never a password
	 * @return int            -1
	 */
	private function failed(string $reason, string $error = ''): int
	{
		$this->reason = $reason;
		$this->error = $error;
		dol_syslog('GContacts: another address book could not be read: '.$reason.' '.$error, LOG_WARNING);
		return -1;
	}
}
