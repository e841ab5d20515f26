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
 * \file    php-module/class/import/gcontactspeopleslabels.class.php
 * \ingroup gcontacts
 * \brief   The labels that people made at Google
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');

/**
 * The labels of the connected account that this Dolibarr did not make, as Google has them now.
 */
class GContactsPeoplesLabels
{
	/** Milliseconds that Google may take: a page waits for them. */
	const DEADLINE_MS = 5000;

	/** @var string What failed */
	public $error = '';

	/** @var GContactsAccount */
	private $account;

	/**
	 * @param GContactsAccount $account Account
	 */
	public function __construct(GContactsAccount $account)
	{
		$this->account = $account;
	}

	/** @return array<string, string>|null Names by resource name, in their order; null with ->error */
	public function all(): ?array
	{
		try {
			$answer = (new GContactsEngine())->otherLabels($this->account->transport(self::DEADLINE_MS), $this->account->accessToken(), GContactsSettings::instance());
			$this->account->learn($answer);
		} catch (\GContacts\Exception $e) {
			$this->error = GContactsEngine::sentence($e->reason, $e->getMessage());
			return null;
		}
		$names = array_column($answer['labels'], 'name', 'resourceName');
		natcasesort($names);
		return $names;
	}
}
