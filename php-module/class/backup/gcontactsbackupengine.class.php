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
 * \file    php-module/class/backup/gcontactsbackupengine.class.php
 * \ingroup gcontacts
 * \brief   The part of the PHP extension that backs the address book up and restores it
 */

/**
 * As GContactsEngine: methods named like the functions of the extension, failures are \GContacts\Exception.
 */
class GContactsBackupEngine
{
	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                   labels, cards, cursor, total, calls
	 */
	public function backupPage(array $transport, string $accessToken, string $cursor): array
	{
		return \GContacts\backup_page($transport, $accessToken, $cursor);
	}

	/**
	 * @param  array<int, array<string, mixed>> $labels Labels of a backup
	 * @param  array<int, string>               $cards  Cards as Google's JSON
	 * @return array<int, array<string, mixed>>         resource_name, source_id, object, markers, says, labels, name, error of each
	 */
	public function cardPrints(array $labels, array $cards): array
	{
		return \GContacts\card_prints($labels, $cards);
	}

	/**
	 * @param  array<string, bool|string>       $settings Settings, see GContactsSettings::forEngine()
	 * @param  array<int, array<string, mixed>> $labels   Labels of a backup
	 * @param  array<int, string>               $cards    Cards as Google's JSON
	 * @return string                                     vCards
	 */
	public function vcardsOfPeople(array $settings, array $labels, array $cards): string
	{
		return \GContacts\vcards_of_people($settings, $labels, $cards);
	}

	/**
	 * @param  array<string, int|string> $transport   How to reach Google
	 * @param  string                    $accessToken Access token
	 * @param  string                    $cursor      Empty for the first page, then what the page before gave
	 * @return array<string, mixed>                   cards, cursor, calls
	 */
	public function listPrints(array $transport, string $accessToken, string $cursor): array
	{
		return \GContacts\list_prints($transport, $accessToken, $cursor);
	}

	/**
	 * @param  array<string, int|string>        $transport   How to reach Google
	 * @param  string                           $accessToken Access token
	 * @param  array<int, array<string, mixed>> $labels      Labels of a backup
	 * @param  bool                             $pretend     Whether none is made
	 * @return array<string, mixed>                          labels: backup, name, resource_name of each
	 */
	public function restoreLabels(array $transport, string $accessToken, array $labels, bool $pretend): array
	{
		return \GContacts\restore_labels($transport, $accessToken, $labels, $pretend);
	}

	/**
	 * @param  array<string, bool|string>        $settings Settings, see GContactsSettings::forEngine()
	 * @param  array<int, array<string, mixed>>  $known    Labels that the module made
	 * @param  array<int, array<string, string>> $labels   Labels that restoreLabels() gave
	 * @param  array<int, array<string, mixed>>  $wanted   id, step, person, resource_name of each card
	 * @return array<string, mixed>                        plan, intents
	 */
	public function planRestore(array $settings, array $known, array $labels, array $wanted): array
	{
		return \GContacts\plan_restore($settings, $known, $labels, $wanted);
	}
}
