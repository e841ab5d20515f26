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
 * \file    php-module/class/account/gcontactsaccount.class.php
 * \ingroup gcontacts
 * \brief   A connected Google account
 */

dol_include_once('/gcontacts/class/account/gcontactsaccountpace.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/account/gcontactsconsentmail.class.php');
dol_include_once('/gcontacts/class/account/gcontactspairing.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/gcontactstext.class.php');
dol_include_once('/gcontacts/class/account/gcontactstokens.class.php');

/**
 * The Google account of an entity: whether it may be written to now, by whom, and with which token.
 */
class GContactsAccount extends GContactsAccountPace
{
	/**
	 * Why nothing may be sent now.
	 *
	 * @param  array<int, string> $despite What does not matter: push_off, site_changed, awaiting_confirmation, reconnect, paused
	 * @return string                      Reason code, empty where sending may happen
	 */
	public function blockedReason(array $despite = array()): string
	{
		$engine = new GContactsEngine();
		if ($this->id === 0 || $engine->problem() !== '') {
			return $this->id === 0 ? 'not_connected' : $engine->problem();
		}
		$reasons = array(
			'push_off' => !GContactsSettings::pushOn(),
			'site_changed' => $this->siteChanged(),
			'awaiting_confirmation' => $this->state === 'confirm',
			'reconnect' => $this->state !== 'confirm' && !in_array($this->state, self::SENDS, true),
			'paused' => $this->paused_until > time(),
		);
		$first = (string) (current(array_diff(array_keys(array_filter($reasons)), $despite)) ?: '');
		return $first === 'paused' ? $this->state_reason : $first;
	}

	/** @return bool Whether it is still open whose the cards are that were there before: until then each looks new */
	public function isAdopting(): bool
	{
		return in_array($this->state, array('confirm', self::ADOPTING), true);
	}

	/**
	 * What holds sending up, with what Google said.
	 *
	 * @param  string $reason What blockedReason() told
	 * @return string         Plain text
	 */
	public function alarm(string $reason): string
	{
		if ($reason === 'reconnect' && $this->state_reason !== '') {
			return GContactsEngine::sentence($this->state_reason, $this->state_message);
		}
		return GContactsEngine::sentence($reason, $reason === $this->state_reason ? $this->state_message : '');
	}

	/**
	 * Whether this Dolibarr has another address than when the account was connected: a copied database must not
	 * write to the company's phones.
	 *
	 * @return bool
	 */
	public function siteChanged(): bool
	{
		return $this->id > 0 && $this->site_url !== GContactsSettings::siteUrl();
	}

	/**
	 * Connects the account that gave its consent, see GContactsPairing::connect().
	 *
	 * @param  array<string, mixed>  $tokens   Of the consent
	 * @param  array<string, string> $userinfo sub and email
	 * @param  int                   $cards    How many cards the account holds
	 * @param  User                  $user     Administrator
	 * @return int                             1, or -1 with ->reason and ->error
	 */
	public function connect(array $tokens, array $userinfo, int $cards, User $user): int
	{
		$pairing = new GContactsPairing($this->db, $this);
		return $pairing->connect($tokens, $userinfo, $cards, $user);
	}

	/**
	 * Disconnects the account, see GContactsPairing::disconnect().
	 *
	 * @param  bool $revoke False to leave the consent to the Dolibarr that this one is a copy of
	 * @return int          1, or -1 with ->reason and ->error
	 */
	public function disconnect(bool $revoke = true): int
	{
		$pairing = new GContactsPairing($this->db, $this);
		return $pairing->disconnect($revoke);
	}

	/**
	 * Takes an administrator's word that sending may begin: the cards that are there are adopted, and all shared
	 * contacts are sent.
	 *
	 * @param  User $user     Administrator
	 * @param  bool $accepted Whether cards are adopted too that only look the same as a contact
	 * @param  bool $notes    Whether all contacts are noted in the outbox; else the caller does
	 * @return int            1, or -1 with ->error
	 */
	public function confirmSending(User $user, bool $accepted = true, bool $notes = true): int
	{
		$outbox = new GContactsOutbox($this->db, $this->entity);
		$adoption = new GContactsAdoption($this->db, $this);
		$waits = $this->state === 'confirm';
		$this->db->begin();
		$confirmed = array('state' => $waits ? self::ADOPTING : $this->state, 'state_message' => '', 'confirmed' => true);
		if (($waits && $adoption->confirm($accepted) < 0) || $this->change($confirmed) < 0 || ($notes && $outbox->addAllContacts('CONFIRMED') < 0)) {
			$this->db->rollback();
			return $this->failed('database', $this->db->lasterror());
		}
		dol_syslog('GContacts: user '.$user->login.' confirmed sending to account '.$this->id);
		return $this->db->commit() > 0 ? 1 : $this->failed('database', $this->db->lasterror());
	}

	/**
	 * Takes an administrator's word that this is the same Dolibarr under a new address.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function acceptSite(): int
	{
		return $this->change(array('site_url' => GContactsSettings::siteUrl()));
	}

	/**
	 * An access token that is good for the next minutes. Where the consent is gone, the account says so from now on.
	 *
	 * @return string
	 * @throws \GContacts\Exception Google refuses or cannot be reached
	 * @throws GContactsTooLate     There is no time left to ask for one
	 */
	public function accessToken(): string
	{
		$tokens = new GContactsTokens($this->db, $this->id);
		try {
			return $tokens->access($this->timeFor(GContactsTokens::DEADLINE_MS));
		} catch (\GContacts\AuthException $e) {
			if (in_array($e->reason, array('invalid_grant', 'reauth_required', 'reconnect'), true)) {
				$this->needReconnect($e->reason, $e->getMessage());
			}
			throw $e;
		}
	}

	/**
	 * Stops sending until an administrator connects again, and tells whoever connected, once. The outbox stays.
	 *
	 * @param  string $reason  Reason code
	 * @param  string $message What Google said
	 * @return int             1, or -1 with ->error
	 */
	public function needReconnect(string $reason, string $message): int
	{
		$sql = "UPDATE ".$this->db->prefix()."gcontacts_account SET state = 'reconnect' WHERE rowid = ".$this->id." AND state <> 'reconnect'";
		$resql = $this->db->query($sql);
		// Of two processes that find it out the one tells it whose row changed.
		$isFirst = $resql && $this->db->affected_rows($resql) > 0;
		$changed = $this->change(array('state' => 'reconnect', 'state_reason' => $reason, 'state_message' => GContactsText::storable($message)));
		if ($isFirst && $this->db->transaction_opened === 0) {
			(new GContactsConsentMail($this->db, $this))->send();
		}
		return $changed;
	}
}
