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
 * \file    php-module/class/pull/gcontactscardpages.class.php
 * \ingroup gcontacts
 * \brief   All cards of an account, read a page ahead
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscompareengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Pages of all cards: while the caller deals with one, Google tells the next.
 */
class GContactsCardPages
{
	/** How many times as long as the last page took the time that is left must be, for another one. */
	const MARGIN = 2.0;
	/** Seconds that it takes to deal with a page, as long as nobody knows. */
	const DEALING = 1.0;

	/** @var GContactsAccount */
	private $account;
	/** @var float Unix time at which all has to be over */
	private $until;
	/** @var GContactsCompareEngine */
	private $engine;
	/** @var bool Whether a page is on its way */
	private $reading = false;
	/** @var float Unix time at which the last page was begun */
	private $began = 0.0;
	/** @var float Unix time at which the last page was there */
	private $came = 0.0;
	/** @var float Seconds that the slowest page took to be dealt with */
	private $dealing = self::DEALING;

	/**
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param float            $until   Unix time at which all has to be over
	 */
	public function __construct(GContactsAccount $account, float $until)
	{
		$this->account = $account;
		$this->until = $until;
		$this->engine = new GContactsCompareEngine();
	}

	/**
	 * Begins with a page.
	 *
	 * @param  string $cursor Empty for the first page, then what the page before gave
	 * @return void
	 * @throws \GContacts\Exception There is no token
	 * @throws GContactsTooLate     There is no time left for a call
	 */
	public function begin(string $cursor): void
	{
		$token = $this->account->accessToken();
		$this->engine->beginListChanges($this->account->transportUntil($this->until), $token, GContactsSettings::forEngine(), '', $cursor);
		$this->began = microtime(true);
		$this->reading = true;
	}

	/** @return bool Whether a page is on its way */
	public function isReading(): bool
	{
		return $this->reading;
	}

	/**
	 * Waits for the page that is on its way.
	 *
	 * @return array<string, mixed> See GContactsCompareEngine::listChanges()
	 * @throws \GContacts\Exception Google refuses or cannot be reached
	 */
	public function next(): array
	{
		if ($this->came > 0.0) {
			$this->dealing = max($this->dealing, microtime(true) - $this->came);
		}
		$this->reading = false;
		$page = $this->engine->endListChanges();
		$this->came = microtime(true);
		// What the page that follows goes by.
		$this->account->hear($page);
		return $page;
	}

	/**
	 * Begins with the page that follows, where there is one, and time to read it and to deal with both.
	 *
	 * @param  array<string, mixed> $page Page that next() gave
	 * @return void
	 * @throws \GContacts\Exception There is no token
	 */
	public function goOn(array $page): void
	{
		$needed = self::MARGIN * ($this->came - $this->began) + $this->dealing + GContactsAccount::STORING + GContactsAccount::SHORTEST_CALL;
		if ($page['cursor'] !== '' && $this->until - microtime(true) > $needed) {
			$this->begin((string) $page['cursor']);
		}
	}

	/**
	 * Leaves no page on its way, whatever happened: it is read again another time.
	 *
	 * @return void
	 */
	public function close(): void
	{
		if ($this->reading) {
			$this->reading = false;
			try {
				$this->engine->endListChanges();
			} catch (\GContacts\Exception $e) {
				// Nobody waits for the page any more; who asks for it next is told the same.
				dol_syslog('GContacts: a page that is not needed failed: '.$e->getMessage(), LOG_INFO);
			}
		}
	}
}
