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
 * \file    php-module/class/operation/gcontactsexport.class.php
 * \ingroup gcontacts
 * \brief   Sends all that should be at Google
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');
dol_include_once('/gcontacts/class/push/gcontactssendstep.class.php');
dol_include_once('/gcontacts/class/store/gcontactsoutbox.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');

/**
 * An export: all contacts are noted in the outbox, page by page, and then sent, batch by batch. Run twice, the second one
 * writes nothing. A batch is as large as the time allows, as Google was seen to need it.
 */
class GContactsExport extends GContactsOperation
{
	/** Contacts of the smallest batch. */
	const SMALLEST = 10;
	/** Contacts per second that are expected of Google before it was seen: few. */
	const FIRST_RATE = 10.0;
	/** Part of the time in which a batch should be through. */
	const SHARE = 0.5;
	/** Seconds that are left for storing what came of a batch. */
	const STORING = 0.4;

	/** @return string */
	public function kind(): string
	{
		return 'export';
	}

	/**
	 * Begins one. An account that waits for an administrator's word has it herewith.
	 *
	 * @param  GContactsOperations $operations    Operations of the account
	 * @param  GContactsAccount    $account       Account
	 * @param  User                $user          Administrator
	 * @param  bool                $accepted      Whether cards are linked too that only look the same as a contact
	 * @param  bool                $cleanDoliMods Whether what the module Google of DoliMods left on cards is taken off them
	 * @return GContactsRun|null                  Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin(GContactsOperations $operations, GContactsAccount $account, User $user, bool $accepted, bool $cleanDoliMods = false): ?GContactsRun
	{
		$word = function () use ($account, $user, $accepted): int {
			// The run notes the contacts by itself, in portions.
			return $account->state === 'confirm' ? $account->confirmSending($user, $accepted, false) : 1;
		};
		return $operations->start('export', array('accepted' => $accepted, 'clean_dolimods' => $cleanDoliMods), $word);
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
		if ($run->phase === '' || $run->phase === 'note') {
			return $this->note($run);
		}
		return $this->send($run, $until);
	}

	/**
	 * Notes a page of contacts in the outbox, but for those that are due there anyway.
	 *
	 * @param  GContactsRun $run Run
	 * @return int               See GContactsOperation::step()
	 */
	private function note(GContactsRun $run): int
	{
		$pages = new GContactsPages($this->db, $this->account);
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		if ($run->phase === '' && $pages->suspicion() === 'contacts_missing') {
			return $run->finish(GContactsRun::STOPPED, 'contacts_missing') > 0 ? 1 : $this->failed();
		}
		$ids = $pages->toSend((int) ($run->position['after'] ?? 0));
		$noted = $ids ? $pages->noted($ids, time()) : array();
		if ($ids === null || $noted === null) {
			return $this->failed();
		}
		$new = array_values(array_diff($ids, $noted));
		$position = array('after' => $ids ? max($ids) : 0) + $run->position;
		$this->db->begin();
		$noted = $outbox->addContacts($new, 'EXPORT') > 0 && $run->moveTo($position, $ids ? 'note' : 'send', $run->total + count($ids)) > 0;
		if (!$noted || $this->db->commit() <= 0) {
			return $this->failed();
		}
		return 1;
	}

	/**
	 * Sends a batch.
	 *
	 * @param  GContactsRun $run   Run
	 * @param  float        $until Unix time
	 * @return int                 See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google or the engine refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	private function send(GContactsRun $run, float $until): int
	{
		$began = microtime(true);
		$seconds = max(0.5, $until - $began - self::STORING);
		$rate = (float) ($run->position['rate'] ?? self::FIRST_RATE);
		$size = (int) max(self::SMALLEST, min(GContactsRecords::LIMIT, $rate * $seconds * self::SHARE));
		$phase = $this->account->state === GContactsAccount::ADOPTING ? 'adopt' : 'send';
		if ($phase !== $run->phase && $run->moveTo($run->position, $phase) < 0) {
			return $this->failed();
		}
		$step = new GContactsSendStep($this->db, $this->account, $run);
		$stop = $step->run((int) (1000 * $seconds), $size);
		$sent = $step->counts['objects'] ?? 0;
		if ($stop !== null && $stop->reason === 'database') {
			$this->error = $stop->message;
			return -1;
		}
		if ($sent > 0) {
			// What was cut off is tried with half of it.
			$seen = $stop === null ? $sent / max(0.001, microtime(true) - $began) : $rate / 2;
			$run->moveTo(array('rate' => round($seen, 2)) + $run->position);
		}
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return $step->idle ? 0 : 1;
	}
}
