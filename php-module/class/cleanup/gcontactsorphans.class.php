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
 * \file    php-module/class/cleanup/gcontactsorphans.class.php
 * \ingroup gcontacts
 * \brief   Cards that carry our marker
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackupengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');

/**
 * A listing of the account's cards of which only those are kept that this Dolibarr marked as a contact's. Those of a second
 * Dolibarr have another marker.
 */
class GContactsOrphans
{
	/** @var GContactsAccount */
	private $account;

	/**
	 * @param GContactsAccount $account Account
	 */
	public function __construct(GContactsAccount $account)
	{
		$this->account = $account;
	}

	/**
	 * Lists a page.
	 *
	 * @param  string               $cursor Where it begins, empty for the first
	 * @param  float                $until  Unix time
	 * @return array<string, mixed>         orphans (see GContactsCleanUpEngine::planCleanUp()), cursor, last
	 * @throws \GContacts\Exception         Google refuses
	 */
	public function page(string $cursor, float $until): array
	{
		// Not a listing for adoption: that reads all phone numbers, and here only markers count.
		$token = $this->account->accessToken();
		$page = (new GContactsBackupEngine())->listPrints($this->account->transportUntil($until), $token, $cursor);
		$this->account->learn($page);
		$orphans = array();
		foreach ($page['cards'] as $card) {
			foreach (array_unique(array_filter(array_map(array(GContactsCard::class, 'contactOf'), $card['markers']))) as $contact) {
				$orphans[] = array('type' => 'contact', 'id' => $contact, 'resource_name' => (string) $card['resource_name'], 'source_id' => '', 'sent' => '');
			}
		}
		return array('orphans' => $orphans, 'cursor' => (string) $page['cursor'], 'last' => (string) $page['cursor'] === '');
	}
}
