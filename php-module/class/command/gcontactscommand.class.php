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
 * \file    php-module/class/command/gcontactscommand.class.php
 * \ingroup gcontacts
 * \brief   A verb of scripts/gcontacts.php
 */

dol_include_once('/gcontacts/class/gcontactsengine.class.php');

/**
 * What the verbs have in common: an answer for people, one for programs, and an exit code.
 */
abstract class GContactsCommand
{
	/** @var int Exit code: 0 done, 1 done in part, 2 cannot start */
	public $exit = 0;
	/** @var string For people */
	public $text = '';

	/** @var DoliDB */
	protected $db;

	/**
	 * @param DoliDB $db Database handler
	 */
	public function __construct($db)
	{
		$this->db = $db;
	}

	/**
	 * Does what the verb says.
	 *
	 * @param  GContactsCommandLine $line What was typed
	 * @return array<string, mixed>       For programs
	 */
	abstract public function run(GContactsCommandLine $line): array;

	/**
	 * Tells why it cannot start.
	 *
	 * @param  string               $reason  Reason code
	 * @param  string               $message What was said
	 * @return array<string, mixed>
	 */
	protected function refuse(string $reason, string $message): array
	{
		$this->exit = 2;
		$this->text = GContactsEngine::sentence($reason, $message);
		return array('reason' => $reason, 'message' => $message, 'output' => $this->text);
	}
}
