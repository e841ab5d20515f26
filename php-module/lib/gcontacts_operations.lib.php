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
 * \file    lib/gcontacts_operations.lib.php
 * \ingroup gcontacts
 * \brief   The pages of the operations: who may see them, and their actions
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsexport.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationdriver.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');

/** Seconds that a request may go on with an operation: no page may take over five */
const GCONTACTS_STEP_SECONDS = 4.0;

/** What each action of the page of operations calls; each returns the part of the page to come back to */
const GCONTACTS_OPERATIONS_ACTIONS = array(
	'start_preview' => 'gcontactsStartPreview',
	'start_export' => 'gcontactsStartExport',
	'stop_run' => 'gcontactsStopRun',
	'resume_run' => 'gcontactsResumeRun',
	'start_cleanup' => 'gcontactsStartCleanUp',
	'start_backup' => 'gcontactsStartBackup',
	'start_restore' => 'gcontactsStartRestore',
	'upload_backup' => 'gcontactsUploadBackup',
	'delete_backup' => 'gcontactsDeleteBackup',
);

/**
 * Whether somebody may see and begin operations
 *
 * @param  User $user Who asks
 * @return bool
 */
function gcontactsMayOperate(User $user): bool
{
	return isModEnabled('gcontacts') && empty($user->socid) && ($user->admin || $user->hasRight('gcontacts', 'admin'));
}

/**
 * Goes back to the page of operations, so that reloading it repeats nothing
 *
 * @param  string $part Part of the page
 * @return void
 */
function gcontactsBackToOperations(string $part): void
{
	header('Location: '.dol_buildpath('/gcontacts/admin/operations.php', 1).($part === '' ? '' : '#'.$part));
	exit;
}

/**
 * The operations of the connected account; where none is connected, the page says so
 *
 * @return GContactsOperations
 */
function gcontactsOperations(): GContactsOperations
{
	global $db;

	$account = new GContactsAccount($db);
	$account->fetchForEntity();
	return new GContactsOperations($db, $account);
}

/**
 * Begins a preview of the export
 *
 * @return string Part of the page
 */
function gcontactsStartPreview(): string
{
	$operations = gcontactsOperations();
	return gcontactsBegan($operations->start('preview'), $operations);
}

/**
 * Begins an export, and with it sending to an account that had cards
 *
 * @param  User   $user Administrator
 * @return string       Part of the page
 */
function gcontactsStartExport(User $user): string
{
	global $db;

	$account = new GContactsAccount($db);
	$account->fetchForEntity();
	$operations = new GContactsOperations($db, $account);
	return gcontactsBegan(GContactsExport::begin($operations, $account, $user, GETPOSTINT('accept_alike') > 0, GETPOSTINT('clean_dolimods') > 0), $operations);
}

/**
 * Says why an operation did not begin
 *
 * @param  GContactsRun|null   $run        Run, null where it did not
 * @param  GContactsOperations $operations Who refused it
 * @return string                          Part of the page
 */
function gcontactsBegan(?GContactsRun $run, GContactsOperations $operations): string
{
	if (!$run) {
		setEventMessages($operations->error, null, $operations->reason === 'operation_under_way' ? 'warnings' : 'errors');
	}
	return 'run';
}

/**
 * Stops the operation that is under way
 *
 * @param  User   $user Who says so
 * @return string       Part of the page
 */
function gcontactsStopRun(User $user): string
{
	global $langs;

	$operations = gcontactsOperations();
	$stopped = $operations->cancel(GETPOSTINT('run'), $user);
	if ($stopped <= 0) {
		setEventMessages($stopped < 0 ? $operations->error : $langs->transnoentities('GContactsRunHasEnded'), null, $stopped < 0 ? 'errors' : 'warnings');
	}
	return 'run';
}

/**
 * Goes on with an operation that was stopped
 *
 * @return string Part of the page
 */
function gcontactsResumeRun(): string
{
	global $langs;

	$operations = gcontactsOperations();
	$resumed = $operations->resume(GETPOSTINT('run'));
	if ($resumed <= 0) {
		setEventMessages($resumed < 0 ? $operations->error : $langs->transnoentities('GContactsRunHasEnded'), null, $resumed < 0 ? 'errors' : 'warnings');
	}
	return 'run';
}
