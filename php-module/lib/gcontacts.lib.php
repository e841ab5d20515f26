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
 * \file    lib/gcontacts.lib.php
 * \ingroup gcontacts
 * \brief   What the pages of the module have in common: tabs, escaped texts, buttons
 */

/**
 * Tabs of the administration pages
 *
 * @return array<int,array<int,string>> Links for dol_get_fiche_head()
 */
function gcontactsAdminPrepareHead(): array
{
	global $conf, $langs, $user;

	// Whoever has only the right to administer the synchronisation may not open the settings
	$head = $user->admin ? array(array(dol_buildpath('/gcontacts/admin/setup.php', 1), $langs->trans('Settings'), 'settings')) : array();
	array_push(
		$head,
		array(dol_buildpath('/gcontacts/admin/operations.php', 1), $langs->trans('GContactsTabOperations'), 'operations'),
		array(dol_buildpath('/gcontacts/admin/runs.php', 1), $langs->trans('GContactsTabRuns'), 'runs')
	);
	complete_head_from_modules($conf, $langs, null, $head, $count, 'gcontacts@gcontacts');
	return $head;
}

/**
 * The link from an administration page back to Dolibarr's list of modules, for those who may open it
 *
 * @return string HTML
 */
function gcontactsBackToModules(): string
{
	global $langs, $user;

	return !$user->admin ? '' : '<a href="'.DOL_URL_ROOT.'/admin/modules.php?restore_lastsearch_values=1">'.$langs->trans('BackToModuleList').'</a>';
}

/**
 * A translated sentence, ready for HTML whatever its parameters hold
 *
 * @param  string $key           Language key
 * @param  string ...$parameters What its %s stand for, plain text
 * @return string                HTML
 */
function gcontactsText(string $key, string ...$parameters): string
{
	global $langs;

	return dol_escape_htmltag($langs->transnoentities($key, ...$parameters), 0, 1);
}

/**
 * A code as people say it, or itself where nobody has a word for it
 *
 * @param  string $start Beginning of the language key
 * @param  string $code  Code
 * @return string        Plain text
 */
function gcontactsWord(string $start, string $code): string
{
	global $langs;

	$word = $langs->transnoentities($start.$code);
	return $word === $start.$code ? $code : $word;
}

/**
 * Starts a form that posts an action
 *
 * @param  string $page   Page of the module, for example /admin/setup.php#options
 * @param  string $action Action, '' if the page has only one
 * @param  string $more   More attributes
 * @return string         HTML
 */
function gcontactsFormStart(string $page, string $action = '', string $more = ''): string
{
	list($path, $anchor) = explode('#', $page.'#');
	$address = dol_buildpath('/gcontacts'.$path, 1).($anchor === '' ? '' : '#'.$anchor);
	$html = '<form method="POST" action="'.dol_escape_htmltag($address).'"'.$more.'>';
	$html .= '<input type="hidden" name="token" value="'.newToken().'">';
	if ($action !== '') {
		$html .= '<input type="hidden" name="action" value="'.dol_escape_htmltag($action).'">';
	}
	return $html;
}

/**
 * A form that is only a button
 *
 * @param  string $page   Page of the module
 * @param  string $action Action, '' if the page has only one
 * @param  string $label  Language key of the button
 * @param  string $class  More CSS classes of the button
 * @return string         HTML
 */
function gcontactsButton(string $page, string $action, string $label, string $class = ''): string
{
	return gcontactsFormStart($page, $action, ' class="gcontacts-inline"')
		.'<input type="submit" class="button small '.$class.'" value="'.gcontactsText($label).'"></form>';
}

/**
 * Something that opens on a click, without JavaScript too
 *
 * @param  string $label Language key of what is always seen
 * @param  string $html  What opens
 * @param  bool   $open  True if it is open at first
 * @return string        HTML
 */
function gcontactsDetails(string $label, string $html, bool $open = false): string
{
	return '<details class="gcontacts-details"'.($open ? ' open' : '').'><summary>'.gcontactsText($label).'</summary><div>'.$html.'</div></details>';
}

/**
 * A link to a page outside, opened beside this one
 *
 * @param  string $url   Address
 * @param  string $label Text, already translated
 * @return string        HTML
 */
function gcontactsOutsideLink(string $url, string $label): string
{
	return '<a href="'.dol_escape_htmltag($url).'" target="_blank" rel="noopener noreferrer">'.dol_escape_htmltag($label)
		.' <span class="fas fa-external-link-alt gcontacts-small" aria-hidden="true"></span></a>';
}

/**
 * A translated sentence as plain text
 *
 * @param  string $key           Language key
 * @param  string ...$parameters What its %s stand for
 * @return string
 */
function gcontactsPlain(string $key, string ...$parameters): string
{
	global $langs;

	return $langs->transnoentities($key, ...$parameters);
}
