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
 * \file    class/actions_gcontacts.class.php
 * \ingroup gcontacts
 * \brief   What GContacts adds to every page of Dolibarr
 */

require_once DOL_DOCUMENT_ROOT.'/core/class/commonhookactions.class.php';

/**
 * Hooks of context main: a warning for administrators above the page, and the small request that sends below it. They run
 * on every page of every user, so each costs a query or two on an index and nothing else.
 *
 * Hooks of context contactlist: whether to synchronise, for many contacts at once.
 */
class ActionsGcontacts extends CommonHookActions
{
	/** Reasons that an administrator has to hear of wherever he is */
	private const ALARMS = array(
		'reconnect', 'site_changed', 'extension_missing', 'extension_version', 'api_disabled', 'service_off', 'app_blocked', 'org_internal',
		'account_suspended', 'project_suspended', 'invalid_client', 'permission_denied', 'account_full', 'no_certificates', 'clock_wrong', 'certificate_unknown',
	);

	/** @var string Last error */
	public $error = '';

	/** @var string[] Errors */
	public $errors = array();

	/** @var string[] Warnings */
	public $warnings = array();

	/** @var DoliDB Database */
	private $db;

	/**
	 * Constructor
	 *
	 * @param DoliDB $db Database
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Above the page: tells an administrator that sending has stopped and where to mend it
	 *
	 * @param  array<string,mixed> $parameters  Parameters of the hook
	 * @param  object|null         $object      Object of the page
	 * @param  string              $action      Action of the page
	 * @param  HookManager         $hookmanager Hook manager
	 * @return int                              0
	 */
	public function printMainArea($parameters, &$object, &$action, $hookmanager)
	{
		global $langs, $user;

		if (empty($user->admin) || GETPOST('dol_openinpopup', 'aZ09') || $this->isPage('/gcontacts/admin/setup.php')) {
			return 0;
		}
		dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
		$account = new GContactsAccount($this->db);
		if ($account->fetchForEntity() <= 0) {
			return 0;
		}
		$reason = $account->blockedReason();
		if (in_array($reason, self::ALARMS, true)) {
			$langs->load('gcontacts@gcontacts');
			$this->resprints = '<div class="warning gcontacts-alarm"><span class="fas fa-exclamation-triangle" aria-hidden="true"></span> <b>GContacts:</b> ';
			$this->resprints .= dol_escape_htmltag($account->alarm($reason)).' <a href="'.dol_buildpath('/gcontacts/admin/setup.php', 1).'">';
			$this->resprints .= dol_escape_htmltag($langs->transnoentities('GContactsOpenSetup')).'</a></div>';
		}
		return 0;
	}

	/**
	 * Below the page: has the browser ask for a drain, where an operation is under way, or where something is due and PHP
	 * cannot drain after its answer
	 *
	 * @param  array<string,mixed> $parameters  Parameters of the hook
	 * @param  object|null         $object      Object of the page
	 * @param  string              $action      Action of the page
	 * @param  HookManager         $hookmanager Hook manager
	 * @return int                              0
	 */
	public function printCommonFooter($parameters, &$object, &$action, $hookmanager)
	{
		global $conf, $user;

		if (empty($user->id) || empty($conf->use_javascript_ajax) || $this->isPage('/gcontacts/admin/operations.php') || !$this->somethingIsDue()) {
			return 0;
		}
		// Printed here: before version 23 Dolibarr drops what this hook returns
		print '<script nonce="'.getNonce().'" defer src="'.dol_buildpath('/gcontacts/js/drain.js', 1).'"';
		print ' data-url="'.dol_buildpath('/gcontacts/ajax/drain.php', 1).'" data-token="'.currentToken().'"></script>'."\n";
		return 0;
	}

	/**
	 * In the list of contacts: whether to synchronise, for many at once
	 *
	 * @param  array<string,mixed> $parameters  Parameters of the hook
	 * @param  object|null         $object      Object of the page
	 * @param  string              $action      Action of the page
	 * @param  HookManager         $hookmanager Hook manager
	 * @return int                              0
	 */
	public function addMoreMassActions($parameters, &$object, &$action, $hookmanager)
	{
		$this->resprints = '';
		if ($this->isContactList($parameters)) {
			dol_include_once('/gcontacts/lib/gcontacts_sync.lib.php');
			$this->resprints = gcontactsSyncMassOptions();
		}
		return 0;
	}

	/**
	 * Carries out what was chosen for many contacts at once
	 *
	 * @param  array<string,mixed> $parameters  Parameters of the hook, among them toselect and massaction
	 * @param  object|null         $object      Object of the page
	 * @param  string              $action      Action of the page
	 * @param  HookManager         $hookmanager Hook manager
	 * @return int                              0, or -1 with ->error
	 */
	public function doMassActions($parameters, &$object, &$action, $hookmanager)
	{
		if (!$this->isContactList($parameters) || empty($parameters['massaction'])) {
			return 0;
		}
		dol_include_once('/gcontacts/lib/gcontacts_sync.lib.php');
		$this->error = gcontactsSyncMassAction((string) $parameters['massaction'], array_map('intval', (array) ($parameters['toselect'] ?? array())));
		return $this->error === '' ? 0 : -1;
	}

	/**
	 * @param  array<string,mixed> $parameters Parameters of the hook
	 * @return bool                            Whether the page is the list of contacts
	 */
	private function isContactList(array $parameters): bool
	{
		return in_array('contactlist', explode(':', (string) ($parameters['context'] ?? '')), true);
	}

	/**
	 * Whether a request could do something now that nobody else does
	 *
	 * @return bool
	 */
	private function somethingIsDue(): bool
	{
		dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
		dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
		$due = !function_exists('fastcgi_finish_request') && (new GContactsOutbox($this->db))->hasDue();
		$operating = GContactsRun::someIsUnderWay($this->db);
		$account = new GContactsAccount($this->db);
		if ((!$due && !$operating) || $account->fetchForEntity() <= 0) {
			return false;
		}
		$run = $operating ? (new GContactsOperations($this->db, $account))->underWay() : null;
		return ($run ? GContactsOperationKinds::blockedReason($run->kind, $account) : $account->blockedReason()) === '';
	}

	/**
	 * Whether this is a certain page
	 *
	 * @param  string $path End of its path
	 * @return bool         True if it is
	 */
	private function isPage(string $path): bool
	{
		return substr((string) $_SERVER['PHP_SELF'], -strlen($path)) === $path;
	}
}
