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
 * \file    php-module/class/backup/gcontactsrestore.class.php
 * \ingroup gcontacts
 * \brief   Restores cards
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsbackupfolder.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsdeletedcards.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestorephase.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresending.class.php');
dol_include_once('/gcontacts/class/backup/gcontactsrestoresurvey.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsclosingoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * Restores the cards of a backup, or those that a run deleted. Its phases: read the source, list what is there, match both,
 * make the labels, make the missing cards, look for creates whose answer was lost, take the markers of the restore off again,
 * and, where it was asked for, bring cards back that differ. A preview ends after the match. Stopped in between, it takes the
 * markers off the cards that are made, and then ends.
 *
 * Parameters: file (name of a backup) or run (id) with item (id of one row, 0 for all); differing; pretend.
 */
class GContactsRestore extends GContactsClosingOperation
{
	/** Phases in which cards may carry a marker of the restore, and the one before: its step may be ending just now. */
	const OPEN = array('labels', 'create', 'finish', 'close');

	/** @return string */
	public function kind(): string
	{
		return 'restore';
	}

	/**
	 * Where cards are restored from.
	 *
	 * @param  DoliDB                      $db         Database handler
	 * @param  int                         $entity     Entity
	 * @param  array<string, mixed>        $parameters Parameters of the run
	 * @return GContactsRestoreSource|null             Null where there is no such backup
	 */
	public static function source($db, int $entity, array $parameters): ?GContactsRestoreSource
	{
		if (!empty($parameters['run'])) {
			return new GContactsDeletedCards($db, $entity, (int) $parameters['run'], (int) ($parameters['item'] ?? 0));
		}
		$folder = new GContactsBackupFolder($entity);
		return $folder->file((string) ($parameters['file'] ?? ''));
	}

	/**
	 * Begins one.
	 *
	 * @param  DoliDB               $db         Database handler
	 * @param  GContactsOperations  $operations Operations of the account
	 * @param  GContactsAccount     $account    Account
	 * @param  array<string, mixed> $parameters See above
	 * @return GContactsRun|null                Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin($db, GContactsOperations $operations, GContactsAccount $account, array $parameters): ?GContactsRun
	{
		$source = self::source($db, $account->entity, $parameters);
		$problem = $source === null ? 'backup_missing' : $source->problem();
		if ($problem !== '') {
			$operations->reason = $problem;
			$operations->error = GContactsEngine::sentence($problem);
			return null;
		}
		return $operations->start('restore', $parameters);
	}

	/**
	 * @param  GContactsRun $run Run
	 * @return bool              Whether cards may carry a marker of the restore
	 */
	public function isOpen(GContactsRun $run): bool
	{
		return in_array($run->phase, self::OPEN, true);
	}

	/**
	 * @param  GContactsRun $run   Run, as it stands
	 * @param  float        $until Unix time at which the step has to be over
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(GContactsRun $run, float $until): int
	{
		$source = self::source($this->db, $this->account->entity, $run->parameters);
		if ($source === null) {
			return $this->result($run, $run->finish(GContactsRun::STOPPED, 'backup_missing'));
		}
		if (isset($run->parameters[self::CLOSING])) {
			$sending = new GContactsRestoreSending($this->db, $this->account, $run, $source, $until);
			return $this->result($sending, $sending->close((string) $run->parameters[self::CLOSING]));
		}
		if (in_array($run->phase, array('', 'read', 'list', 'match', 'end'), true)) {
			$survey = new GContactsRestoreSurvey($this->db, $this->account, $run);
			return $this->result($survey, self::survey($survey, $run->phase, $source, $until));
		}
		$sending = new GContactsRestoreSending($this->db, $this->account, $run, $source, $until);
		return $this->result($sending, $sending->step());
	}

	/**
	 * @param  GContactsRestoreSurvey $survey Survey
	 * @param  string                 $phase  Phase
	 * @param  GContactsRestoreSource $source Source
	 * @param  float                  $until  Unix time
	 * @return int                            See GContactsOperation::step()
	 * @throws \GContacts\Exception           Google refuses
	 */
	private static function survey(GContactsRestoreSurvey $survey, string $phase, GContactsRestoreSource $source, float $until): int
	{
		switch ($phase) {
			case 'list':
				return $survey->list($until);
			case 'match':
				return $survey->match();
			case 'end':
				return $survey->forget();
			default:
				return $survey->read($source);
		}
	}

	/**
	 * @param  GContactsRestorePhase|GContactsRun $part   What did it
	 * @param  int                                $result See GContactsOperation::step()
	 * @return int                                        The same
	 */
	private function result(object $part, int $result): int
	{
		$this->error = $part->error;
		return $result;
	}
}
