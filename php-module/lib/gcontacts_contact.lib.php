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
 * \file    php-module/lib/gcontacts_contact.lib.php
 * \ingroup gcontacts
 * \brief   Parts of the tab GContacts of a contact
 */

dol_include_once('/gcontacts/class/comparison/gcontactssendover.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactstake.class.php');
dol_include_once('/gcontacts/class/gcontactssyncfield.class.php');

/**
 * Which of the form's buttons was pressed
 *
 * @return string take, takeall, send, sendall, or '' where the form says nothing
 */
function gcontactsContactAction(): string
{
	foreach (array('takeall', 'take', 'sendall', 'send') as $button) {
		if (GETPOSTISSET($button)) {
			return $button;
		}
	}
	return '';
}

/**
 * Does what the form of the tab asks for, and keeps sentences for the next page
 *
 * @param  int    $id     Contact
 * @param  string $button See gcontactsContactAction()
 * @param  User   $user   Who pressed it
 * @return void
 */
function gcontactsContactAct(int $id, string $button, User $user): void
{
	global $db;

	$account = new GContactsAccount($db);
	$keys = array_values(array_filter((array) GETPOST('fields', 'array'), 'is_string'));
	$all = $button === 'takeall' || $button === 'sendall';
	if ($button === '' || $account->fetchForEntity() <= 0) {
		setEventMessages(GContactsEngine::sentence($button === '' ? 'take_nothing' : 'not_connected'), null, 'errors');
	} elseif (!$all && !$keys) {
		setEventMessages(GContactsEngine::sentence('take_nothing'), null, 'warnings');
	} elseif ($button === 'send' || $button === 'sendall') {
		$sending = new GContactsSendOver($db, $account);
		$sent = $sending->send($id, $all ? array() : $keys) > 0;
		setEventMessages($sent ? html_entity_decode(gcontactsText('GContactsSentNow'), ENT_QUOTES) : GContactsEngine::sentence($sending->reason, $sending->error), null, $sent ? 'mesgs' : 'errors');
	} else {
		$taking = new GContactsTake($db, $account);
		$result = $taking->take($id, $all ? array() : $keys, array_map('strval', (array) GETPOST('seen', 'array')), $user);
		gcontactsTellTaken($taking, $result);
	}
}

/**
 * Keeps what became of a taking for the next page
 *
 * @param  GContactsTake $taking Taking
 * @param  int           $result What it returned
 * @param  string        $who    Name of the contact, '' where the page says it
 * @return void
 */
function gcontactsTellTaken(GContactsTake $taking, int $result, string $who = ''): void
{
	global $langs;

	$before = $who === '' ? '' : $who.': ';
	if ($result < 0 || $taking->reason !== '') {
		setEventMessages($before.GContactsEngine::sentence($taking->reason, $taking->error), null, $result < 0 ? 'errors' : 'warnings');
	}
	if ($taking->taken) {
		$fields = GContactsFieldName::ofAll($taking->taken);
		setEventMessages($before.$langs->transnoentities('GContactsTaken', $fields), null, 'mesgs');
	}
	foreach ($taking->refused as $key => $why) {
		$sentence = $langs->transnoentities('GContactsTake_'.array_shift($why), ...$why);
		setEventMessages($before.$langs->transnoentities('GContactsNotTaken', GContactsFieldName::of($key), $sentence), null, 'warnings');
	}
}

/**
 * Prints the contact's own banner, as its other tabs have it
 *
 * @param  Contact $object Contact
 * @return void
 */
function gcontactsContactBanner(Contact $object): void
{
	global $langs;

	$back = '<a href="'.DOL_URL_ROOT.'/contact/list.php?restore_lastsearch_values=1">'.$langs->trans('BackToList').'</a>';
	$more = '<div class="refidno">';
	if (!getDolGlobalString('SOCIETE_DISABLE_CONTACTS')) {
		$object->fetch_thirdparty();
		$company = is_object($object->thirdparty) && $object->thirdparty->id > 0;
		$more .= $company ? $object->thirdparty->getNomUrl(1) : '<span class="opacitymedium">'.$langs->trans('ContactNotLinkedToCompany').'</span>';
	}
	dol_banner_tab($object, 'id', $back, 1, 'rowid', 'ref', $more.'</div>');
}

