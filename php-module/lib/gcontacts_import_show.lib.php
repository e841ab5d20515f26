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
 * \file    php-module/lib/gcontacts_import_show.lib.php
 * \ingroup gcontacts
 * \brief   The parts of the import page
 */

dol_include_once('/gcontacts/class/import/gcontactsimport.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportreport.class.php');
dol_include_once('/gcontacts/lib/gcontacts_import_page.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_preview.lib.php');

/**
 * The list, with what can be done with it
 *
 * @param  GContactsImportList      $list    List
 * @param  array<string,int|string> $view    View
 * @param  User                     $user    Who imports
 * @param  int                      $reading Whether the list is still being read
 * @return string                            HTML
 */
function gcontactsImportShowList(GContactsImportList $list, array $view, User $user, int $reading): string
{
	global $db;

	if ($reading > 0) {
		return gcontactsImportReading($list);
	}
	$candidates = new GContactsCandidateList($db, $list, $user);
	$counts = $candidates->counts();
	$rows = $counts === null ? null : $candidates->page($view, $view['limit'], $view['page'] * $view['limit']);
	if ($rows === null) {
		return '<div class="error">'.dol_escape_htmltag(GContactsEngine::sentence('database', $db->lasterror()), 0, 1).'</div>';
	}
	$html = gcontactsImportHead($list, $view, $counts).gcontactsImportFilters($view, $counts);
	$options = new GContactsImportOptions($db, $user);
	$html .= gcontactsFormStart('/import.php', 'preview', ' class="gcontacts-import-form"').gcontactsImportKeep($view);
	$html .= '<div class="div-table-responsive-no-min">'.gcontactsImportTable($rows, new GContactsImportDefaults($user), $options).'</div>';
	$html .= gcontactsImportPages($view, $candidates->total);
	if ($rows) {
		$html .= '<div class="gcontacts-import-buttons"><input type="submit" class="button" value="'.gcontactsText('GContactsImportPreview').'">';
		if ($view['shown'] !== 'nameless' && $view['shown'] !== 'known' && $candidates->total > count($rows)) {
			$html .= '<input type="submit" class="button button-cancel" name="all" value="'.gcontactsText('GContactsImportPreviewAll', (string) $candidates->total).'">';
		}
		$html .= '</div>';
	}
	return $html.'</form>';
}

/**
 * What was read, when, and what was left out
 *
 * @param  GContactsImportList      $list   List
 * @param  array<string,int|string> $view   View
 * @param  array<string,int>        $counts How many there are of each filter
 * @return string                           HTML
 */
function gcontactsImportHead(GContactsImportList $list, array $view, array $counts): string
{
	$html = '';
	if ($list->cut > 0) {
		$html .= '<div class="warning">'.gcontactsText('GContactsImportCut', (string) GContactsSettings::maxRetrieve()).'</div>';
	}
	if ($counts['nameless'] > 0 && $view['shown'] !== 'nameless') {
		$html .= '<p>'.gcontactsText('GContactsImportNameless', (string) $counts['nameless']).' <a href="'.dol_escape_htmltag(gcontactsImportAddress($view, array('shown' => 'nameless', 'page' => 0))).'">'.gcontactsText('GContactsImportNamelessShow').'</a></p>';
	}
	if ($list->isOfAccount()) {
		$html .= gcontactsFormStart('/import.php', 'reread', ' class="gcontacts-inline gcontacts-reread"').gcontactsImportKeep($view);
		$html .= $list->listed_at > 0 ? '<span class="opacitymedium">'.gcontactsText('GContactsImportReadAt', dol_print_date($list->listed_at, 'dayhour', 'tzuserrel')).'</span> ' : '';
		$html .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsImportReread').'"></form>';
	}
	return $html;
}

/**
 * What will be done, before it is
 *
 * @param  GContactsImportList      $list List
 * @param  array<string,int|string> $view View
 * @param  User                     $user Who imports
 * @return string                         HTML
 */
function gcontactsImportShowPreview(GContactsImportList $list, array $view, User $user): string
{
	global $db;

	$drafts = new GContactsImportChoices($db, $list, (int) $user->id);
	$choices = $drafts->inState('draft');
	$candidates = new GContactsCandidateList($db, $list, $user);
	$rows = $choices === null ? null : $candidates->some(array_keys($choices));
	if ($rows === null) {
		return '<div class="error">'.dol_escape_htmltag(GContactsEngine::sentence('database', $db->lasterror()), 0, 1).'</div>';
	}
	$back = '<a class="button button-cancel" href="'.dol_escape_htmltag(gcontactsImportAddress($view)).'">'.gcontactsText('GContactsImportBack').'</a>';
	if (!$choices) {
		return '<p>'.gcontactsText('GContactsImportNothingTicked').'</p>'.$back;
	}
	$html = '<p>'.gcontactsText('GContactsImportPreviewWhat').'</p>'.gcontactsFormStart('/import.php', 'import').gcontactsImportKeep($view);
	$html .= '<div class="div-table-responsive-no-min">'.gcontactsImportPreview($choices, $rows, new GContactsImportOptions($db, $user), GContactsImportOptions::needsCode($db)).'</div>';
	return $html.'<div class="gcontacts-import-buttons"><input type="submit" class="button" value="'.gcontactsText('GContactsImportNow', (string) count($choices)).'"> '.$back.'</div></form>';
}

/**
 * How far an import is, and what it did
 *
 * @param  GContactsImportList      $list    List
 * @param  GContactsAccount         $account Account
 * @param  int                      $id      Id of the run
 * @param  array<string,int|string> $view    View
 * @return string                            HTML
 */
function gcontactsImportShowRun(GContactsImportList $list, GContactsAccount $account, int $id, array $view): string
{
	global $db, $user;

	if ($account->entity === 0) {
		$account->entity = $list->entity;
	}
	$run = new GContactsRun($db, $account);
	if ($run->fetch($id) <= 0 || $run->kind !== 'import' || $run->author !== (int) $user->id) {
		return '<div class="warning">'.dol_escape_htmltag(GContactsEngine::sentence('run_unknown'), 0, 1).'</div>';
	}
	$progress = GContactsImportChoices::progress($db, $id) ?? array('waiting' => 0);
	$html = '<p class="gcontacts-import-sum">'.gcontactsText('GContactsImportSum', (string) $run->done, (string) $run->failed, (string) $progress['waiting']).'</p>';
	if ($progress['waiting'] > 0) {
		$html .= '<progress class="gcontacts-progress" max="'.max(1, $run->total).'" value="'.($run->done + $run->failed).'"></progress>';
		$html .= gcontactsFormStart('/import.php', 'goon', ' class="gcontacts-go-on"').gcontactsImportKeep(array('run' => $id) + $view);
		$html .= '<input type="submit" class="button" value="'.gcontactsText('GContactsImportGoOn').'"></form>';
	}
	$items = GContactsImportReport::items($db, $id);
	$html .= $items ? gcontactsImportReport($items) : '';
	return $html.'<div class="gcontacts-import-buttons"><a class="button" href="'.dol_escape_htmltag(gcontactsImportAddress($view)).'">'.gcontactsText('GContactsImportBack').'</a></div>';
}
