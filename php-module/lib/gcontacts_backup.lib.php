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
 * \file    lib/gcontacts_backup.lib.php
 * \ingroup gcontacts
 * \brief   Backups and what is restored from them, on the page of operations
 */

dol_include_once('/gcontacts/class/backup/gcontactsbackup.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestore.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');

/**
 * Begins a backup
 *
 * @return string Part of the page
 */
function gcontactsStartBackup(): string
{
	global $db;

	$account = new GContactsAccount($db);
	$account->fetchForEntity();
	$operations = new GContactsOperations($db, $account);
	return gcontactsBegan($account->id > 0 ? GContactsBackup::begin($operations, $account) : $operations->start('backup'), $operations);
}

/**
 * Begins to restore cards, or only to look which are missing
 *
 * @return string Part of the page
 */
function gcontactsStartRestore(): string
{
	global $db;

	$account = new GContactsAccount($db);
	$account->fetchForEntity();
	$operations = new GContactsOperations($db, $account);
	$parameters = array('file' => (string) GETPOST('file', 'alphanohtml'), 'run' => GETPOSTINT('of_run'), 'item' => GETPOSTINT('item'));
	$parameters += array('differing' => GETPOSTINT('differing') > 0, 'pretend' => GETPOSTINT('pretend') > 0);
	return gcontactsBegan(GContactsRestore::begin($db, $operations, $account, array_filter($parameters)), $operations);
}

/**
 * Takes a backup in that somebody sends
 *
 * @return string Part of the page
 */
function gcontactsUploadBackup(): string
{
	global $conf, $langs;

	$sent = isset($_FILES['backup']) && (int) $_FILES['backup']['error'] === UPLOAD_ERR_OK && is_uploaded_file((string) $_FILES['backup']['tmp_name']);
	$folder = new GContactsBackupFolder((int) $conf->entity);
	$name = $sent ? $folder->take((string) $_FILES['backup']['tmp_name']) : null;
	if ($name === null) {
		setEventMessages(GContactsEngine::sentence($sent ? $folder->error : 'backup_missing'), null, 'errors');
	} else {
		setEventMessages($langs->transnoentities('GContactsBackupTaken'), null);
	}
	return 'backup';
}

/**
 * Deletes a backup
 *
 * @return string Part of the page
 */
function gcontactsDeleteBackup(): string
{
	global $conf, $langs;

	$folder = new GContactsBackupFolder((int) $conf->entity);
	$deleted = $folder->delete((string) GETPOST('file', 'alphanohtml'));
	setEventMessages($deleted ? $langs->transnoentities('GContactsBackupDeleted') : GContactsEngine::sentence('backup_missing'), null, $deleted ? 'mesgs' : 'errors');
	return 'backup';
}

/**
 * The section of backups
 *
 * @param  GContactsAccount  $account Account
 * @param  GContactsRun|null $preview Last preview of a restore that is done
 * @param  bool              $busy    Whether an operation is under way
 * @return string                     HTML
 */
function gcontactsBackupSection(GContactsAccount $account, ?GContactsRun $preview, bool $busy): string
{
	$backups = (new GContactsBackupFolder($account->entity))->all();
	$html = load_fiche_titre(gcontactsText('GContactsBackups'), '', '').'<div id="backup">';
	$first = $account->state === 'confirm' && !$backups;
	$html .= '<p>'.gcontactsText('GContactsBackupWhat').($first ? ' <b>'.gcontactsText('GContactsBackupFirst').'</b>' : '').'</p>';
	if ($backups) {
		$html .= '<div class="div-table-responsive"><table class="noborder centpercent"><tr class="liste_titre"><td>'.gcontactsText('GContactsBackupDate').'</td><td>'.gcontactsText('GContactsBackupAccount').'</td>';
		$html .= '<td class="right">'.gcontactsText('GContactsBackupCards').'</td><td class="right">'.gcontactsText('GContactsBackupSize').'</td><td></td></tr>';
		foreach ($backups as $backup) {
			$html .= gcontactsBackupRow($backup, $busy);
		}
		$html .= '</table></div>';
	}
	$html .= $busy ? '<p>'.gcontactsText('GContactsExportBusy').'</p>' : '<div class="gcontacts-row gcontacts-buttons">'.gcontactsFormStart('/admin/operations.php#run', 'start_backup')
		.'<input type="submit" class="button" value="'.gcontactsText('GContactsBackupStart').'"></form></div>';
	$html .= $preview && !$busy ? gcontactsRestorePreview($preview) : '';
	$html .= '<details class="gcontacts-row"><summary>'.gcontactsText('GContactsBackupUpload').'</summary>';
	$html .= gcontactsFormStart('/admin/operations.php#backup', 'upload_backup', ' enctype="multipart/form-data"').'<input type="file" name="backup" accept=".json,application/json" required aria-label="'.gcontactsText('GContactsBackupUpload').'"> ';
	return $html.'<input type="submit" class="button small" value="'.gcontactsText('GContactsBackupSend').'"></form></details></div>';
}

