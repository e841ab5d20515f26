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
 * \file    php-module/lib/gcontacts_import_page.lib.php
 * \ingroup gcontacts
 * \brief   What stands around the list of the import page, as HTML
 */

dol_include_once('/gcontacts/lib/gcontacts_import_form.lib.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/**
 * Filters and search
 *
 * @param  array<string,int|string> $view   View
 * @param  array<string,int>        $counts How many there are of each filter
 * @return string                           HTML
 */
function gcontactsImportFilters(array $view, array $counts): string
{
	$html = '<div class="gcontacts-filters"><nav>';
	foreach (GContactsCandidateList::SHOWN as $shown) {
		if ($counts[$shown] > 0 || $shown === 'all' || $shown === $view['shown']) {
			$current = $shown === $view['shown'] ? ' aria-current="page" class="gcontacts-current"' : '';
			$html .= '<a href="'.dol_escape_htmltag(gcontactsImportAddress($view, array('shown' => $shown, 'page' => 0))).'"'.$current.'>'.gcontactsText('GContactsImportShown_'.$shown, (string) $counts[$shown]).'</a>';
		}
	}
	$html .= '</nav><form method="GET" action="'.dol_escape_htmltag(dol_buildpath('/gcontacts/import.php', 1)).'" class="gcontacts-search">';
	foreach (array('source', 'shown', 'limit') as $name) {
		$html .= '<input type="hidden" name="'.$name.'" value="'.dol_escape_htmltag((string) $view[$name]).'">';
	}
	$html .= '<input type="search" class="flat" name="search" value="'.dol_escape_htmltag($view['search']).'" placeholder="'.gcontactsText('GContactsImportSearch').'" aria-label="'.gcontactsText('GContactsImportSearch').'">';
	$html .= '<select class="flat" name="sort" aria-label="'.gcontactsText('GContactsImportSort').'">';
	foreach (array_keys(GContactsCandidateList::SORTS) as $sort) {
		$html .= '<option value="'.$sort.'"'.($sort === $view['sort'] ? ' selected' : '').'>'.gcontactsText('GContactsImportSort_'.$sort).'</option>';
	}
	return $html.'</select><input type="submit" class="button small" value="'.gcontactsText('Search').'"></form></div>';
}

/**
 * Links to the other pages of the list
 *
 * @param  array<string,int|string> $view  View
 * @param  int                      $total How many there are
 * @return string                          HTML
 */
function gcontactsImportPages(array $view, int $total): string
{
	$last = (int) max(0, ceil($total / $view['limit']) - 1);
	$from = min($total, $view['page'] * $view['limit'] + 1);
	$html = '<div class="gcontacts-pages"><span>'.gcontactsText('GContactsImportRange', (string) $from, (string) min($total, ($view['page'] + 1) * $view['limit']), (string) $total).'</span>';
	foreach (array('«' => array($view['page'] - 1, 'Previous'), '»' => array($view['page'] + 1, 'Next')) as $sign => $page) {
		if ($page[0] >= 0 && $page[0] <= $last) {
			$html .= '<a class="button small" href="'.dol_escape_htmltag(gcontactsImportAddress($view, array('page' => $page[0]))).'" aria-label="'.gcontactsText($page[1]).'">'.$sign.'</a>';
		}
	}
	$html .= '<span>';
	foreach (GCONTACTS_IMPORT_LIMITS as $limit) {
		$html .= $limit === $view['limit'] ? ' <b>'.$limit.'</b>' : ' <a href="'.dol_escape_htmltag(gcontactsImportAddress($view, array('limit' => $limit, 'page' => 0))).'">'.$limit.'</a>';
	}
	return $html.' '.gcontactsText('GContactsImportPerPage').'</span></div>';
}

/**
 * How far the reading of an address book is
 *
 * @param  GContactsImportList $list List
 * @return string                    HTML
 */
function gcontactsImportReading(GContactsImportList $list): string
{
	$total = max($list->total, $list->seen);
	$known = $list->state === 'listing' && $total > 0;
	$html = '<div class="gcontacts-sending gcontacts-waits"><div>'.gcontactsText($list->state === 'listing' ? 'GContactsImportReading' : 'GContactsImportComparing', (string) $list->seen, (string) $total).'</div>';
	return $html.'<progress class="gcontacts-progress"'.($known ? ' max="'.$total.'" value="'.$list->seen.'"' : '').'></progress></div>';
}

/**
 * The hidden fields that keep the view in a form
 *
 * @param  array<string,int|string> $view View
 * @return string                         HTML
 */
function gcontactsImportKeep(array $view): string
{
	$html = '';
	foreach ($view as $name => $value) {
		$html .= '<input type="hidden" name="'.$name.'" value="'.dol_escape_htmltag((string) $value).'">';
	}
	return $html;
}
