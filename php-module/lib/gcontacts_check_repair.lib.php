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
 * \file    php-module/lib/gcontacts_check_repair.lib.php
 * \ingroup gcontacts
 * \brief   Check synchro: repairs of selected contacts, and of all in a state
 */

dol_include_once('/gcontacts/class/check/gcontactsrepairall.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsprogress.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrunitems.class.php');

/** Seconds for which the page tells what came of the last repair of all */
const GCONTACTS_REPAIR_TOLD = 86400;

/**
 * The buttons above the list: for the ticked rows, and for all of the state that is shown
 *
 * @param  GContactsCheckRows  $rows Contacts
 * @param  array<string,mixed> $list See gcontactsCheckListFromRequest()
 * @return string                    HTML
 */
function gcontactsRepairButtons(GContactsCheckRows $rows, array $list): string
{
	$state = (string) $list['filter']['state'];
	$all = $state === '' ? 0 : (int) ($rows->totals($list['filter'])[$state] ?? 0);
	$groups = array('' => gcontactsText('GContactsCheckSelected'));
	if ($all > 0) {
		$groups['all'] = gcontactsText('GContactsCheckAll', gcontactsPlain('GContactsCheckState_'.$state), GContactsProgress::number($all));
	}
	$html = '<div class="gcontacts-repairs">';
	foreach ($groups as $whose => $label) {
		$html .= '<div class="gcontacts-row" role="group" aria-label="'.$label.'"><span>'.$label.'</span> ';
		foreach (GContactsRepair::ALL as $what) {
			$help = gcontactsText('GContactsCheckHelp_'.$what);
			$html .= '<button type="submit" class="button small" name="action" value="'.$what.$whose.'" title="'.$help.'">'.gcontactsText('GContactsCheckButton_'.$what).'</button> ';
		}
		$html .= '</div>';
	}
	return $html.'</div>';
}

/**
 * What a button asks for
 *
 * @param  string           $action Action of the page
 * @return array{0:string,1:bool}|null What is done, and whether with all; null where it is no repair
 */
function gcontactsRepairOfAction(string $action): ?array
{
	$all = substr($action, -3) === 'all';
	$what = $all ? substr($action, 0, -3) : $action;
	return in_array($what, GContactsRepair::ALL, true) ? array($what, $all) : null;
}

/**
 * Does what a button asks for, and says so; what concerns all, or takes cards away, only after a yes
 *
 * @param  GContactsAccount       $account Account
 * @param  GContactsCheckRows     $rows    Contacts
 * @param  array{0:string,1:bool} $asked   See gcontactsRepairOfAction()
 * @param  array<string,mixed>    $list    See gcontactsCheckListFromRequest()
 * @return string                          The question, HTML; empty where none is left
 */
function gcontactsRepair(GContactsAccount $account, GContactsCheckRows $rows, array $asked, array $list): string
{
	global $langs;

	list($what, $all) = $asked;
	$ticked = array_map('intval', (array) GETPOST('toselect', 'array:int'));
	// Only what the reader may see; all only of a state
	$names = $all && $list['filter']['state'] === '' ? array() : $rows->names($list['filter'], $all ? null : $ticked);
	if (!$names) {
		setEventMessages($names === null ? GContactsEngine::sentence('database') : $langs->transnoentities('GContactsCheckNothingSelected'), null, 'warnings');
		return '';
	}
	$sure = $what !== 'part' || GETPOSTINT('sure') > 0;
	if (($all || $what === 'part') && (GETPOSTINT('yes') !== count($names) || !$sure)) {
		return gcontactsRepairQuestion($what, $all, array_keys($names), $list);
	}
	if ($all) {
		gcontactsRepairAll($account, $what, (string) $list['filter']['state'], array_keys($names));
	} else {
		gcontactsRepairSome($account, $what, array_keys($names));
	}
	return '';
}

/**
 * Repairs the contacts that were ticked
 *
 * @param  GContactsAccount $account Account
 * @param  string           $what    One of GContactsRepair::ALL
 * @param  array<int,int>   $ids     Contacts
 * @return void
 */
function gcontactsRepairSome(GContactsAccount $account, string $what, array $ids): void
{
	global $db, $langs;

	$repair = new GContactsRepair($db, $account);
	if ($repair->apply($what, $ids) < 0) {
		setEventMessages(GContactsEngine::sentence($repair->reason, $repair->error), null, 'errors');
	}
	if ($repair->done > 0) {
		setEventMessages($langs->transnoentities('GContactsCheckRepaired_'.$what, GContactsProgress::number($repair->done)), null);
	}
	foreach ($repair->reasons() as $reason => $number) {
		setEventMessages($langs->transnoentities('GContactsCheckLeft', GContactsProgress::number($number), GContactsEngine::sentence($reason)), null, 'warnings');
	}
}

