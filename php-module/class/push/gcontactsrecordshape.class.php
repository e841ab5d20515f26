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
 * \file    php-module/class/push/gcontactsrecordshape.class.php
 * \ingroup gcontacts
 * \brief   Rows of Dolibarr's tables in the shape that the engine takes
 */

dol_include_once('/gcontacts/class/push/gcontactsdictionary.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');

/**
 * Casts every column to what the engine expects: text, never null; int; bool.
 */
class GContactsRecordShape
{
	/** @var GContactsDictionary */
	private $dictionary;

	/** @var int */
	private $entity;

	/**
	 * @param DoliDB $db     Database handler
	 * @param int    $entity Entity that sends
	 */
	public function __construct($db, int $entity)
	{
		$this->dictionary = new GContactsDictionary($db);
		$this->entity = $entity;
	}

	/**
	 * A contact.
	 *
	 * @param  object               $row        Row of llx_socpeople with state, country_code, country and, maybe, synchronise
	 * @param  array<int, array>    $categories id and name of each
	 * @return array<string, mixed>
	 */
	public function contact(object $row, array $categories): array
	{
		return array(
			'civility' => $this->dictionary->civility((string) $row->civility),
			'firstname' => (string) $row->firstname,
			'lastname' => (string) $row->lastname,
			'job_title' => (string) $row->poste,
			'email' => (string) $row->email,
			'phone_pro' => (string) $row->phone,
			'phone_perso' => (string) $row->phone_perso,
			'phone_mobile' => (string) $row->phone_mobile,
			'fax' => (string) $row->fax,
			'address' => $this->address($row),
			'birthday' => (string) $row->birthday,
			'url' => (string) $row->url,
			'social_networks' => $this->dictionary->socialNetworks((string) $row->socialnetworks),
			'note_public' => (string) $row->note_public,
			'private' => (int) $row->priv !== 0,
			'active' => (int) $row->statut === 1,
			'own_entity' => (int) $row->entity === $this->entity,
			'synchronise' => GContactsSyncField::meaning(isset($row->synchronise) ? (string) $row->synchronise : ''),
			'page_url' => GContactsSettings::siteUrl().'/contact/card.php?'.http_build_query(array('id' => (int) $row->rowid)),
			'categories' => $categories,
		);
	}

	/**
	 * A third party.
	 *
	 * @param  object               $row             Row of llx_societe with state, country_code and country
	 * @param  array<int, array>    $representatives id and login of each
	 * @param  array<int, array>    $categories      id and name of each
	 * @return array<string, mixed>
	 */
	public function company(object $row, array $representatives, array $categories): array
	{
		return array(
			'id' => (int) $row->rowid,
			'name' => (string) $row->nom,
			'email' => (string) $row->email,
			'phone' => (string) $row->phone,
			'fax' => (string) $row->fax,
			'address' => $this->address($row),
			'url' => (string) $row->url,
			'open' => (int) $row->status === 1,
			'representatives' => $representatives,
			// Dolibarr's bits: 1 customer, 2 prospect
			'customer' => ((int) $row->client & 1) !== 0,
			'prospect' => ((int) $row->client & 2) !== 0,
			'supplier' => (int) $row->fournisseur !== 0,
			'categories' => $categories,
		);
	}

	/**
	 * A link. Its nonce counts only while the card is not known.
	 *
	 * @param  object               $row Row of GContactsLink::fetchFor()
	 * @return array<string, mixed>
	 */
	public function link(object $row): array
	{
		return array(
			'origin' => (string) $row->origin,
			'nonce' => $row->resource_name === null ? (string) $row->nonce : '',
			'resource_name' => self::textOrNull($row->resource_name),
			'sent' => self::textOrNull($row->sent),
			'person' => self::textOrNull($row->person),
			// Where such cards are made again, one that was marked before is made again too.
			'removed' => (string) $row->state === 'removed' && GContactsSettings::deletedAtGoogle() === 'mark',
		);
	}

	/**
	 * @param  object                $row Row with address, zip, town, state, country_code and country
	 * @return array<string, string>
	 */
	private function address(object $row): array
	{
		$code = (string) $row->country_code;
		return array(
			'street' => str_replace(array("\r\n", "\r"), "\n", (string) $row->address),
			'zip' => (string) $row->zip,
			'town' => (string) $row->town,
			'state' => (string) $row->state,
			'country' => $code === '' ? '' : $this->dictionary->country($code, (string) $row->country),
			'country_code' => $code,
		);
	}

	/**
	 * @param  mixed       $value Column
	 * @return string|null
	 */
	private static function textOrNull($value): ?string
	{
		return $value === null || $value === '' ? null : (string) $value;
	}
}
