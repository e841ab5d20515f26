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
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    class/setup/gcontactsoptions.class.php
 * \ingroup gcontacts
 * \brief   The options of the setup page: what they may be, and how they are kept
 */

require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * The options: which there are, in the page's order, what each may hold, and storing them.
 */
class GContactsOptions
{
	/** Characters that a label's name may have; a login and a slash still fit behind it */
	public const LABEL_LENGTH = 100;

	/**
	 * Each option: kind of its field, and whether cards look different when it changes.
	 * A choice holds one of 'choices'; each is called GContactsOption_NAME_CHOICE.
	 * An option with 'needs' matters only while that other option is on. A number lies between 'least' and 'most'.
	 */
	public const FIELDS = array(
		'GCONTACTS_PUSH' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_PULL' => array('kind' => 'switch', 'cards' => false),
		'GCONTACTS_AUTO_TAKE' => array('kind' => 'switch', 'cards' => false, 'needs' => 'GCONTACTS_PULL'),
		'GCONTACTS_CLASH' => array('kind' => 'choice', 'cards' => false, 'choices' => GContactsSettings::CLASH),
		'GCONTACTS_DELETED_AT_GOOGLE' => array('kind' => 'choice', 'cards' => true, 'choices' => GContactsSettings::DELETED_AT_GOOGLE),
		'GCONTACTS_LABEL' => array('kind' => 'label', 'cards' => true),
		'GCONTACTS_MY_CONTACTS' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_REP_LABELS' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_TYPE_LABELS' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_CATEGORY_LABELS' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_COMPANY_IN_NAME' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_NOTES' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_PER_CONTACT' => array('kind' => 'switch', 'cards' => true),
		'GCONTACTS_PER_CONTACT_DEFAULT' => array('kind' => 'switch', 'cards' => true, 'needs' => 'GCONTACTS_PER_CONTACT'),
		'GCONTACTS_MAX_RETRIEVE' => array('kind' => 'number', 'cards' => false, 'least' => 1, 'most' => GContactsSettings::MAX_RETRIEVE),
		'GCONTACTS_LOG_DAYS' => array('kind' => 'number', 'cards' => false, 'least' => GContactsSettings::LEAST_LOG_DAYS, 'most' => GContactsSettings::MOST_LOG_DAYS),
		'GCONTACTS_AUTO_IMPORT' => array('kind' => 'switch', 'cards' => false),
		'GCONTACTS_AUTO_IMPORT_LABEL' => array('kind' => 'google_label', 'cards' => false, 'needs' => 'GCONTACTS_AUTO_IMPORT'),
		'GCONTACTS_CARDDAV_PRIVATE_HOSTS' => array('kind' => 'switch', 'cards' => false),
	);

	/** @var string Last error */
	public $error = '';

	/** @var array<string,string> What is wrong, a sentence per option */
	public $refusals = array();

	/** @var bool True if what save() changed makes cards look different */
	public $cardsChange = false;

	/** @var DoliDB Database */
	private $db;

	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database
	 */
	public function __construct(DoliDB $db)
	{
		$this->db = $db;
	}

	/**
	 * The options as they are
	 *
	 * @return array<string,string> Constant => value
	 */
	public static function current(): array
	{
		$values = array();
		foreach (self::FIELDS as $name => $field) {
			$values[$name] = $field['kind'] === 'switch' ? (string) min(1, max(0, getDolGlobalInt($name))) : getDolGlobalString($name);
		}
		$values['GCONTACTS_LABEL'] = GContactsSettings::label();
		$values['GCONTACTS_MAX_RETRIEVE'] = (string) GContactsSettings::maxRetrieve();
		$values['GCONTACTS_CLASH'] = GContactsSettings::clash();
		$values['GCONTACTS_DELETED_AT_GOOGLE'] = GContactsSettings::deletedAtGoogle();
		$values['GCONTACTS_AUTO_IMPORT_LABEL'] = GContactsSettings::autoImportLabel();
		$values['GCONTACTS_LOG_DAYS'] = (string) GContactsSettings::logDays();
		return $values;
	}

