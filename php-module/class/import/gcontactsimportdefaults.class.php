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
 * \file    php-module/class/import/gcontactsimportdefaults.class.php
 * \ingroup gcontacts
 * \brief   What is chosen for a candidate unless somebody says otherwise
 */

dol_include_once('/gcontacts/class/import/gcontactsimportchoices.class.php');

/**
 * The first choice for each candidate: a link where Dolibarr surely has that person, else a new contact, with the third party
 * that surely exists, a new company where the card names one, or a private individual.
 */
class GContactsImportDefaults
{
	/** The choice that leaves a candidate in the list. */
	const SKIP = 'skip';

	/** @var User */
	private $user;

	/**
	 * @param User $user Who imports
	 */
	public function __construct(User $user)
	{
		$this->user = $user;
	}

	/**
	 * The first choice.
	 *
	 * @param  array<string, mixed> $candidate Candidate, see GContactsCandidateList
	 * @return array<string, mixed>            See GContactsImportChoices::draft()
	 */
	public function of(array $candidate): array
	{
		$choice = array(
			'candidate' => $candidate['id'], 'title' => $candidate['title'], 'contact' => 0, 'representative' => (int) $this->user->id,
			'lastname' => '', 'code' => '', 'tags' => array(),
		);
		if ($candidate['kind'] === 'company') {
			$choice['action'] = 'company';
		} else {
			$sure = self::sure($candidate['contacts']);
			// Whoever has another card already would be in Dolibarr twice.
			$choice['action'] = $sure ? ($sure['has_card'] ? self::SKIP : 'link') : 'import';
			$choice['contact'] = $sure['id'] ?? 0;
		}
		return $choice + $this->thirdparty($candidate);
	}

	/**
	 * Whether nobody like that is in Dolibarr, so that ticking all ticks it too.
	 *
	 * @param  array<string, mixed> $candidate Candidate
	 * @return bool
	 */
	public static function isNew(array $candidate): bool
	{
		return $candidate['kind'] === 'company' ? self::sure($candidate['companies']) === null : $candidate['contacts'] === array();
	}

	/**
	 * Whether nothing at all is in doubt, so that nobody has to look.
	 *
	 * @param  array<string, mixed> $candidate Candidate
	 * @return bool
	 */
	public static function isBeyondDoubt(array $candidate): bool
	{
		if ($candidate['kind'] !== 'person' || $candidate['twin'] > 0 || $candidate['contacts']) {
			return false;
		}
		// A company that may be another one is for a person to decide.
		$sure = array_filter($candidate['companies'], array(self::class, 'isSure'));
		return count($sure) <= 1 && count($sure) === count($candidate['companies']);
	}

	/**
	 * The one that it surely is.
	 *
	 * @param  array<int, array<string, mixed>> $elements Contacts or third parties
	 * @return array<string, mixed>|null                  Null where there is none
	 */
	public static function sure(array $elements): ?array
	{
		return array_values(array_filter($elements, array(self::class, 'isSure')))[0] ?? null;
	}

	/**
	 * @param  array<string, mixed> $element Contact or third party
	 * @return bool
	 */
	private static function isSure(array $element): bool
	{
		return $element['sure'];
	}

	/**
	 * @param  array<string, mixed>      $candidate Candidate
	 * @return array<string, int|string>            thirdparty and soc
	 */
	private function thirdparty(array $candidate): array
	{
		$sure = self::sure($candidate['companies']);
		if ($sure) {
			return array('thirdparty' => 'existing', 'soc' => (int) $sure['id']);
		}
		if (!$this->user->hasRight('societe', 'creer')) {
			return array('thirdparty' => 'none', 'soc' => 0);
		}
		return array('thirdparty' => (string) $candidate['contents']['company'] !== '' ? 'company' : 'private', 'soc' => 0);
	}
}
