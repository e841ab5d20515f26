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
 * \file    php-module/class/check/gcontactstakeback.class.php
 * \ingroup gcontacts
 * \brief   Parts cards from Dolibarr: strays, and those that are linked to the wrong contact
 */

dol_include_once('/gcontacts/class/check/gcontactstakebackcall.class.php');
dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/store/gcontactslink.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactsstray.class.php');

/**
 * Says which cards are parted from what, and what Dolibarr forgets then.
 */
class GContactsTakeBack extends GContactsTakeBackCall
{
	/** Element type of a card without a contact: it is never one that Dolibarr made for an object, so it stays. */
	const STRAY = 'stray';

	/** @var array<int, string> Reason code, by object that has no card */
	public $left = array();

	/**
	 * Takes our labels off strays.
	 *
	 * @param  array<int, object> $strays Rows of GContactsStray::all(), by id
	 * @return int                        1, or -1 with ->reason and ->error
	 */
	public function strays(array $strays): int
	{
		$traces = array();
		foreach ($strays as $id => $stray) {
			$traces[] = self::trace(self::STRAY, $id, $stray, '');
		}
		$names = array_column($strays, 'name', 'rowid');
		$store = new GContactsStray($this->db, $this->account);
		return $this->run($traces, $names, function (int $id) use ($store): int {
			return $store->forget($id);
		});
	}

	/**
	 * Parts contacts from their cards. Each contact gets a card of its own with the next sending.
	 *
	 * @param  array<int, int> $ids  Ids of contacts
	 * @param  callable|null   $with Done in the transaction that stores what came of it; below 0 to undo it
	 * @return int                   1, or -1 with ->reason and ->error
	 * @throws \GContacts\Exception  In a step of an operation: Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function links(array $ids, ?callable $with = null): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$known = $ids ? $links->fetchFor('contact', $ids) : array();
		if ($known === null) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$traces = $names = array();
		foreach ($ids as $id) {
			if ((string) ($known[$id]->resource_name ?? '') === '') {
				$this->left[$id] = 'no_card';
			} else {
				$traces[] = self::trace('contact', $id, $known[$id], (string) $known[$id]->sent);
				$names[$id] = GContactsCard::nameOf((string) $known[$id]->person);
			}
		}
		$cards = new GContactsCard($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		return $this->run($traces, $names, function (int $id) use ($links, $cards, $outbox, $known): int {
			$parted = $links->delete('contact', $id) > 0 && $cards->delete((int) $known[$id]->fk_card) > 0;
			return $parted ? $outbox->add('contact', $id, 'PARTED') : -1;
		}, $with);
	}

	/**
	 * @param  string               $type Element type
	 * @param  int                  $id   Id of the object
	 * @param  object               $row  resource_name, source_id
	 * @param  string               $sent Snapshot of what was sent, empty for none
	 * @return array<string, mixed>       See GContactsCleanUpEngine::planCleanUp()
	 */
	private static function trace(string $type, int $id, object $row, string $sent): array
	{
		return array('type' => $type, 'id' => $id, 'resource_name' => (string) $row->resource_name, 'source_id' => (string) ($row->source_id ?? ''), 'sent' => $sent);
	}
}
