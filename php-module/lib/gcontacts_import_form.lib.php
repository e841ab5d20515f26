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
 * \file    php-module/lib/gcontacts_import_form.lib.php
 * \ingroup gcontacts
 * \brief   What the import page's form says
 */

dol_include_once('/gcontacts/class/import/gcontactscandidatelist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportchoices.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportdefaults.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportoptions.class.php');

/** Rows of a page that may be chosen from; more would be more fields than PHP takes */
const GCONTACTS_IMPORT_LIMITS = array(25, 50, 100);

/**
 * What of the list is shown
 *
 * @return array{shown:string,search:string,sort:string,order:string,page:int,limit:int,source:string}
 */
function gcontactsImportView(): array
{
	$shown = GETPOST('shown', 'aZ09');
	$sort = GETPOST('sort', 'aZ09');
	$limit = GETPOSTINT('limit');
	$source = GETPOST('source', 'aZ09');
	return array(
		'shown' => in_array($shown, GContactsCandidateList::SHOWN, true) ? $shown : 'all',
		'search' => trim(GETPOST('search', 'alphanohtml')),
		'sort' => isset(GContactsCandidateList::SORTS[$sort]) ? $sort : 'name',
		'order' => GETPOST('order', 'aZ09') === 'desc' ? 'desc' : 'asc',
		'page' => max(0, GETPOSTINT('page')),
		'limit' => in_array($limit, GCONTACTS_IMPORT_LIMITS, true) ? $limit : GCONTACTS_IMPORT_LIMITS[1],
		'source' => in_array($source, GContactsImportList::SOURCES, true) ? $source : 'account',
	);
}

/**
 * The address of the page with a view
 *
 * @param  array<string,int|string> $view    View
 * @param  array<string,int|string> $changes What is another
 * @return string                            Address, not escaped
 */
function gcontactsImportAddress(array $view, array $changes = array()): string
{
	$changed = $changes + $view;
	$plain = array('shown' => 'all', 'search' => '', 'sort' => 'name', 'order' => 'asc', 'page' => 0, 'limit' => GCONTACTS_IMPORT_LIMITS[1], 'source' => 'account');
	return dol_buildpath('/gcontacts/import.php', 1).'?'.http_build_query(array_diff_assoc($changed, $plain));
}

/**
 * What the form chose: the ticked rows, or everybody of the view who is new
 *
 * @param  GContactsCandidateList      $list    Candidates
 * @param  array<string,int|string>    $view    View
 * @param  User                        $user    Who imports
 * @param  bool                        $all     Whether the whole view is meant
 * @return array<int,array<string,mixed>>|null  See GContactsImportChoices::draft(); null on failure
 */
function gcontactsImportChosen(GContactsCandidateList $list, array $view, User $user, bool $all): ?array
{
	$defaults = new GContactsImportDefaults($user);
	$choices = array();
	$ids = array_map('intval', (array) GETPOST('tick', 'array:int'));
	$rows = $all ? $list->page($view, GContactsSettings::MAX_RETRIEVE, 0) : $list->some($ids);
	foreach ($rows ?? array() as $id => $row) {
		if ($row['state'] === 'open' && (!$all || GContactsImportDefaults::isNew($row))) {
			$choice = gcontactsImportOnTop($all ? $defaults->of($row) : gcontactsImportChoice($row, $defaults->of($row)), $row);
			if ($choice['action'] !== GContactsImportDefaults::SKIP) {
				$choices[] = $choice;
			}
		}
	}
	return $rows === null ? null : $choices;
}

/**
 * The choice for a row, as its own fields say
 *
 * @param  array<string,mixed> $row    Candidate
 * @param  array<string,mixed> $choice The first choice for it
 * @return array<string,mixed>         Choice
 */
function gcontactsImportChoice(array $row, array $choice): array
{
	$id = $row['id'];
	$own = function (string $name) use ($id): string {
		$values = GETPOST($name, 'array:alphanohtml');
		return is_array($values) && isset($values[$id]) && is_string($values[$id]) ? $values[$id] : '';
	};
	$act = explode(':', $own('act').':');
	if ($act[0] === 'link' && isset($row['contacts'][(int) $act[1]])) {
		$choice = array('action' => 'link', 'contact' => (int) $act[1]) + $choice;
	} elseif ($act[0] === 'anyway' || $act[0] === GContactsImportDefaults::SKIP) {
		$choice['action'] = $act[0];
	}
	$third = explode(':', $own('third').':');
	if ($third[0] === 'soc') {
		$choice = array('thirdparty' => 'existing', 'soc' => (int) $third[1]) + $choice;
	} elseif (in_array($third[0], GContactsImportChoices::THIRDPARTIES, true) && $third[0] !== 'existing') {
		$choice = array('thirdparty' => $third[0], 'soc' => 0) + $choice;
	}
	$choice['representative'] = $own('rep') === '' ? $choice['representative'] : (int) $own('rep');
	$choice['lastname'] = trim($own('lastname'));
	$tags = GETPOST('tags', 'array');
	$choice['tags'] = is_array($tags) && isset($tags[$id]) && is_array($tags[$id]) ? array_map('intval', $tags[$id]) : array();
	return $choice;
}

/**
 * The choice with what the row on top says
 *
 * @param  array<string,mixed> $choice Choice
 * @param  array<string,mixed> $row    Candidate
 * @return array<string,mixed>         Choice
 */
function gcontactsImportOnTop(array $choice, array $row): array
{
	$third = GETPOST('top_third', 'aZ09');
	// Nobody gets a company that their card does not name, and no company is a private individual.
	$fits = $third === 'company' ? $row['contents']['company'] !== '' : $row['kind'] !== 'company';
	if (in_array($third, array('none', 'private', 'company'), true) && $fits) {
		$choice = array('thirdparty' => $third, 'soc' => 0) + $choice;
	}
	if (GETPOST('top_rep', 'alpha') !== '') {
		$choice['representative'] = GETPOSTINT('top_rep');
	}
	$choice['tags'] = array_values(array_unique(array_merge($choice['tags'], array_map('intval', (array) GETPOST('top_tags', 'array:int')))));
	return $choice;
}
