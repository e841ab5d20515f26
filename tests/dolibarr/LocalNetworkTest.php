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
 * \file    tests/dolibarr/LocalNetworkTest.php
 * \ingroup gcontacts
 * \brief   A Dolibarr that Google cannot send anybody back to
 */

require_once __DIR__.'/GContactsVisitor.php';

/**
 * A Dolibarr on a local network: the consent ends on http://localhost, and its address is pasted.
 */
class LocalNetworkTest extends GContactsTestCase
{
	private const SETUP = '/custom/gcontacts/admin/setup.php';
	private const CONNECT = '/custom/gcontacts/admin/connect.php';

	/** @var string */
	private $settings;

	/** @var string The settings as they were */
	private $before;

	/** @var GContactsVisitor */
	private $admin;

	protected function setUp(): void
	{
		parent::setUp();
		$this->settings = DOL_DOCUMENT_ROOT.'/conf/conf.php';
		$this->before = (string) file_get_contents($this->settings);
		$changed = str_replace((string) getenv('GCONTACTS_SITE_URL'), 'http://erp.lan', $this->before, $times);
		$this->assertSame(1, $times);
		$this->write($changed);
		$this->admin = (new GContactsVisitor())->login();
		$this->until(function (): bool {
			return strpos($this->admin->get(self::SETUP)->page, 'name="pasted"') !== false;
		});
	}

	protected function tearDown(): void
	{
		$this->write($this->before);
		$visitor = (new GContactsVisitor())->login();
		$this->until(function () use ($visitor): bool {
			return strpos($visitor->get(self::SETUP)->page, 'http://erp.lan') === false;
		});
		parent::tearDown();
	}

	public function testTheAddressThatIsPastedConnectsTheAccount(): void
	{
		$this->assertStringContainsString('http://erp.lan/custom/gcontacts/admin/callback.php', $this->admin->text());
		$address = $this->begin();
		parse_str((string) parse_url($address, PHP_URL_QUERY), $query);
		$this->assertSame('http://localhost', $query['redirect_uri']);
		$answer = $this->google->consent($address);
		$this->paste('http://localhost/?'.http_build_query(array_filter($answer)).'&scope=email&authuser=0');
		$this->assertStringContainsString('phone@example.com', $this->admin->text());
		$this->assertSame(1, (new GContactsAccount($this->db))->fetchForEntity());
	}

	public function testWhatIsNoAnswerIsExplainedAndTheConsentStaysGood(): void
	{
		$answer = $this->google->consent($this->begin());
		foreach (array('', 'hello', 'http://localhost/', 'http://localhost/?code=4/0abc') as $pasted) {
			$this->paste($pasted);
			$this->assertSame(0, (new GContactsAccount($this->db))->fetchForEntity(), $pasted);
			$this->assertStringContainsString(GContactsEngine::sentence('pasted_address'), $this->admin->text());
		}
		$this->paste('  http://localhost/?'.http_build_query(array_filter($answer))."\n");
		$this->assertSame(1, (new GContactsAccount($this->db))->fetchForEntity());
	}

	/**
	 * @return string Address of Google's consent page
	 */
	private function begin(): string
	{
		return $this->admin->get(self::SETUP)->post(self::CONNECT, array())->location;
	}

	/**
	 * @param  string $address What the browser shows in its address bar
	 * @return void
	 */
	private function paste(string $address): void
	{
		$this->admin->get(self::SETUP)->post(self::CONNECT, array('action' => 'paste', 'pasted' => $address));
		// Dolibarr sends the browser to its own address, which nobody serves here
		$this->admin->get(self::SETUP);
	}

	/**
	 * @param  string $settings New content of conf.php
	 * @return void
	 */
	private function write(string $settings): void
	{
		$this->assertNotFalse(file_put_contents($this->settings, $settings));
		// PHP's cache looks at a file again only when its time is another one
		touch($this->settings, time() - 10 + (int) ($settings === $this->before));
	}
}
