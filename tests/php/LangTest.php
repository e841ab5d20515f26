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
 * \file    tests/php/LangTest.php
 * \ingroup gcontacts
 * \brief   The language files: complete, equal in both languages, nothing left over
 */

use PHPUnit\Framework\TestCase;

/**
 * Reads the files as Dolibarr does and compares them with each other and with the code.
 */
final class LangTest extends TestCase
{
	private const ROOT = __DIR__.'/../..';

	/** Keys that are put together at run time: their beginning, and what follows it */
	private const COMPOSED = array(
		'GContactsState_' => array('done', 'due', 'failed', 'later'),
		'GContactsCheck_' => array('extension', 'client', 'redirect', 'consent', 'api', 'scope', 'account'),
		'GContactsCheckRedirectRefused_' => array('http', 'ip', 'private'),
		'GContactsMood_' => array('good', 'waits', 'stopped', 'off'),
		'GContactsRunState_' => array('waiting', 'running', 'done', 'stopped', 'cancelled', 'interrupted'),
		'GContactsField_' => array(
			'civility', 'lastname', 'firstname', 'job_title', 'email', 'phone_pro', 'phone_perso', 'phone_mobile', 'phone', 'fax', 'address',
			'birthday', 'url', 'social_network', 'im', 'note', 'organization', 'company_name', 'company_phone', 'company_fax',
			'company_email', 'company_address', 'company_url', 'page', 'prefix', 'given', 'family',
		),
		'GContactsCheckState_' => array('all', 'in_sync', 'waiting', 'differs', 'error', 'removed', 'left_out'),
		'GContactsCheckReason_' => array('error', 'removed', 'left_out', 'never', 'waiting'),
		'GContactsCheckSearch_' => array('name', 'company'),
		'GContactsCheckButton_' => array('resend', 'relink', 'part'),
		'GContactsCheckHelp_' => array('resend', 'relink', 'part'),
		'GContactsCheckRepaired_' => array('resend', 'relink', 'part'),
		'GContactsCheckAsk_' => array('resend', 'relink', 'part'),
		'GContactsCheckAskWhat_' => array('resend', 'relink', 'part'),
		'GContactsCheckYes_' => array('resend', 'relink', 'part'),
		'GContactsPreviewAction_' => array('create', 'link', 'update', 'release', 'delete', 'held', 'wait', 'refused', 'left_out', 'none'),
		'GContactsAction_' => array('import', 'take', 'create', 'link', 'update', 'release', 'delete', 'delete_label', 'held', 'wait', 'refused', 'left_out', 'none', 'relink', 'part', 'unlabel'),
		'GContactsResult_' => array('done', 'planned', 'refused', 'later', 'unknown', 'held', 'left_out'),
		'GContactsRunKind_' => array('drain', 'pull', 'import', 'auto_import', 'strays'),
		'GContactsImportSource_' => array('account', 'label', 'other', 'carddav', 'vcard'),
		'GContactsImport_carddav_' => array('url', 'login', 'password'),
		'GContactsImportShown_' => array('all', 'new', 'known', 'twins', 'nameless'),
		'GContactsImportSort_' => array('name', 'company'),
		'GContactsImportColumn_' => array('Name', 'Company', 'Details', 'Known', 'ThirdParty', 'Representative', 'Tags', 'Contact', 'Result'),
		'GContactsImportLike_' => array('email_and_name', 'phone_and_name', 'name_and_company', 'company', 'email', 'phone', 'domain', 'email_alone', 'phone_alone'),
		'GContactsImportThird_' => array('none', 'private', 'company'),
		'GContactsCheckLabels_' => array('missing', 'extra'),
		'GContactsOption_GCONTACTS_CLASH_' => array('dolibarr', 'google', 'ask'),
		'GContactsOption_GCONTACTS_DELETED_AT_GOOGLE_' => array('recreate', 'mark'),
		'GContactsChanged_' => array('nobody', 'dolibarr', 'phone', 'both'),
		'GContactsExtra_' => array('phone', 'email', 'address', 'organization', 'url', 'messenger', 'note', 'nickname', 'relation', 'event', 'occupation', 'custom', 'sip', 'starred', 'labels'),
		'GContactsTake_' => array('not_takeable', 'lastname_empty', 'email_invalid', 'too_long', 'four_bytes', 'characters', 'country_unknown', 'state_unknown', 'birthday_partial', 'civility_unknown', 'network_unknown', 'changed_meanwhile'),
	);
	/** Reasons that only the module itself gives, or that stand in intents of the engine */
	private const REASONS = array(
		'backup_folder', 'backup_missing', 'backup_unfinished', 'backup_unreadable', 'backup_version', 'label_in_use', 'nothing_to_restore',
		'restored_without', 'sent_anew', 'deleted', 'removed_at_google', 'other_entity', 'private', 'inactive', 'company_closed', 'opted_out', 'empty',
		'push_off', 'not_connected', 'awaiting_confirmation', 'site_changed', 'extension_missing', 'extension_version',
		'reconnect', 'http_redirect', 'not_admin', 'state_invalid', 'invalid_data', 'create_unresolved', 'batch_refused', 'database', 'other_account', 'busy', 'client_swapped', 'client_character', 'pasted_address',
		'deletions_held', 'contacts_missing', 'links_missing',
		'like_marker', 'like_dolimods', 'like_container', 'like_email_and_name', 'like_email', 'like_phone', 'like_dolimods_alone',
		'no_card', 'no_mark', 'label_taken_off', 'label_kept', 'label_gone', 'label_theirs', 'label_counted',
		'cancelled', 'operation_under_way', 'operation_unknown', 'run_unknown', 'error',
		'import_adopting', 'import_taken', 'import_gone', 'import_known', 'import_lastname', 'import_value', 'import_refused', 'import_no_right', 'import_company_gone', 'import_contact_gone', 'import_has_card',
		'take_nothing', 'take_no_card', 'take_refused', 'take_undo_gone', 'pull_off',
		'vcard_large', 'vcard_missing', 'vcard_empty', 'carddav_address', 'carddav_https', 'carddav_private', 'carddav_other_host', 'carddav_login', 'carddav_none', 'carddav_answer', 'carddav_large', 'carddav_slow', 'carddav_network',
		'other_state', 'other_refused', 'other_scope', 'other_code', 'other_connected', 'other_not_revoked', 'auto_import_label', 'labels_unread',
	);

