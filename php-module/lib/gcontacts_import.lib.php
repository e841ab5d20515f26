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
 * \file    php-module/lib/gcontacts_import.lib.php
 * \ingroup gcontacts
 * \brief   The list of people who may be imported, as HTML
 */

dol_include_once('/gcontacts/class/import/gcontactscandidatelist.class.php');
dol_include_once('/gcontacts/class/import/gcontactsimportdefaults.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/**
 * The list
 *
 * @param  array<int,array<string,mixed>> $rows    Candidates
 * @param  GContactsImportDefaults        $defaults What is chosen unless somebody says otherwise
 * @param  GContactsImportOptions         $options  What can be chosen
 * @return string                                  HTML
 */
function gcontactsImportTable(array $rows, GContactsImportDefaults $defaults, GContactsImportOptions $options): string
{
	if (!$rows) {
		return '<div class="gcontacts-nothing">'.gcontactsText('GContactsImportNobody').'</div>';
	}
	$html = '<table class="noborder centpercent gcontacts-import"><thead><tr class="liste_titre">';
	$html .= '<th class="gcontacts-tick"><input type="checkbox" class="gcontacts-tick-all" aria-label="'.gcontactsText('GContactsImportTickAll').'" title="'.gcontactsText('GContactsImportTickAll').'"></th>';
	foreach (array('Name', 'Company', 'Details', 'Known', 'ThirdParty', 'Representative', 'Tags') as $column) {
		$html .= $column === 'Tags' && !$options->tags ? '' : '<th>'.gcontactsText('GContactsImportColumn_'.$column).'</th>';
	}
	$html .= '</tr>'.gcontactsImportTop($options).'</thead><tbody>';
	$twin = 0;
	foreach ($rows as $row) {
		$html .= gcontactsImportRow($row, $defaults->of($row), $options, $row['twin'] > 0 && $row['twin'] === $twin);
		$twin = $row['twin'];
	}
	return $html.'</tbody></table>';
}

/**
 * The row on top, whose choices apply to all ticked rows
 *
 * @param  GContactsImportOptions $options What can be chosen
 * @return string                          HTML
 */
function gcontactsImportTop(GContactsImportOptions $options): string
{
	$keep = array('' => gcontactsText('GContactsImportAsBelow'));
	$thirdparties = array();
	foreach ($options->thirdparties as $code) {
		$thirdparties[$code] = gcontactsText('GContactsImportThird_'.$code);
	}
	$html = '<tr class="gcontacts-import-top"><td></td><td colspan="4">'.gcontactsText('GContactsImportTop').'</td>';
	$html .= '<td data-label="'.gcontactsText('GContactsImportColumn_ThirdParty').'">'.gcontactsImportSelect('top_third', $keep + $thirdparties, '', 'GContactsImportColumn_ThirdParty').'</td>';
	$html .= '<td data-label="'.gcontactsText('GContactsImportColumn_Representative').'">'.gcontactsImportSelect('top_rep', $keep + $options->representatives, '', 'GContactsImportColumn_Representative').'</td>';
	return $html.($options->tags ? '<td>'.gcontactsImportTags('top_tags', $options->tags).'</td>' : '').'</tr>';
}

/**
 * A row
 *
 * @param  array<string,mixed>    $row     Candidate
 * @param  array<string,mixed>    $choice  What is chosen unless somebody says otherwise
 * @param  GContactsImportOptions $options What can be chosen
 * @param  bool                   $again   Whether the row above is the same person
 * @return string                          HTML
 */
function gcontactsImportRow(array $row, array $choice, GContactsImportOptions $options, bool $again): string
{
	$id = $row['id'];
	$contents = $row['contents'];
	$new = GContactsImportDefaults::isNew($row);
	$html = '<tr class="oddeven'.($again ? ' gcontacts-twin' : '').'" data-candidate="'.$id.'">';
	$html .= '<td class="gcontacts-tick"><input type="checkbox" name="tick[]" id="tick'.$id.'" value="'.$id.'"'.($new ? ' data-new="1"' : '');
	$html .= ' aria-label="'.gcontactsText('GContactsImportTick', $row['title']).'"></td>';
	$html .= '<td><label for="tick'.$id.'"><b>'.dol_escape_htmltag($row['title'], 0, 1).'</b></label>';
	$html .= $contents['job_title'] !== '' ? '<div class="opacitymedium">'.dol_escape_htmltag($contents['job_title'], 0, 1).'</div>' : '';
	$html .= $row['kind'] === 'company' ? '<div class="opacitymedium">'.gcontactsText('GContactsImportCompanyOnly').'</div>' : '';
	$html .= $row['twin'] > 0 ? '<div><span class="badge badge-status1 badge-status">'.gcontactsText($again ? 'GContactsImportTwinOfAbove' : 'GContactsImportTwin').'</span></div>' : '';
	$html .= $row['kind'] === 'nameless' ? gcontactsImportLastname($id, $contents) : '';
	$html .= '</td><td>'.dol_escape_htmltag($row['kind'] === 'company' ? '' : $contents['company'], 0, 1).'</td>';
	$html .= '<td class="gcontacts-details-cell">'.gcontactsImportDetails($contents).'</td>';
	$html .= '<td>'.gcontactsImportKnown($row, $choice).'</td>';
	$html .= '<td data-label="'.gcontactsText('GContactsImportColumn_ThirdParty').'">'.gcontactsImportThirdParty($row, $choice, $options).'</td>';
	$html .= '<td data-label="'.gcontactsText('GContactsImportColumn_Representative').'">'.gcontactsImportSelect('rep['.$id.']', $options->representatives, (string) $choice['representative'], 'GContactsImportColumn_Representative').'</td>';
	return $html.($options->tags ? '<td>'.gcontactsImportTags('tags['.$id.']', $options->tags).'</td>' : '').'</tr>';
}

/**
 * Where the last name is typed that a card does not have
 *
 * @param  int                 $id       Candidate
 * @param  array<string,mixed> $contents What the card says
 * @return string                        HTML
 */
function gcontactsImportLastname(int $id, array $contents): string
{
	return '<div><input type="text" class="flat maxwidth150" name="lastname['.$id.']" maxlength="50" placeholder="'.gcontactsText('GContactsImportLastname').'" aria-label="'
		.gcontactsText('GContactsImportLastname').'"></div>';
}

/**
 * E-mails and phones
 *
 * @param  array<string,mixed> $contents What the card says
 * @return string                        HTML
 */
function gcontactsImportDetails(array $contents): string
{
	$lines = array();
	foreach ($contents['emails'] as $email) {
		$lines[] = dol_escape_htmltag($email, 0, 1);
	}
	foreach ($contents['phones'] as $phone) {
		$lines[] = '<span class="nowraponall">'.dol_escape_htmltag($phone['number'], 0, 1).'</span>';
	}
	$rest = count($lines) > 4 ? '<details class="gcontacts-details"><summary>'.gcontactsText('GContactsImportMore', (string) (count($lines) - 3)).'</summary><div>'.implode('<br>', array_slice($lines, 3)).'</div></details>' : '';
	return implode('<br>', $rest === '' ? $lines : array_slice($lines, 0, 3)).$rest;
}

/**
 * Who it may be in Dolibarr, and what to do then
 *
 * @param  array<string,mixed> $row    Candidate
 * @param  array<string,mixed> $choice What is chosen unless somebody says otherwise
 * @return string                      HTML
 */
function gcontactsImportKnown(array $row, array $choice): string
{
	if ($row['kind'] === 'company' || !$row['contacts']) {
		return '<span class="opacitymedium gcontacts-nobody">'.($row['kind'] === 'company' ? '' : gcontactsText('GContactsImportNotKnown')).'</span>';
	}
	$html = '';
	$actions = array();
	foreach (array_slice($row['contacts'], 0, 5) as $contact) {
		$name = $contact['name'].($contact['company'] === '' ? '' : ' ('.$contact['company'].')');
		$html .= '<div><a href="'.dol_escape_htmltag(DOL_URL_ROOT.'/contact/card.php?'.http_build_query(array('id' => $contact['id']))).'">'.img_picto('', 'contact', 'class="pictofixedwidth"').dol_escape_htmltag($name, 0, 1).'</a>';
		$html .= $contact['active'] ? '' : ' '.gcontactsText('GContactsImportDisabled');
		$html .= '<div class="opacitymedium gcontacts-small-line">'.gcontactsText($contact['sure'] ? 'GContactsImportSure' : 'GContactsImportMaybe').': '.gcontactsText('GContactsImportLike_'.$contact['likeness']);
		$html .= ($contact['has_card'] ? '. '.gcontactsText('GContactsImportHasCard') : '').'</div></div>';
		if (!$contact['has_card']) {
			$actions['link:'.$contact['id']] = gcontactsText('GContactsImportLink', $name);
		}
	}
	$actions += array('anyway' => gcontactsText('GContactsImportAnyway'), GContactsImportDefaults::SKIP => gcontactsText('GContactsImportSkip'));
	$selected = $choice['action'] === 'link' ? 'link:'.$choice['contact'] : ($choice['action'] === GContactsImportDefaults::SKIP ? GContactsImportDefaults::SKIP : 'anyway');
	return $html.gcontactsImportSelect('act['.$row['id'].']', $actions, $selected, 'GContactsImportColumn_Known');
}

/**
 * Which third party
 *
 * @param  array<string,mixed>    $row     Candidate
 * @param  array<string,mixed>    $choice  What is chosen unless somebody says otherwise
 * @param  GContactsImportOptions $options What can be chosen
 * @return string                          HTML
 */
function gcontactsImportThirdParty(array $row, array $choice, GContactsImportOptions $options): string
{
	$choices = array();
	foreach ($row['companies'] as $company) {
		$label = $company['name'].($company['town'] === '' ? '' : ' ('.$company['town'].')').($company['sure'] ? '' : ' - '.gcontactsPlain('GContactsImportLike_'.$company['likeness']));
		$choices['soc:'.$company['id']] = dol_escape_htmltag($label, 0, 1);
	}
	foreach ($options->thirdparties as $code) {
		$fits = $code === 'company' ? $row['contents']['company'] !== '' : ($row['kind'] !== 'company');
		if ($fits) {
			$choices[$code] = gcontactsText('GContactsImportThird_'.$code);
		}
	}
	$selected = $choice['thirdparty'] === 'existing' ? 'soc:'.$choice['soc'] : $choice['thirdparty'];
	return gcontactsImportSelect('third['.$row['id'].']', $choices, $selected, 'GContactsImportColumn_ThirdParty');
}

/**
 * A list to choose from
 *
 * @param  string               $name     Name
 * @param  array<string,string> $choices  Escaped text by value
 * @param  string               $selected Value
 * @param  string               $label    Language key of what it is
 * @return string                         HTML
 */
function gcontactsImportSelect(string $name, array $choices, string $selected, string $label): string
{
	$html = '<select class="flat gcontacts-select" name="'.$name.'" aria-label="'.gcontactsText($label).'">';
	foreach ($choices as $value => $text) {
		$html .= '<option value="'.dol_escape_htmltag((string) $value).'"'.((string) $value === $selected ? ' selected' : '').'>'.$text.'</option>';
	}
	return $html.'</select>';
}

/**
 * Tags to tick
 *
 * @param  string            $name Name
 * @param  array<int,string> $tags Plain text by id
 * @return string                  HTML
 */
function gcontactsImportTags(string $name, array $tags): string
{
	$html = '';
	foreach ($tags as $id => $label) {
		$html .= '<label class="gcontacts-tag"><input type="checkbox" name="'.$name.'[]" value="'.$id.'"> '.dol_escape_htmltag($label, 0, 1).'</label>';
	}
	return '<details class="gcontacts-details gcontacts-tags"><summary>'.gcontactsText('GContactsImportColumn_Tags').'</summary><div>'.$html.'</div></details>';
}
