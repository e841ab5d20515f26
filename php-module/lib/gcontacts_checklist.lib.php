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
 * \file    lib/gcontacts_checklist.lib.php
 * \ingroup gcontacts
 * \brief   The checklist of the setup page as HTML
 */

dol_include_once('/gcontacts/class/setup/gcontactschecklist.class.php');
dol_include_once('/gcontacts/class/setup/gcontactsinstallation.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_connect.lib.php');

/**
 * The whole checklist
 *
 * @param  GContactsChecklist    $checklist Checklist
 * @param  GContactsAccount|null $account   The connected account, null if none
 * @return string                           HTML
 */
function gcontactsChecklist(GContactsChecklist $checklist, ?GContactsAccount $account): string
{
	$lines = $checklist->lines();
	$done = 0;
	$html = '';
	foreach ($lines as $line) {
		$done += $line['state'] === GContactsChecklist::DONE ? 1 : 0;
		$html .= gcontactsChecklistLine($line, gcontactsChecklistBody($line, $checklist, $account));
	}
	$badge = '<span class="badge '.($done === count($lines) ? 'badge-status4' : 'badge-status0').' badge-status">';
	$badge .= gcontactsText('GContactsCheckProgress', (string) $done, (string) count($lines)).'</span>';
	return load_fiche_titre(gcontactsText('GContactsTitleChecklist'), $badge, '').'<ol class="gcontacts-checklist">'.$html.'</ol>';
}

/**
 * One line
 *
 * @param  array{key:string,state:string,text:string} $line Line
 * @param  string                                     $body What stands below its sentence, HTML
 * @return string                                           HTML
 */
function gcontactsChecklistLine(array $line, string $body): string
{
	$looks = array(
		GContactsChecklist::DONE => array('badge-status4', 'fa-check'),
		GContactsChecklist::DUE => array('badge-status1', 'fa-arrow-right'),
		GContactsChecklist::FAILED => array('badge-status8', 'fa-exclamation'),
		GContactsChecklist::LATER => array('badge-status0', 'fa-ellipsis-h'),
	);
	list($colour, $icon) = $looks[$line['state']];
	$html = '<li id="check-'.$line['key'].'" class="gcontacts-line gcontacts-'.$line['state'].'">';
	$html .= '<span class="gcontacts-mark badge '.$colour.'" title="'.gcontactsText('GContactsState_'.$line['state']).'">';
	$html .= '<span class="fas '.$icon.'" aria-hidden="true"></span></span><div class="gcontacts-body">';
	$html .= '<div class="gcontacts-title">'.gcontactsText('GContactsCheck_'.$line['key']);
	$html .= '<span class="gcontacts-word">'.gcontactsText('GContactsState_'.$line['state']).'</span></div>';
	$html .= '<div class="gcontacts-text">'.dol_escape_htmltag($line['text'], 0, 1).'</div>'.$body.'</div></li>';
	return $html;
}

/**
 * What stands below a line's sentence
 *
 * @param  array{key:string,state:string,text:string} $line      Line
 * @param  GContactsChecklist                         $checklist Checklist
 * @param  GContactsAccount|null                      $account   The connected account, null if none
 * @return string                                                HTML
 */
function gcontactsChecklistBody(array $line, GContactsChecklist $checklist, ?GContactsAccount $account): string
{
	if ($line['state'] === GContactsChecklist::DONE) {
		return gcontactsDoneBody($line['key'], $checklist, $account);
	}
	switch ($line['key']) {
		case 'extension':
			return gcontactsInstallation();
		case 'client':
			return gcontactsClientForm().gcontactsClientGuide();
		case 'redirect':
			return gcontactsRedirect();
		case 'consent':
			return $checklist->canConnect() ? gcontactsConsent($account) : '';
		case 'api':
			return $line['state'] === GContactsChecklist::FAILED ? gcontactsEnableApi($line['text']) : '';
		default:
			return '';
	}
}

