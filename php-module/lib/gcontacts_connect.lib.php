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
 * \file    lib/gcontacts_connect.lib.php
 * \ingroup gcontacts
 * \brief   The lines of the checklist that connect an account, as HTML
 */

dol_include_once('/gcontacts/class/account/gcontactsredirect.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/**
 * A text with a button that copies it
 *
 * @param  string $value Text
 * @return string        HTML
 */
function gcontactsCopy(string $value): string
{
	return '<span class="gcontacts-code">'.showValueWithClipboardCPButton($value, 0).'</span>';
}

/**
 * The redirect address to register, and the way round where Google refuses Dolibarr's own
 *
 * @return string HTML
 */
function gcontactsRedirect(): string
{
	$own = GContactsRedirect::callback();
	$address = GContactsRedirect::address();
	$html = '';
	if ($address !== $own) {
		$html .= '<div class="gcontacts-text gcontacts-aside">'.gcontactsText('GContactsRedirectOwn', $own).'</div>';
		$html .= '<div class="gcontacts-text">'.gcontactsText('GContactsRedirectLocalhost').'</div>';
	}
	return $html.'<div>'.gcontactsCopy($address).'</div>';
}

/**
 * The Connect button; where Google's answer ends on http://localhost, the field that takes it too
 *
 * @param  GContactsAccount|null $account The connected account, null if none
 * @return string                         HTML
 */
function gcontactsConnect(?GContactsAccount $account): string
{
	$paste = GContactsRedirect::address() === GContactsRedirect::LOCALHOST;
	$button = gcontactsFormStart('/admin/connect.php', '', ' class="gcontacts-inline"'.($paste ? ' target="_blank"' : ''));
	$button .= '<input type="submit" class="button small" value="'.gcontactsText($account ? 'GContactsReconnect' : 'GContactsConnect').'"></form>';
	return $paste ? gcontactsPasteForm($button) : '<div>'.$button.'</div>';
}

/**
 * Connecting, and help with what Google may say
 *
 * @param  GContactsAccount|null $account The connected account, null if none
 * @return string                         HTML
 */
function gcontactsConsent(?GContactsAccount $account): string
{
	$help = array(
		gcontactsText('GContactsConsentHelpTick'),
		gcontactsText('GContactsConsentHelpTesting'),
		gcontactsText('GContactsConsentHelpMismatch'),
	);
	return gcontactsConnect($account).gcontactsDetails('GContactsConsentHelp', '<ul class="gcontacts-steps"><li>'.implode('</li><li>', $help).'</li></ul>');
}

/**
 * The way round http: connect in another window, paste the address on which it ended
 *
 * @param  string $button The Connect button, HTML
 * @param  string $page   Page that takes the address
 * @param  string $action Its action for that
 * @return string         HTML
 */
function gcontactsPasteForm(string $button, string $page = '/admin/connect.php', string $action = 'paste'): string
{
	$field = gcontactsFormStart($page, $action, ' class="gcontacts-paste" autocomplete="off"');
	$field .= '<input type="text" class="flat" name="pasted" autocomplete="off" spellcheck="false" maxlength="4000"';
	$field .= ' aria-label="'.gcontactsText('GContactsPasteLabel').'" placeholder="http://localhost/?state=…&amp;code=…">';
	$field .= '<input type="submit" class="button small" value="'.gcontactsText('GContactsPasteFinish').'"></form>';
	return '<ol class="gcontacts-steps"><li>'.gcontactsText('GContactsPasteConnect').'<br>'.$button.'</li><li>'
		.gcontactsText('GContactsPasteWait').'</li><li>'.gcontactsText('GContactsPasteHere').'<br>'.$field.'</li></ol>';
}

/**
 * Where the People API is switched on
 *
 * @param  string $said What Google said; it often names the page of the very project
 * @return string       HTML
 */
function gcontactsEnableApi(string $said): string
{
	global $langs;

	$page = 'https://console.cloud.google.com/apis/library/people.googleapis.com';
	if (preg_match('~https://console\.(?:developers|cloud)\.google\.com/[\w./?=&-]+~', $said, $found)) {
		$page = rtrim($found[0], '.');
	}
	return '<div>'.gcontactsOutsideLink($page, $langs->transnoentities('GContactsGuideApiLink')).'</div>';
}

/**
 * Check again, and Disconnect with what it means
 *
 * @return string HTML
 */
function gcontactsAccountButtons(): string
{
	$disconnect = '<div class="gcontacts-text">'.gcontactsText('GContactsDisconnectWhat').'</div>';
	$disconnect .= gcontactsButton('/admin/setup.php', 'confirm_disconnect', 'GContactsDisconnect', 'button-cancel');
	return '<div class="gcontacts-row">'.gcontactsButton('/admin/setup.php', 'check', 'GContactsCheckNow')
		.gcontactsDetails('GContactsDisconnectAsk', $disconnect).'</div>';
}
