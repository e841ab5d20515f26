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
 * \file    class/account/gcontactsredirect.class.php
 * \ingroup gcontacts
 * \brief   The address that Google sends the browser back to
 */

/**
 * The redirect address: which one this Dolibarr has, whether Google takes it, and the way round when Google does not.
 *
 * Google takes https with a public host name, or this computer itself (localhost). The way round is http://localhost: nothing answers
 * there, the browser stops with code and state in its address bar, and the administrator pastes that address into the setup page.
 */
class GContactsRedirect
{
	/** Address of the way round; Google takes it for any client */
	public const LOCALHOST = 'http://localhost';

	/** Endings of host names that no public name has (RFC 6761, RFC 6762, RFC 8375, and what routers and directories use) */
	private const PRIVATE_ENDINGS = array('local', 'localdomain', 'lan', 'home', 'corp', 'internal', 'intranet', 'private', 'arpa', 'test', 'example', 'invalid');

	/**
	 * The address of our own callback page
	 *
	 * @return string URL
	 */
	public static function callback(): string
	{
		return dol_buildpath('/gcontacts/admin/callback.php', 2);
	}

	/**
	 * The address to register at Google and to connect with
	 *
	 * @return string URL: the callback page, or http://localhost where Google would refuse that
	 */
	public static function address(): string
	{
		return self::refusal(self::callback()) === '' ? self::callback() : self::LOCALHOST;
	}

	/**
	 * Why Google refuses an address
	 *
	 * @param  string $url Address
	 * @return string      '' if it takes it, else 'http', 'ip' or 'private'
	 */
	public static function refusal(string $url): string
	{
		$host = strtolower(trim((string) parse_url($url, PHP_URL_HOST), '[]'));
		if (in_array($host, array('localhost', '127.0.0.1', '::1'), true)) {
			return '';
		}
		if (strtolower((string) parse_url($url, PHP_URL_SCHEME)) !== 'https') {
			return 'http';
		}
		if (filter_var($host, FILTER_VALIDATE_IP)) {
			return 'ip';
		}
		$labels = explode('.', $host);
		if (count($labels) < 2 || in_array(end($labels), self::PRIVATE_ENDINGS, true)) {
			return 'private';
		}
		return '';
	}

	/**
	 * What an address that was pasted says
	 *
	 * @param  string $pasted What the administrator pasted: an address, or only its part after the question mark
	 * @return array{state:string,code:string,error:string}|null Null if it is no answer of Google
	 */
	public static function parse(string $pasted): ?array
	{
		$pasted = trim($pasted);
		$question = strpos($pasted, '?');
		$query = $question === false ? $pasted : substr($pasted, $question + 1);
		parse_str((string) preg_replace('/#.*$/', '', $query), $values);
		$answer = array();
		foreach (array('state', 'code', 'error') as $name) {
			$answer[$name] = isset($values[$name]) && is_string($values[$name]) ? $values[$name] : '';
		}
		if ($answer['state'] === '' || ($answer['code'] === '' && $answer['error'] === '')) {
			return null;
		}
		return $answer;
	}
}
