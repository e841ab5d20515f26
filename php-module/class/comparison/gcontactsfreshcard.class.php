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
 * \file    php-module/class/comparison/gcontactsfreshcard.class.php
 * \ingroup gcontacts
 * \brief   A card as Google has it at this moment
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactscompareengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Reads one card: one call, within a few seconds. Where Google does not answer it says why, and nothing is concluded.
 */
class GContactsFreshCard
{
	/** Milliseconds that a page waits for Google. */
	const DEADLINE_MS = 4000;

	/** @var array<string, mixed>|null What Google has; null where it was not read */
	public $card = null;
	/** @var bool Whether Google says that the card is no longer there */
	public $gone = false;
	/** @var string Reason code, empty where Google answered */
	public $reason = '';
	/** @var string What Google said */
	public $message = '';

	/**
	 * @param  GContactsAccount $account      Account
	 * @param  string           $resourceName Resource name of the card
	 * @return self
	 */
	public static function read(GContactsAccount $account, string $resourceName): self
	{
		$fresh = new self();
		$problem = (new GContactsEngine())->problem();
		if ($problem !== '' || $account->state === 'reconnect' || $account->siteChanged()) {
			$fresh->reason = $problem !== '' ? $problem : ($account->state === 'reconnect' ? 'reconnect' : 'site_changed');
			return $fresh;
		}
		try {
			$engine = new GContactsCompareEngine();
			$fresh->card = $engine->readCard(GContactsSettings::transport(self::DEADLINE_MS), $account->accessToken(), $resourceName, GContactsSettings::country());
			$fresh->gone = $fresh->card === null;
		} catch (\GContacts\Exception $e) {
			$fresh->reason = $e->reason;
			$fresh->message = $e->getMessage();
		}
		return $fresh;
	}
}