/**
 * A backup in the list
 *
 * @param  array<string,mixed> $backup Row of GContactsBackupFolder::all()
 * @param  bool                $busy   Whether an operation is under way
 * @return string                      HTML
 */
function gcontactsBackupRow(array $backup, bool $busy): string
{
	$whole = $backup['cards'] >= 0;
	$file = '<input type="hidden" name="file" value="'.dol_escape_htmltag($backup['name']).'">';
	$html = '<tr class="oddeven"><td>'.dol_print_date($backup['date'], 'dayhour', 'tzuserrel').'</td><td class="tdoverflowmax200">'.dol_escape_htmltag($backup['account']).'</td>';
	$html .= '<td class="right">'.($whole ? GContactsProgress::number($backup['cards']) : gcontactsText('GContactsBackupUnfinished')).'</td><td class="right nowraponall">'.dol_print_size($backup['size'], 1).'</td><td class="right">';
	if ($whole) {
		foreach (array('' => array('GContactsBackupDownload', 'GContactsBackupDownloadWhat'), 'vcf' => array('GContactsBackupAsVcards', 'GContactsBackupAsVcardsWhat')) as $as => $keys) {
			$address = dol_buildpath('/gcontacts/admin/backup.php', 1).'?'.http_build_query(array('file' => $backup['name']) + ($as === '' ? array() : array('as' => $as)));
			$html .= '<a class="paddingright nowraponall" href="'.dol_escape_htmltag($address).'" title="'.gcontactsText($keys[1]).'">'.gcontactsText($keys[0]).'</a> ';
		}
	}
	if (!$busy) {
		$html .= $whole ? gcontactsFormStart('/admin/operations.php#run', 'start_restore', ' class="gcontacts-inline"').$file.'<input type="hidden" name="pretend" value="1"><input type="submit" class="button small" value="'.gcontactsText('GContactsRestoreLook').'"></form> ' : '';
		$html .= gcontactsFormStart('/admin/operations.php#backup', 'delete_backup', ' class="gcontacts-inline"').$file.'<input type="submit" class="button small button-cancel" value="'.gcontactsText('GContactsBackupDelete').'"></form>';
	}
	return $html.'</td></tr>';
}

/**
 * What a restore would do, and the button that begins it
 *
 * @param  GContactsRun $preview Preview that is done
 * @return string                HTML
 */
function gcontactsRestorePreview(GContactsRun $preview): string
{
	$found = (array) ($preview->position['found'] ?? array());
	$html = '<div class="gcontacts-sending gcontacts-waits" id="restore"><b>'.gcontactsText('GContactsRestoreWould').'</b><ul>';
	foreach (array('missing' => 'GContactsRestoreMissing', 'differs' => 'GContactsRestoreDiffers', 'there' => 'GContactsRestoreThere', 'refused' => 'GContactsRestoreRefused') as $state => $key) {
		$number = (int) ($found[$state] ?? 0);
		$html .= $number > 0 || $state === 'missing' ? '<li>'.gcontactsText($key, GContactsProgress::number($number)).'</li>' : '';
	}
	$html .= '</ul>'.gcontactsFormStart('/admin/operations.php#run', 'start_restore');
	foreach (array('file' => 'file', 'run' => 'of_run', 'item' => 'item') as $parameter => $field) {
		$html .= '<input type="hidden" name="'.$field.'" value="'.dol_escape_htmltag((string) ($preview->parameters[$parameter] ?? '')).'">';
	}
	if (!empty($found['differs'])) {
		$html .= '<p><label><input type="checkbox" name="differing" value="1"> '.gcontactsText('GContactsRestoreDiffering').'</label></p>';
	}
	return $html.'<input type="submit" class="button" value="'.gcontactsText('GContactsRestoreStart').'"></form></div>';
}

/**
 * The button that puts back what a run deleted, where it did
 *
 * @param  GContactsRun $run Run
 * @return string            HTML
 */
function gcontactsRestoreOfRun(GContactsRun $run): string
{
	global $conf, $db;

	$deleted = new GContactsDeletedCards($db, (int) $conf->entity, $run->id);
	if ($run->isUnderWay() || $deleted->problem() !== '') {
		return '';
	}
	$html = gcontactsFormStart('/admin/operations.php#run', 'start_restore', ' class="gcontacts-row"');
	$html .= '<input type="hidden" name="of_run" value="'.$run->id.'"><input type="hidden" name="pretend" value="1">';
	$html .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsRestoreRun').'"></form>';
	// For the buttons in the list below, which stands in a form itself
	$html .= gcontactsFormStart('/admin/operations.php#run', 'start_restore', ' id="restore-item"');
	return $html.'<input type="hidden" name="of_run" value="'.$run->id.'"><input type="hidden" name="pretend" value="1"></form>';
}
