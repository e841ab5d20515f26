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
 * \file    class/account/gcontactsconsent.class.php
 * \ingroup gcontacts
 * \brief   The consents that users have begun at Google
 */

dol_include_once('/gcontacts/class/account/gcontactssecret.class.php');

/**
 * A consent under way: what must be known again when Google sends the browser back.
 *
 * It lives in an encrypted row and not in the session, so that it is single use, bound to the user who began it, and survives
 * a session that ends meanwhile. Of the state only a hash is stored.
 */
class GContactsConsent
{
	/** Seconds that the user has to answer Google */
	public const LIFETIME = 600;

	/** @var string Last error */
	public $error = '';

	/** @var string[] Errors */
	public $errors = array();

	/** @var DoliDB Database */
	private $db;

	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database
	 */
	public function __construct(DoliDB $db)
	{
		$this->db = $db;
	}

	/**
	 * Stores what belongs to a state, for ten minutes
	 *
	 * @param  string               $state   The random state that Google will return
	 * @param  array<string,string> $payload What to know again: verifier, redirect_uri …
	 * @param  User                 $user    Who begins it
	 * @param  string               $purpose What the consent is for
	 * @return int                           Above 0 if stored, below 0 on failure
	 */
	public function create(string $state, array $payload, User $user, string $purpose = 'connect'): int
	{
		global $conf;

		$this->forgetExpired();
		$sql = "INSERT INTO ".MAIN_DB_PREFIX."gcontacts_consent (entity, state_hash, purpose, payload, fk_user, expires) VALUES (";
		$sql .= ((int) $conf->entity).", '".$this->db->escape($this->hash($state))."', '".$this->db->escape($purpose)."'";
		$sql .= ", '".$this->db->escape(GContactsSecret::seal((string) json_encode($payload)))."', ".((int) $user->id).", ".(time() + self::LIFETIME).")";
		if (!$this->db->query($sql)) {
			return $this->failed(__METHOD__);
		}
		return (int) $this->db->last_insert_id(MAIN_DB_PREFIX."gcontacts_consent");
	}

	/**
	 * Takes what belongs to a state: a second call finds nothing
	 *
	 * A row that is too old, of another user or for another purpose is used up all the same and gives null.
	 *
	 * @param  string $state   The state that came back
	 * @param  User   $user    Who brings it
	 * @param  string $purpose What the consent must be for
	 * @return array<string,string>|null What create() was given, or null
	 */
	public function take(string $state, User $user, string $purpose = 'connect'): ?array
	{
		global $conf;

		$sql = "SELECT rowid, purpose, payload, fk_user, expires FROM ".MAIN_DB_PREFIX."gcontacts_consent";
		$sql .= " WHERE entity = ".((int) $conf->entity)." AND state_hash = '".$this->db->escape($this->hash($state))."'";
		$resql = $this->db->query($sql);
		if (!$resql) {
			$this->failed(__METHOD__);
			return null;
		}
		$row = $this->db->fetch_object($resql);
		if (!$row || !$this->useUp((int) $row->rowid)) {
			return null;
		}
		if ((int) $row->expires < time() || (int) $row->fk_user !== (int) $user->id || $row->purpose !== $purpose) {
			return null;
		}
		$payload = json_decode((string) GContactsSecret::open($row->payload), true);
		return is_array($payload) ? $payload : null;
	}

	/**
	 * What a state was begun for. Uses nothing up and gives nothing away: take() decides who may have it.
	 *
	 * @param  string $state The state that came back
	 * @return string        Purpose, '' where nobody began it
	 */
	public function purpose(string $state): string
	{
		global $conf;

		$sql = "SELECT purpose FROM ".MAIN_DB_PREFIX."gcontacts_consent";
		$resql = $this->db->query($sql." WHERE entity = ".((int) $conf->entity)." AND state_hash = '".$this->db->escape($this->hash($state))."'");
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row ? (string) $row->purpose : '';
	}

	/**
	 * Deletes a row; of two requests with the same state only one is told true
	 *
	 * @param  int  $rowid Row
	 * @return bool        True if this request deleted it
	 */
	private function useUp(int $rowid): bool
	{
		$resql = $this->db->query("DELETE FROM ".MAIN_DB_PREFIX."gcontacts_consent WHERE rowid = ".((int) $rowid));
		if (!$resql) {
			$this->failed(__METHOD__);
			return false;
		}
		return (int) $this->db->affected_rows($resql) === 1;
	}

	/**
	 * Deletes the rows that nobody came back for
	 *
	 * @return void
	 */
	private function forgetExpired(): void
	{
		if (!$this->db->query("DELETE FROM ".MAIN_DB_PREFIX."gcontacts_consent WHERE expires < ".time())) {
			$this->failed(__METHOD__);
		}
	}

	/**
	 * What is stored of a state
	 *
	 * @param  string $state State
	 * @return string        Its hash
	 */
	private function hash(string $state): string
	{
		return hash('sha256', $state);
	}

	/**
	 * Keeps the database's error
	 *
	 * @param  string $where Method
	 * @return int           -1
	 */
	private function failed(string $where): int
	{
		$this->error = $this->db->lasterror();
		$this->errors[] = $this->error;
		dol_syslog($where.' '.$this->error, LOG_ERR);
		return -1;
	}
}
