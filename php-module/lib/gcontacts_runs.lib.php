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
 * \file    lib/gcontacts_runs.lib.php
 * \ingroup gcontacts
 * \brief   The lists of the log as HTML
 */

require_once DOL_DOCUMENT_ROOT.'/core/class/html.form.class.php';
dol_include_once('/gcontacts/class/comparison/gcontactscomparison.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactsfieldname.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/pull/gcontactstakeundo.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_progress.lib.php');

/**
 * The page of a list that is asked for, as Dolibarr's own lists read it
 *
 * @param  string                                                       $sort  Column by which it is sorted at first
 * @param  string                                                       $order Order at first
 * @return array{sort:string,order:string,limit:int,page:int,offset:int}
 */
function gcontactsListRequest(string $sort, string $order): array
{
	global $conf;

	$limit = GETPOSTINT('limit') > 0 ? min(1000, GETPOSTINT('limit')) : (int) $conf->liste_limit;
	$searched = GETPOST('button_search', 'alpha') || GETPOST('button_search_x', 'alpha') || GETPOST('button_search.x', 'alpha');
	$page = $searched ? 0 : max(0, GETPOSTISSET('pageplusone') ? GETPOSTINT('pageplusone') - 1 : GETPOSTINT('page'));
	return array(
		'sort' => GETPOST('sortfield', 'aZ09comma') ?: $sort,
		'order' => strtolower(GETPOST('sortorder', 'aZ09comma') ?: $order) === 'asc' ? 'asc' : 'desc',
		'limit' => $limit,
		'page' => $page,
		'offset' => $limit * $page,
	);
}

/**
 * What somebody searches for; nothing where the filter was emptied
 *
 * @param  string $name Field
 * @param  string $kind Kind of GETPOST
 * @return string
 */
function gcontactsSearched(string $name, string $kind): string
{
	$emptied = GETPOST('button_removefilter_x', 'alpha') || GETPOST('button_removefilter.x', 'alpha') || GETPOST('button_removefilter', 'alpha');
	// Dolibarr's selectors say -1 for nothing
	return $emptied || GETPOST($name, $kind) === '-1' ? '' : trim((string) GETPOST($name, $kind));
}

/**
 * The heads of the columns
 *
 * @param  array<string,string> $columns Column of the table, '' for none and a number for more of them => language key
 * @param  string               $file    Page
 * @param  string               $param   Parameters that stay
 * @param  array<string,mixed>  $request See gcontactsListRequest()
 * @return string                        HTML
 */
function gcontactsListHeads(array $columns, string $file, string $param, array $request): string
{
	$html = '<tr class="liste_titre">';
	foreach ($columns as $column => $key) {
		$sortable = strpos((string) $column, '.') !== false;
		$html .= getTitleFieldOfList($key, 0, $file, $sortable ? (string) $column : '', '', $param, '', $request['sort'], $request['order'], '', $sortable ? 0 : 1);
	}
	return $html.'</tr>';
}

/**
 * A row of the list of runs
 *
 * @param  object $row Row of GContactsRuns::page()
 * @return string      HTML
 */
function gcontactsRunRow(object $row): string
{
	global $db, $langs;

	$address = dol_buildpath('/gcontacts/admin/run.php', 1).'?id='.((int) $row->rowid);
	$who = $row->login === null ? $langs->transnoentities('GContactsRunByItself') : (dolGetFirstLastname((string) $row->user_firstname, (string) $row->user_lastname) ?: $row->login);
	$interrupted = $row->kind === 'drain' && $row->state === GContactsRun::RUNNING && (int) $row->alive < time() - GContactsProgress::QUIET;
	$state = gcontactsWord('GContactsRunState_', $interrupted ? 'interrupted' : (string) $row->state);
	$why = (string) $row->reason === '' ? '' : GContactsEngine::sentence((string) $row->reason, (string) $row->message);
	$html = '<tr class="oddeven"><td class="nowraponall"><a href="'.dol_escape_htmltag($address).'">'.((int) $row->rowid).'</a></td>';
	$html .= '<td><a href="'.dol_escape_htmltag($address).'">'.dol_escape_htmltag(gcontactsWord('GContactsRunKind_', (string) $row->kind)).'</a></td>';
	$html .= '<td class="tdoverflowmax150">'.dol_escape_htmltag($who).'</td>';
	$html .= '<td class="nowraponall">'.dol_print_date($db->jdate((string) $row->date_start), 'dayhour', 'tzuserrel').'</td>';
	$html .= '<td><span class="badge '.($interrupted ? 'badge-status0' : GCONTACTS_RUN_BADGES[$row->state] ?? 'badge-status0').' badge-status">'.dol_escape_htmltag($state).'</span>';
	$html .= ($why === '' ? '' : '<div class="gcontacts-help">'.dol_escape_htmltag($why).'</div>').'</td>';
	foreach (array('done', 'unchanged', 'failed', 'calls') as $number) {
		$amiss = $number === 'failed' && (int) $row->$number > 0;
		// A preview sends nothing, whatever it looked at
		$told = $row->kind === 'preview' ? '' : GContactsProgress::number((int) $row->$number);
		$html .= '<td class="right'.($amiss ? ' gcontacts-amiss' : '').'">'.$told.'</td>';
	}
	return $html.'</tr>';
}

