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
 * \file    class/account/gcontactsfailure.class.php
 * \ingroup gcontacts
 * \brief   Why the last attempt to connect failed
 */

dol_include_once('/gcontacts/class/gcontactsengine.class.php');

/**
 * Why an attempt to connect failed: a reason code and Google's own words, kept in the session until the next attempt.
 */
class GContactsFailure
{
	/** Line of the checklist that a reason belongs to; every other belongs to the consent */
	private const LINES = array(
		'extension_missing' => 'extension', 'extension_version' => 'extension',
		'client_id_missing' => 'client', 'client_secret_missing' => 'client', 'invalid_client' => 'client',
		'client_swapped' => 'client', 'client_character' => 'client',
		'redirect_uri_mismatch' => 'redirect',
		'api_disabled' => 'api', 'service_off' => 'api', 'app_blocked' => 'api', 'project_suspended' => 'api',
		'scope_missing' => 'scope',
	);

	/** Failures of a form: told once, since a form that is shown anew is a new beginning */
	private const TOLD_ONCE = array('client_id_missing', 'client_secret_missing', 'client_swapped', 'client_character', 'pasted_address');

	/** Characters of Google's words that are kept */
	private const LENGTH = 500;

	/** @var string Reason code */
	public $reason;

	/** @var string Google's own words, may be empty */
	public $message;

	/**
	 * Constructor
	 *
	 * @param string $reason  Reason code
	 * @param string $message Google's own words
	 */
	public function __construct(string $reason, string $message = '')
	{
		$this->reason = $reason;
		$this->message = $message;
	}

	/**
	 * The failure of this session's last attempt
	 *
	 * @return self|null Null if there is none
	 */
	public static function last(): ?self
	{
		if (empty($_SESSION['gcontacts_failure'])) {
			return null;
		}
		$failure = new self($_SESSION['gcontacts_failure']['reason'], $_SESSION['gcontacts_failure']['message']);
		if (in_array($failure->reason, self::TOLD_ONCE, true)) {
			self::forget();
		}
		return $failure;
	}

	/**
	 * Keeps this failure until the next attempt
	 *
	 * @return void
	 */
	public function remember(): void
	{
		$message = dol_trunc($this->message, self::LENGTH, 'right', 'UTF-8', 1);
		$_SESSION['gcontacts_failure'] = array('reason' => $this->reason, 'message' => $message);
	}

	/**
	 * Forgets what was kept
	 *
	 * @return void
	 */
	public static function forget(): void
	{
		unset($_SESSION['gcontacts_failure']);
	}

	/**
	 * The line of the checklist that it belongs to
	 *
	 * @return string Key of the line
	 */
	public function line(): string
	{
		return self::LINES[$this->reason] ?? 'consent';
	}

	/**
	 * What happened and what to do
	 *
	 * @return string Plain text
	 */
	public function sentence(): string
	{
		return GContactsEngine::sentence($this->reason, $this->message);
	}
}
