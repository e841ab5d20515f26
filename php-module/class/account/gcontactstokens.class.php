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
 * \file    php-module/class/account/gcontactstokens.class.php
 * \ingroup gcontacts
 * \brief   The OAuth tokens of a Google account
 */

dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/account/gcontactssecret.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * The token columns of an account: stored encrypted, refreshed in time, never shown or logged.
 */
class GContactsTokens
{
	/** An access token that ends within so many seconds is refreshed first. */
	const MARGIN = 120;

	/** Milliseconds that Google may take to answer. */
	const DEADLINE_MS = 15000;

	/** @var DoliDB */
	private $db;

	/** @var int */
	private $account;

	/**
	 * @param DoliDB $db      Database handler
	 * @param int    $account Id of the account
	 */
	public function __construct($db, int $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Stores what Google issued. Without a new refresh token the old one stays.
	 *
	 * @param  array<string, mixed> $tokens As the engine returns them
	 * @return int                          1, or -1
	 */
	public function store(array $tokens): int
	{
		$refresh = (string) $tokens['refresh_token'];
		$scopes = implode(' ', $tokens['scopes']);
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET";
		$sql .= " access_token = '".$this->db->escape(GContactsSecret::seal((string) $tokens['access_token']))."'";
		$sql .= ", token_expiry = ".(time() + (int) $tokens['expires_in']);
		$sql .= $scopes === '' ? '' : ", scopes = '".$this->db->escape($scopes)."'";
		$sql .= $refresh === '' ? '' : ", refresh_token = '".$this->db->escape(GContactsSecret::seal($refresh))."'";
		return $this->db->query($sql." WHERE rowid = ".$this->account) ? 1 : -1;
	}

	/**
	 * An access token that is good for the next minutes.
	 *
	 * @param  int    $deadlineMs Milliseconds that Google may take to answer
	 * @return string
	 * @throws \GContacts\Exception Google refuses or cannot be reached, or the stored token cannot be read
	 */
	public function access(int $deadlineMs = self::DEADLINE_MS): string
	{
		$row = $this->read();
		$access = GContactsSecret::open((string) $row->access_token);
		if ($access !== null && $access !== '' && (int) $row->token_expiry - self::MARGIN > time()) {
			return $access;
		}
		$refresh = GContactsSecret::open((string) $row->refresh_token);
		if ($refresh === null || $refresh === '') {
			throw GContactsEngine::failure('reconnect', 'the stored refresh token cannot be read with the key of this Dolibarr');
		}
		$engine = new GContactsEngine();
		$tokens = $engine->refreshAccess(GContactsSettings::client(''), GContactsSettings::transport($deadlineMs), $refresh);
		if ($this->store($tokens) < 0) {
			dol_syslog('GContacts: the new access token could not be stored: '.$this->db->lasterror(), LOG_ERR);
		}
		return (string) $tokens['access_token'];
	}

	/**
	 * Makes the next access() fetch a new access token: Google did not like the present one.
	 *
	 * @return void
	 */
	public function forgetAccess(): void
	{
		$this->db->query("UPDATE ".$this->db->prefix()."gcontacts_account SET access_token = '', token_expiry = 0 WHERE rowid = ".$this->account);
	}

	/**
	 * Forgets both tokens.
	 *
	 * @return int 1, or -1
	 */
	public function forget(): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET access_token = NULL, refresh_token = NULL, token_expiry = 0";
		return $this->db->query($sql." WHERE rowid = ".$this->account) ? 1 : -1;
	}

	/**
	 * Takes the consent back at Google.
	 *
	 * @return void
	 * @throws \GContacts\Exception Google refuses or cannot be reached
	 */
	public function revoke(): void
	{
		$refresh = GContactsSecret::open((string) $this->read()->refresh_token);
		if ($refresh !== null && $refresh !== '') {
			$engine = new GContactsEngine();
			$engine->revoke(GContactsSettings::transport(self::DEADLINE_MS), $refresh);
		}
	}

	/**
	 * @return object access_token, refresh_token, token_expiry
	 * @throws RuntimeException The row cannot be read
	 */
	private function read(): object
	{
		$sql = "SELECT access_token, refresh_token, token_expiry FROM ".$this->db->prefix()."gcontacts_account WHERE rowid = ".$this->account;
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		if (!$row) {
			throw new RuntimeException('The account '.$this->account.' could not be read: '.$this->db->lasterror());
		}
		return $row;
	}
}
