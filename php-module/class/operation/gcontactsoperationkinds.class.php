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
 * \file    php-module/class/operation/gcontactsoperationkinds.class.php
 * \ingroup gcontacts
 * \brief   Which long operations there are
 */

dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');

/**
 * The kinds of operations. What a kind is called and does, the language keys GContactsRunKind_KIND and
 * GContactsRunPhase_KIND_PHASE say.
 */
class GContactsOperationKinds
{
	/**
	 * Kind => class, its file below class/, and what does not hold it up: push_off, site_changed, awaiting_confirmation,
	 * reconnect, or paused (the account is left alone for a while).
	 */
	const KINDS = array(
		'preview' => array('GContactsExportPreview', 'operation', array('push_off', 'site_changed', 'awaiting_confirmation', 'reconnect', 'paused')),
		'export' => array('GContactsExport', 'operation', array()),
		'check' => array('GContactsFullCheck', 'check', array('push_off')),
		'resend' => array('GContactsRepairAll', 'check', array('push_off', 'site_changed', 'awaiting_confirmation', 'reconnect', 'paused')),
		'relink' => array('GContactsRepairAll', 'check', array('push_off', 'site_changed', 'awaiting_confirmation', 'reconnect', 'paused')),
		'part' => array('GContactsRepairAll', 'check', array()),
		'unlabel' => array('GContactsUnlabelling', 'check', array()),
		'cleanup' => array('GContactsCleanUp', 'cleanup', array('push_off', 'awaiting_confirmation')),
		'backup' => array('GContactsBackup', 'backup', array('push_off', 'awaiting_confirmation', 'site_changed')),
		'restore' => array('GContactsRestore', 'backup', array('push_off', 'awaiting_confirmation')),
	);

	/**
	 * Makes the operation of a run.
	 *
	 * @param  string                  $kind    Kind
	 * @param  DoliDB                  $db      Database handler
	 * @param  GContactsAccount        $account Account
	 * @return GContactsOperation|null          Null where there is no such kind
	 */
	public static function make(string $kind, $db, GContactsAccount $account): ?GContactsOperation
	{
		if (!isset(self::KINDS[$kind])) {
			return null;
		}
		list($class, $folder) = self::KINDS[$kind];
		dol_include_once('/gcontacts/class/'.$folder.'/'.strtolower($class).'.class.php');
		// Who stands for several kinds takes its own.
		return new $class($db, $account, $kind);
	}

	/**
	 * Why an operation of a kind has to wait.
	 *
	 * @param  string           $kind    Kind
	 * @param  GContactsAccount $account Account
	 * @return string                    Reason code, empty where it can go on
	 */
	public static function blockedReason(string $kind, GContactsAccount $account): string
	{
		return $account->blockedReason(self::KINDS[$kind][2] ?? array());
	}
}
