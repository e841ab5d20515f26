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
 * \file    php-module/class/command/gcontactscommandline.class.php
 * \ingroup gcontacts
 * \brief   What was typed after scripts/gcontacts.php
 */

/**
 * The command line: a verb and options. Knows nothing of Dolibarr, so that it can be read before Dolibarr is loaded.
 */
class GContactsCommandLine
{
	/** Verbs with their class and their line of help. */
	const VERBS = array(
		'status' => array('GContactsStatusCommand', 'what is connected, what waits, and why nothing is sent if nothing is'),
		'drain' => array('GContactsDrainCommand', 'send what waits, with --allow-deletions also many deletions at once; with --dry-run only tell what would be sent'),
		'export' => array('GContactsExportCommand', 'send all that should be at Google; with --yes begin with an account that has contacts, and link those that look the same; with --clean-dolimods take off what the module Google of DoliMods left on cards; with --dry-run only tell it'),
		'check' => array('GContactsCheckCommand', 'tell how many contacts are in which state, and why, with --full after comparing all that is at Google; ends with 1 where anything is amiss'),
		'pull' => array('GContactsPullCommand', 'mark the contacts that were changed at Google; with --dry-run only tell them'),
		'cleanup' => array('GContactsCleanUpCommand', 'take from Google what came from Dolibarr, with --yes; with --dry-run only tell it'),
		'backup' => array('GContactsBackupCommand', 'write the whole address book at Google into FILE'),
		'restore' => array('GContactsRestoreCommand', 'make the cards of the backup FILE anew that are missing, with --yes; with --differing also bring back those that differ; with --dry-run only tell it'),
		'reconcile' => array('GContactsReconcileCommand', 'note what an import or a script changed, to be sent by drain; with --dry-run only tell it'),
	);

	/** Verbs that are followed by a file. */
	const WITH_FILE = array('backup', 'restore');

	/** @var string */
	public $verb = '';
	/** @var string File, for the verbs that need one */
	public $file = '';
	/** @var bool Whether cards that differ are brought back too */
	public $differing = false;
	/** @var bool Whether the answer is one JSON object */
	public $json = false;
	/** @var bool Whether nothing may be changed */
	public $dryRun = false;
	/** @var bool Whether sending may begin, and what is proposed is accepted */
	public $yes = false;
	/** @var bool Whether many deletions at once are meant */
	public $allowDeletions = false;
	/** @var bool Whether what the module Google of DoliMods left on cards is taken off them */
	public $cleanDoliMods = false;
	/** @var bool Whether all that is at Google is compared before */
	public $full = false;
	/** @var string Login of the administrator in whose name it is done, empty for none */
	public $user = '';
	/** @var int Entity, 0 for the default */
	public $entity = 0;
	/** @var string Folder htdocs of Dolibarr, empty to look for it */
	public $dolibarr = '';
	/** @var string What is wrong with it, a sentence */
	public $error = '';

	/**
	 * Reads the arguments.
	 *
	 * @param array<int, string> $arguments Without the name of the script
	 */
	public function __construct(array $arguments)
	{
		$this->json = in_array('--json', $arguments, true);
		while ($arguments && $this->error === '') {
			$argument = (string) array_shift($arguments);
			if ($argument !== '' && $argument[0] !== '-' && $this->verb === '') {
				$this->verb = $argument;
			} elseif ($argument !== '' && $argument[0] !== '-' && $this->file === '' && in_array($this->verb, self::WITH_FILE, true)) {
				// The script leaves the folder in which it was typed.
				$this->file = ($argument[0] === '/' ? '' : getcwd().'/').$argument;
			} else {
				$this->option($argument, $arguments);
			}
		}
		if ($this->error === '' && !isset(self::VERBS[$this->verb])) {
			$this->error = $this->verb === '' ? 'No verb was given.' : 'There is no verb "'.$this->verb.'".';
		}
	}

	/**
	 * How it is used.
	 *
	 * @return string Several lines
	 */
	public static function usage(): string
	{
		$lines = array('Usage: php gcontacts.php VERB [FILE] [--json] [--dry-run] [--yes] [--allow-deletions] [--clean-dolimods] [--differing] [--full] [--user LOGIN] [--entity N] [--dolibarr HTDOCS]', '');
		foreach (self::VERBS as $verb => $about) {
			$lines[] = sprintf('  %-10s %s', $verb, $about[1]);
		}
		$lines[] = '';
		$lines[] = 'Exit codes: 0 done, 1 done in part, 2 cannot start.';
		return implode("\n", $lines);
	}

	/**
	 * @param  string             $argument  Option
	 * @param  array<int, string> $arguments What follows it
	 * @return void
	 */
	private function option(string $argument, array &$arguments): void
	{
		if ($argument === '--json') {
			return;
		}
		$switches = array('--dry-run' => 'dryRun', '--yes' => 'yes', '--allow-deletions' => 'allowDeletions', '--clean-dolimods' => 'cleanDoliMods', '--differing' => 'differing', '--full' => 'full');
		if (isset($switches[$argument])) {
			$this->{$switches[$argument]} = true;
			return;
		}
		$parts = explode('=', $argument, 2);
		if (!in_array($parts[0], array('--user', '--entity', '--dolibarr'), true)) {
			$this->error = 'There is no option "'.$argument.'".';
			return;
		}
		$value = $parts[1] ?? (string) array_shift($arguments);
		if ($value === '' || ($parts[0] === '--entity' && !preg_match('/^[1-9][0-9]{0,8}$/', $value))) {
			$this->error = 'The option '.$parts[0].' needs '.($parts[0] === '--entity' ? 'the number of an entity.' : 'a value.');
			return;
		}
		$name = substr($parts[0], 2);
		$this->$name = $parts[0] === '--entity' ? (int) $value : $value;
	}
}
