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
 * \file    php-module/lib/gcontacts_import_preview.lib.php
 * \ingroup gcontacts
 * \brief   What an import will do, and what it did, as HTML
 */

dol_include_once('/gcontacts/class/import/gcontactsimportoptions.class.php');
dol_include_once('/gcontacts/class/import/gcontactsnewcontact.class.php');
dol_include_once('/gcontacts/lib/gcontacts_import.lib.php');

/**
 * What will be made, row by row
 *
 * @param  array<int,stdClass>            $choices   Drafts by candidate
 * @param  array<int,array<string,mixed>> $rows      Candidates
 * @param  GContactsImportOptions         $options   What can be chosen
 * @param  bool                           $needsCode Whether a customer code has to be typed
 * @return string                                    HTML
 */
function gcontactsImportPreview(array $choices, array $rows, GContactsImportOptions $options, bool $needsCode): string
{
	$html = '<table class="noborder centpercent gcontacts-import gcontacts-import-preview"><thead><tr class="liste_titre">';
	foreach (array('Name', 'Contact', 'ThirdParty', 'Representative', 'Tags') as $column) {
		$html .= $column === 'Tags' && !$options->tags ? '' : '<th>'.gcontactsText('GContactsImportColumn_'.$column).'</th>';
	}
	$html .= ($needsCode ? '<th>'.gcontactsText('CustomerCode').'</th>' : '').'</tr></thead><tbody>';
	$twins = array();
	foreach ($choices as $id => $choice) {
		$row = $rows[$id] ?? null;
		if ($row === null) {
			continue;
		}
		$again = $row['twin'] > 0 && isset($twins[$row['twin']]) && $choice->action === 'import';
		$twins[$row['twin']] = true;
		$html .= '<tr class="oddeven"><td><b>'.dol_escape_htmltag($row['title'], 0, 1).'</b>'.gcontactsImportTroubles($row, $choice, $again).'</td>';
		$html .= '<td>'.gcontactsImportWhatContact($row, $choice).'</td><td>'.gcontactsImportWhatCompany($row, $choice).'</td>';
		$new = in_array($choice->thirdparty, array('private', 'company'), true) && $choice->action !== 'link';
		$html .= '<td>'.($new ? ($options->representatives[$choice->fk_representative] ?? '') : '').'</td>';
		if ($options->tags) {
			$html .= '<td>'.dol_escape_htmltag(implode(', ', array_intersect_key($options->tags, array_flip(explode(',', $choice->tags)))), 0, 1).'</td>';
		}
		$html .= $needsCode ? '<td>'.($new ? '<input type="text" class="flat maxwidth100" name="code['.$id.']" value="'.dol_escape_htmltag($choice->code).'" aria-label="'.gcontactsText('CustomerCode').'">' : '').'</td>' : '';
		$html .= '</tr>';
	}
	return $html.'</tbody></table>';
}

/**
 * What will fail, as far as can be told beforehand
 *
 * @param  array<string,mixed> $row    Candidate
 * @param  stdClass            $choice Draft
 * @param  bool                $again  Whether the same person stands above
 * @return string                      HTML
 */
function gcontactsImportTroubles(array $row, stdClass $choice, bool $again): string
{
	global $db;

	$new = new GContactsNewContact($db);
	if ($choice->action !== 'link' && $choice->action !== 'company') {
		$contact = $new->contact($row['contents'], (string) $choice->lastname, false);
		if ($contact->lastname === '') {
			$new->refusals[] = GContactsEngine::sentence('import_lastname');
		}
	}
	if (in_array($choice->thirdparty, array('private', 'company'), true) && $choice->action !== 'link') {
		$new->company($row['contents'], $choice->thirdparty, (string) $choice->lastname, (string) $choice->code);
	}
	if ($again) {
		$new->refusals[] = gcontactsPlain('GContactsImportTwinTwice');
	}
	return $new->refusals ? '<div class="gcontacts-refusal">'.dol_escape_htmltag(implode(' ', array_unique($new->refusals)), 0, 1).'</div>' : '';
}

/**
 * What becomes of the person
 *
 * @param  array<string,mixed> $row    Candidate
 * @param  stdClass            $choice Draft
 * @return string                      HTML
 */
function gcontactsImportWhatContact(array $row, stdClass $choice): string
{
	if ($choice->action === 'company') {
		return '<span class="opacitymedium">'.gcontactsText('GContactsImportNoContact').'</span>';
	}
	if ($choice->action === 'link') {
		return gcontactsText('GContactsImportLinkTo', $row['contacts'][(int) $choice->fk_contact]['name'] ?? '#'.$choice->fk_contact);
	}
	$lastname = $choice->lastname !== '' ? $choice->lastname : $row['contents']['lastname'];
	return gcontactsText('GContactsImportNewContact', trim($row['contents']['firstname'].' '.$lastname));
}

/**
 * What becomes of the third party
 *
 * @param  array<string,mixed> $row    Candidate
 * @param  stdClass            $choice Draft
 * @return string                      HTML
 */
function gcontactsImportWhatCompany(array $row, stdClass $choice): string
{
	if ($choice->action === 'link' || $choice->thirdparty === 'none') {
		return '<span class="opacitymedium">'.gcontactsText('GContactsImportNoCompany').'</span>';
	}
	if ($choice->thirdparty === 'existing') {
		return gcontactsText('GContactsImportInCompany', $row['companies'][(int) $choice->fk_soc]['name'] ?? '#'.$choice->fk_soc);
	}
	if ($choice->thirdparty === 'company') {
		return gcontactsText('GContactsImportNewCompany', $row['contents']['company']);
	}
	return gcontactsText('GContactsImportNewPrivate');
}

/**
 * What an import did
 *
 * @param  array<int,stdClass> $items Rows of llx_gcontacts_run_item
 * @return string                     HTML
 */
function gcontactsImportReport(array $items): string
{
	$html = '<table class="noborder centpercent gcontacts-import gcontacts-import-preview"><thead><tr class="liste_titre"><th>'.gcontactsText('GContactsImportColumn_Name').'</th><th>'
		.gcontactsText('GContactsImportColumn_Result').'</th></tr></thead><tbody>';
	foreach ($items as $item) {
		$html .= '<tr class="oddeven"><td><b>'.dol_escape_htmltag($item->name, 0, 1).'</b></td><td>';
		if ($item->result !== 'done') {
			$html .= '<span class="gcontacts-refusal">'.dol_escape_htmltag(GContactsEngine::sentence($item->reason, (string) $item->message), 0, 1).'</span>';
		} else {
			$page = $item->element_type === 'thirdparty' ? '/societe/card.php?'.http_build_query(array('socid' => (int) $item->fk_element)) : '/contact/card.php?'.http_build_query(array('id' => (int) $item->fk_element));
			$key = $item->action === 'link' ? 'GContactsImportWasLinked' : ($item->element_type === 'thirdparty' ? 'GContactsImportWasCompany' : 'GContactsImportWasMade');
			$html .= '<a href="'.dol_escape_htmltag(DOL_URL_ROOT.$page).'">'.gcontactsText($key).'</a>';
		}
		$html .= '</td></tr>';
	}
	return $html.'</tbody></table>';
}
