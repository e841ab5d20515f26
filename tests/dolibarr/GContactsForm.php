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
 * \file    tests/dolibarr/GContactsForm.php
 * \ingroup gcontacts
 * \brief   A form of a page, to be filled in by a test
 */

/**
 * The fields of a form as a browser would send them: ticked boxes, hidden fields, and the button that was pressed.
 */
class GContactsForm
{
	/** @var DOMElement The form */
	private $form;

	/**
	 * Constructor
	 *
	 * @param DOMElement $form The form
	 */
	private function __construct(DOMElement $form)
	{
		$this->form = $form;
	}

	/**
	 * The first form of a page
	 *
	 * @param string $html Page
	 * @return self
	 */
	public static function first(string $html): self
	{
		$document = new DOMDocument();
		$before = libxml_use_internal_errors(true);
		$document->loadHTML('<?xml encoding="utf-8"?>'.$html);
		libxml_use_internal_errors($before);
		$form = $document->getElementsByTagName('form')->item(0);
		if (!$form instanceof DOMElement) {
			throw new RuntimeException('no form on this page: '.trim(strip_tags($html)));
		}
		return new self($form);
	}

	/**
	 * Where the form is sent
	 *
	 * @param string $page Address of its page
	 * @return string
	 */
	public function address(string $page): string
	{
		$action = $this->form->getAttribute('action');
		if ($action === '') {
			return $page;
		}
		if (strpos($action, '/') !== 0) {
			return $action;
		}
		$parts = parse_url($page);
		return $parts['scheme'].'://'.$parts['host'].(isset($parts['port']) ? ':'.$parts['port'] : '').$action;
	}

	/**
	 * What the form sends
	 *
	 * @param string $button Value of the button that is pressed
	 * @return array<string,string>
	 */
	public function values(string $button = ''): array
	{
		$values = array();
		foreach ($this->form->getElementsByTagName('input') as $input) {
			$type = strtolower($input->getAttribute('type'));
			$silent = in_array($type, array('checkbox', 'radio'), true) && !$input->hasAttribute('checked');
			if ($input->getAttribute('name') !== '' && !$silent && !$input->hasAttribute('disabled') && $type !== 'submit') {
				$values[$input->getAttribute('name')] = $input->getAttribute('value');
			}
		}
		foreach ($this->form->getElementsByTagName('button') as $pressed) {
			if ($button !== '' && $pressed->getAttribute('value') === $button) {
				$values[$pressed->getAttribute('name')] = $button;
			}
		}
		return $values;
	}
}
