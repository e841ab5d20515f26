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

dol_include_once('/gcontacts/class/adoption/gcontactsmatchengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

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
		$engine = new GContactsMatchEngine();
		$transport = $this->account->transport((int) (1000 * max(1.0, $until - microtime(true) - 0.4)));
		$page = $engine->listCards($transport, $this->account->accessToken(), GContactsSettings::forEngine(), $cursor);
		$this->account->learn($page);
		$orphans = array();
		foreach ($page['cards'] as $card) {
			$marker = explode(':', (string) $card['marker']);
			if (count($marker) === 4 && $marker[0] === GContactsSettings::instance() && $marker[1] === 'contact') {
				$orphans[] = array('type' => $marker[1], 'id' => (int) $marker[2], 'resource_name' => (string) $card['resource_name'], 'source_id' => '', 'sent' => '');
			}
		}
		return array('orphans' => $orphans, 'cursor' => (string) $page['cursor'], 'last' => (string) $page['cursor'] === '');
	}
}
