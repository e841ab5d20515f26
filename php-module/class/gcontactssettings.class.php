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
 * \file    php-module/class/gcontactssettings.class.php
 * \ingroup gcontacts
 * \brief   Dolibarr's constants, resolved once into typed values
 */

dol_include_once('/gcontacts/class/gcontactslabelnames.class.php');

/**
 * The settings of the module, for the present entity.
 */
class GContactsSettings
{
	/** Name of the container label where the setting is empty; as in GContacts 1.x. */
	const DEFAULT_LABEL = 'Onelog';

	/** Default and highest value of the number of cards that the import page lists: what a Google account can hold. */
	const MAX_RETRIEVE = 25000;

	/** Days for which the log is kept where the setting is empty. */
	const LOG_DAYS = 90;

	/** Days for which it is kept always: the guard against mass deletions counts in it. */
	const LEAST_LOG_DAYS = 2;

	/** Highest number of days. */
	const MOST_LOG_DAYS = 3650;

	/** Values of the rule for clashes, the default first: whose word holds, or nobody's until somebody decides. */
	const CLASH = array('dolibarr', 'google', 'ask');

	/** Values of the policy for cards deleted at Google, the default first: they are made again, or marked and left. */
	const DELETED_AT_GOOGLE = array('recreate', 'mark');

	/** What Google calls a label. */
	const LABEL_NAME = '/^contactGroups\/[A-Za-z0-9_-]{1,100}$/D';

	/** Seconds after which a create that no listing shows is known not to have happened. */
	const PROPAGATION_SECONDS = 600;

	/**
	 * Whether changes in Dolibarr go to Google.
	 *
	 * @return bool
	 */
	public static function pushOn(): bool
	{
		return getDolGlobalInt('GCONTACTS_PUSH') > 0;
	}

	/**
	 * Whether each contact has a field that says if it is synchronised.
	 *
	 * @return bool
	 */
	public static function perContact(): bool
	{
		return getDolGlobalInt('GCONTACTS_PER_CONTACT') > 0;
	}

	/**
	 * Whether cards get a label for each sales representative.
	 *
	 * @return bool
	 */
	public static function representativeLabels(): bool
	{
		return getDolGlobalInt('GCONTACTS_REP_LABELS') > 0;
	}

	/**
	 * Whether cards get a label for each kind of third party: customers, prospects, suppliers.
	 *
	 * @return bool
	 */
	public static function typeLabels(): bool
	{
		return getDolGlobalInt('GCONTACTS_TYPE_LABELS') > 0;
	}

	/**
	 * Whether cards get a label for each category of the contact and of its third party. Without Dolibarr's module of
	 * categories nobody sees them.
	 *
	 * @return bool
	 */
	public static function categoryLabels(): bool
	{
		return getDolGlobalInt('GCONTACTS_CATEGORY_LABELS') > 0 && isModEnabled('category');
	}

	/**
	 * Name of the container label.
	 *
	 * @return string
	 */
	public static function label(): string
	{
		$label = trim(getDolGlobalString('GCONTACTS_LABEL'));
		return $label === '' ? self::DEFAULT_LABEL : $label;
	}

	/**
	 * How many cards the import page lists.
	 *
	 * @return int
	 */
	public static function maxRetrieve(): int
	{
		return min(self::MAX_RETRIEVE, max(1, getDolGlobalInt('GCONTACTS_MAX_RETRIEVE', self::MAX_RETRIEVE)));
	}

	/** @return string Resource name of the label that the automatic import looks at; empty for My Contacts */
	public static function autoImportLabel(): string
	{
		$label = getDolGlobalString('GCONTACTS_AUTO_IMPORT_LABEL');
		return preg_match(self::LABEL_NAME, $label) ? $label : '';
	}

	/** @return int Days for which the log is kept */
	public static function logDays(): int
	{
		return min(self::MOST_LOG_DAYS, max(self::LEAST_LOG_DAYS, getDolGlobalInt('GCONTACTS_LOG_DAYS', self::LOG_DAYS)));
	}

	/**
	 * Seconds that Google may take until a listing shows a card that was just created.
	 *
	 * @return int
	 */
	public static function propagationSeconds(): int
	{
		return max(0, getDolGlobalInt('GCONTACTS_PROPAGATION_SECONDS', self::PROPAGATION_SECONDS));
	}

