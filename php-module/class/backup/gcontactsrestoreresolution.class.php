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
 * \file    php-module/class/backup/gcontactsrestoreresolution.class.php
 * \ingroup gcontacts
 * \brief   Restored cards of which nobody knows whether they were made
 */

dol_include_once('/gcontacts/class/backup/gcontactsrestoredlinks.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');

/**
 * Looks for the cards of creates whose answer was lost. A create is repeated only when a complete listing, newer than Google
 * may take to show a card, does not have it.
 */
class GContactsRestoreResolution extends GContactsRestorePhase
{
	/** Cards that are looked for in one step. */
	const SIZE = 200;

	/**
	 * @param  float $until Unix time
	 * @return int          See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption It has to wait
	 */
	public function step(float $until): int
	{
		$links = new GContactsRestoredLinks($this->db, $this->account);
		$rows = $this->cards->in('unknown', self::SIZE);
		if ($rows === null || $links->load($rows) < 0) {
			return $this->failed();
		}
		$now = time();
		$token = $this->account->accessToken();
		$listing = (new GContactsEngine())->resolve($this->account->transportUntil($until, count($rows)), $token, array_column($rows, 'nonce'));
		$this->account->learn($listing);
		$wait = $this->store($rows, $listing, $links, $now);
		if ($wait < 0) {
			return $this->failed();
		}
		$stop = GContactsStop::ofEngine($listing['stopped']) ?? ($wait > 0 ? new GContactsStop('create_unresolved', '', $wait) : null);
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return 1;
	}

	/**
	 * @param  array<int, object>     $rows    Rows of the cards
	 * @param  array<string, mixed>   $listing What the engine found
	 * @param  GContactsRestoredLinks $links   Links of their contacts
	 * @param  int                    $now     When the listing began, Unix time
	 * @return int                             Seconds until it is worth to look again, or -1
	 */
	private function store(array $rows, array $listing, GContactsRestoredLinks $links, int $now): int
	{
		$found = array_column($listing['found'], null, 'nonce');
		$wait = 0;
		$columns = $told = $made = array();
		foreach ($rows as $id => $row) {
			$left = (int) $row->nonce_time + GContactsSettings::propagationSeconds() - $now;
			if (isset($found[$row->nonce])) {
				$made[$id] = $found[$row->nonce];
				$columns[$id] = array('state' => 'made', 'found' => (string) $made[$id]['resource_name']);
				$told[] = array('type' => 'card', 'id' => 0, 'name' => (string) $row->name, 'action' => 'create', 'result' => 'done', 'reason' => '', 'message' => '', 'resource_name' => $columns[$id]['found']);
			} elseif ($listing['complete'] && $left <= 0) {
				$columns[$id] = array('state' => 'missing');
			} else {
				$wait = max($wait, $left);
			}
		}
		$this->db->begin();
		$stored = $this->cards->change($columns) > 0 && $this->run->addAll($told) > 0 && $links->link($rows, $made) > 0;
		return $stored && $this->run->progress(array('done' => count($made))) > 0 && $this->db->commit() > 0 ? $wait : -1;
	}
}
