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
 * \file    php-module/lib/gcontacts_comparison.lib.php
 * \ingroup gcontacts
 * \brief   Both sides of a contact, field by field
 */

dol_include_once('/gcontacts/class/check/gcontactscheckstate.class.php');
dol_include_once('/gcontacts/class/comparison/gcontactstake.class.php');
dol_include_once('/gcontacts/class/gcontactsfieldname.class.php');

/**
 * A state as a coloured word
 *
 * @param  string $state State, see GContactsCheckState::ALL
 * @return string        HTML
 */
function gcontactsStateBadge(string $state): string
{
	return '<span class="gcontacts-state gcontacts-state-'.dol_escape_htmltag($state).'">'.gcontactsText('GContactsCheckState_'.$state).'</span>';
}

/**
 * A value of either side. Whatever it holds is text, and cannot turn the direction of what stands beside it
 *
 * @param  string $text Value
 * @return string       HTML
 */
function gcontactsValue(string $text): string
{
	if ($text === '') {
		return '<span class="opacitymedium">'.gcontactsText('GContactsEmptyValue').'</span>';
	}
	$cut = mb_strlen($text) > 500 ? mb_substr($text, 0, 500).'…' : $text;
	return '<bdi>'.nl2br(htmlspecialchars($cut, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8')).'</bdi>';
}

/**
 * The table of both sides
 *
 * @param  array<int,array<string,mixed>> $rows    Rows of the comparison
 * @param  string                         $company Name of the third party
 * @param  bool                           $ticks   Whether fields can be ticked
 * @return string                                  HTML
 */
function gcontactsComparisonTable(array $rows, string $company, bool $ticks): string
{
	$html = '<div class="div-table-responsive-no-min"><table class="noborder centpercent gcontacts-comparison"><thead><tr class="liste_titre">';
	$html .= $ticks ? '<th class="gcontacts-tick"><input type="checkbox" class="gcontacts-tick-all" hidden title="'.gcontactsText('GContactsTickAll').'" aria-label="'.gcontactsText('GContactsTickAll').'"></th>' : '';
	foreach (array('GContactsColumnField', 'GContactsColumnDolibarr', 'GContactsColumnGoogle', 'GContactsColumnChanged') as $column) {
		$html .= '<th>'.gcontactsText($column).'</th>';
	}
	$html .= '</tr></thead><tbody>';
	$companyTold = false;
	foreach ($rows as $row) {
		if ($row['key'] === 'page' && !$row['differs']) {
			continue;
		}
		if ($row['of_company'] && !$companyTold) {
			$html .= '<tr class="gcontacts-company-head"><td colspan="'.($ticks ? 5 : 4).'">'.gcontactsText('GContactsOfCompany', $company).'</td></tr>';
			$companyTold = true;
		}
		$html .= gcontactsComparisonRow($row, $ticks);
	}
	return $html.'</tbody></table></div>';
}

/**
 * A row of both sides
 *
 * @param  array<string,mixed> $row   Row of the comparison
 * @param  bool                $ticks Whether fields can be ticked
 * @return string                     HTML
 */
function gcontactsComparisonRow(array $row, bool $ticks): string
{
	$key = (string) $row['key'];
	$name = GContactsFieldName::of($key);
	$classes = 'oddeven gcontacts-field'.($row['differs'] ? ' gcontacts-differs' : '').($row['of_company'] ? ' gcontacts-company' : '');
	$html = '<tr class="'.$classes.'" data-key="'.dol_escape_htmltag($key).'">';
	if ($ticks) {
		$html .= '<td class="gcontacts-tick">'.($row['takeable'] || $row['sendable'] ? gcontactsTick($row, $name) : '').'</td>';
	}
	$html .= '<td class="gcontacts-name">'.dol_escape_htmltag($name).'</td>';
	$html .= '<td data-label="'.gcontactsText('GContactsColumnDolibarr').'">'.gcontactsValue((string) $row['dolibarr']).'</td>';
	$google = $row['same_as'] !== null
		? '<span class="opacitymedium">'.gcontactsText('GContactsSameAs', GContactsFieldName::of((string) $row['same_as'])).'</span>'
		: gcontactsValue((string) $row['google']);
	$html .= '<td data-label="'.gcontactsText('GContactsColumnGoogle').'">'.$google.'</td>';
	$word = $row['differs'] ? '<span class="gcontacts-word">'.gcontactsText('GContactsDiffers').'</span> ' : '';
	return $html.'<td class="gcontacts-changed" data-label="'.gcontactsText('GContactsColumnChanged').'">'.$word.gcontactsText('GContactsChanged_'.$row['changed']).'</td></tr>';
}

/**
 * The box of a row, and what its reader saw
 *
 * @param  array<string,mixed> $row  Row of the comparison
 * @param  string              $name What the field is called
 * @return string                    HTML
 */
function gcontactsTick(array $row, string $name): string
{
	$key = dol_escape_htmltag((string) $row['key']);
	return '<input type="checkbox" name="fields[]" value="'.$key.'" aria-label="'.dol_escape_htmltag($name).'">'
		.'<input type="hidden" name="seen['.$key.']" value="'.GContactsTake::seen((string) $row['google']).'">';
}

/**
 * What only Google has
 *
 * @param  array<int,array<string,string>> $extras kind, label, text
 * @return string                                  HTML
 */
function gcontactsOnlyAtGoogle(array $extras): string
{
	if (!$extras) {
		return '';
	}
	$html = '<div class="gcontacts-only"><div class="gcontacts-title">'.gcontactsText('GContactsOnlyAtGoogle').'</div><ul>';
	foreach ($extras as $extra) {
		$label = $extra['label'] === '' ? '' : ' (<bdi>'.htmlspecialchars($extra['label'], ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8').'</bdi>)';
		$html .= '<li>'.gcontactsText('GContactsExtra_'.$extra['kind']).$label.($extra['text'] === '' ? '' : ': '.gcontactsValue($extra['text'])).'</li>';
	}
	return $html.'</ul><p class="opacitymedium">'.gcontactsText('GContactsOnlyAtGoogleHelp').'</p></div>';
}

/**
 * The buttons below both sides
 *
 * @param  array<int,array<string,mixed>> $rows    Rows of the comparison
 * @param  bool                           $settles Whether there is something to settle
 * @param  bool                           $sends   Whether the contact can be sent at all
 * @return string                                  HTML, '' for none
 */
function gcontactsComparisonButtons(array $rows, bool $settles, bool $sends): string
{
	$button = function (string $name, string $key, string $class = ''): string {
		return '<input type="submit" class="button '.$class.'" name="'.$name.'" value="'.gcontactsText($key).'">';
	};
	$html = '';
	if ($settles && in_array(true, array_column($rows, 'takeable'), true)) {
		$html .= '<div class="gcontacts-direction"><span>'.gcontactsText('GContactsTakeTitle').'</span>'.$button('take', 'GContactsTakeTicked').$button('takeall', 'GContactsTakeAll', 'button-cancel').'</div>';
	}
	if ($settles && in_array(true, array_column($rows, 'sendable'), true)) {
		$html .= '<div class="gcontacts-direction"><span>'.gcontactsText('GContactsSendTitle').'</span>'.$button('send', 'GContactsSendTicked').$button('sendall', 'GContactsSendAll', 'button-cancel').'</div>';
	} elseif ($sends) {
		$html .= '<div class="gcontacts-direction"><span></span>'.$button('sendall', 'GContactsSendNow', 'button-cancel').'</div>';
	}
	return $html === '' ? '' : '<div class="gcontacts-directions">'.$html.'</div>';
}
