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
 * \file    php-module/class/backup/gcontactsbackupfile.class.php
 * \ingroup gcontacts
 * \brief   A backup of an address book in a file
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestoresource.class.php');

/**
 * A JSON object of which each card stands in a line of its own, so that neither writing nor reading needs more memory than a
 * page of cards: a first line with format, version, account, date and labels, the cards, and a last line with their number.
 * The place of a card is where its line begins.
 */
class GContactsBackupFile implements GContactsRestoreSource
{
	/** What the file says that it is. */
	const FORMAT = 'gcontacts-backup';
	/** Version of the format. */
	const VERSION = 1;
	/** Longest line that is read: a card of Google's is far shorter. */
	const LONGEST = 33554432;

	/** @var string Path */
	private $path;
	/** @var resource|null */
	private $handle = null;
	/** @var array<string, mixed>|null First line */
	private $head = null;

	/**
	 * @param string $path Path
	 */
	public function __construct(string $path)
	{
		$this->path = $path;
	}

	/**
	 * Writes a page behind the first $bytes bytes of the file, whatever a killed process left behind them.
	 *
	 * @param  int                  $bytes Bytes that are good, 0 for a new file
	 * @param  array<string, mixed> $head  account, date, labels; for a new file
	 * @param  array<int, string>   $cards Cards as JSON
	 * @param  int                  $count How many cards the file has with these
	 * @param  bool                 $last  Whether it is complete with them
	 * @return int                         Bytes that are good now, or -1
	 */
	public function write(int $bytes, array $head, array $cards, int $count, bool $last): int
	{
		$handle = fopen($this->path, $bytes > 0 ? 'r+b' : 'wb');
		if (!$handle) {
			return -1;
		}
		$text = '';
		if ($bytes === 0) {
			$head = array('format' => self::FORMAT, 'version' => self::VERSION) + $head + array('cards' => array());
			$text = substr((string) json_encode($head, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), 0, -2);
		}
		foreach ($cards as $index => $card) {
			$text .= ($count - count($cards) + $index > 0 ? ",\n" : "\n").$card;
		}
		$text .= $last ? "\n],\"count\":".$count."}\n" : '';
		$written = ftruncate($handle, $bytes) && fseek($handle, $bytes) === 0 && fwrite($handle, $text) === strlen($text) && fflush($handle);
		return fclose($handle) && $written ? $bytes + strlen($text) : -1;
	}

	/** @return string What is wrong with it, a reason code; empty where it can be restored */
	public function problem(): string
	{
		$head = $this->head();
		if (!$head) {
			return 'backup_unreadable';
		}
		if ((int) ($head['version'] ?? 0) !== self::VERSION) {
			return 'backup_version';
		}
		return $this->count() < 0 ? 'backup_unfinished' : '';
	}

	/** @return array<string, mixed> format, version, account, date, labels; empty where it is none */
	public function head(): array
	{
		if ($this->head === null) {
			$handle = $this->open();
			$line = $handle && rewind($handle) ? (string) fgets($handle, self::LONGEST) : '';
			$head = json_decode(rtrim($line, "\r\n").']}', true);
			$this->head = is_array($head) && ($head['format'] ?? '') === self::FORMAT && is_array($head['labels'] ?? null) ? $head : array();
		}
		return $this->head;
	}

	/** @return array<int, array<string, mixed>> Labels */
	public function labels(): array
	{
		return array_values((array) ($this->head()['labels'] ?? array()));
	}

	/** @return int How many cards there are; -1 where the file is not complete */
	public function count(): int
	{
		$handle = $this->open();
		if (!$handle || fseek($handle, -min(64, (int) (fstat($handle)['size'] ?? 0)), SEEK_END) !== 0) {
			return -1;
		}
		$end = (string) stream_get_contents($handle);
		return preg_match('/\n\],"count":([0-9]{1,9})\}\s*$/', $end, $found) ? (int) $found[1] : -1;
	}

	/**
	 * Whether each line is a card, and there are as many as the last line says. Reads all of it: for a file that came from
	 * elsewhere.
	 *
	 * @return bool
	 */
	public function isWhole(): bool
	{
		$place = 0;
		$cards = 0;
		do {
			$page = (array) $this->after($place, 500);
			foreach ($page as $card) {
				$cards += is_array(json_decode($card, true)) ? 1 : 0;
			}
			$place = $page ? (int) max(array_keys($page)) : 0;
		} while ($page);
		return $cards === $this->count();
	}

	/**
	 * @param  int                     $place Place of the last one, 0 for the first
	 * @param  int                     $limit How many
	 * @return array<int, string>|null        Card by place; null on failure
	 */
	public function after(int $place, int $limit): ?array
	{
		$handle = $this->open();
		if (!$handle || fseek($handle, $place) !== 0) {
			return null;
		}
		// The line that is known, or the first line of the file.
		fgets($handle, self::LONGEST);
		$cards = array();
		while (count($cards) < $limit) {
			$at = (int) ftell($handle);
			$line = fgets($handle, self::LONGEST);
			if ($line === false || $line[0] !== '{') {
				break;
			}
			$cards[$at] = rtrim($line, ",\r\n");
		}
		return $cards;
	}

	/**
	 * @param  array<int, int>         $places Places
	 * @return array<int, string>|null         Card by place; null on failure
	 */
	public function at(array $places): ?array
	{
		$handle = $this->open();
		$cards = array();
		foreach ($places as $place) {
			$line = $handle && $place > 0 && fseek($handle, $place) === 0 ? (string) fgets($handle, self::LONGEST) : '';
			if ($line === '' || $line[0] !== '{') {
				return null;
			}
			$cards[$place] = rtrim($line, ",\r\n");
		}
		return $cards;
	}

	/** @return resource|null */
	private function open()
	{
		if ($this->handle === null && is_file($this->path)) {
			$this->handle = fopen($this->path, 'rb') ?: null;
		}
		return $this->handle;
	}
}
