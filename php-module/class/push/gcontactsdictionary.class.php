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
