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
 * \file    php-module/class/adoption/gcontactsmatchengine.class.php
 * \ingroup gcontacts
 * \brief   The part of the PHP extension that finds the cards which an account had before
 */

/**
 * As GContactsEngine: methods named like the functions of the extension, failures are \GContacts\Exception.
 */
class GContactsMatchEngine
{
	/**
	 * @param  array<string, int|string>  $transport   How to reach Google
	 * @param  string                     $accessToken Access token
	 * @param  array<string, bool|string> $settings    Settings, see GContactsSettings::forEngine()
	 * @param  string                     $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                    cards, cursor, calls
	 */
	public function listCards(array $transport, string $accessToken, array $settings, string $cursor): array
	{
		return \GContacts\list_cards($transport, $accessToken, $settings, $cursor);
	}

	/**
	 * @param  array<string, bool|string>       $settings Settings
	 * @param  array<int, array<string, mixed>> $records  Records, see GContactsRecords
	 * @return array<int, array<string, mixed>>           id, name, keys of each
	 */
	public function matchKeys(array $settings, array $records): array
	{
		return \GContacts\match_keys($settings, $records);
	}

	/**
	 * @param  array<int, array<string, mixed>>      $contacts What matchKeys() gave
	 * @param  array<int, array<string, mixed>>      $cards    id, name, keys of each
	 * @return array<int, array<string, int|string>>           contact, card, likeness of each pair
	 */
	public function proposePairs(array $contacts, array $cards): array
	{
		return \GContacts\propose_pairs($contacts, $cards);
	}

	/**
	 * @param  array<int, array<string, int|string>>      $pairs All pairs of the account
	 * @return array<int, array<string, bool|int|string>>        contact, card, likeness, certain of those that are one to one
	 */
	public function choosePairs(array $pairs): array
	{
		return \GContacts\choose_pairs($pairs);
	}
}
