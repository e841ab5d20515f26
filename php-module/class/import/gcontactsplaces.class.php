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
 * \file    php-module/class/import/gcontactsplaces.class.php
 * \ingroup gcontacts
 * \brief   Countries, states and civilities of Dolibarr, by what a card calls them
 */

/**
 * Finds the rows of Dolibarr's dictionaries that a card means.
 */
class GContactsPlaces
{
	/** @var DoliDB */
	private $db;
	/** @var array<string, int> Countries found so far */
	private $countries = array();
	/** @var array<string, string>|null Civilities: folded text => code */
	private $civilities;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * @param  string $code ISO code
	 * @return int          Id of the country, 0 where Dolibarr does not know it
	 */
	public function country(string $code): int
	{
		if ($code !== '' && !isset($this->countries[$code])) {
			$resql = $this->db->query("SELECT rowid FROM ".$this->db->prefix()."c_country WHERE code = '".$this->db->escape($code)."'");
			$row = $resql ? $this->db->fetch_object($resql) : null;
			$this->countries[$code] = $row ? (int) $row->rowid : 0;
		}
		return $this->countries[$code] ?? 0;
	}

	/**
	 * @param  string $name    Name of a state, a department, a canton
	 * @param  int    $country Id of the country
	 * @return int             Id of the state, 0 where Dolibarr does not know it
	 */
	public function state(string $name, int $country): int
	{
		if ($name === '') {
			return 0;
		}
		$sql = "SELECT d.rowid FROM ".$this->db->prefix()."c_departements d INNER JOIN ".$this->db->prefix()."c_regions r ON r.code_region = d.fk_region";
		$sql .= " WHERE d.active = 1 AND r.fk_pays = ".$country." AND (d.nom = '".$this->db->escape($name)."' OR d.code_departement = '".$this->db->escape($name)."')";
		$resql = $this->db->query($sql.$this->db->plimit(1));
		$row = $resql ? $this->db->fetch_object($resql) : null;
		return $row ? (int) $row->rowid : 0;
	}

	/**
	 * @param  string $text Civility as a card spells it: "Mr.", "Madame"
	 * @return string       Its code, empty where Dolibarr does not know it
	 */
	public function civility(string $text): string
	{
		if ($this->civilities === null) {
			$this->civilities = $this->readCivilities();
		}
		return $this->civilities[self::fold($text)] ?? '';
	}

	/**
	 * @return array<string, string> Folded text => code
	 */
	private function readCivilities(): array
	{
		global $langs;
		$langs->load('dict');
		$known = array();
		$resql = $this->db->query("SELECT code, label FROM ".$this->db->prefix()."c_civility WHERE active = 1");
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			foreach (array((string) $row->code, (string) $row->label, $langs->transnoentitiesnoconv('Civility'.$row->code)) as $text) {
				$known += array(self::fold($text) => (string) $row->code);
			}
		}
		foreach (array('monsieur' => 'MR', 'm' => 'MR', 'mr' => 'MR', 'herr' => 'MR', 'madame' => 'MME', 'mme' => 'MME', 'mrs' => 'MME', 'frau' => 'MME', 'dr' => 'DR') as $text => $code) {
			if (in_array($code, $known, true)) {
				$known += array($text => $code);
			}
		}
		unset($known['']);
		return $known;
	}

	/**
	 * @param  string $text Text
	 * @return string       Without case and dots
	 */
	private static function fold(string $text): string
	{
		return trim(str_replace('.', '', mb_strtolower($text, 'UTF-8')));
	}
}
