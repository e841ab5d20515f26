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
 * \file    php-module/class/import/gcontactsacquaintances.class.php
 * \ingroup gcontacts
 * \brief   Who of the candidates is in Dolibarr already
 */

dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/import/gcontactscandidatematches.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportengine.class.php');

/**
 * Compares the candidates of a list with contacts and third parties, some at a time. Opens no transaction. What changes in Dolibarr later is compared by refresh().
 */
class GContactsAcquaintances
{
	/** Contacts or third parties of one step. */
	const STEP = 2000;

	/** @var DoliDB */
	private $db;
	/** @var GContactsImportList */
	private $list;
	/** @var GContactsImportEngine */
	private $engine;
	/** @var GContactsCandidateMatches */
	private $matches;

	/**
	 * @param DoliDB              $db   Database handler
	 * @param GContactsImportList $list List
	 */
	public function __construct($db, GContactsImportList $list)
	{
		$this->db = $db;
		$this->list = $list;
		$this->engine = new GContactsImportEngine();
		$this->matches = new GContactsCandidateMatches($db, $list);
	}

	/**
	 * The latest change in Dolibarr, by the database's own clock.
	 *
	 * @return string|null As the database writes it; null on failure
	 */
	public function latest(): ?string
	{
		$latest = '';
		foreach (array('socpeople', 'societe') as $table) {
			$resql = $this->db->query("SELECT MAX(tms) as latest FROM ".$this->db->prefix().$table);
			if (!$resql) {
				return null;
			}
			$latest = max($latest, (string) $this->db->fetch_object($resql)->latest);
		}
		return $latest;
	}

	/**
	 * Compares what changed since it was last compared, if anything did.
	 *
	 * @return int 1, or -1
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function refresh(): int
	{
		$latest = $this->latest();
		if ($latest === null) {
			return -1;
		}
		// What changed in the same second counts again.
		$since = "tms >= '".$this->db->escape($this->list->matched)."'";
		$contacts = $this->contacts($this->list->matched === '' ? "1 = 1" : "p.".$since, 0);
		$companies = $this->companies($this->list->matched === '' ? "1 = 1" : "s.".$since, 0);
		return $contacts < 0 || $companies < 0 || ($latest !== $this->list->matched && $this->list->change(array('matched' => $latest)) < 0) ? -1 : 1;
	}

	/**
	 * Compares contacts.
	 *
	 * @param  string $condition SQL
	 * @param  int    $limit     Highest number, 0 for all
	 * @return int               Id of the last one, 0 where there was none, -1 on failure
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function contacts(string $condition, int $limit = self::STEP): int
	{
		$sql = "SELECT p.rowid, p.firstname, p.lastname, p.email, p.phone, p.phone_perso, p.phone_mobile, p.fax, s.nom as company";
		$sql .= ", COALESCE(c.code, sc.code) as country FROM ".$this->db->prefix()."socpeople p";
		$sql .= " LEFT JOIN ".$this->db->prefix()."societe s ON s.rowid = p.fk_soc LEFT JOIN ".$this->db->prefix()."c_country c ON c.rowid = p.fk_pays";
		$sql .= " LEFT JOIN ".$this->db->prefix()."c_country sc ON sc.rowid = s.fk_pays WHERE p.entity IN (".getEntity('contact').") AND ".$condition." ORDER BY p.rowid";
		$resql = $this->db->query($sql.($limit > 0 ? $this->db->plimit($limit) : ''));
		$people = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$people[] = array(
				'id' => (int) $row->rowid, 'firstname' => (string) $row->firstname, 'lastname' => (string) $row->lastname, 'company' => (string) $row->company,
				'emails' => array((string) $row->email), 'phones' => self::texts($row, array('phone', 'phone_perso', 'phone_mobile', 'fax')), 'country' => (string) $row->country,
			);
		}
		if (!$resql || ($people && $this->matches->compare('contact', $this->engine->likesOfContacts(GContactsSettings::forEngine(), self::readable($people))) < 0)) {
			return -1;
		}
		return $people ? (int) end($people)['id'] : 0;
	}

	/**
	 * Compares third parties.
	 *
	 * @param  string $condition SQL
	 * @param  int    $limit     Highest number, 0 for all
	 * @return int               Id of the last one, 0 where there was none, -1 on failure
	 * @throws \GContacts\Exception The engine refuses
	 */
	public function companies(string $condition, int $limit = self::STEP): int
	{
		$sql = "SELECT s.rowid, s.nom, s.email, s.phone, s.fax, s.url, c.code as country FROM ".$this->db->prefix()."societe s";
		$sql .= " LEFT JOIN ".$this->db->prefix()."c_country c ON c.rowid = s.fk_pays WHERE s.entity IN (".getEntity('societe').") AND ".$condition." ORDER BY s.rowid";
		$resql = $this->db->query($sql.($limit > 0 ? $this->db->plimit($limit) : ''));
		$companies = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$companies[] = array(
				'id' => (int) $row->rowid, 'name' => (string) $row->nom, 'emails' => array((string) $row->email),
				'phones' => self::texts($row, array('phone', 'fax')), 'url' => (string) $row->url, 'country' => (string) $row->country,
			);
		}
		if (!$resql || ($companies && $this->matches->compare('thirdparty', $this->engine->likesOfCompanies(GContactsSettings::forEngine(), self::readable($companies))) < 0)) {
			return -1;
		}
		return $companies ? (int) end($companies)['id'] : 0;
	}

	/**
	 * @param  object             $row     Row
	 * @param  array<int, string> $columns Columns
	 * @return array<int, string>
	 */
	private static function texts(object $row, array $columns): array
	{
		$texts = array();
		foreach ($columns as $column) {
			$texts[] = (string) $row->$column;
		}
		return $texts;
	}

	/**
	 * A text that is no UTF-8, of an old import, must not hide everybody else.
	 *
	 * @param  array<int, array<string, mixed>> $elements Contacts or third parties
	 * @return array<int, array<string, mixed>>
	 */
	private static function readable(array $elements): array
	{
		array_walk_recursive($elements, function (&$value): void {
			$value = is_string($value) ? mb_scrub($value, 'UTF-8') : $value;
		});
		return $elements;
	}
}
