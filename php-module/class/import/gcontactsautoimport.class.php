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
 * \file    php-module/class/import/gcontactsautoimport.class.php
 * \ingroup gcontacts
 * \brief   Imports by itself: what a closed browser left, and whoever is beyond doubt
 */

dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportdefaults.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportlisting.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportremoval.class.php');
dol_include_once('/gcontacts/class/import/gcontactspeopleslabels.class.php');
dol_include_once('/gcontacts/class/import/gcontactsunattendedimports.class.php');
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * The scheduled side of the import: forgets old lists, goes on with imports whose browser was closed, and, where the option is
 * on, imports new cards about which nobody has to be asked. The others stay in the list for a person.
 */
class GContactsAutoImport
{
	/** @var string */
	public $error = '';
	/** @var int People who wait for a person to decide; -1 where nobody looked */
	public $left = -1;

	/** @var DoliDB */
	private $db;
	/** @var GContactsUnattendedImports */
	private $imports;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
		$this->imports = new GContactsUnattendedImports($db);
	}

	/** @return bool Whether new cards are imported without asking */
	public static function isOn(): bool
	{
		return getDolGlobalInt('GCONTACTS_AUTO_IMPORT') > 0;
	}

	/**
	 * Does all that is due.
	 *
	 * @param  float $until Unix time
	 * @param  User  $user  Who imports what is beyond doubt
	 * @return int          1 something is left, 0 all is done, -1 failure with ->error
	 */
	public function run(float $until, User $user): int
	{
		$removal = new GContactsImportRemoval($this->db);
		if ($removal->old() < 0) {
			return $this->failed($removal->error);
		}
		try {
			$left = $this->imports->goOn($until);
			if ($left < 0) {
				return $this->failed($this->imports->error);
			}
			return $left === 0 && self::isOn() ? $this->importNew($until, $user) : $left;
		} catch (\GContacts\Exception $e) {
			return $this->failed(GContactsEngine::sentence($e->reason, $e->getMessage()));
		}
	}

	/** @return string What happened, as a sentence */
	public function report(): string
	{
		global $langs;
		$langs->load('gcontacts@gcontacts');
		if (!self::isOn()) {
			return $langs->transnoentities('GContactsAutoImportOff', (string) $this->imports->done, (string) $this->imports->failed);
		}
		return $langs->transnoentities('GContactsAutoImportOutput', (string) $this->imports->done, (string) $this->imports->failed, (string) max(0, $this->left));
	}

	/**
	 * Imports new cards that nobody has to be asked about.
	 *
	 * @param  float $until Unix time
	 * @param  User  $user  Who imports
	 * @return int          As run()
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	private function importNew(float $until, User $user): int
	{
		$account = new GContactsAccount($this->db);
		$list = new GContactsImportList($this->db);
		if ($account->fetchForEntity() <= 0 || $account->isAdopting()) {
			return 0;
		}
		$label = GContactsSettings::autoImportLabel();
		if ($list->open($label === '' ? 'account' : 'label', 0, $account->id) < 0) {
			return $this->failed($list->error);
		}
		if ($label !== '' && !$this->name($list, $account, $label)) {
			return -1;
		}
		$listing = new GContactsImportListing($this->db, $account, $list);
		if ($list->state === 'ready' && $listing->begin() < 0) {
			return $this->failed($listing->error);
		}
		$left = $listing->run($until);
		if ($left !== 0) {
			return $left < 0 ? $this->failed($listing->error) : 1;
		}
		$run = $this->choose($list, $user);
		$left = $run > 0 ? $this->imports->step($list, $user, $run, $until) : min(0, $run);
		return $left < 0 && $run > 0 ? $this->failed($this->imports->error) : $left;
	}

	/**
	 * Calls the list by the name that its label has now.
	 *
	 * @param  GContactsImportList $list    List
	 * @param  GContactsAccount    $account Account
	 * @param  string              $label   Resource name of the label
	 * @return bool                         False with ->error: an empty list of a label that is gone would look like nobody new
	 */
	private function name(GContactsImportList $list, GContactsAccount $account, string $label): bool
	{
		$labels = new GContactsPeoplesLabels($account);
		$all = $labels->all();
		if ($all === null || !isset($all[$label])) {
			$this->failed($all === null ? $labels->error : GContactsEngine::sentence('auto_import_label'));
			return false;
		}
		return $list->title === $all[$label] || $list->change(array('title' => GContactsText::storable($all[$label], 255))) > 0 || $this->failed($list->error) > 0;
	}

	/**
	 * Chooses whoever is beyond doubt.
	 *
	 * @param  GContactsImportList $list List
	 * @param  User                $user Who imports
	 * @return int                       Id of the run, 0 where there is nobody, -1 failure with ->error
	 */
	private function choose(GContactsImportList $list, User $user): int
	{
		// Private contacts count here too, though they are never shown: whoever is in doubt is left for a person.
		$everybody = clone $user;
		$everybody->admin = 1;
		$rows = (new GContactsCandidateList($this->db, $list, $everybody))->page(array('shown' => 'all', 'search' => '', 'sort' => 'name', 'order' => 'asc'), GContactsSettings::MAX_RETRIEVE, 0);
		if ($rows === null) {
			return $this->failed($this->db->lasterror());
		}
		$sure = array_filter($rows, array(GContactsImportDefaults::class, 'isBeyondDoubt'));
		$this->left = count($rows) - count($sure);
		$defaults = new GContactsImportDefaults($user);
		$choices = array();
		foreach ($sure as $row) {
			$choices[] = array('representative' => 0) + $defaults->of($row);
		}
		$drafts = new GContactsImportChoices($this->db, $list, (int) $user->id);
		$account = new GContactsAccount($this->db);
		$account->fetchForEntity();
		$import = new GContactsImport($this->db, $account, $list, $user);
		if (!$choices) {
			return 0;
		}
		$run = $drafts->draft($choices) < 0 ? -1 : $import->begin('auto_import');
		return $run < 0 ? $this->failed($drafts->error.$import->error) : $run;
	}

	/**
	 * @param  string $error What failed
	 * @return int           -1
	 */
	private function failed(string $error): int
	{
		$this->error = $error;
		dol_syslog('GContacts: the scheduled import failed: '.$error, LOG_ERR);
		return -1;
	}
}