/**
 * Begins the repair of all contacts in a state
 *
 * @param  GContactsAccount $account Account
 * @param  string           $what    One of GContactsRepair::ALL
 * @param  string           $state   Their state
 * @param  array<int,int>   $ids     Contacts
 * @return void
 */
function gcontactsRepairAll(GContactsAccount $account, string $what, string $state, array $ids): void
{
	global $db, $langs;

	$blocked = GContactsOperationKinds::blockedReason($what, $account);
	if ($blocked !== '') {
		setEventMessages(GContactsEngine::sentence($blocked, $account->state_message), null, 'errors');
		return;
	}
	$operations = new GContactsOperations($db, $account);
	if (GContactsRepairAll::begin($operations, $what, $state, $ids)) {
		setEventMessages($langs->transnoentities('GContactsCheckRepairBegan', GContactsProgress::number(count($ids))), null);
	} else {
		setEventMessages($operations->error, null, $operations->reason === 'operation_under_way' ? 'warnings' : 'errors');
	}
}

/**
 * Asks whether a repair is meant, with what it does and to how many
 *
 * @param  string              $what One of GContactsRepair::ALL
 * @param  bool                $all  Whether with all of the state
 * @param  array<int,int>      $ids  Contacts
 * @param  array<string,mixed> $list See gcontactsCheckListFromRequest()
 * @return string                    HTML
 */
function gcontactsRepairQuestion(string $what, bool $all, array $ids, array $list): string
{
	global $langs;

	$number = GContactsProgress::number(count($ids));
	$html = gcontactsFormStart('/check.php', $what.($all ? 'all' : ''), ' class="gcontacts-sending gcontacts-question gcontacts-'.($what === 'part' ? 'stopped' : 'waits').'" aria-labelledby="question"');
	parse_str(gcontactsCheckParameters($list), $fields);
	foreach ($fields + array('yes' => count($ids)) as $name => $value) {
		$html .= '<input type="hidden" name="'.dol_escape_htmltag((string) $name).'" value="'.dol_escape_htmltag((string) $value).'">';
	}
	foreach ($all ? array() : $ids as $id) {
		$html .= '<input type="hidden" name="toselect[]" value="'.$id.'">';
	}
	$html .= '<b id="question">'.gcontactsText('GContactsCheckAsk_'.$what, $number).'</b><p>'.gcontactsText('GContactsCheckAskWhat_'.$what).'</p>';
	if ($what === 'part') {
		$html .= '<p><input type="checkbox" id="sure" name="sure" value="1" required> <label for="sure">'.gcontactsText('GContactsCheckSure', $number).'</label></p>';
	}
	$html .= '<div class="gcontacts-row"><input type="submit" class="button small'.($what === 'part' ? ' button-delete' : '').'" value="'.gcontactsText('GContactsCheckYes_'.$what).'"> ';
	return $html.'<a class="button small button-cancel" href="'.dol_escape_htmltag($_SERVER['PHP_SELF'].'?'.gcontactsCheckParameters($list)).'">'.$langs->trans('Cancel').'</a></div></form>';
}

/**
 * What came of the last repair of all, or of labels, for a day
 *
 * @param  GContactsAccount $account Account
 * @return string                    HTML, empty where there was none
 */
function gcontactsLastRepair(GContactsAccount $account): string
{
	global $db, $user;

	$run = new GContactsRun($db, $account);
	if ($run->fetchLast('unlabel', ...GContactsRepair::ALL) <= 0 || $run->isUnderWay() || (int) ($run->date_end ?: $run->date_start) < dol_now() - GCONTACTS_REPAIR_TOLD) {
		return '';
	}
	$progress = new GContactsProgress($run, $account);
	$told = array(gcontactsWord('GContactsRunKind_', $run->kind), dol_print_date($run->date_start, 'dayhour', 'tzuserrel'), $progress->stateText());
	$html = '<div class="gcontacts-repaired"><b>'.dol_escape_htmltag(implode(' – ', $told)).'</b> '.dol_escape_htmltag($progress->sentence().' '.$progress->counts());
	$items = new GContactsRunItems($db, $run->id, $user);
	$details = $run->kind === 'unlabel' ? gcontactsUnlabelled($items) : gcontactsRepairLeft($items);
	$html .= $details ? '<ul><li>'.implode('</li><li>', array_map('dol_escape_htmltag', $details)).'</li></ul>' : '';
	return $html.' <a href="'.dol_buildpath('/gcontacts/admin/run.php', 1).'?id='.$run->id.'">'.gcontactsText('GContactsRunSee').'</a></div>';
}

/**
 * How many contacts a repair left as they are, and why
 *
 * @param  GContactsRunItems $items Log of the run
 * @return array<int,string>        Sentences, plain text
 */
function gcontactsRepairLeft(GContactsRunItems $items): array
{
	return array_map(function (object $row): string {
		return gcontactsPlain('GContactsCheckLeft', GContactsProgress::number((int) $row->nb), GContactsEngine::sentence((string) $row->reason));
	}, (array) $items->reasons());
}