/**
 * What stands below the sentence of a line that is done: how to change it
 *
 * @param  string                $key       Line
 * @param  GContactsChecklist    $checklist Checklist
 * @param  GContactsAccount|null $account   The connected account, null if none
 * @return string                           HTML
 */
function gcontactsDoneBody(string $key, GContactsChecklist $checklist, ?GContactsAccount $account): string
{
	switch ($key) {
		case 'client':
			return gcontactsDetails('GContactsClientChange', gcontactsClientForm());
		case 'redirect':
			return gcontactsDetails('GContactsRedirectShow', gcontactsRedirect());
		case 'consent':
			$why = '<div class="gcontacts-text">'.gcontactsText('GContactsReconnectWhy').'</div>';
			return $checklist->canConnect() ? gcontactsDetails('GContactsReconnectShow', $why.gcontactsConnect($account)) : '';
		case 'account':
			return gcontactsAccountButtons();
		default:
			return '';
	}
}

/**
 * What to install for this PHP
 *
 * @return string HTML
 */
function gcontactsInstallation(): string
{
	$steps = array(
		gcontactsText('GContactsInstallFile', GContactsInstallation::build()).' '.gcontactsCopy(GContactsInstallation::file()),
		gcontactsText('GContactsInstallLine', GContactsInstallation::iniFile()).' '.gcontactsCopy(GContactsInstallation::iniLine()),
		gcontactsText(GContactsInstallation::restart()),
	);
	return '<ol class="gcontacts-steps"><li>'.implode('</li><li>', $steps).'</li></ol>';
}

/**
 * The form of client id and secret; the secret never comes back out of Dolibarr
 *
 * @return string HTML
 */
function gcontactsClientForm(): string
{
	$client = GContactsSettings::client('');
	$kept = $client['client_secret'] !== '';
	$html = gcontactsFormStart('/admin/setup.php', 'saveclient', ' class="gcontacts-fields" autocomplete="off"');
	$html .= '<label for="client_id">'.gcontactsText('GContactsClientId').'</label>';
	$html .= '<input type="text" class="flat" id="client_id" name="client_id" autocomplete="off" spellcheck="false" maxlength="255"';
	$html .= ' value="'.dol_escape_htmltag($client['client_id']).'" placeholder="123456789012-abc….apps.googleusercontent.com">';
	$html .= '<label for="client_secret">'.gcontactsText('GContactsClientSecret').'</label>';
	$html .= '<input type="password" class="flat" id="client_secret" name="client_secret" autocomplete="new-password" maxlength="255"';
	$html .= ' value="" placeholder="'.gcontactsText($kept ? 'GContactsClientSecretKept' : 'GContactsClientSecretPlaceholder').'">';
	$html .= '<span></span><span><input type="submit" class="button small button-save" value="'.gcontactsText('Save').'">';
	if ($kept) {
		$html .= ' <span class="badge badge-status4 badge-status">'.gcontactsText('GContactsClientSecretSet').'</span>';
	}
	return $html.'</span></form>';
}

/**
 * How to get client id and secret from Google
 *
 * @return string HTML
 */
function gcontactsClientGuide(): string
{
	global $langs;

	$links = array(
		'GContactsGuideProject' => array('https://console.cloud.google.com/projectcreate', 'GContactsGuideProjectLink'),
		'GContactsGuideApi' => array('https://console.cloud.google.com/apis/library/people.googleapis.com', 'GContactsGuideApiLink'),
		'GContactsGuideScreen' => array('https://console.cloud.google.com/auth/overview', 'GContactsGuideScreenLink'),
		'GContactsGuideClient' => array('https://console.cloud.google.com/auth/clients', 'GContactsGuideClientLink'),
	);
	$steps = '';
	foreach ($links as $key => $link) {
		$steps .= '<li>'.gcontactsText($key).' '.gcontactsOutsideLink($link[0], $langs->transnoentities($link[1])).'</li>';
	}
	return gcontactsDetails('GContactsGuide', '<ol class="gcontacts-steps">'.$steps.'</ol>');
}
