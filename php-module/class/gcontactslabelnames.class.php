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
 * \file    php-module/class/gcontactslabelnames.class.php
 * \ingroup gcontacts
 * \brief   What labels are called after the container's name
 */

/**
 * Names of the labels of third parties' types and of categories. Everybody's phone shows the same: they do not depend on
 * who is at work, nor on which process.
 */
class GContactsLabelNames
{
	/** Characters of a category's name; the container's name and a slash still fit before it. */
	const LENGTH = 120;

	/** Language key of the label of each type, as the engine calls the types. */
	const TYPES = array('customers' => 'GContactsLabelCustomers', 'prospects' => 'GContactsLabelProspects', 'suppliers' => 'GContactsLabelSuppliers');

	/** Language key of what tells a category's kind, by Dolibarr's number of the kind. */
	const KINDS = array(1 => 'GContactsLabelSuppliers', 2 => 'GContactsLabelCustomers', 4 => 'GContactsLabelContacts');

	/** @var array<string, Translate> By language */
	private static $translations = array();

	/**
	 * The names of the labels of types.
	 *
	 * @return array<string, string> By type
	 */
	public static function ofTypes(): array
	{
		return array_map(array(self::class, 'translate'), self::TYPES);
	}

	/**
	 * The names of the labels of categories. Each has its own, since Google refuses two labels of one name: of those called
	 * the same the oldest keeps the name, so that no new category renames the label of another. The others say whose they
	 * are too (their parent, else their kind), and where that is not enough their number.
	 *
	 * @param  array<int, object>    $categories rowid, label, type, fk_parent, by rowid
	 * @param  array<int, string>    $taken      Names of labels that are no category's
	 * @return array<int, string>                By rowid
	 */
	public static function ofCategories(array $categories, array $taken): array
	{
		ksort($categories);
		$taken = array_fill_keys(array_map('dol_strtolower', array_merge($taken, self::ofTypes())), true);
		$names = array();
		foreach ($categories as $id => $category) {
			$name = self::short((string) $category->label);
			$parent = $categories[(int) $category->fk_parent] ?? null;
			$whose = $parent ? self::short((string) $parent->label) : self::translate(self::KINDS[(int) $category->type] ?? '');
			foreach (array($name, $name.' ('.$whose.')', $name.' #'.$id) as $possible) {
				$names[$id] = $possible;
				if (!isset($taken[dol_strtolower($possible)])) {
					break;
				}
			}
			$taken[dol_strtolower($names[$id])] = true;
		}
		return $names;
	}

	/**
	 * The language of the installation: that of its settings, else that of the country in which its company is. Not the
	 * reader's, which would rename the labels with whoever saves a contact.
	 *
	 * @return string For example fr_FR
	 */
	public static function language(): string
	{
		global $mysoc;

		$language = getDolGlobalString('MAIN_LANG_DEFAULT', 'auto');
		if (preg_match('/^[a-z]{2}_[A-Z]{2}$/', $language)) {
			return $language;
		}
		$country = explode(':', getDolGlobalString('MAIN_INFO_SOCIETE_COUNTRY'))[1] ?? (string) ($mysoc->country_code ?? '');
		$language = $country === '' ? '' : (string) getLanguageCodeFromCountryCode($country);
		return preg_match('/^[a-z]{2}_[A-Z]{2}$/', $language) ? $language : 'en_US';
	}

	/**
	 * @param  string $key Language key
	 * @return string      In the language of the installation
	 */
	private static function translate(string $key): string
	{
		global $conf;

		$language = self::language();
		if (!isset(self::$translations[$language])) {
			$translation = new Translate('', $conf);
			$translation->setDefaultLang($language);
			$translation->load('gcontacts@gcontacts');
			self::$translations[$language] = $translation;
		}
		return self::$translations[$language]->transnoentities($key);
	}

	/**
	 * @param  string $name Name of a category
	 * @return string
	 */
	private static function short(string $name): string
	{
		return trim(dol_trunc(trim((string) preg_replace('/\s+/u', ' ', $name)), self::LENGTH, 'right', 'UTF-8', 1));
	}
}
