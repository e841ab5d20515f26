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
 * \file    php-module/class/push/gcontactsdictionary.class.php
 * \ingroup gcontacts
 * \brief   Codes of Dolibarr as the texts that stand on a card
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Civilities, countries and social networks, in the language of the company.
 *
 * Not in the language of whoever saved: the card would change with each reader.
 */
class GContactsDictionary
{
	/** @var DoliDB */
	private $db;

	/** @var Translate */
	private $langs;

	/** @var array<string, string>|null Civility code => label of the dictionary */
	private $civilities;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		global $conf;
		$this->db = $db;
		$this->langs = new Translate('', $conf);
		$this->langs->setDefaultLang($this->language());
		$this->langs->load('dict');
	}

	/**
	 * A civility as text.
	 *
	 * @param  string $code Code
	 * @return string       Empty where there is none
	 */
	public function civility(string $code): string
	{
		if ($code === '') {
			return '';
		}
		$key = 'Civility'.$code;
		$text = $this->langs->transnoentitiesnoconv($key);
		return $text !== $key ? $text : ($this->civilities()[$code] ?? '');
	}

	/**
	 * A country's name.
	 *
	 * @param  string $code  ISO code
	 * @param  string $label Label of the dictionary
	 * @return string
	 */
	public function country(string $code, string $label): string
	{
		$key = 'Country'.$code;
		$text = $code === '' ? $key : $this->langs->transnoentitiesnoconv($key);
		return $text !== $key ? $text : $label;
	}

	/**
	 * The civility of a text.
	 *
	 * @param  string      $text Text, for example Mr.
	 * @return string|null       Code, null where no active civility is called so
	 */
	public function civilityCode(string $text): ?string
	{
		foreach (array_keys($this->civilities()) as $code) {
			$names = array(self::plain((string) $code), self::plain($this->civility((string) $code)), self::plain($this->civilities()[$code]));
			if (in_array(self::plain($text), $names, true)) {
				return (string) $code;
			}
		}
		return null;
	}

	/**
	 * The country of a code or a name.
	 *
	 * @param  string   $code ISO code, may be empty
	 * @param  string   $name Name, may be empty
	 * @return int|null       Id in llx_c_country, null where there is none
	 */
	public function countryId(string $code, string $name): ?int
	{
		$resql = $this->db->query("SELECT rowid, code, label FROM ".$this->db->prefix()."c_country WHERE active = 1");
		$found = null;
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$names = array(self::plain((string) $row->label), self::plain($this->country((string) $row->code, (string) $row->label)));
			if ($code !== '' ? (string) $row->code === $code : in_array(self::plain($name), $names, true)) {
				$found = (int) $row->rowid;
			}
		}
		return $found;
	}

	/**
	 * The state of a name.
	 *
	 * @param  string   $name    Name
	 * @param  int      $country Id of its country, 0 for any
	 * @return int|null          Id in llx_c_departements, null where there is none
	 */
	public function stateId(string $name, int $country): ?int
	{
		$sql = "SELECT d.rowid, d.nom FROM ".$this->db->prefix()."c_departements d INNER JOIN ".$this->db->prefix()."c_regions r ON r.code_region = d.fk_region";
		$resql = $this->db->query($sql." WHERE d.active = 1".($country > 0 ? " AND r.fk_pays = ".$country : ""));
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			if (self::plain((string) $row->nom) === self::plain($name)) {
				return (int) $row->rowid;
			}
		}
		return null;
	}

	/**
	 * @param  string $text Text
	 * @return string       Without case, accents and full stops
	 */
	private static function plain(string $text): string
	{
		return trim(str_replace('.', '', mb_strtolower(dol_string_unaccent($text), 'UTF-8')));
	}

	/**
	 * The accounts of a contact in social networks.
	 *
	 * @param  string                            $json Column socialnetworks
	 * @return array<int, array<string, string>>       network, name, handle, url
	 */
	public function socialNetworks(string $json): array
	{
		$handles = $json === '' ? null : json_decode($json, true);
		$accounts = array();
		foreach (is_array($handles) ? $handles : array() as $code => $handle) {
			if (!is_scalar($handle) || trim((string) $handle) === '') {
				continue;
			}
			$network = getArrayOfSocialNetworks()[$code] ?? array();
			$pattern = (string) ($network['url'] ?? '');
			$known = preg_match('/^https?:\/\//i', $pattern) && !preg_match('/^https?:\/\//i', (string) $handle);
			$accounts[] = array(
				'network' => (string) $code,
				'name' => (string) ($network['label'] ?? $code),
				'handle' => (string) $handle,
				'url' => $known ? str_replace('{socialid}', trim((string) $handle), $pattern) : '',
			);
		}
		return $accounts;
	}

	/**
	 * @return string Language code of the company
	 */
	private function language(): string
	{
		$language = getDolGlobalString('MAIN_LANG_DEFAULT');
		if ($language === '' || $language === 'auto') {
			$language = (string) getLanguageCodeFromCountryCode(GContactsSettings::country());
		}
		return $language === '' ? 'en_US' : $language;
	}

	/**
	 * @return array<string, string> Code => label
	 */
	private function civilities(): array
	{
		if ($this->civilities === null) {
			$this->civilities = array();
			$resql = $this->db->query("SELECT code, label FROM ".$this->db->prefix()."c_civility");
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$this->civilities[(string) $row->code] = (string) $row->label;
			}
		}
		return $this->civilities;
	}
}
