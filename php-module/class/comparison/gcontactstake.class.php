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
 * \file    php-module/class/comparison/gcontactstake.class.php
 * \ingroup gcontacts
 * \brief   Taking Google's values into a contact of Dolibarr
 */

require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';
dol_include_once('/gcontacts/class/comparison/gcontactscardchange.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactstakenfields.class.php');
dol_include_once('/gcontacts/class/gcontactsownwrite.class.php');

/**
 * Takes fields from Google through Dolibarr's own class, as the user, in one transaction with the new base of the link.
 *
 * The save is not noted as a change of Dolibarr's. Where Dolibarr kept a value otherwise (its case rules), that is one, and the
 * ordinary push sends it.
 */
class GContactsTake extends GContactsCardChange
{
	/** @var array<int, string> Keys of the fields that were taken */
	public $taken = array();
	/** @var array<string, array<int, string>> Key of a field => reason code why it was not taken, and what it is about */
	public $refused = array();

	/** @var GContactsRun|null Log in which the taking stands, so that it can be undone */
	private $run;

	/**
	 * @param DoliDB            $db      Database handler
	 * @param GContactsAccount  $account Account
	 * @param GContactsRun|null $run     Run that has begun, null to keep no log
	 */
	public function __construct($db, GContactsAccount $account, ?GContactsRun $run = null)
	{
		parent::__construct($db, $account);
		$this->run = $run;
	}

	/**
	 * Takes fields.
	 *
	 * @param  int                   $id   Id of the contact
	 * @param  array<int, string>    $keys Keys of rows, empty for all that differ
	 * @param  array<string, string> $seen Key => hash of Google's text that the user saw, see seen(); empty to take what is there
	 * @param  User                  $user Who takes them; the caller has checked the rights
	 * @return int                         1, or -1 with ->reason and ->error
	 */
	public function take(int $id, array $keys, array $seen, User $user): int
	{
		return $this->withCard($id, function () use ($id, $keys, $seen, $user): int {
			$rows = $this->wanted($keys, $seen);
			return $rows ? $this->write($id, $rows, $user) : $this->tellNothing();
		});
	}

	/**
	 * Takes fields of a card as it is loaded already, for the pull.
	 *
	 * @param  int                  $id   Id of the contact
	 * @param  array<int, string>   $keys Keys of rows
	 * @param  array<string, mixed> $card Card as the engine gives it
	 * @param  User                 $user In whose name
	 * @return int                        1, or -1 with ->reason and ->error
	 */
	public function takeFrom(int $id, array $keys, array $card, User $user): int
	{
		if ($this->compareWith($id, $card) < 0) {
			return -1;
		}
		$rows = $this->wanted($keys, array());
		return $rows ? $this->write($id, $rows, $user) : $this->tellNothing();
	}

	/**
	 * A text as a form carries it, to tell whether it is still the one that was seen.
	 *
	 * @param  string $google Google's text
	 * @return string
	 */
	public static function seen(string $google): string
	{
		return substr(hash('sha256', $google), 0, 16);
	}

	/**
	 * @param  array<int, string>               $keys Keys of rows
	 * @param  array<string, string>            $seen Hashes
	 * @return array<int, array<string, mixed>>       Rows
	 */
	private function wanted(array $keys, array $seen): array
	{
		$rows = array();
		foreach ($this->compared['rows'] as $row) {
			$key = (string) $row['key'];
			if (!$row['takeable'] || ($keys && !in_array($key, $keys, true))) {
				continue;
			}
			if (isset($seen[$key]) && $seen[$key] !== self::seen((string) $row['google'])) {
				$this->refused[$key] = array('changed_meanwhile');
			} else {
				$rows[] = $row;
			}
		}
		return $rows;
	}

	/**
	 * @return int 1
	 */
	private function tellNothing(): int
	{
		$this->reason = $this->refused ? '' : 'take_nothing';
		return 1;
	}

	/**
	 * @param  int                              $id   Id of the contact
	 * @param  array<int, array<string, mixed>> $rows Rows to take
	 * @param  User                             $user Who takes them
	 * @return int                                    1, or -1
	 */
	private function write(int $id, array $rows, User $user): int
	{
		$contact = new Contact($this->db);
		if ($contact->fetch($id) <= 0) {
			return $this->failed('deleted', (string) $contact->error);
		}
		$contact->fetch_optionals();
		$contact->oldcopy = clone $contact;
		$fields = new GContactsTakenFields($this->db);
		$fields->put($contact, $rows);
		$this->refused += $fields->refused;
		if (!$fields->taken) {
			return 1;
		}
		$this->db->begin();
		$saved = GContactsOwnWrite::during($id, function () use ($contact, $id, $user): int {
			return (int) $contact->update($id, $user);
		});
		if ($saved <= 0 || $this->settle($id, $fields->taken) < 0 || $this->log($contact, $fields) < 0) {
			$this->db->rollback();
			$why = $saved > 0 ? (string) $this->db->lasterror() : trim($contact->error.' '.implode(' ', $contact->errors));
			return $this->failed($saved > 0 ? 'database' : 'take_refused', $why);
		}
		$this->taken = $fields->taken;
		return $this->db->commit() > 0 ? 1 : $this->failed('database', (string) $this->db->lasterror());
	}

	/**
	 * Writes into the log what Dolibarr had and has now.
	 *
	 * @param  Contact              $contact Contact as it was saved, with what it was before
	 * @param  GContactsTakenFields $fields  Fields that were taken
	 * @return int                           1, or -1
	 */
	private function log(Contact $contact, GContactsTakenFields $fields): int
	{
		$kept = new Contact($this->db);
		if ($this->run === null) {
			return 1;
		}
		if ($kept->fetch($contact->id) <= 0) {
			return -1;
		}
		$before = array();
		foreach ($fields->properties() as $property) {
			$before[$property] = array('before' => $contact->oldcopy->$property, 'after' => $kept->$property);
		}
		$row = array('type' => 'contact', 'id' => (int) $contact->id, 'name' => $kept->getFullName($GLOBALS['langs']), 'action' => 'take', 'result' => 'done', 'reason' => '');
		$row += array('message' => implode(', ', $fields->taken), 'before' => (string) json_encode($before));
		return $this->run->add($row) < 0 ? -1 : $this->run->progress(array('done' => 1));
	}
}
