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
 * \file    php-module/class/backup/gcontactsrestoresource.class.php
 * \ingroup gcontacts
 * \brief   Where cards are restored from
 */

/**
 * Cards as Google's JSON, each at a place of its own, and the labels that they carried. A source of another format needs to
 * be no more than this.
 */
interface GContactsRestoreSource
{
	/** @return string What is wrong with it, a reason code; empty where it can be restored */
	public function problem(): string;

	/** @return array<int, array<string, mixed>> Labels: resourceName, name, clientData of each */
	public function labels(): array;

	/** @return int How many cards there are */
	public function count(): int;

	/**
	 * The cards that follow a place.
	 *
	 * @param  int                     $place Place of the last one, 0 for the first
	 * @param  int                     $limit How many
	 * @return array<int, string>|null        Card by place; null on failure
	 */
	public function after(int $place, int $limit): ?array;

	/**
	 * The cards at some places.
	 *
	 * @param  array<int, int>         $places Places
	 * @return array<int, string>|null         Card by place; null on failure
	 */
	public function at(array $places): ?array;
}
