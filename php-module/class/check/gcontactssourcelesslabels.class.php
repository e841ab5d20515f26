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
 * \file    php-module/class/check/gcontactssourcelesslabels.class.php
 * \ingroup gcontacts
 * \brief   Labels of ours at Google that nothing in Dolibarr asks for
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactslabelnames.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactscategories.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/**
 * Labels that say themselves that this Dolibarr made them, whose sales representative, type or category is gone, or whose
 * option is off, or of which the database knows nothing. The last full check found them; its run keeps them.
 */
class GContactsSourcelessLabels
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;

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
	 * Reads the labels at Google: one call.
	 *
	 * @param  float                                            $until Unix time
	 * @return array<int, array<string, int|string>>|null              resource_name, name, members; null on failure
	 * @throws \GContacts\Exception Google refuses
	 */
	public function find(float $until): ?array
	{
		$token = $this->account->accessToken();
		$ours = (new GContactsEngine())->ourLabels($this->account->transportUntil($until), $token, GContactsSettings::instance());
		$this->account->learn($ours);
		$labels = array_column($ours['labels'], null, 'resourceName');
		$unasked = $this->unasked(array_map(function (array $label): string {
			return (string) ($label['name'] ?? '');
		}, $labels));
		$found = array();
		foreach ((array) $unasked as $resource => $name) {
			$found[] = array('resource_name' => $resource, 'name' => $name, 'members' => (int) ($labels[$resource]['memberCount'] ?? 0));
		}
		return $unasked === null ? null : $found;
	}

	/**
	 * Those labels that nothing in Dolibarr asks for now.
	 *
	 * @param  array<string, string>      $names Names by resource name
	 * @return array<string, string>|null        Null on failure
	 */
	public function unasked(array $names): ?array
	{
		$known = (new GContactsLabel($this->db, $this->account))->all();
		$sources = $this->sources();
		if ($known === null || $sources === null) {
			return null;
		}
		$origins = array();
		foreach ($known as $label) {
			$origins[$label['resource_name']] = $label['source'].' '.$label['source_id'];
		}
		// A database that lost its labels finds them again by their names.
		$called = array_flip(array_map('dol_strtolower', $sources));
		return array_filter($names, function (string $name, string $resource) use ($origins, $sources, $called): bool {
			return isset($origins[$resource]) ? !isset($sources[$origins[$resource]]) : !isset($called[dol_strtolower($name)]);
		}, ARRAY_FILTER_USE_BOTH);
	}

	/**
	 * Those that the last full check found, and that still nothing asks for.
	 *
	 * @return array<string, array<string, int|string>> By resource name
	 */
	public function all(): array
	{
		$kept = $this->kept();
		return $kept ? array_intersect_key($kept, (array) $this->unasked(array_column($kept, 'name', 'resource_name'))) : array();
	}

	/** @return array<string, array<string, int|string>> What the last full check found, by resource name */
	private function kept(): array
	{
		$run = new GContactsRun($this->db, $this->account);
		$known = $this->account->id > 0 && $run->fetchLast('check') > 0 ? (array) ($run->position['labels'] ?? array()) : array();
		return array_column($known, null, 'resource_name');
	}

	/**
	 * Notes what became of some, where the last full check keeps them. Part of the caller's transaction.
	 *
	 * @param  array<int, array<string, mixed>> $tried What the engine says: resource_name, fate, members
	 * @return int                                     1, or -1
	 */
	public function note(array $tried): int
	{
		$known = $this->kept();
		$gone = array();
		foreach ($tried as $label) {
			$name = (string) $label['resource_name'];
			if (in_array($label['fate'], array('deleted', 'gone'), true)) {
				$gone[] = $name;
			} elseif (isset($known[$name])) {
				$known[$name]['members'] = (int) $label['members'];
			}
		}
		$run = new GContactsRun($this->db, $this->account);
		$left = array_values(array_diff_key($known, array_flip($gone)));
		$found = (new GContactsLabel($this->db, $this->account))->forget($gone) < 0 ? -1 : $run->fetchLast('check');
		// The log of the check may have been tidied away meanwhile.
		return $found > 0 ? $run->moveTo(array('labels' => $left) + $run->position) : ($found === 0 ? 1 : -1);
	}

	/**
	 * What can ask for a label now.
	 *
	 * @return array<string, string>|null Names of the labels, by source and its id; null on failure
	 */
	private function sources(): ?array
	{
		$names = array('container 0' => '');
		if (GContactsSettings::typeLabels()) {
			$types = GContactsLabelNames::ofTypes();
			$names += array('customer 0' => $types['customers'], 'prospect 0' => $types['prospects'], 'supplier 0' => $types['suppliers']);
		}
		$categories = (new GContactsCategories($this->db))->names();
		$logins = GContactsSettings::representativeLabels() ? $this->logins() : array();
		if ($categories === null || $logins === null) {
			return null;
		}
		foreach (array('representative' => $logins, 'category' => $categories) as $source => $called) {
			foreach ($called as $id => $name) {
				$names[$source.' '.$id] = $name;
			}
		}
		return array_map(function (string $name): string {
			return GContactsSettings::label().($name === '' ? '' : '/'.$name);
		}, $names);
	}

	/** @return array<int, string>|null Logins of the users who represent somebody, by id; null on failure */
	private function logins(): ?array
	{
		$sql = "SELECT DISTINCT u.rowid as id, u.login FROM ".$this->db->prefix()."user u";
		$resql = $this->db->query($sql." INNER JOIN ".$this->db->prefix()."societe_commerciaux sc ON sc.fk_user = u.rowid");
		$logins = array();
		while ($resql && ($row = $this->db->fetch_object($resql))) {
			$logins[(int) $row->id] = (string) $row->login;
		}
		return $resql ? $logins : null;
	}
}
