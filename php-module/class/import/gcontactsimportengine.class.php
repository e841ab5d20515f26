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
 * \file    php-module/class/import/gcontactsimportengine.class.php
 * \ingroup gcontacts
 * \brief   The part of the PHP extension that offers cards for import
 */

/**
 * As GContactsEngine: methods named like the functions of the extension, failures are \GContacts\Exception.
 */
class GContactsImportEngine
{
	/**
	 * @param  array<string, int|string>  $transport   How to reach Google
	 * @param  string                     $accessToken Access token
	 * @param  array<string, bool|string> $settings    Settings, see GContactsSettings::forEngine()
	 * @param  string                     $label       Resource name of the label whose cards are listed; empty for all
	 * @param  string                     $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                    candidates, cursor, seen, total
	 */
	public function listCandidates(array $transport, string $accessToken, array $settings, string $label, string $cursor): array
	{
		return \GContacts\list_candidates($transport, $accessToken, $settings, $label, $cursor);
	}

	/**
	 * @param  array<string, bool|string>       $settings Settings
	 * @param  array<int, array<string, mixed>> $contacts id, firstname, lastname, company, emails, phones, country of each
	 * @return array<int, array<string, mixed>>           What tells who they are
	 */
	public function likesOfContacts(array $settings, array $contacts): array
	{
		return \GContacts\likes_of_contacts($settings, $contacts);
	}

	/**
	 * @param  array<string, bool|string>       $settings  Settings
	 * @param  array<int, array<string, mixed>> $companies id, name, emails, phones, url, country of each
	 * @return array<int, array<string, mixed>>            What tells who they are
	 */
	public function likesOfCompanies(array $settings, array $companies): array
	{
		return \GContacts\likes_of_companies($settings, $companies);
	}

	/**
	 * @param  array<int, array<string, mixed>> $candidates What tells who the candidates are
	 * @param  array<int, array<string, mixed>> $elements   What tells who contacts or third parties are
	 * @return array<int, array<string, mixed>>             candidate, element, id, likeness, sure of each pair
	 */
	public function resemble(array $candidates, array $elements): array
	{
		return \GContacts\resemble($candidates, $elements);
	}

	/**
	 * @param  array<int, array<string, mixed>> $candidates What tells who the candidates are
	 * @return array<int, array<string, int>>               candidate and the first of its twins
	 */
	public function twins(array $candidates): array
	{
		return \GContacts\twins($candidates);
	}

	/**
	 * @param  array<string, bool|string> $settings Settings
	 * @param  string                     $file     What a file of vCards holds
	 * @param  int                        $limit    How many people are wanted at most
	 * @return array<string, mixed>                 candidates, more
	 */
	public function readVcards(array $settings, string $file, int $limit): array
	{
		return \GContacts\read_vcards($settings, $file, $limit);
	}

	/**
	 * @param  array<string, bool|int|string>    $server  deadline_ms, proxy, proxy_user, proxy_password, private_hosts, user, password
	 * @param  string                            $address Address that a person typed
	 * @return array<int, array<string, string>>          url and name of each address book
	 */
	public function carddavBooks(array $server, string $address): array
	{
		return \GContacts\carddav_books($server, $address);
	}

	/**
	 * @param  array<string, bool|int|string> $server   deadline_ms, proxy, proxy_user, proxy_password, private_hosts, user, password
	 * @param  string                         $address  Address of an address book
	 * @param  array<string, bool|string>     $settings Settings
	 * @param  int                            $limit    How many people are wanted at most
	 * @return array<string, mixed>                     candidates, more
	 */
	public function carddavPeople(array $server, string $address, array $settings, int $limit): array
	{
		return \GContacts\carddav_people($server, $address, $settings, $limit);
	}
}