	/**
	 * Checks what a form sent
	 *
	 * @param  array<string,string> $values Constant => value as typed
	 * @return bool                         False if something is refused; refusals then says what
	 */
	public function accept(array $values): bool
	{
		global $langs;

		$this->refusals = array();
		foreach (self::FIELDS as $name => $field) {
			$refusal = '';
			if ($field['kind'] === 'label') {
				$refusal = $this->refuseLabel($values[$name] ?? '');
			} elseif ($field['kind'] === 'number') {
				$refusal = $this->refuseNumber($name, $values[$name] ?? '');
			} elseif ($field['kind'] === 'google_label' && ($values[$name] ?? '') !== '' && !preg_match(GContactsSettings::LABEL_NAME, $values[$name])) {
				$refusal = $langs->transnoentities('GContactsErrorChoice', $langs->transnoentities('GContactsOption_'.$name));
			} elseif ($field['kind'] === 'choice' && !in_array($values[$name] ?? '', $field['choices'], true)) {
				$refusal = $langs->transnoentities('GContactsErrorChoice', $langs->transnoentities('GContactsOption_'.$name));
			}
			if ($refusal !== '') {
				$this->refusals[$name] = $refusal;
			}
		}
		return !$this->refusals;
	}

	/**
	 * Stores the options, all or none
	 *
	 * @param  array<string,string> $values Constant => accepted value
	 * @return int                          Number of options changed, below 0 on failure
	 */
	public function save(array $values): int
	{
		global $conf;

		$before = self::current();
		$changed = 0;
		$this->db->begin();
		foreach (self::FIELDS as $name => $field) {
			if ($values[$name] === $before[$name] && isset($conf->global->$name)) {
				continue;
			}
			if (dolibarr_set_const($this->db, $name, $values[$name], 'chaine', 0, '', $conf->entity) < 0) {
				$this->error = $this->db->lasterror();
				$this->db->rollback();
				return -1;
			}
			if ($values[$name] !== $before[$name]) {
				$changed++;
				$this->cardsChange = $this->cardsChange || $field['cards'];
			}
		}
		$this->db->commit();
		return $changed;
	}

	/**
	 * Why a name cannot be a label's name
	 *
	 * @param  string $name Name, trimmed
	 * @return string       A sentence, '' if it can
	 */
	private function refuseLabel(string $name): string
	{
		global $langs;

		$field = $langs->transnoentities('GContactsOption_GCONTACTS_LABEL');
		if ($name === '') {
			return $langs->transnoentities('GContactsErrorLabelEmpty', $field);
		}
		if (dol_strlen($name) > self::LABEL_LENGTH) {
			return $langs->transnoentities('GContactsErrorLabelTooLong', $field, (string) self::LABEL_LENGTH, (string) dol_strlen($name));
		}
		if (strpos($name, '/') !== false) {
			return $langs->transnoentities('GContactsErrorLabelSlash', $field);
		}
		// Dolibarr's usual databases keep three bytes a character: an emoji cannot be stored
		if (!preg_match('/^[^<>\x00-\x1F\x7F\x{10000}-\x{10FFFF}]*$/u', $name)) {
			return $langs->transnoentities('GContactsErrorLabelCharacter', $field);
		}
		return '';
	}

	/**
	 * Why a text is not a number that an option may hold
	 *
	 * @param  string $name  Constant
	 * @param  string $typed Text, trimmed
	 * @return string        A sentence, '' if it is
	 */
	private function refuseNumber(string $name, string $typed): string
	{
		global $langs;

		$least = self::FIELDS[$name]['least'];
		$most = self::FIELDS[$name]['most'];
		if (ctype_digit($typed) && strlen($typed) <= 6 && (int) $typed >= $least && (int) $typed <= $most) {
			return '';
		}
		return $langs->transnoentities('GContactsErrorNumber', $langs->transnoentities('GContactsOption_'.$name), (string) $least, (string) $most);
	}
}
