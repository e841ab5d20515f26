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
 * \file    tests/php/RedirectTest.php
 * \ingroup gcontacts
 * \brief   Which redirect addresses Google takes, and what a pasted address says
 */

use PHPUnit\Framework\TestCase;

require_once __DIR__.'/../../php-module/class/account/gcontactsredirect.class.php';

/**
 * Google's rules for redirect addresses, and the way round them.
 */
final class RedirectTest extends TestCase
{
	/**
	 * Addresses, and why Google refuses them
	 *
	 * @return array<string,array{string,string}>
	 */
	public function addresses(): array
	{
		return array(
			'public name' => array('https://erp.example.fr/custom/gcontacts/admin/callback.php', ''),
			'public name with a port' => array('https://erp.example.fr:8443/callback.php', ''),
			'localhost by http' => array('http://localhost/dolibarr/callback.php', ''),
			'loopback with a port' => array('http://127.0.0.1:8080/callback.php', ''),
			'loopback of IPv6' => array('http://[::1]:8080/callback.php', ''),
			'public name by http' => array('http://erp.example.fr/callback.php', 'http'),
			'local network by http' => array('http://192.168.1.5/callback.php', 'http'),
			'scheme in capitals' => array('HTTPS://ERP.EXAMPLE.FR/callback.php', ''),
			'address of the local network' => array('https://192.168.1.5/callback.php', 'ip'),
			'public address' => array('https://203.0.113.9/callback.php', 'ip'),
			'address of IPv6' => array('https://[2001:db8::1]/callback.php', 'ip'),
			'bare name' => array('https://dolibarr/callback.php', 'private'),
			'name of a local network' => array('https://dolibarr.lan/callback.php', 'private'),
			'name of a NAS' => array('https://nas.local/callback.php', 'private'),
			'name that only looks local' => array('https://local.example.fr/callback.php', ''),
			'no address' => array('', 'http'),
		);
	}

	/**
	 * @dataProvider addresses
	 *
	 * @param string $address Address
	 * @param string $why     Why it is refused, '' if it is not
	 */
	public function testGoogleRefuses(string $address, string $why): void
	{
		$this->assertSame($why, GContactsRedirect::refusal($address));
	}

	public function testAPastedAddressGivesStateAndCode(): void
	{
		$expected = array('state' => 'a-_1', 'code' => '4/0Ab', 'error' => '');
		$query = 'state=a-_1&iss=https%3A%2F%2Faccounts.google.com&code=4%2F0Ab&scope=email%20https://www.googleapis.com/auth/contacts&authuser=0';
		$this->assertSame($expected, GContactsRedirect::parse('http://localhost/?'.$query));
		$this->assertSame($expected, GContactsRedirect::parse("  http://localhost?".$query."#fragment\n"));
		$this->assertSame($expected, GContactsRedirect::parse('localhost/?'.$query));
		$this->assertSame($expected, GContactsRedirect::parse($query));
	}

	public function testAPastedRefusalIsAnAnswerToo(): void
	{
		$this->assertSame(array('state' => 's', 'code' => '', 'error' => 'access_denied'), GContactsRedirect::parse('http://localhost/?error=access_denied&state=s'));
	}

	public function testAnythingElseIsNoAnswer(): void
	{
		foreach (array('', 'http://localhost', 'http://localhost/?state=s', 'http://localhost/?code=c', 'https://www.google.com/?q=x', 'state[]=s&code[]=c') as $pasted) {
			$this->assertNull(GContactsRedirect::parse($pasted), $pasted);
		}
	}
}
