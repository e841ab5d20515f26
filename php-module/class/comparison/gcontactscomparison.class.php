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
 * \file    php-module/class/comparison/gcontactscomparison.class.php
 * \ingroup gcontacts
 * \brief   Contacts beside their cards
 */

dol_include_once('/gcontacts/class/comparison/gcontactscompareengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');

/**
 * Compares contacts with their cards, as they are stored or as Google has them now. Changes nothing.
 *
 * The tab, the pull and the check all ask here, and the extension answers from what the merge stands on: so none of them can
 * tell another story than what is sent.
 */
class GContactsComparison
{
	/** @var array<int, array<string, mixed>> Records of the last load(), by contact */
	public $records = array();
	/** @var array<int, object> Links of the last load(), by contact */
	public $links = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsCompareEngine */
	private $engine;
	/** @var array<int, array<string, int|string>> Labels known at Google */
	private $labels = array();

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
		$this->engine = new GContactsCompareEngine();
	}

	/**
	 * Loads contacts with their links. A fixed number of queries.
	 *
	 * @param  array<int, int> $ids Ids of contacts, at most GContactsRecords::LIMIT
	 * @return int                  1, or -1
	 */
	public function load(array $ids): int
	{
		$loader = new GContactsRecords($this->db, $this->account);
		$label = new GContactsLabel($this->db, $this->account);
		$records = $ids ? $loader->load(array_values($ids)) : array();
		$labels = $label->all();
		if ($records === null || $labels === null) {
			return -1;
		}
		$this->records = array_column($records, null, 'id');
		$this->links = $loader->links;
		$this->labels = $labels;
		return 1;
	}

	/**
	 * Puts what Google has now in the place of what is stored.
	 *
	 * @param  int                  $id   Id of a loaded contact with a link
	 * @param  array<string, mixed> $card Card as the engine gives it
	 * @return void
	 */
	public function setCard(int $id, array $card): void
	{
		if (isset($this->records[$id]['link'])) {
			$this->records[$id]['link']['resource_name'] = (string) $card['resource_name'];
			$this->records[$id]['link']['person'] = (string) $card['person'];
		}
	}

	/**
	 * Puts another base in the place of what is stored.
	 *
	 * @param  int    $id   Id of a loaded contact with a link
	 * @param  string $sent What is kept as sent
	 * @return void
	 */
	public function setSent(int $id, string $sent): void
	{
		$this->records[$id]['link']['sent'] = $sent;
	}

	/**
	 * Compares the loaded contacts.
	 *
	 * @return array<int, array<string, mixed>> By contact, see GContactsCompareEngine::compare()
	 * @throws \GContacts\Exception The engine refuses the whole call
	 */
	public function compare(): array
	{
		$compared = $this->engine->compare(GContactsSettings::forEngine(), $this->labels, array_values($this->records));
		return array_column($compared, null, 'id');
	}

	/**
	 * Makes Google's word on some fields of a loaded contact what both agreed on last.
	 *
	 * @param  int                  $id   Id of the contact
	 * @param  array<int, string>   $keys Keys of rows
	 * @return array<string, string>      sent, reason, message
	 * @throws \GContacts\Exception The engine refuses the call
	 */
	public function rebase(int $id, array $keys): array
	{
		return $this->engine->rebase(GContactsSettings::forEngine(), $this->records[$id], $keys);
	}

	/**
	 * How the fields that were changed at Google stand in the column changed of a link.
	 *
	 * @param  array<int, string> $keys Keys of rows
	 * @return string
	 */
	public static function column(array $keys): string
	{
		return implode(',', array_map(array('GContactsText', 'storable'), str_replace(',', ' ', $keys)));
	}

	/**
	 * The column read back.
	 *
	 * @param  string             $column Column changed
	 * @return array<int, string>         Keys of rows
	 */
	public static function keys(string $column): array
	{
		return $column === '' ? array() : explode(',', $column);
	}
}
