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
 * \file    php-module/class/import/gcontactsimportoptions.class.php
 * \ingroup gcontacts
 * \brief   What can be chosen when somebody is imported
 */

/**
 * The third parties, sales representatives and tags that the page offers, as the user's rights allow. Two queries.
 */
class GContactsImportOptions
{
	/** @var array<int, string> Codes of new third parties, and none */
	public $thirdparties = array('none');
	/** @var array<string, string> Escaped name by id of the user; 0 for nobody */
	public $representatives = array();
	/** @var array<int, string> Plain label by id */
	public $tags = array();

	/**
	 * @param DoliDB $db   Database handler
	 * @param User   $user Who imports
	 */
	public function __construct($db, User $user)
	{
		global $conf, $langs;
		if ($user->hasRight('societe', 'creer')) {
			$this->thirdparties = array('company', 'private', 'none');
		}
		$this->representatives['0'] = dol_escape_htmltag($langs->transnoentities('GContactsImportNoRepresentative'), 0, 1);
		$sql = "SELECT u.rowid, u.lastname, u.firstname, u.login FROM ".$db->prefix()."user u WHERE u.statut = 1 AND (u.fk_soc IS NULL OR u.fk_soc = 0)";
		$resql = $db->query($sql." AND u.entity IN (0, ".((int) $conf->entity).") ORDER BY u.lastname, u.firstname");
		while ($resql && ($row = $db->fetch_object($resql))) {
			$this->representatives[(string) $row->rowid] = dol_escape_htmltag(trim(dolGetFirstLastname($row->firstname, $row->lastname)) ?: $row->login, 0, 1);
		}
		if (isModEnabled('category') && $user->hasRight('categorie', 'lire')) {
			// Type 4: tags of contacts
			$sql = "SELECT c.rowid, c.label FROM ".$db->prefix()."categorie c WHERE c.type = 4 AND c.entity IN (".getEntity('category').") ORDER BY c.label";
			$resql = $db->query($sql);
			while ($resql && ($row = $db->fetch_object($resql))) {
				$this->tags[(int) $row->rowid] = (string) $row->label;
			}
		}
	}

	/**
	 * Whether a new third party needs a customer code that Dolibarr does not make by itself.
	 *
	 * @param  DoliDB $db Database handler
	 * @return bool
	 */
	public static function needsCode($db): bool
	{
		global $conf;
		$module = getDolGlobalString('SOCIETE_CODECLIENT_ADDON');
		foreach ($module === '' ? array() : array_merge(array('/core/modules/societe/'), $conf->modules_parts['societe']) as $folder) {
			if (dol_include_once($folder.$module.'.php') && class_exists($module)) {
				$numbering = new $module($db);
				return empty($numbering->code_auto) && (empty($numbering->code_null) || getDolGlobalInt('MAIN_COMPANY_CODE_ALWAYS_REQUIRED') > 0);
			}
		}
		return false;
	}
}
