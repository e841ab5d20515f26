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
 * \file    php-module/class/gcontactsengine.class.php
 * \ingroup gcontacts
 * \brief   The PHP extension, as the module sees it
 */

/**
 * The only class that calls the extension. Its methods are named like the functions of the extension.
 *
 * A failure of a whole call is a \GContacts\Exception with a reason code; sentence() says it to people.
 */
class GContactsEngine
{
	/** The generation of calls that this module speaks. */
	const DOOR = 1;

	/**
	 * Whether the extension is there.
	 *
	 * @return bool
	 */
	public static function isLoaded(): bool
	{
		return extension_loaded('gcontacts');
	}

	/**
	 * Why the extension cannot be used.
	 *
	 * @return string Reason code, empty where it can
	 */
	public function problem(): string
	{
		if (!self::isLoaded()) {
			return 'extension_missing';
		}
		return $this->extensionInfo()['door'] === self::DOOR ? '' : 'extension_version';
	}

	/**
	 * What happened and what to do, in the language of the reader.
	 *
	 * @param  string $reason  Reason code
	 * @param  string $message What Google or the system said
	 * @return string          Plain text
	 */
	public static function sentence(string $reason, string $message = ''): string
	{
		global $langs;
		if ($reason === '') {
			return $message;
		}
		$langs->load('gcontacts@gcontacts');
		$key = 'GContactsReason_'.$reason;
		$sentence = $langs->transnoentities($key, $message);
		if ($sentence === $key) {
			$sentence = $reason;
		}
		return $message === '' || strpos($sentence, $message) !== false ? $sentence : $sentence.' ('.$message.')';
	}

	/**
	 * A failure that the module itself finds out, as if the extension had told it.
	 *
	 * @param  string               $reason  Reason code
	 * @param  string               $message For the log
	 * @return \GContacts\Exception
	 */
	public static function failure(string $reason, string $message): \GContacts\Exception
	{
		$failure = new \GContacts\AuthException($message);
		$failure->reason = $reason;
		return $failure;
	}

	/**
	 * @return array<string, mixed> version, door, people_endpoint, oauth_endpoint
	 */
	public function extensionInfo(): array
	{
		return \GContacts\extension_info();
	}

	/**
	 * @param  array<string, string> $client    OAuth client
	 * @param  string                $loginHint E-mail of the account that is expected, may be empty
	 * @return array<string, string>            url, state, verifier
	 */
	public function consentRequest(array $client, string $loginHint): array
	{
		return \GContacts\consent_request($client, $loginHint);
	}

	/**
	 * @param  array<string, string>     $client    OAuth client
	 * @param  array<string, int|string> $transport How to reach Google
	 * @param  string                    $code      Code of the consent
	 * @param  string                    $verifier  PKCE verifier
	 * @return array<string, mixed>                 access_token, expires_in, refresh_token, scopes
	 */
	public function exchangeCode(array $client, array $transport, string $code, string $verifier): array
	{
		return \GContacts\exchange_code($client, $transport, $code, $verifier);
	}

	/**
	 * @param  array<string, string>     $client       OAuth client
	 * @param  array<string, int|string> $transport    How to reach Google
	 * @param  string                    $refreshToken Refresh token
	 * @return array<string, mixed>                    As exchangeCode()
	 */
	public function refreshAccess(array $client, array $transport, string $refreshToken): array
	{
		return \GContacts\refresh_access($client, $transport, $refreshToken);
	}

	/**
	 * @param  array<string, int|string> $transport How to reach Google
	 * @param  string                    $token     Refresh or access token
	 * @return void
	 */
	public function revoke(array $transport, string $token): void
	{
		\GContacts\revoke($transport, $token);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @return array<string, string>                  sub, email
	 */
	public function userinfo(array $transport, string $accessToken): array
	{
		return \GContacts\userinfo($transport, $accessToken);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @return int                                    Number of cards in the account
	 */
	public function countCards(array $transport, string $accessToken): int
	{
		return \GContacts\count_cards($transport, $accessToken);
	}

	/**
	 * @param  array<string, bool|string> $settings  Settings, see GContactsSettings::forEngine()
	 * @param  array<int, array>          $labels    Labels known at Google
	 * @param  array<int, array>          $records   Records, see GContactsRecords
	 * @param  array<string, mixed>       $deletions Cards that go beside these, see GContactsDeletions
	 * @return array<string, mixed>                  plan, intents, calls
	 */
	public function plan(array $settings, array $labels, array $records, array $deletions): array
	{
		return \GContacts\plan($settings, $labels, $records, $deletions);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  \GContacts\Plan           $plan        What plan() returned as plan
	 * @param  GContactsAccount          $account     Account, for what it has shown of how Google treats it
	 * @return array<string, mixed>                   outcomes, labels, left, stopped, calls, writes
	 */
	public function send(array $transport, string $accessToken, \GContacts\Plan $plan, GContactsAccount $account): array
	{
		return \GContacts\send($transport, $accessToken, $plan, array('refusals_are_whole' => $account->refusals === 'whole'));
	}

	/**
	 * As send(), and returns at once: the call is made while PHP works. endSend() waits for its answer.
	 *
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  \GContacts\Plan           $plan        What plan() returned as plan
	 * @param  GContactsAccount          $account     Account, for what it has shown of how Google treats it
	 * @param  array<int, array>|null    $labels      Labels known by now, null for those that the plan was made with
	 * @return void
	 */
	public function beginSend(array $transport, string $accessToken, \GContacts\Plan $plan, GContactsAccount $account, ?array $labels): void
	{
		\GContacts\begin_send($transport, $accessToken, $plan, array('refusals_are_whole' => $account->refusals === 'whole'), $labels);
	}

	/**
	 * @return array<string, mixed> See send()
	 */
	public function endSend(): array
	{
		return \GContacts\end_send();
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  array<int, string>        $nonces      Nonces of creates whose outcome is unknown
	 * @return array<string, mixed>                   found, complete, cards, stopped
	 */
	public function resolve(array $transport, string $accessToken, array $nonces): array
	{
		return \GContacts\resolve($transport, $accessToken, $nonces);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $instance    Id of this Dolibarr
	 * @param  array<int, string>|null   $labels      Resource names of labels that may be empty, null for all that it made
	 * @return array<string, mixed>                   labels (resource_name, name, fate, members, before), stopped, calls
	 */
	public function deleteEmptyLabels(array $transport, string $accessToken, string $instance, ?array $labels): array
	{
		return \GContacts\delete_empty_labels($transport, $accessToken, $instance, $labels);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $instance    Id of this Dolibarr
	 * @param  array<int, string>        $labels      Resource names of labels that come off its cards
	 * @param  string                    $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                   labels (resource_name, taken, kept, others), cursor, seen, calls
	 */
	public function takeLabelsOff(array $transport, string $accessToken, string $instance, array $labels, string $cursor): array
	{
		return \GContacts\take_labels_off($transport, $accessToken, $instance, $labels, $cursor);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $instance    Id of this Dolibarr
	 * @return array<string, mixed>                   labels: those that it made
	 */
	public function ourLabels(array $transport, string $accessToken, string $instance): array
	{
		return \GContacts\our_labels($transport, $accessToken, $instance);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $instance    Id of this Dolibarr
	 * @return array<string, mixed>                   labels: those that it did not make
	 */
	public function otherLabels(array $transport, string $accessToken, string $instance): array
	{
		return \GContacts\other_labels($transport, $accessToken, $instance);
	}
}