/**
 * A run in short: its state, and how many objects had what done
 *
 * @param  GContactsRun      $run      Run
 * @param  GContactsProgress $progress Its progress
 * @param  array<int,object> $totals   action, result, nb
 * @return string                      HTML
 */
function gcontactsRunSummary(GContactsRun $run, GContactsProgress $progress, array $totals): string
{
	$html = '<p class="gcontacts-run-head"><span class="badge '.GCONTACTS_RUN_BADGES[$run->state].' badge-status">'.dol_escape_htmltag($progress->stateText()).'</span> ';
	$html .= dol_print_date($run->date_start, 'dayhour', 'tzuserrel').'. '.dol_escape_htmltag($progress->sentence(), 0, 1).'</p>';
	if (!$totals) {
		return $html;
	}
	$html .= '<dl class="gcontacts-figures">';
	foreach ($totals as $row) {
		$name = gcontactsWord('GContactsAction_', (string) $row->action).': '.gcontactsWord('GContactsResult_', (string) $row->result);
		$html .= '<div><dt>'.dol_escape_htmltag($name).'</dt><dd>'.GContactsProgress::number((int) $row->nb).'</dd></div>';
	}
	return $html.'</dl>';
}

/**
 * A row of what a run did
 *
 * @param  object $row Row of GContactsRunItems::page()
 * @return string      HTML
 */
function gcontactsRunItemRow(object $row): string
{
	global $db, $langs;

	$name = dol_escape_htmltag($row->name !== '' ? $row->name : '#'.((int) $row->fk_element));
	if (!$row->seen || ($row->name === '' && $row->fk_element === 0)) {
		$name = '<span class="opacitymedium">'.gcontactsText('GContactsRunHidden').'</span>';
	} elseif ($row->element_type === 'contact' && $row->fk_element > 0) {
		$name = '<a href="'.DOL_URL_ROOT.'/contact/card.php?id='.$row->fk_element.'">'.img_picto('', 'contact', 'class="pictofixedwidth"').$name.'</a>';
	}
	$message = $row->message === GContactsRun::ALLOWED ? $langs->transnoentities('GContactsRunAllowed') : $row->message;
	$why = (string) $row->reason === '' ? $message : GContactsEngine::sentence((string) $row->reason, $row->message);
	$bad = in_array($row->result, array('refused', 'unknown'), true);
	$html = '<tr class="oddeven"><td>'.$name.'</td><td>'.dol_escape_htmltag(gcontactsWord('GContactsAction_', (string) $row->action)).'</td>';
	$html .= '<td'.($bad ? ' class="gcontacts-amiss"' : '').'>'.dol_escape_htmltag(gcontactsWord('GContactsResult_', (string) $row->result)).'</td>';
	$button = $row->restorable ? ' '.gcontactsRestoreItem((int) $row->rowid) : '';
	if ($row->action === 'take' && $row->seen) {
		$why = GContactsFieldName::ofAll(GContactsComparison::keys(str_replace(', ', ',', $row->message)));
		$button = $row->fk_element > 0 ? gcontactsUndoButton((int) $row->rowid) : '';
	}
	$html .= '<td class="gcontacts-why">'.dol_escape_htmltag($why).$button.'</td>';
	return $html.'<td class="nowraponall">'.dol_print_date($db->jdate((string) $row->datec), 'dayhoursec', 'tzuserrel').'</td></tr>';
}

/**
 * The link that puts one card back: it opens the page that says what would be done
 *
 * @param  int    $item Id of the row
 * @return string       HTML
 */
function gcontactsRestoreItem(int $item): string
{
	// No form of its own: the list stands in one
	$fields = ' form="restore-item" name="item" value="'.$item.'"';
	return '<button type="submit" class="button small"'.$fields.'>'.gcontactsText('GContactsRestoreItem').'</button>';
}

/**
 * The button that puts back what a contact had before a taking; part of the form around the list
 *
 * @param  int    $item Row of the log
 * @return string       HTML
 */
function gcontactsUndoButton(int $item): string
{
	return ' <button type="submit" class="button smallpaddingimp" name="undo" value="'.$item.'">'.gcontactsText('GContactsUndoTake').'</button>';
}

/**
 * Puts back what a contact had before a taking, and keeps a sentence for the next page
 *
 * @param  int  $item Row of the log
 * @param  User $user Who asks for it
 * @return void
 */
function gcontactsUndoTake(int $item, User $user): void
{
	global $db, $langs;

	$undo = new GContactsTakeUndo($db);
	$fields = $undo->undo($item, $user);
	if ($fields < 0) {
		setEventMessages(GContactsEngine::sentence($undo->reason, $undo->error), null, 'errors');
	} elseif ($fields === 0) {
		setEventMessages($langs->transnoentities('GContactsUndoneNothing'), null, 'warnings');
	} else {
		setEventMessages($langs->transnoentities('GContactsUndone'), null, 'mesgs');
	}
}

/**
 * What is said where a list is empty
 *
 * @param  int    $columns How many columns it has
 * @param  string $key     Language key
 * @return string          HTML
 */
function gcontactsListEmpty(int $columns, string $key): string
{
	return '<tr class="oddeven"><td colspan="'.$columns.'"><span class="opacitymedium">'.gcontactsText($key).'</span></td></tr>';
}
