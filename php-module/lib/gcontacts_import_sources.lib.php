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
 * \file    php-module/lib/gcontacts_import_sources.lib.php
 * \ingroup gcontacts
 * \brief   Where the people on the import page come from: forms, and reading them
 */

dol_include_once('/gcontacts/class/import/gcontactselsewhere.class.php');
dol_include_once('/gcontacts/lib/gcontacts_import_other.lib.php');
dol_include_once('/gcontacts/lib/gcontacts_import_page.lib.php');

/** What the forms of the sources post, and what answers: each gives the address books to choose from, if there are several */
const GCONTACTS_IMPORT_READS = array(
	'readfile' => 'gcontactsImportReadFile',
	'readcarddav' => 'gcontactsImportReadCarddav',
	'readother' => 'gcontactsImportReadOther',
	'pasteother' => 'gcontactsImportPasteOther',
);

/**
 * Reads a file that was dropped on the page
 *
 * @param  array<string,int|string> $view View
 * @param  User                     $user Who imports
 * @return array<int,array<string,string>> None
 */
function gcontactsImportReadFile(array $view, User $user): array
{
	global $db;

	$sent = isset($_FILES['vcards']) && is_array($_FILES['vcards']) ? $_FILES['vcards'] : array();
	$path = is_string($sent['tmp_name'] ?? null) ? $sent['tmp_name'] : '';
	$reader = new GContactsElsewhere($db, $user);
	if (($sent['error'] ?? UPLOAD_ERR_NO_FILE) !== UPLOAD_ERR_OK || !is_uploaded_file($path)) {
		$large = in_array($sent['error'] ?? 0, array(UPLOAD_ERR_INI_SIZE, UPLOAD_ERR_FORM_SIZE), true);
		setEventMessages(GContactsEngine::sentence($large ? 'vcard_large' : 'vcard_missing', $large ? (string) ini_get('upload_max_filesize') : ''), null, 'errors');
	} elseif ($reader->readFile(dol_sanitizeFileName((string) $sent['name']), (string) file_get_contents($path)) < 0) {
		setEventMessages(GContactsEngine::sentence($reader->reason, $reader->error), null, 'errors');
	}
	gcontactsImportGo(array('source' => 'vcard', 'page' => 0) + $view);
	return array();
}

/**
 * Reads an address book of a CardDAV server; where there are several, they are to be chosen from
 *
 * @param  array<string,int|string> $view View
 * @param  User                     $user Who imports
 * @return array<int,array<string,string>> Address books to choose from
 */
function gcontactsImportReadCarddav(array $view, User $user): array
{
	global $db;

	$reader = new GContactsElsewhere($db, $user);
	$login = GETPOST('carddav_login', 'alphanohtml');
	// As it is typed: no character of a password may be changed. It is neither stored nor shown.
	$password = GETPOST('carddav_password', 'none');
	$chosen = GETPOST('carddav_book', 'restricthtml');
	$books = $reader->books($chosen !== '' ? $chosen : trim(GETPOST('carddav_url', 'restricthtml')), $login, $password);
	if ($books !== null && count($books) > 1) {
		return $books;
	}
	if ($books === null || $reader->readBook($books[0], $login, $password) < 0) {
		setEventMessages(GContactsEngine::sentence($reader->reason, $reader->error), null, 'errors');
		return array();
	}
	gcontactsImportGo(array('source' => 'carddav', 'page' => 0) + $view);
	return array();
}

/**
 * Where the list comes from, and the form that reads another
 *
 * @param  array<string,int|string>        $view    View
 * @param  GContactsAccount|null           $account Connected account
 * @param  GContactsImportList|null        $list    List that is there
 * @param  array<int,array<string,string>> $books   Address books to choose from
 * @return string                                   HTML
 */
function gcontactsImportSources(array $view, ?GContactsAccount $account, ?GContactsImportList $list, array $books): string
{
	$html = '<p>'.gcontactsText('GContactsImportIntro').'</p><div class="gcontacts-filters"><nav>';
	foreach (GContactsImportList::SOURCES as $source) {
		if ($source === 'label' && GContactsSettings::autoImportLabel() === '') {
			continue;
		}
		$current = $source === $view['source'] ? ' aria-current="page" class="gcontacts-current"' : '';
		$html .= '<a href="'.dol_escape_htmltag(gcontactsImportAddress(array('source' => $source))).'"'.$current.'>'.gcontactsText('GContactsImportSource_'.$source).'</a>';
	}
	$html .= '</nav></div>';
	if (in_array($view['source'], GContactsImportList::OF_ACCOUNT, true)) {
		$reason = $account ? ($account->isAdopting() ? 'import_adopting' : '') : 'not_connected';
		return $html.($reason === '' ? '' : '<div class="warning">'.dol_escape_htmltag(GContactsEngine::sentence($reason), 0, 1).'</div>');
	}
	$forms = array('other' => 'gcontactsImportOtherForm', 'vcard' => 'gcontactsImportFileForm');
	$form = isset($forms[$view['source']]) ? $forms[$view['source']]() : gcontactsImportCarddavForm($books);
	if (!$list || $books) {
		return $html.$form;
	}
	return $html.'<p>'.gcontactsText('GContactsImportFrom', $list->title).'</p>'.gcontactsDetails('GContactsImportAnother', $form);
}

/**
 * @return string HTML
 */
function gcontactsImportFileForm(): string
{
	$html = '<p>'.gcontactsText('GContactsImportFileWhat').'</p>';
	$html .= gcontactsFormStart('/import.php?source=vcard', 'readfile', ' enctype="multipart/form-data" class="gcontacts-drop"');
	$html .= '<input type="file" name="vcards" accept=".vcf,.vcard,text/vcard,text/x-vcard" aria-label="'.gcontactsText('GContactsImportFile').'"> ';
	return $html.'<input type="submit" class="button small" value="'.gcontactsText('GContactsImportFileRead').'"></form>';
}

/**
 * @param  array<int,array<string,string>> $books Address books to choose from
 * @return string                                 HTML
 */
function gcontactsImportCarddavForm(array $books): string
{
	$html = '<p>'.gcontactsText($books ? 'GContactsImportCarddavChoose' : 'GContactsImportCarddavWhat').'</p>';
	$html .= gcontactsFormStart('/import.php?source=carddav', 'readcarddav', ' autocomplete="off"').'<div class="gcontacts-fields">';
	if ($books) {
		$html .= '<label for="carddav_book">'.gcontactsText('GContactsImportCarddavBook').'</label><select class="flat" id="carddav_book" name="carddav_book">';
		foreach ($books as $book) {
			$html .= '<option value="'.dol_escape_htmltag($book['url']).'">'.dol_escape_htmltag($book['name'], 0, 1).'</option>';
		}
		$html .= '</select>';
	}
	$fields = array('carddav_url' => array('url', 'https://'), 'carddav_login' => array('text', ''), 'carddav_password' => array('password', ''));
	foreach ($fields as $name => $field) {
		$typed = $field[0] === 'password' ? '' : GETPOST($name, 'restricthtml');
		$html .= '<label for="'.$name.'">'.gcontactsText('GContactsImport_'.$name).'</label>';
		$html .= '<input type="'.($field[0] === 'url' ? 'text' : $field[0]).'" class="flat" id="'.$name.'" name="'.$name.'" value="'.dol_escape_htmltag($typed).'" placeholder="'.$field[1].'" autocomplete="off" spellcheck="false" maxlength="1000">';
	}
	return $html.'</div><input type="submit" class="button small" value="'.gcontactsText('GContactsImportCarddavRead').'"></form>';
}
