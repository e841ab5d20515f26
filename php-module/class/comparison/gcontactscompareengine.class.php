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
 * \file    php-module/class/comparison/gcontactscompareengine.class.php
 * \ingroup gcontacts
 * \brief   The part of the PHP extension that brings Google's changes back
 */

/**
 * As GContactsEngine: methods named like the functions of the extension, failures are \GContacts\Exception.
 */
class GContactsCompareEngine
{
	/**
	 * @param  array<string, int|string>  $transport   How to reach Google
	 * @param  string                     $accessToken Access token
	 * @param  array<string, bool|string> $settings    Settings, see GContactsSettings::forEngine()
	 * @param  string                     $syncToken   What the last listing ended with, empty for all cards
	 * @param  string                     $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                    cards, listed, cursor, sync_token, full, restarted, calls
	 */
	public function listChanges(array $transport, string $accessToken, array $settings, string $syncToken, string $cursor): array
	{
		return \GContacts\list_changes($transport, $accessToken, $settings, $syncToken, $cursor);
	}

	/**
	 * @param  array<string, int|string>  $transport   How to reach Google
	 * @param  string                     $accessToken Access token
	 * @param  array<string, bool|string> $settings    Settings, see GContactsSettings::forEngine()
	 * @param  string                     $syncToken   What the last listing ended with, empty for all cards
	 * @param  string                     $cursor      Empty for the first page, then what the page before gave
	 * @return void
	 */
	public function beginListChanges(array $transport, string $accessToken, array $settings, string $syncToken, string $cursor): void
	{
		\GContacts\begin_list_changes($transport, $accessToken, $settings, $syncToken, $cursor);
	}

	/** @return array<string, mixed> As listChanges() */
	public function endListChanges(): array
	{
		return \GContacts\end_list_changes();
	}

	/**
	 * @param  array<string, int|string> $transport    How to reach Google
	 * @param  string                    $accessToken  Access token
	 * @param  string                    $resourceName Resource name of the card
	 * @param  string                    $country      ISO code of the country in which phones without a prefix are dialled
	 * @return array<string, mixed>|null               resource_name, source_id, etag, updated, person, labels; null where it is gone
	 */
	public function readCard(array $transport, string $accessToken, string $resourceName, string $country): ?array
	{
		return \GContacts\read_card($transport, $accessToken, $resourceName, $country);
	}

	/**
	 * @param  array<string, bool|string>       $settings Settings, see GContactsSettings::forEngine()
	 * @param  array<int, array<string, int|string>> $labels Labels known at Google, see GContactsLabel::all()
	 * @param  array<int, array<string, mixed>> $records  Records, see GContactsRecords
	 * @return array<int, array<string, mixed>>           One per record: compared, reason, message, rows, only_at_google, changed, to_send, labels_missing, labels_extra
	 */
	public function compare(array $settings, array $labels, array $records): array
	{
		return \GContacts\compare($settings, $labels, $records);
	}

	/**
	 * @param  array<string, bool|string> $settings Settings
	 * @param  array<string, mixed>       $record   Record
	 * @param  array<int, string>         $keys     Keys of rows
	 * @return array<string, string>                sent, reason, message
	 */
	public function rebase(array $settings, array $record, array $keys): array
	{
		return \GContacts\rebase($settings, $record, $keys);
	}
}
