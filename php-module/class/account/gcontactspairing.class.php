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
 * \file    php-module/class/account/gcontactspairing.class.php
 * \ingroup gcontacts
 * \brief   Pairs a Google account with an entity, and parts them
 */

dol_include_once('/gcontacts/class/account/gcontactsaccountrow.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/account/gcontactstokens.class.php');

/**
 * Connects, reconnects and disconnects the account of the present entity.
 */
class GContactsPairing
{
	/** Seconds to wait for a drain that is under way. */
	const PATIENCE = 10;

	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account; filled here
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Stores the account that gave its consent. An empty account is sent to at once; one with cards waits for an
	 * administrator's word. An account that was connected before continues with the links it has, so that none of its
	 * cards is made twice.
	 *
	 * @param  array<string, mixed>  $tokens   Of the consent
	 * @param  array<string, string> $userinfo sub and email
	 * @param  int                   $cards    How many cards the account holds
	 * @param  User                  $user     Administrator
	 * @return int                             1, or -1 with the account's ->reason and ->error
	 */
	public function connect(array $tokens, array $userinfo, int $cards, User $user): int
	{
		$known = $this->account->fetchForEntity();
		if ($known < 0) {
			return -1;
		}
		if ($known > 0 && $this->account->google_sub !== (string) $userinfo['sub']) {
			return $this->account->failed('other_account', GContactsEngine::sentence('other_account', $this->account->email));
		}
		if ((string) $tokens['refresh_token'] === '' && ($known === 0 || $this->account->state === 'reconnect')) {
			return $this->account->failed('invalid_grant', GContactsEngine::sentence('invalid_grant'));
		}
		$this->db->begin();
		$known = $known > 0 ? $known : $this->account->fetchDisconnected((string) $userinfo['sub']);
		$done = $known > 0 ? $this->resume((string) $userinfo['email'], $cards) : ($known < 0 ? -1 : $this->insert($userinfo, $cards, $user));
		$store = new GContactsTokens($this->db, $this->account->id);
		if ($done > 0 && $store->store($tokens) > 0 && $this->db->commit() > 0) {
			return 1;
		}
		$error = $this->db->lasterror();
		$this->db->rollback();
		return $this->account->failed('database', $error);
	}

	/**
	 * Takes the consent back and forgets the tokens. What is at Google stays there, and so do the links to it: without
	 * them the account, connected again, would get every card a second time.
	 *
	 * @param  bool $revoke False in a copy of a Dolibarr: the consent is the original's, which would lose it
	 * @return int          1, or -1 with the account's ->reason and ->error
	 */
	public function disconnect(bool $revoke = true): int
	{
		$patience = time() + self::PATIENCE;
		while (!$this->account->acquireLease(60)) {
			if (time() >= $patience) {
				return $this->account->failed('busy', GContactsEngine::sentence('busy'));
			}
			usleep(200000);
		}
		if ($revoke) {
			$this->revoke();
		}
		$tokens = new GContactsTokens($this->db, $this->account->id);
		$parted = array('state' => GContactsAccount::DISCONNECTED, 'state_reason' => '', 'state_message' => '', 'confirmed' => false);
		$this->db->begin();
		if ($tokens->forget() < 0 || $this->account->change($parted) < 0 || $this->db->commit() < 0) {
			return $this->undo();
		}
		$this->account->releaseLease();
		$this->account->id = 0;
		return 1;
	}

	/**
	 * A consent that cannot be taken back is no reason to keep it: it may be gone already.
	 *
	 * @return void
	 */
	private function revoke(): void
	{
		$engine = new GContactsEngine();
		if ($engine->problem() !== '') {
			return;
		}
		try {
			$tokens = new GContactsTokens($this->db, $this->account->id);
			$tokens->revoke();
		} catch (\GContacts\Exception $e) {
			dol_syslog('GContacts: the consent could not be taken back at Google: '.$e->reason.' '.$e->getMessage(), LOG_WARNING);
		}
	}

	/**
	 * @param  string $email Present e-mail of the account
	 * @param  int    $cards How many cards the account holds
	 * @return int           1, or -1
	 */
	private function resume(string $email, int $cards): int
	{
		$empty = $cards === 0 && !$this->account->confirmed;
		$sends = $empty || $this->account->confirmed;
		$adoption = new GContactsAdoption($this->db, $this->account);
		$adopts = $this->account->confirmed && $adoption->fetch() > 0;
		$done = $this->account->change(array(
			'email' => $email,
			'state' => $adopts ? GContactsAccount::ADOPTING : ($sends ? 'sending' : 'confirm'),
			'state_reason' => '',
			'state_message' => $sends ? '' : (string) $cards,
			'confirmed' => $sends,
			'paused_until' => 0,
			'pause_count' => 0,
		));
		return $done > 0 && $empty ? $this->sendAll() : $done;
	}

	/**
	 * @param  array<string, string> $userinfo sub and email
	 * @param  int                   $cards    How many cards the account holds; kept as message while they wait for confirmation
	 * @param  User                  $user     Administrator
	 * @return int                             1, or -1
	 */
	private function insert(array $userinfo, int $cards, User $user): int
	{
		global $conf;
		$empty = $cards === 0;
		$sql = "INSERT INTO ".$this->db->prefix()."gcontacts_account";
		$sql .= " (entity, google_sub, email, state, state_message, confirmed, site_url, date_connected, fk_user_connect) VALUES (".((int) $conf->entity);
		$sql .= ", '".$this->db->escape((string) $userinfo['sub'])."', '".$this->db->escape((string) $userinfo['email'])."'";
		$sql .= ", '".($empty ? 'sending' : 'confirm')."', '".($empty ? '' : $cards)."', ".((int) $empty).", '".$this->db->escape(GContactsSettings::siteUrl())."'";
		$sql .= ", '".$this->db->idate(dol_now())."', ".((int) $user->id).")";
		if (!$this->db->query($sql) || $this->account->fetchForEntity() <= 0) {
			return -1;
		}
		return $empty ? $this->sendAll() : 1;
	}

	/**
	 * @return int 1, or -1
	 */
	private function sendAll(): int
	{
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		return $outbox->addAllContacts('CONNECTED') < 0 ? -1 : 1;
	}

	/**
	 * @return int -1
	 */
	private function undo(): int
	{
		$error = $this->db->lasterror();
		$this->db->rollback();
		$this->account->releaseLease();
		return $this->account->failed('database', $error);
	}
}
