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
 * \file    admin/runs.php
 * \ingroup gcontacts
 * \brief   The log: which runs there were
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
dol_include_once('/gcontacts/class/store/gcontactsruns.class.php');

$langs->loadLangs(array('admin', 'gcontacts@gcontacts'));

/*
 * Rights
 */

if (!gcontactsMayOperate($user)) {
	http_response_code(403);
	accessforbidden();
}

/*
 * View
 */

$runs = new GContactsRuns($db);
$runs->kind = gcontactsSearched('search_kind', 'aZ09');
$runs->state = gcontactsSearched('search_state', 'aZ09');
$request = gcontactsListRequest('r.rowid', 'desc');
$total = $runs->count();
$rows = $runs->page($request['sort'], $request['order'], $request['limit'], $request['offset']);
if ($rows === null) {
	setEventMessages($runs->error, null, 'errors');
}
$kinds = array();
foreach ((array) $runs->kinds() as $kind) {
	$kinds[$kind] = gcontactsWord('GContactsRunKind_', $kind);
}
$states = array();
foreach (array_keys(GCONTACTS_RUN_BADGES) as $state) {
	$states[$state] = gcontactsWord('GContactsRunState_', $state);
}
$columns = array(
	'r.rowid' => 'GContactsRunNumber', 'r.kind' => 'GContactsRunWhat', 'u.login' => 'GContactsRunWho', 'r.date_start' => 'GContactsRunFrom',
	'r.state' => 'GContactsRunState', 'r.done' => 'GContactsRunDoneCount', 'r.unchanged' => 'GContactsRunUnchanged', 'r.failed' => 'GContactsRunFailed', 'r.calls' => 'GContactsRunCalls',
);
$file = dol_buildpath('/gcontacts/admin/runs.php', 1);
$param = '&search_kind='.urlencode($runs->kind).'&search_state='.urlencode($runs->state).'&limit='.$request['limit'];
$form = new Form($db);

llxHeader('', $langs->trans('GContactsTabRuns'), '', '', 0, 0, '', array('/gcontacts/css/gcontacts.css'), '', 'mod-gcontacts page-admin-runs');
print load_fiche_titre($langs->trans('GContactsSetup'), gcontactsBackToModules(), 'title_setup');
print dol_get_fiche_head(gcontactsAdminPrepareHead(), 'runs', 'GContacts', -1, 'gcontacts@gcontacts');
print '<div class="gcontacts gcontacts-log"><p>'.gcontactsText('GContactsRunsWhat', (string) GContactsSettings::logDays()).'</p>';
print gcontactsFormStart('/admin/runs.php', '', ' name="formfilter"');
print_barre_liste($langs->trans('GContactsTabRuns'), $request['page'], $file, $param, $request['sort'], $request['order'], '', count((array) $rows), max(0, $total), '', 0, '', '', $request['limit']);
print '<div class="div-table-responsive"><table class="tagtable nobottomiftotal liste">';
print '<tr class="liste_titre_filter"><td class="liste_titre"></td><td class="liste_titre">'.$form->selectarray('search_kind', $kinds, $runs->kind, 1).'</td><td class="liste_titre" colspan="2"></td>';
print '<td class="liste_titre">'.$form->selectarray('search_state', $states, $runs->state, 1).'</td><td class="liste_titre right" colspan="4">'.$form->showFilterButtons().'</td></tr>';
print gcontactsListHeads($columns, $file, $param, $request);
print $rows ? implode('', array_map('gcontactsRunRow', $rows)) : gcontactsListEmpty(count($columns), 'GContactsRunsNone');
print '</table></div></form></div>';
print dol_get_fiche_end();
llxFooter();
$db->close();