	public function testBothLanguagesHaveTheSameKeys(): void
	{
		$this->assertSame(array_keys($this->language('en_US')), array_keys($this->language('fr_FR')));
	}

	public function testNoKeyStandsTwiceInAFile(): void
	{
		foreach (array('en_US', 'fr_FR') as $code) {
			$keys = array_column($this->lines($code), 0);
			$this->assertSame(array(), array_diff_key($keys, array_unique($keys)), $code);
		}
	}

	public function testBothLanguagesHaveTheSamePlaces(): void
	{
		$french = $this->language('fr_FR');
		foreach ($this->language('en_US') as $key => $sentence) {
			$this->assertSame(substr_count($sentence, '%s'), substr_count($french[$key], '%s'), $key);
		}
	}

	public function testAPercentSignIsAPlace(): void
	{
		foreach (array('en_US', 'fr_FR') as $code) {
			foreach ($this->language($code) as $key => $sentence) {
				$this->assertStringNotContainsString('%', str_replace('%s', '', $sentence), $code.' '.$key.': Dolibarr passes it to sprintf()');
			}
		}
	}

	public function testNoSentenceIsEmptyOrLeftInEnglish(): void
	{
		$same = array('GContacts', 'GContactsField_fax', 'GContactsImportColumn_Tags', 'GContactsImportColumn_Contact', 'GContactsReason_import_value', 'GContactsLabelContacts', 'GContactsLabelProspects', 'GContactsRunKind_export', 'Module500120Name', 'GContactsTitleOptions', 'GContactsCheck_api', 'GContactsClientSecretPlaceholder', 'GContactsGuideScreenLink', 'GContactsGuideClientLink');
		$french = $this->language('fr_FR');
		foreach ($this->language('en_US') as $key => $sentence) {
			$this->assertNotSame('', trim($sentence), $key);
			$this->assertSame(in_array($key, $same, true), $sentence === $french[$key], $key);
		}
	}

	public function testEveryKeyOfTheCodeIsThere(): void
	{
		$this->assertSame(array(), array_values(array_diff($this->usedKeys(), array_keys($this->language('en_US')))));
	}

	public function testNoKeyIsLeftOver(): void
	{
		$kept = preg_grep('/^(Module500120(Name|Desc)|Permission500120\d\d)$/', array_keys($this->language('en_US')));
		$this->assertSame(array(), array_values(array_diff(array_keys($this->language('en_US')), $this->usedKeys(), $kept)));
	}

	public function testEveryReasonOfTheExtensionHasASentence(): void
	{
		$language = $this->language('en_US');
		$reasons = $this->reasonsOfTheExtension();
		$this->assertGreaterThan(20, count($reasons));
		foreach ($reasons as $reason) {
			$this->assertArrayHasKey('GContactsReason_'.$reason, $language);
		}
	}