	/**
	 * Random id of this entity of this Dolibarr, part of each card's marker. Made once. Entities have different ones: to each
	 * other they are two Dolibarrs, also where both are connected to one Google account.
	 *
	 * @return string Hexadecimal digits
	 */
	public static function instance(): string
	{
		global $conf, $db;
		$instance = getDolGlobalString('GCONTACTS_INSTANCE');
		if ($instance === '') {
			require_once DOL_DOCUMENT_ROOT.'/core/lib/admin.lib.php';
			$instance = bin2hex(random_bytes(8));
			if (dolibarr_set_const($db, 'GCONTACTS_INSTANCE', $instance, 'chaine', 0, '', (int) $conf->entity) < 0) {
				throw new RuntimeException('The id of this Dolibarr could not be stored: '.$db->lasterror());
			}
		}
		return $instance;
	}

	/**
	 * Address of this Dolibarr as its configuration file gives it.
	 *
	 * @return string Without a slash at its end
	 */
	public static function siteUrl(): string
	{
		global $conf;
		return rtrim((string) $conf->file->dol_main_url_root, '/');
	}

	/**
	 * ISO code of the country of the company that runs this Dolibarr.
	 *
	 * @return string Two letters, empty where unknown
	 */
	public static function country(): string
	{
		global $mysoc;
		$parts = explode(':', getDolGlobalString('MAIN_INFO_SOCIETE_COUNTRY'));
		$code = $parts[1] ?? (string) ($mysoc->country_code ?? '');
		return preg_match('/^[A-Z]{2}$/', $code) ? $code : '';
	}

	/**
	 * Whose word holds where both sides changed the same part of a card.
	 *
	 * @return string One of CLASH
	 */
	public static function clash(): string
	{
		$rule = getDolGlobalString('GCONTACTS_CLASH');
		return in_array($rule, self::CLASH, true) ? $rule : self::CLASH[0];
	}

	/**
	 * What becomes of a contact whose card somebody deletes at Google.
	 *
	 * @return string One of DELETED_AT_GOOGLE
	 */
	public static function deletedAtGoogle(): string
	{
		$policy = getDolGlobalString('GCONTACTS_DELETED_AT_GOOGLE');
		return in_array($policy, self::DELETED_AT_GOOGLE, true) ? $policy : self::DELETED_AT_GOOGLE[0];
	}

	/**
	 * The settings as the engine reads them.
	 *
	 * @return array<string, array<string, string>|bool|string|null>
	 */
	public static function forEngine(): array
	{
		return array(
			'instance' => self::instance(),
			'container_label' => self::label(),
			'my_contacts' => getDolGlobalInt('GCONTACTS_MY_CONTACTS') > 0,
			'representative_labels' => self::representativeLabels(),
			'notes' => getDolGlobalInt('GCONTACTS_NOTES') > 0,
			'per_contact' => self::perContact(),
			'per_contact_default' => getDolGlobalInt('GCONTACTS_PER_CONTACT_DEFAULT') > 0,
			'country' => self::country(),
			'type_labels' => self::typeLabels() ? GContactsLabelNames::ofTypes() : null,
			'category_labels' => self::categoryLabels(),
			'company_in_name' => getDolGlobalInt('GCONTACTS_COMPANY_IN_NAME') > 0,
			'clash' => self::clash(),
		);
	}

	/**
	 * How to reach Google: the time allowed, and Dolibarr's proxy.
	 *
	 * @param  int                       $deadlineMs Milliseconds that the whole call may take
	 * @return array<string, int|string>
	 */
	public static function transport(int $deadlineMs): array
	{
		$proxy = '';
		if (getDolGlobalInt('MAIN_PROXY_USE') > 0 && getDolGlobalString('MAIN_PROXY_HOST') !== '') {
			$host = getDolGlobalString('MAIN_PROXY_HOST');
			$port = getDolGlobalInt('MAIN_PROXY_PORT');
			$proxy = (preg_match('/^[a-z0-9]+:\/\//i', $host) ? '' : 'http://').$host.($port > 0 ? ':'.$port : '');
		}
		return array(
			'deadline_ms' => max(1, $deadlineMs),
			'proxy' => $proxy,
			'proxy_user' => $proxy === '' ? '' : getDolGlobalString('MAIN_PROXY_USER'),
			'proxy_password' => $proxy === '' ? '' : getDolGlobalString('MAIN_PROXY_PASS'),
		);
	}

	/**
	 * The OAuth client that the administrator registered at Google.
	 *
	 * @param  string                $redirectUri Address that Google sends the browser back to; may be empty for a refresh
	 * @return array<string, string>
	 */
	public static function client(string $redirectUri): array
	{
		return array(
			'client_id' => trim(getDolGlobalString('GCONTACTS_CLIENT_ID')),
			'client_secret' => trim(getDolGlobalString('GCONTACTS_CLIENT_SECRET')),
			'redirect_uri' => $redirectUri,
		);
	}
}
