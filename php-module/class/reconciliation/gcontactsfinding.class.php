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
 * \file    php-module/class/reconciliation/gcontactsfinding.class.php
 * \ingroup gcontacts
 * \brief   Whether a contact differs from what is known of its card
 */

/**
 * Judges one contact of a reconciliation. Pure.
 */
class GContactsFinding
{
	/**
	 * Whether a contact has to be looked at by the worker.
	 *
	 * @param  array<string, mixed> $intent What the engine says it needs
	 * @param  object|null          $link   Link as it was loaded
	 * @return bool
	 */
	public static function isOne(array $intent, ?object $link): bool
	{
		$state = $link ? (string) $link->state : '';
		$reason = $link ? (string) $link->reason : '';
		switch ($intent['action']) {
			case 'none':
				return $state !== 'synced';
			case 'left_out':
				if ($intent['reason'] === 'removed_at_google') {
					return false;
				}
				// One that nobody ever looked at needs no link that says so.
				return $link !== null && ($state !== 'left_out' || $reason !== $intent['reason']);
			case 'refused':
				return $state !== 'error' || $reason !== $intent['reason'];
			case 'wait':
				// The worker looks for the card by itself.
				return false;
			default:
				return true;
		}
	}
}