	/**
	 * Every key that the code uses, written out or put together
	 *
	 * @return array<int,string>
	 */
	private function usedKeys(): array
	{
		$keys = array();
		foreach ($this->sources() as $source) {
			preg_match_all('/[\'":](GContacts[A-Za-z0-9_]*)[\'":]/', $source, $found);
			$keys = array_merge($keys, $found[1]);
		}
		// Dolibarr derives the extrafield's and the classes' names from the same word: what is a class is no key
		$keys = array_filter($keys, function (string $key): bool {
			return substr($key, -1) !== '_' && !glob(self::ROOT.'/php-module/class/{,*/}'.strtolower($key).'.class.php', GLOB_BRACE) && $key !== 'GContactsTriggers';
		});
		foreach (self::COMPOSED as $start => $ends) {
			foreach ($ends as $end) {
				$keys[] = $start.$end;
			}
		}
		foreach (array_merge(self::REASONS, $this->reasonsOfTheExtension()) as $reason) {
			$keys[] = 'GContactsReason_'.$reason;
		}
		return array_values(array_unique(array_merge($keys, $this->optionKeys(), $this->operationKeys())));
	}

	/**
	 * The keys of the options, which the page makes from their constants
	 *
	 * @return array<int,string>
	 */
	private function optionKeys(): array
	{
		preg_match_all("/'(GCONTACTS_[A-Z_]+)' => array\('kind'/", (string) file_get_contents(self::ROOT.'/php-module/class/setup/gcontactsoptions.class.php'), $found);
		$this->assertNotEmpty($found[1]);
		$keys = array();
		foreach ($found[1] as $constant) {
			$keys[] = 'GContactsOption_'.$constant;
			$keys[] = 'GContactsOptionHelp_'.$constant;
		}
		return $keys;
	}

	/**
	 * The keys of the operations: each kind has a name and a sentence for its end, each phase one, and some count in words of their own
	 *
	 * @return array<int,string>
	 */
	private function operationKeys(): array
	{
		preg_match_all("/^\t\t'([a-z]+)' => array\('GContacts/m", (string) file_get_contents(self::ROOT.'/php-module/class/operation/gcontactsoperationkinds.class.php'), $found);
		$this->assertNotEmpty($found[1]);
		$keys = array();
		foreach ($found[1] as $kind) {
			array_push($keys, 'GContactsRunKind_'.$kind, 'GContactsRunDone_'.$kind);
			$more = preg_grep('/^GContactsRun(Phase_'.$kind.'_[a-z]+|Counts_'.$kind.')$/', array_keys($this->language('en_US')));
			$keys = array_merge($keys, array_values($more));
		}
		return $keys;
	}

	/**
	 * The codes that the extension can give
	 *
	 * @return array<int,string>
	 */
	private function reasonsOfTheExtension(): array
	{
		preg_match_all('/^    [A-Z]\w+ = "([a-z_]+)",$/m', (string) file_get_contents(self::ROOT.'/crates/gcontacts-people/src/reason.rs'), $found);
		return $found[1];
	}

	/**
	 * The PHP of the module
	 *
	 * @return array<int,string> Contents of its files
	 */
	private function sources(): array
	{
		$sources = array();
		foreach (array('core', 'php-module') as $folder) {
			foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(self::ROOT.'/'.$folder, FilesystemIterator::SKIP_DOTS)) as $file) {
				if ($file->getExtension() === 'php') {
					$sources[] = (string) file_get_contents($file->getPathname());
				}
			}
		}
		return $sources;
	}

	/**
	 * A language file
	 *
	 * @param  string               $code Language
	 * @return array<string,string>       Key => sentence
	 */
	private function language(string $code): array
	{
		return array_column($this->lines($code), 1, 0);
	}

	/**
	 * The lines of a language file, read as Dolibarr's Translate::load() does
	 *
	 * @param  string                           $code Language
	 * @return array<int,array{string,string}>        Key and sentence of each line
	 */
	private function lines(string $code): array
	{
		$lines = array();
		$file = fopen(self::ROOT.'/langs/'.$code.'/gcontacts.lang', 'r');
		while ($line = fscanf($file, "%[^= ]%*[ =]%[^\n\r]")) {
			if (isset($line[1]) && $line[0][0] !== '#') {
				$lines[] = $line;
			}
		}
		fclose($file);
		$this->assertGreaterThan(100, count($lines), $code);
		return $lines;
	}
}