/**
 * How the contact stands: state, reason, times, and whether what follows is fresh
 *
 * @param  GContactsContactState $state  State
 * @param  Contact               $object Contact
 * @return string                        HTML
 */
function gcontactsContactSummary(GContactsContactState $state, Contact $object): string
{
	global $langs;

	$moods = array('in_sync' => 'good', 'differs' => 'stopped', 'error' => 'stopped', 'removed' => 'stopped', 'waiting' => 'waits');
	$unanswered = $state->fresh !== null && $state->fresh->reason !== '';
	$html = '<div class="gcontacts-sending gcontacts-'.($unanswered ? 'waits' : $moods[$state->state] ?? 'off').'"><div>'.gcontactsStateBadge($state->state).' ';
	// Without an answer nobody knows what Google has now.
	$sentence = $unanswered && $state->state === 'in_sync' ? $langs->transnoentities('GContactsContactSays_then') : $state->sentence;
	$html .= '<span class="gcontacts-reason">'.dol_escape_htmltag($sentence).'</span></div>';
	if ($unanswered) {
		$html .= '<div class="gcontacts-notfresh"><span class="fas fa-exclamation-triangle" aria-hidden="true"></span> '.gcontactsText('GContactsNotFresh').' '
			.dol_escape_htmltag(GContactsEngine::sentence($state->fresh->reason, $state->fresh->message)).'</div>';
	}
	$html .= '<dl class="gcontacts-figures">';
	foreach (gcontactsContactFigures($state, $object) as $key => $value) {
		$html .= '<div><dt>'.gcontactsText($key).'</dt><dd>'.$value.'</dd></div>';
	}
	return $html.'</dl></div>';
}

/**
 * Account, times, and the contact's own field
 *
 * @param  GContactsContactState $state  State
 * @param  Contact               $object Contact
 * @return array<string,string>          Language key => HTML
 */
function gcontactsContactFigures(GContactsContactState $state, Contact $object): array
{
	global $langs, $db;

	$figures = array();
	if ($state->account->id > 0) {
		$figures['GContactsFigureAccount'] = dol_escape_htmltag($state->account->email);
	}
	foreach (array('GContactsFigureSynced' => 'date_sync', 'GContactsFigureChanged' => 'date_changed') as $key => $date) {
		if ($state->link && (string) $state->link->$date !== '') {
			$figures[$key] = dol_print_date($db->jdate($state->link->$date), 'dayhour', 'tzuser');
		}
	}
	if (GContactsSettings::perContact()) {
		$meaning = GContactsSyncField::meaning((string) ($object->array_options['options_'.GContactsSyncField::NAME] ?? ''));
		$figures['GContactsSync'] = $meaning === null ? gcontactsText('GContactsSyncByDefault') : $langs->trans($meaning ? 'Yes' : 'No');
	}
	return $figures;
}

/**
 * Both sides, with the buttons
 *
 * @param  GContactsContactState $state     State
 * @param  Contact               $object    Contact
 * @param  bool                  $mayChange Whether the reader may change the contact
 * @return string                           HTML
 */
function gcontactsContactForm(GContactsContactState $state, Contact $object, bool $mayChange): string
{
	$rows = $state->compared['rows'] ?? array();
	$differs = in_array(true, array_column($rows, 'differs'), true);
	$reads = $state->fresh !== null && $state->fresh->card !== null;
	$company = is_object($object->thirdparty) ? (string) $object->thirdparty->name : '';
	$html = $rows ? gcontactsComparisonTable($rows, $company, $mayChange && $reads && $differs) : '';
	$html .= $rows ? gcontactsOnlyAtGoogle($state->compared['only_at_google']) : '';
	$buttons = $mayChange ? gcontactsComparisonButtons($rows, $reads && $differs, $state->account->id > 0 && $state->state !== 'left_out') : '';
	if ($buttons === '') {
		return $html;
	}
	return gcontactsFormStart('/contact_tab.php', 'settle').'<input type="hidden" name="id" value="'.((int) $object->id).'">'.$html.$buttons.'</form>';
}
