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
 * \file    php-module/class/import/gcontactsreadingengine.class.php
 * \ingroup gcontacts
 * \brief   The functions of the extension that read another Google account
 */

/**
 * As GContactsEngine: methods named like the functions of the extension, failures are \GContacts\Exception.
 */
class GContactsReadingEngine
{
	/**
	 * @param  array<string, string> $client OAuth client
	 * @return array<string, string>         url, state, verifier
	 */
	public function readingRequest(array $client): array
	{
		return \GContacts\reading_request($client);
	}

	/**
	 * @param  array<string, string>     $client    OAuth client
	 * @param  array<string, int|string> $transport How to reach Google
	 * @param  string                    $code      Code of the consent
	 * @param  string                    $verifier  PKCE verifier
	 * @return array<string, mixed>                 access_token, expires_in, refresh_token, scopes
	 */
	public function exchangeReadingCode(array $client, array $transport, string $code, string $verifier): array
	{
		return \GContacts\exchange_reading_code($client, $transport, $code, $verifier);
	}
}
