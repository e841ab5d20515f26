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
 * \defgroup gcontacts Module GContacts
 * \brief    Keeps a Google account's address book equal to Dolibarr's shared contacts
 *
 * \file     core/modules/modGContacts.class.php
 * \ingroup  gcontacts
 * \brief    Descriptor of the module
 */

include_once DOL_DOCUMENT_ROOT.'/core/modules/DolibarrModules.class.php';

/**
 * What GContacts adds to Dolibarr. Nothing of it is deleted when the module is switched off.
 */
class modGContacts extends DolibarrModules
{
	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
		$this->numero = 500120;
		$this->rights_class = 'gcontacts';
		$this->family = 'interface';
		$this->module_position = '80';
		$this->name = preg_replace('/^mod/i', '', get_class($this));
		$this->description = 'Module500120Desc';
		$this->editor_name = 'The GContacts authors';
		$this->version = '2.0.0';
		$this->const_name = 'MAIN_MODULE_'.strtoupper($this->name);
		$this->picto = 'gcontacts.png@gcontacts';
		$this->module_parts = array('triggers' => 1, 'hooks' => array('main', 'contactlist'));
		$this->config_page_url = array('setup.php@gcontacts');
		$this->depends = array('modSociete');
		$this->langfiles = array('gcontacts@gcontacts');
		$this->phpmin = array(8, 1);
		$this->need_dolibarr_version = array(20, -3);
		$this->warnings_activation = extension_loaded('gcontacts') ? array() : array('always' => 'GContactsReason_extension_missing');
		$this->const = $this->constants();
		$this->rights = $this->permissions();
		$this->menu = $this->menus();
		$this->boxes = array(array('file' => 'box_gcontacts.php@gcontacts', 'note' => '', 'enabledbydefaulton' => 'Home'));
		$this->cronjobs = $this->jobs();
		$badge = 'GContacts,GContactsBadge,/gcontacts/class/comparison/gcontactsbadge.class.php,differences';
		$this->tabs = array(array('data' => 'contact:+gcontacts:'.$badge.':gcontacts@gcontacts:$user->hasRight("gcontacts", "read"):/gcontacts/contact_tab.php?id=__ID__'));
	}

	/**
	 * Settings with the value that they begin with. Existing ones stay.
	 *
	 * @return array<int, array<int, int|string>>
	 */
	private function constants(): array
	{
		$values = array(
			'GCONTACTS_PUSH' => '1',
			'GCONTACTS_PULL' => '1',
			'GCONTACTS_AUTO_TAKE' => '0',
			'GCONTACTS_CLASH' => 'dolibarr',
			'GCONTACTS_DELETED_AT_GOOGLE' => 'recreate',
			'GCONTACTS_LABEL' => 'Onelog',
			'GCONTACTS_MY_CONTACTS' => '1',
			'GCONTACTS_REP_LABELS' => '0',
			'GCONTACTS_TYPE_LABELS' => '0',
			'GCONTACTS_CATEGORY_LABELS' => '0',
			'GCONTACTS_COMPANY_IN_NAME' => '0',
			'GCONTACTS_NOTES' => '0',
			'GCONTACTS_PER_CONTACT' => '0',
			'GCONTACTS_PER_CONTACT_DEFAULT' => '1',
			'GCONTACTS_MAX_RETRIEVE' => '25000',
			'GCONTACTS_LOG_DAYS' => '90',
			'GCONTACTS_CARDDAV_PRIVATE_HOSTS' => '0',
			'GCONTACTS_AUTO_IMPORT' => '0',
		);
		$constants = array();
		foreach ($values as $name => $value) {
			$constants[] = array($name, 'chaine', $value, '', 0, 'current', 0);
		}
		return $constants;
	}

	/**
	 * Rights.
	 *
	 * @return array<int, array<int, int|string>>
	 */
	private function permissions(): array
	{
		$permissions = array();
		$labels = array(
			'read' => 'See what Google has of a contact',
			'import' => 'Import new contacts from Google',
			'admin' => 'Administer the synchronisation',
		);
		foreach ($labels as $right => $label) {
			$number = count($permissions) + 1;
			$permissions[] = array((int) ($this->numero.sprintf('%02d', $number)), $label, 'r', 0, $right, '');
		}
		return $permissions;
	}

	/**
	 * The block of GContacts in the left menu of third parties.
	 *
	 * @return array<int, array<string, int|string>>
	 */
	private function menus(): array
	{
		$block = array(
			'type' => 'left',
			'mainmenu' => 'companies',
			'langs' => 'gcontacts@gcontacts',
			'enabled' => 'isModEnabled("gcontacts")',
			'target' => '',
			'user' => 0,
		);
		$reads = '$user->hasRight("gcontacts", "read") && $user->hasRight("societe", "contact", "lire")';
		$imports = '$user->hasRight("gcontacts", "import")';
		$operates = '($user->admin || $user->hasRight("gcontacts", "admin"))';
		$menus = array(array(
			'fk_menu' => 'fk_mainmenu=companies',
			'titre' => 'GContactsMenu',
			'prefix' => '<span class="fas fa-address-book pictofixedwidth paddingright"></span>',
			'leftmenu' => 'gcontacts',
			'url' => '/gcontacts/index.php',
			'position' => 1000,
			'perms' => $operates.' || ('.$reads.') || '.$imports,
		) + $block);
		$pages = array(
			'import' => array('GContactsMenuImport', $imports),
			'check' => array('GContactsCheckMenu', $reads),
			'changed' => array('GContactsChangedMenu', $reads),
			'admin/operations' => array('GContactsTabOperations', $operates),
			'admin/setup' => array('GContactsSetupMenu', '$user->admin'),
		);
		foreach ($pages as $page => $entry) {
			$menus[] = array(
				'fk_menu' => 'fk_mainmenu=companies,fk_leftmenu=gcontacts',
				'titre' => $entry[0],
				'leftmenu' => 'gcontacts_'.basename($page),
				'url' => '/gcontacts/'.$page.'.php',
				'position' => 1000 + 10 * count($menus),
				'perms' => $entry[1],
			) + $block;
		}
		return $menus;
	}

	/**
	 * Scheduled jobs. The condition is not a plain 1, so that Dolibarr keeps the job and its schedule while the
	 * module is off.
	 *
	 * @return array<int, array<string, int|string>>
	 */
	private function jobs(): array
	{
		$job = array(
			'jobtype' => 'method',
			'class' => '/gcontacts/class/gcontactscron.class.php',
			'objectname' => 'GContactsCron',
			'parameters' => '',
			'comment' => '',
			'status' => 1,
			'test' => 'isModEnabled("gcontacts")',
			'priority' => 50,
		);
		return array(
			array('label' => 'GContactsCronDrain', 'method' => 'drain', 'frequency' => 5, 'unitfrequency' => 60) + $job,
			array('label' => 'GContactsCronPull', 'method' => 'pull', 'frequency' => 10, 'unitfrequency' => 60) + $job,
			array('label' => 'GContactsCronImport', 'method' => 'import', 'frequency' => 10, 'unitfrequency' => 60) + $job,
			array('label' => 'GContactsCronReconcile', 'method' => 'reconcile', 'frequency' => 1, 'unitfrequency' => 86400) + $job,
		);
	}

	/**
	 * Switches the module on. It does so without the extension too: changes are noted from then on, and the setup
	 * page says what to install.
	 *
	 * @param  string $options Options of Dolibarr's
	 * @return int             1, or below 1 with ->error
	 */
	public function init($options = '')
	{
		if ($this->_load_tables('/gcontacts/sql/') < 0) {
			return -1;
		}
		$this->remove($options);
		$done = $this->_init(array(), $options);
		if ($done <= 0) {
			return $done;
		}
		dol_include_once('/gcontacts/class/gcontactssettings.class.php');
		dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');
		GContactsSettings::instance();
		$field = new GContactsSyncField($this->db);
		if ($field->declare() < 0) {
			$this->error = $field->error;
			return -1;
		}
		return 1;
	}

	/**
	 * Switches the module off. Tables, settings, rights of users, values of fields and the job stay.
	 *
	 * @param  string $options Options of Dolibarr's
	 * @return int             1, or below 1 with ->error
	 */
	public function remove($options = '')
	{
		return $this->_remove(array(), $options);
	}
}
