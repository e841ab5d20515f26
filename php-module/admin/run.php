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
 * \file    admin/run.php
 * \ingroup gcontacts
 * \brief   The log: what a run did with each object
 */

require __DIR__.'/../lib/dolibarr.inc.php';
/**
 * @var Conf $conf
 * @var DoliDB $db
 * @var Translate $langs
 * @var User $user
 */
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_operations.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_progress.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_runs.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_backup.lib.php');
dol_include_once('/gcontacts/class/store/gcontactsrunitems.class.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!gcontactsMayOperate($user)) {
	http_response_code(403);
	accessforbidden();
}
$account = new GContactsAccount($db);
$run = new GContactsRun($db, $account);
if ($run->fetchInEntity(GETPOSTINT('id')) <= 0) {
	http_response_code(404);
	accessforbidden(GContactsEngine::sentence('run_unknown'), 1, 1, 1);
}

/*
 * Actions
 */

// Only what a form of this page posted, with Dolibarr's token, changes anything
if ($_SERVER['REQUEST_METHOD'] === 'POST' && GETPOSTINT('undo') > 0) {
	gcontactsUndoTake(GETPOSTINT('undo'), $user);
	header('Location: '.dol_buildpath('/gcontacts/admin/run.php', 1).'?id='.$run->id);
	exit;
}

/*
 * View
 */

$items = new GContactsRunItems($db, $run->id, $user);
$totals = (array) $items->totals();
$items->name = gcontactsSearched('search_name', 'alphanohtml');
$items->action = gcontactsSearched('search_action', 'aZ09');
$items->result = gcontactsSearched('search_result', 'aZ09');
$request = gcontactsListRequest('i.rowid', 'asc');
$total = $items->count();
$rows = $items->page($request['sort'], $request['order'], $request['limit'], $request['offset']);
if ($rows === null) {
	setEventMessages($items->error, null, 'errors');
}
$actions = array();
$results = array();
foreach ($totals as $row) {
	$actions[$row->action] = gcontactsWord('GContactsAction_', (string) $row->action);
	$results[$row->result] = gcontactsWord('GContactsResult_', (string) $row->result);
}
$columns = array('i.name' => 'GContactsRunItem', 'i.action' => 'GContactsRunAction', 'i.result' => 'GContactsRunResult', 'why' => 'GContactsRunWhy', 'i.datec' => 'GContactsRunWhen');
$file = dol_buildpath('/gcontacts/admin/run.php', 1);
$param = '&id='.$run->id.'&search_name='.urlencode($items->name).'&search_action='.urlencode($items->action).'&search_result='.urlencode($items->result).'&limit='.$request['limit'];
$form = new Form($db);
$title = gcontactsWord('GContactsRunKind_', $run->kind).' '.$run->id;
$back = '<a href="'.dol_buildpath('/gcontacts/admin/runs.php', 1).'">'.$langs->trans('BackToList').'</a>';

llxHeader('', $title, '', '', 0, 0, '', array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-admin-run');
print load_fiche_titre($langs->trans('GContactsSetup'), $back, 'title_setup');
print dol_get_fiche_head(gcontactsAdminPrepareHead(), 'runs', 'GContacts', -1, 'gcontacts@gcontacts');
print '<div class="gcontacts gcontacts-log">';
print gcontactsRunSummary($run, new GContactsProgress($run, $account), $totals).gcontactsRestoreOfRun($run);
print gcontactsFormStart('/admin/run.php', '', ' name="formfilter"').'<input type="hidden" name="id" value="'.$run->id.'">';
print_barre_liste($title, $request['page'], $file, $param, $request['sort'], $request['order'], '', count((array) $rows), max(0, $total), '', 0, '', '', $request['limit']);
print '<div class="div-table-responsive"><table class="tagtable nobottomiftotal liste">';
print '<tr class="liste_titre_filter"><td class="liste_titre"><input type="text" class="flat maxwidth150" name="search_name" aria-label="'.gcontactsText('GContactsRunItem').'" value="'.dol_escape_htmltag($items->name).'"></td>';
print '<td class="liste_titre">'.$form->selectarray('search_action', $actions, $items->action, 1).'</td><td class="liste_titre">'.$form->selectarray('search_result', $results, $items->result, 1).'</td>';
print '<td class="liste_titre"></td><td class="liste_titre right">'.$form->showFilterButtons().'</td></tr>';
print gcontactsListHeads($columns, $file, $param, $request);
print $rows ? implode('', array_map('gcontactsRunItemRow', $rows)) : gcontactsListEmpty(count($columns), 'GContactsRunItemsNone');
print '</table></div></form></div>';
print dol_get_fiche_end();
llxFooter();
$db->close();
