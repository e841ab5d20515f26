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
 * \file    php-module/class/account/gcontactsconsentmail.class.php
 * \ingroup gcontacts
 * \brief   Tells the administrator by mail that Google has ended the consent
 */

require_once DOL_DOCUMENT_ROOT.'/core/class/CMailFile.class.php';
require_once DOL_DOCUMENT_ROOT.'/user/class/user.class.php';
dol_include_once('/gcontacts/class/gcontactsengine.class.php');

/**
 * A mail to whoever connected the account. It is told in the log where it cannot be sent, and never more.
 */
class GContactsConsentMail
{
	/** @var DoliDB */
	private $db;

	/** @var GContactsAccount */
	private $account;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account whose consent is gone
	 */
	public function __construct($db, GContactsAccount $account)
	{
		$this->db = $db;
		$this->account = $account;
	}

	/**
	 * Sends it. Whatever fails, nobody has to deal with it.
	 *
	 * @return bool Whether it was handed over
	 */
	public function send(): bool
	{
		try {
			$problem = $this->attempt();
		} catch (Throwable $e) {
			$problem = get_class($e).': '.$e->getMessage();
		}
		if ($problem !== '') {
			dol_syslog('GContacts: the mail about the lost consent of account '.$this->account->id.' was not sent: '.$problem, LOG_WARNING);
		}
		return $problem === '';
	}

	/**
	 * @return string What failed, empty where it was handed over
	 */
	private function attempt(): string
	{
		global $conf, $langs;
		$administrator = $this->administrator();
		if ($administrator === null) {
			return 'the administrator who connected has no e-mail address';
		}
		$reader = $langs;
		// In the language of its reader, whoever is at work here.
		$langs = new Translate('', $conf);
		$langs->setDefaultLang((string) ($administrator->lang ?: getDolGlobalString('MAIN_LANG_DEFAULT', 'en_US')));
		$langs->load('gcontacts@gcontacts');
		try {
			$from = getDolGlobalString('MAIN_MAIL_EMAIL_FROM', (string) $administrator->email);
			$mail = new CMailFile($langs->transnoentities('GContactsConsentMailTitle', $this->account->email), (string) $administrator->email, $from, $this->text());
			return $mail->sendfile() ? '' : (string) ($mail->error ?: 'refused');
		} finally {
			$langs = $reader;
		}
	}

	/**
	 * @return string What happened, why it may have, and what to do
	 */
	private function text(): string
	{
		global $langs;
		$page = dol_buildpath('/gcontacts/admin/setup.php', 2);
		return implode("\n\n", array(
			GContactsEngine::sentence($this->account->state_reason, $this->account->state_message),
			$langs->transnoentities('GContactsConsentMailKept', $this->account->email),
			$langs->transnoentities('GContactsConsentMailTesting'),
			$langs->transnoentities('GContactsConsentMailWhere', $page),
		));
	}

	/**
	 * Who connected the account; where he has no address or has left, another administrator.
	 *
	 * @return User|null
	 */
	private function administrator(): ?User
	{
		$sql = "SELECT u.rowid FROM ".$this->db->prefix()."user u INNER JOIN ".$this->db->prefix()."gcontacts_account a ON a.rowid = ".$this->account->id;
		$sql .= " WHERE u.statut = 1 AND u.email <> '' AND (u.rowid = a.fk_user_connect OR (u.admin = 1 AND u.entity IN (0, ".$this->account->entity.")))";
		$sql .= " ORDER BY CASE WHEN u.rowid = a.fk_user_connect THEN 0 ELSE 1 END, u.rowid".$this->db->plimit(1);
		$resql = $this->db->query($sql);
		$row = $resql ? $this->db->fetch_object($resql) : null;
		$administrator = new User($this->db);
		return $row && $administrator->fetch((int) $row->rowid) > 0 ? $administrator : null;
	}
}
