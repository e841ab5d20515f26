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
 * \file    lib/gcontacts_options.lib.php
 * \ingroup gcontacts
 * \brief   The form of the options: as HTML, and as it comes back
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/import/gcontactspeopleslabels.class.php');
dol_include_once('/gcontacts/class/setup/gcontactsoptions.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/lib/gcontacts.lib.php');

/**
 * The form of all options
 *
 * @param  array<string,string> $values   Constant => value to show
 * @param  array<string,string> $refusals Constant => what is wrong with it
 * @return string                         HTML
 */
function gcontactsOptions(array $values, array $refusals): string
{
	$html = load_fiche_titre(gcontactsText('GContactsTitleOptions'), '', '');
	$html .= gcontactsFormStart('/admin/setup.php#options', 'saveoptions', ' id="options"');
	$html .= '<div class="div-table-responsive-no-min"><table class="noborder centpercent gcontacts-options">';
	$html .= '<tr class="liste_titre"><td>'.gcontactsText('Parameter').'</td><td class="gcontacts-value">'.gcontactsText('Value').'</td></tr>';
	foreach (GContactsOptions::FIELDS as $name => $field) {
		$html .= gcontactsOption($name, $field, $values[$name], $refusals[$name] ?? '');
	}
	$html .= '</table></div><div class="center"><input type="submit" class="button button-save" value="'.gcontactsText('Save').'"></div></form>';
	return $html;
}

/**
 * The row of one option
 *
 * @param  string              $name    Constant
 * @param  array<string,mixed> $field   Its entry in GContactsOptions::FIELDS
 * @param  string              $value   Value to show
 * @param  string              $refusal What is wrong with it, '' if nothing
 * @return string                       HTML
 */
function gcontactsOption(string $name, array $field, string $value, string $refusal): string
{
	$html = '<tr class="oddeven'.(isset($field['needs']) ? ' gcontacts-needs' : '').'"><td'.(in_array($field['kind'], array('choice', 'google_label'), true) ? ' colspan="2"' : '').'>';
	$html .= '<label for="'.$name.'">'.gcontactsText('GContactsOption_'.$name).'</label>';
	$html .= '<div class="gcontacts-help">'.gcontactsText('GContactsOptionHelp_'.$name).'</div>';
	if ($refusal !== '') {
		$html .= '<div class="gcontacts-refusal" id="'.$name.'_refusal" role="alert">'.dol_escape_htmltag($refusal).'</div>';
	}
	$described = $refusal === '' ? '' : ' aria-invalid="true" aria-describedby="'.$name.'_refusal"';
	if ($field['kind'] === 'choice' || $field['kind'] === 'google_label') {
		// Whole sentences: below, where they have room on a phone too
		$list = $field['kind'] === 'choice' ? gcontactsChoice($name, $field['choices'], $value, $described) : gcontactsGoogleLabel($name, $value, $described);
		return $html.$list.'</td></tr>';
	}
	$html .= '</td><td class="gcontacts-value">';
	if ($field['kind'] === 'switch') {
		$html .= '<input type="checkbox" class="gcontacts-switch" id="'.$name.'" name="'.$name.'" value="1"'.($value === '1' ? ' checked' : '').'>';
	} elseif ($field['kind'] === 'number') {
		$html .= '<input type="number" min="'.$field['least'].'" max="'.$field['most'].'" step="1" class="flat width100 right" id="'.$name.'" name="'.$name.'" value="'.dol_escape_htmltag($value).'"'.$described.'>';
	} else {
		$html .= '<input type="text" class="flat minwidth150" id="'.$name.'" name="'.$name.'" value="'.dol_escape_htmltag($value).'"'.$described.'>';
	}
	return $html.'</td></tr>';
}

/**
 * The list from which an option's value is chosen
 *
 * @param  string       $name      Constant
 * @param  list<string> $choices   Values that it may have
 * @param  string       $value     Value to show
 * @param  string       $described Attributes that name what is wrong
 * @return string                  HTML
 */
function gcontactsChoice(string $name, array $choices, string $value, string $described): string
{
	$html = '<select class="flat gcontacts-choose" id="'.$name.'" name="'.$name.'"'.$described.'>';
	foreach ($choices as $choice) {
		$html .= '<option value="'.$choice.'"'.($choice === $value ? ' selected' : '').'>'.gcontactsText('GContactsOption_'.$name.'_'.$choice).'</option>';
	}
	return $html.'</select>';
}

/**
 * The list from which one of the account's labels is chosen. Google is asked for them only where the choice matters.
 *
 * @param  string $name      Constant
 * @param  string $value     Value to show
 * @param  string $described Attributes that name what is wrong
 * @return string            HTML
 */
function gcontactsGoogleLabel(string $name, string $value, string $described): string
{
	global $db;

	$labels = array();
	$told = '';
	if (getDolGlobalInt(GContactsOptions::FIELDS[$name]['needs']) > 0) {
		$account = new GContactsAccount($db);
		$found = new GContactsPeoplesLabels($account);
		$labels = $account->fetchForEntity() > 0 ? $found->all() : array();
		$told = $labels === null ? GContactsEngine::sentence('labels_unread', $found->error) : '';
	}
	$labels = array('' => gcontactsPlain('GContactsOptionMyContacts')) + (array) $labels;
	if (!isset($labels[$value])) {
		$labels[$value] = gcontactsPlain('GContactsOptionLabelUnknown', $value);
	}
	$html = '<select class="flat gcontacts-choose" id="'.$name.'" name="'.$name.'"'.$described.'>';
	foreach ($labels as $label => $text) {
		$html .= '<option value="'.dol_escape_htmltag((string) $label).'"'.((string) $label === $value ? ' selected' : '').'>'.dol_escape_htmltag($text, 0, 1).'</option>';
	}
	return $html.'</select>'.($told === '' ? '' : '<div class="gcontacts-refusal">'.dol_escape_htmltag($told, 0, 1).'</div>');
}

/**
 * The options as a form sent them
 *
 * @return array<string,string> Constant => value as typed
 */
function gcontactsOptionsFromForm(): array
{
	$values = array();
	foreach (GContactsOptions::FIELDS as $name => $field) {
		// As typed: what cannot be kept is refused by GContactsOptions::accept(), never changed in silence
		$typed = trim(GETPOST($name, 'none'));
		$values[$name] = $field['kind'] !== 'switch' ? $typed : ($typed === '1' ? '1' : '0');
	}
	return $values;
}

/**
 * Stores the options and has every card looked at again where they look different now
 *
 * @param  GContactsOptions     $options Options
 * @param  array<string,string> $values  Constant => value as typed
 * @return bool                          False if nothing was stored
 */
function gcontactsSaveOptions(GContactsOptions $options, array $values): bool
{
	global $db, $langs;

	if (!$options->accept($values)) {
		setEventMessages(null, array_values($options->refusals), 'errors');
		return false;
	}
	if ($options->save($values) < 0) {
		setEventMessages($options->error, null, 'errors');
		return false;
	}
	setEventMessages($langs->transnoentities('SetupSaved'), null);
	if ($options->cardsChange && (new GContactsAccount($db))->fetchForEntity() > 0 && (new GContactsOutbox($db))->addAllContacts('SETTINGS') < 0) {
		setEventMessages($db->lasterror(), null, 'errors');
	}
	return true;
}
