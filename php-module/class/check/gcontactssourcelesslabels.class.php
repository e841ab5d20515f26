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
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
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
		$known = (new GContactsLabel($this->db, $this->account))->all();
		$sources = $this->sources();
		if ($known === null || $sources === null) {
			return null;
		}
		$wanted = array();
		foreach ($known as $label) {
			if (isset($sources[$label['source'].' '.$label['source_id']])) {
				$wanted[$label['resource_name']] = true;
			}
		}
		$token = $this->account->accessToken();
		$ours = (new GContactsEngine())->ourLabels($this->account->transportUntil($until), $token, GContactsSettings::instance());
		$this->account->learn($ours);
		$found = array();
		foreach ($ours['labels'] as $label) {
			// The container itself is asked for always: a database that lost its labels finds it again by its name.
			if (!isset($wanted[$label['resourceName']]) && ($label['name'] ?? '') !== GContactsSettings::label()) {
				$found[] = array('resource_name' => (string) $label['resourceName'], 'name' => (string) ($label['name'] ?? ''), 'members' => (int) ($label['memberCount'] ?? 0));
			}
		}
		return $found;
	}

	/**
	 * Those that the last full check found.
	 *
	 * @return array<string, array<string, int|string>> By resource name
	 */
	public function all(): array
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
		$known = $this->all();
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
	 * @return array<string, bool>|null Source and its id as keys; null on failure
	 */
	private function sources(): ?array
	{
		$sources = array('container 0' => true);
		$types = GContactsSettings::typeLabels() ? array('customer 0', 'prospect 0', 'supplier 0') : array();
		$lists = array();
		if (GContactsSettings::representativeLabels()) {
			$lists['representative'] = "SELECT DISTINCT fk_user as id FROM ".$this->db->prefix()."societe_commerciaux";
		}
		if (GContactsSettings::categoryLabels()) {
			$lists['category'] = "SELECT rowid as id FROM ".$this->db->prefix()."categorie WHERE entity IN (".getEntity('category').")";
		}
		foreach ($lists as $source => $sql) {
			$resql = $this->db->query($sql);
			while ($resql && ($row = $this->db->fetch_object($resql))) {
				$sources[$source.' '.((int) $row->id)] = true;
			}
			if (!$resql) {
				return null;
			}
		}
		return $sources + array_fill_keys($types, true);
	}
}
