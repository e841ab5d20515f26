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
 * \file    tests/dolibarr/GContactsVisitor.php
 * \ingroup gcontacts
 * \brief   A browser without JavaScript
 */

/**
 * Visits pages of the Dolibarr under test as somebody who is logged in.
 */
class GContactsVisitor
{
	/** @var string Address of Dolibarr */
	private $url;

	/** @var CurlHandle The browser, with its cookies */
	private $browser;

	/** @var int HTTP status of the last page */
	public $status = 0;

	/** @var string The last page */
	public $page = '';

	/** @var string Where the last answer sends the browser, if anywhere */
	public $location = '';

	/**
	 * Constructor
	 *
	 * @param string $url Address of Dolibarr; that of the site under test unless given
	 */
	public function __construct(string $url = '')
	{
		$this->url = $url !== '' ? $url : (string) getenv('GCONTACTS_SITE_URL');
		$this->browser = curl_init();
		curl_setopt_array($this->browser, array(CURLOPT_RETURNTRANSFER => true, CURLOPT_COOKIEFILE => '', CURLOPT_TIMEOUT => 60, CURLOPT_PROXY => ''));
		curl_setopt($this->browser, CURLOPT_USERAGENT, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0');
	}

	/**
	 * Logs in
	 *
	 * @param  string $login    Login
	 * @param  string $password Password
	 * @return self
	 */
	public function login(string $login = 'admin', string $password = 'admin'): self
	{
		$this->get('/index.php');
		$this->post('/index.php?mainmenu=home', array('actionlogin' => 'login', 'loginfunction' => 'loginfunction', 'username' => $login, 'password' => $password));
		$this->get('/index.php?mainmenu=home');
		if (strpos($this->page, 'name="password"') !== false) {
			throw new RuntimeException($login.' cannot log in');
		}
		return $this;
	}

	/**
	 * Opens a page
	 *
	 * @param  string $path Path, or a whole address
	 * @return self
	 */
	public function get(string $path): self
	{
		return $this->request($path, null);
	}

	/**
	 * Posts a form with the token of the last page
	 *
	 * @param  string               $path   Path
	 * @param  array<string,string> $values Fields; token => '' leaves the token out
	 * @return self
	 */
	public function post(string $path, array $values): self
	{
		return $this->request($path, http_build_query($values + array('token' => $this->token())));
	}

	/**
	 * Follows redirects within Dolibarr
	 *
	 * @return self
	 */
	public function follow(): self
	{
		$left = 5;
		while ($left-- > 0 && strpos($this->location, $this->url) === 0) {
			$this->get($this->location);
		}
		return $this;
	}

	/**
	 * What the page says: its text and its messages, as people read them
	 *
	 * @return string
	 */
	public function text(): string
	{
		$text = preg_replace('#<style.*?</style>#s', '', $this->page);
		// Messages stand in a script, with escapes
		$text = str_replace(array('\\\'', '\\"', '\\/', "\\n"), array("'", '"', '/', ' '), (string) $text);
		return (string) preg_replace('/\s+/u', ' ', html_entity_decode(strip_tags(str_replace('<', ' <', $text)), ENT_QUOTES | ENT_HTML5, 'UTF-8'));
	}

	/**
	 * The token that Dolibarr expects with the next form
	 *
	 * @return string
	 */
	public function token(): string
	{
		return preg_match('/name="anti-csrf-newtoken" content="([^"]*)"/', $this->page, $match) || preg_match('/name="token" value="([^"]*)"/', $this->page, $match) ? $match[1] : '';
	}

	/**
	 * @param  string      $path Path, or a whole address
	 * @param  string|null $body Form; null for a GET
	 * @return self
	 */
	private function request(string $path, ?string $body): self
	{
		$url = strpos($path, 'http') === 0 ? $path : $this->url.$path;
		curl_setopt_array($this->browser, array(CURLOPT_URL => $url, CURLOPT_HTTPGET => true, CURLOPT_REFERER => $this->url.'/'));
		if ($body !== null) {
			curl_setopt_array($this->browser, array(CURLOPT_POST => true, CURLOPT_POSTFIELDS => $body));
		}
		$page = curl_exec($this->browser);
		if ($page === false) {
			throw new RuntimeException($url.': '.curl_error($this->browser));
		}
		$this->page = (string) $page;
		$this->status = (int) curl_getinfo($this->browser, CURLINFO_RESPONSE_CODE);
		$this->location = (string) curl_getinfo($this->browser, CURLINFO_REDIRECT_URL);
		return $this;
	}
}
