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
 * \file    php-module/class/pull/gcontactschangedcards.class.php
 * \ingroup gcontacts
 * \brief   Which contacts the cards of a listing belong to
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Matches cards that changed at Google with the contacts that are linked to them, and leaves out what is no news.
 */
class GContactsChangedCards
{
	/** Names that one query asks for. */
	const CHUNK = 250;

	/** @var array<int, array<string, mixed>> Cards that somebody else changed, by contact */
	public $ofContacts = array();
	/** @var array<int, int> Contacts whose card was deleted */
	public $deleted = array();
	/** @var array<int, array<string, mixed>> Cards of the listing that no contact is linked to */
	public $strangers = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var array<string, object> Links by resource name and by source id of their card */
	private $known = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Matches.
	 *
	 * @param  array<string, mixed> $page Page of the engine's listing
	 * @return int                        1, or -1
	 * @throws \GContacts\Exception A card cannot be read
	 */
	public function match(array $page): int
	{
		$cards = $page['cards'];
		$names = array();
		foreach ($cards as $card) {
			array_push($names, $card['resource_name'], ...$card['previous']);
		}
		if ($this->load('resource_name', $names) < 0) {
			return -1;
		}
		// Only who has another name now is looked for by what never changes.
		$unknown = array_filter($cards, function (array $card): bool {
			return !$card['deleted'] && $this->linkOf($card) === null;
		});
		if ($this->load('source_id', array_filter(array_column($unknown, 'source_id'))) < 0) {
			return -1;
		}
		$alive = array();
		foreach ($cards as $card) {
			$link = $card['deleted'] ? null : $this->linkOf($card);
			if ($link === null && !$card['deleted']) {
				$this->strangers[] = $card;
			} elseif ($link !== null) {
				$alive[(int) $link->fk_element] = true;
				if ($this->isNews($card, $link)) {
					$this->ofContacts[(int) $link->fk_element] = (array) $page['listed']->state($card['resource_name'], GContactsSettings::country()) + $card;
				}
			}
		}
		foreach ($cards as $card) {
			$link = $card['deleted'] ? ($this->known['resource_name '.$card['resource_name']] ?? null) : null;
			// A card that got another name leaves a tombstone of the old one.
			if ($link !== null && !isset($alive[(int) $link->fk_element])) {
				$this->deleted[] = (int) $link->fk_element;
			}
		}
		return 1;
	}

	/**
	 * @param  array<string, mixed> $card Card
	 * @return object|null                Link
	 */
	private function linkOf(array $card): ?object
	{
		foreach (array_merge(array($card['resource_name']), $card['previous']) as $name) {
			if (isset($this->known['resource_name '.$name])) {
				return $this->known['resource_name '.$name];
			}
		}
		return $card['source_id'] === '' ? null : ($this->known['source_id '.$card['source_id']] ?? null);
	}

	/**
	 * Whether somebody else wrote it after what is known: not an echo of our own write, and not a state from before it, which
	 * Google lists for minutes.
	 *
	 * @param  array<string, mixed> $card Card
	 * @param  object               $link Link with its card
	 * @return bool
	 */
	private function isNews(array $card, object $link): bool
	{
		if ((string) $link->state === 'removed' || $card['resource_name'] !== (string) $link->resource_name) {
			return true;
		}
		$older = $card['updated'] !== '' && (string) $link->updated !== '' && strcmp((string) $card['updated'], (string) $link->updated) < 0;
		return !$older && ($card['etag'] === '' || $card['etag'] !== (string) $link->etag);
	}

	/**
	 * @param  string             $column Column of the card
	 * @param  array<int, string> $values What to look for
	 * @return int                        1, or -1
	 */
	private function load(string $column, array $values): int
	{
		foreach (array_chunk(array_values(array_unique($values)), self::CHUNK) as $chunk) {
			$sql = "SELECT l.fk_element, l.state, c.resource_name, c.source_id, c.etag, c.updated";
			$sql .= " FROM ".$this->db->prefix()."gcontacts_link l INNER JOIN ".$this->db->prefix()."gcontacts_card c ON c.rowid = l.fk_card";
			$sql .= " WHERE c.entity = ".$this->account->entity." AND c.fk_account = ".$this->account->id." AND l.element_type = 'contact'";
			$sql .= " AND c.".$column." IN ('".implode("', '", array_map(array($this->db, 'escape'), $chunk))."')";
			$resql = $this->db->query($sql);
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$this->known[$column.' '.$row->$column] = $row;
			}
			if (!$resql) {
				return -1;
			}
		}
		return 1;
	}
}
