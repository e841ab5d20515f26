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
 * \file    core/boxes/box_gcontacts.php
 * \ingroup gcontacts
 * \brief   Widget of the home page: how many contacts are on the phones
 */

include_once DOL_DOCUMENT_ROOT.'/core/boxes/modules_boxes.php';
dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');

/**
 * The totals of Check synchro with links to it, and what holds the account up. Counts only what the reader may see.
 */
class box_gcontacts extends ModeleBoxes
{
	/** @var string Id of the widget */
	public $boxcode = 'gcontacts';

	/** @var string Picture */
	public $boximg = 'address';

	/** @var string Title in the setup of the widgets */
	public $boxlabel = 'GContactsBox';

	/** @var string[] Modules that it needs */
	public $depends = array('gcontacts');

	/**
	 * Constructor
	 *
	 * @param DoliDB $db    Database handler
	 * @param string $param More parameters
	 */
	public function __construct($db, $param = '')
	{
		global $langs, $user;

		parent::__construct($db, $param);
		$langs->load('gcontacts@gcontacts');
		$this->hidden = !($user->hasRight('gcontacts', 'read') && $user->hasRight('societe', 'contact', 'lire'));
	}

	/**
	 * Loads what is shown
	 *
	 * @param  int  $max Highest number of lines; there are never more than seven
	 * @return void
	 */
	public function loadBox($max = 7)
	{
		global $langs, $user;

		$this->max = $max;
		$langs->load('gcontacts@gcontacts');
		$this->info_box_head = array('text' => $langs->transnoentities('GContactsBox'));
		$account = new GContactsAccount($this->db);
		if ($this->hidden || $account->fetchForEntity() < 0) {
			return;
		}
		$blocked = $account->blockedReason();
		$text = $blocked === '' || $blocked === 'busy' ? $langs->transnoentities('GContactsBoxWell', $account->email) : GContactsEngine::sentence($blocked);
		$this->addLine(dol_escape_htmltag($text), '', '');
		$rows = new GContactsCheckRows($this->db, $account, $user);
		foreach ((array) ($account->id > 0 ? $rows->totals() : array()) as $state => $number) {
			if ($number > 0 || $state === 'in_sync') {
				$this->addLine(dol_escape_htmltag($langs->transnoentities('GContactsCheckState_'.$state)), GContactsProgress::number($number), dol_buildpath('/gcontacts/check.php', 1).'?mainmenu=companies&state='.$state);
			}
		}
	}

	/**
	 * Adds a line. Dolibarr counts the cells of the first one for the title above.
	 *
	 * @param  string $html   First cell, HTML
	 * @param  string $number Second cell
	 * @param  string $url    Where both lead, '' for nowhere
	 * @return void
	 */
	private function addLine(string $html, string $number, string $url): void
	{
		$this->info_box_contents[] = array(
			array('td' => 'class="wordbreak"', 'text' => $html, 'url' => $url, 'asis' => 1),
			array('td' => 'class="right"', 'text' => $number, 'url' => $url),
		);
	}

	/**
	 * Shows it
	 *
	 * @param  array<string,mixed>|null $head     Not used
	 * @param  array<int,mixed>|null    $contents Not used
	 * @param  int                      $nooutput 1 to return it only
	 * @return string
	 */
	public function showBox($head = null, $contents = null, $nooutput = 0)
	{
		return parent::showBox($this->info_box_head, $this->info_box_contents, $nooutput);
	}
}
