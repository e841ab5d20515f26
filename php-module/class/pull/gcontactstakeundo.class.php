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
 * \file    php-module/class/pull/gcontactstakeundo.class.php
 * \ingroup gcontacts
 * \brief   Taking back what was taken from Google
 */

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
dol_include_once('/gcontacts/class/gcontactsvisibility.class.php');

/**
 * Puts back what a contact had before a taking that stands in the log. It is an ordinary save: Google then gets it too.
 */
class GContactsTakeUndo
{
	/** @var string Reason code of the failure, empty where there is none */
	public $reason = '';
	/** @var string What was said */
	public $error = '';

	/** @var DoliDB */
	private $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Whether a row of the log can be undone.
	 *
	 * @param  string $action Its action
	 * @param  string $before Its column card_before
	 * @return bool
	 */
	public static function isFor(string $action, string $before): bool
	{
		return $action === 'take' && $before !== '';
	}

	/**
	 * Undoes a row of the log. Fields that somebody has changed since stay as they are.
	 *
	 * @param  int  $item Id of the row in llx_gcontacts_run_item
	 * @param  User $user Who undoes it
	 * @return int        Number of fields put back, or -1 with ->reason and ->error
	 */
	public function undo(int $item, User $user): int
	{
		global $conf;
		$sql = "SELECT fk_element, card_before FROM ".$this->db->prefix()."gcontacts_run_item WHERE rowid = ".$item;
		$resql = $this->db->query($sql." AND entity = ".((int) $conf->entity)." AND action = 'take' AND element_type = 'contact'");
		$row = $resql ? $this->db->fetch_object($resql) : null;
		$kept = $row ? json_decode((string) $row->card_before, true) : null;
		$contact = new Contact($this->db);
		if (!is_array($kept) || !$user->hasRight('societe', 'contact', 'creer') || !GContactsVisibility::among($user, $this->db, array((int) $row->fk_element))) {
			return $this->failed('take_undo_gone', '');
		}
		if ($contact->fetch((int) $row->fk_element) <= 0) {
			return $this->failed('deleted', '');
		}
		$contact->fetch_optionals();
		$back = 0;
		foreach ($kept as $property => $values) {
			if (json_encode($contact->$property) === json_encode($values['after'])) {
				$contact->$property = $values['before'];
				$back++;
			}
		}
		if ($back > 0 && $contact->update($contact->id, $user) <= 0) {
			return $this->failed('take_refused', trim($contact->error.' '.implode(' ', $contact->errors)));
		}
		return $back;
	}

	/**
	 * @param  string $reason Reason code
	 * @param  string $error  What was said
	 * @return int            -1
	 */
	private function failed(string $reason, string $error): int
	{
		list($this->reason, $this->error) = array($reason, $error);
		return -1;
	}
}
