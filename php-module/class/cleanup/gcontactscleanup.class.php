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
 * \file    php-module/class/cleanup/gcontactscleanup.class.php
 * \ingroup gcontacts
 * \brief   Takes back what came from Dolibarr
 */

dol_include_once('/gcontacts/class/account/gcontactsaccount.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsadoption.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanupcards.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactscleanuplabels.class.php');
dol_include_once('/gcontacts/class/cleanup/gcontactstraces.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * A clean-up: the cards that links know, then those that carry our marker without a link, then the labels. Afterwards the
 * account is as before its first export: it waits for an administrator's word, and meanwhile the outbox fills.
 */
class GContactsCleanUp extends GContactsOperation
{
	/** @return string */
	public function kind(): string
	{
		return 'cleanup';
	}

	/**
	 * Begins one. Nothing is sent from now on: what is taken back must not be made again in between.
	 *
	 * @param  DoliDB              $db         Database handler
	 * @param  GContactsOperations $operations Operations of the account
	 * @param  GContactsAccount    $account    Account
	 * @return GContactsRun|null               Null where it is refused, see GContactsOperations::start()
	 */
	public static function begin($db, GContactsOperations $operations, GContactsAccount $account): ?GContactsRun
	{
		return $operations->start('cleanup', array(), function () use ($db, $account): int {
			$adoption = new GContactsAdoption($db, $account);
			$waits = array('confirmed' => false) + ($account->state === 'reconnect' ? array() : array('state' => 'confirm'));
			return $adoption->forget() > 0 ? $account->change($waits) : -1;
		});
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
		$traces = new GContactsTraces($this->db, $this->account);
		// One that was stopped and is gone on with: sending may have been confirmed since.
		if ($this->account->confirmed && $this->account->change(array('state' => 'confirm', 'confirmed' => false)) < 0) {
			return $this->failed();
		}
		$labels = new GContactsCleanUpLabels($this->db, $this->account, $run);
		$cards = new GContactsCleanUpCards($this->db, $this->account, $run);
		switch ($run->phase) {
			case '':
				$total = $traces->count();
				return $total === null ? $this->failed() : $this->result($cards, $cards->begin($labels->marked($until), array_sum($total)));
			case 'cards':
				return $this->result($cards, $cards->linked($traces, $until));
			case 'orphans':
				return $this->result($cards, $cards->orphans($until));
			case 'labels':
				return $this->result($labels, $labels->step($until));
			default:
				return $this->end($traces, $until);
		}
	}

	/**
	 * @param  GContactsOperationPhase $phase  What did it
	 * @param  int                     $result See GContactsOperation::step()
	 * @return int                             The same
	 */
	private function result(GContactsOperationPhase $phase, int $result): int
	{
		$this->error = $phase->error;
		return $result;
	}

	/**
	 * @param  GContactsTraces $traces Traces
	 * @param  float           $until  Unix time
	 * @return int                     See GContactsOperation::step()
	 * @throws \GContacts\Exception    Google refuses
	 */
	private function end(GContactsTraces $traces, float $until): int
	{
		$token = $this->account->accessToken();
		$cards = (new GContactsEngine())->countCards($this->account->transportUntil($until), $token);
		$adoption = new GContactsAdoption($this->db, $this->account);
		$waits = array('state' => 'confirm', 'confirmed' => false, 'state_reason' => '', 'state_message' => (string) $cards, 'sync_token' => '');
		$this->db->begin();
		if ($traces->forgetLinksWithoutCard() < 0 || $adoption->forget() < 0 || $this->account->change($waits) < 0) {
			return $this->failed();
		}
		return $this->db->commit() > 0 ? 0 : $this->failed();
	}
}
