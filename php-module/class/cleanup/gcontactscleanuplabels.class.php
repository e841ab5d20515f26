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
 * \file    php-module/class/cleanup/gcontactscleanuplabels.class.php
 * \ingroup gcontacts
 * \brief   The labels that are left when the cards are gone
 */

dol_include_once('/gcontacts/class/cleanup/gcontactscleanupengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');

/**
 * Deletes the labels that the module made and that nobody's cards carry, and forgets all.
 */
class GContactsCleanUpLabels
{
	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsRun */
	private $run;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account, whose lease this process has
	 * @param GContactsRun     $run     Run
	 */
	public function __construct($db, GContactsAccount $account, GContactsRun $run)
	{
		$this->db = $db;
		$this->account = $account;
		$this->run = $run;
	}

	/**
	 * The labels that say themselves that this Dolibarr made them: they come off the cards also where the database knows
	 * none any more.
	 *
	 * @param  float                                  $until Unix time
	 * @return array<int, array<string, int|string>>         As the engine takes labels
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function marked(float $until): array
	{
		$labels = array();
		foreach ($this->ask($until, true)['gone'] as $label) {
			$labels[] = array('source' => 'container', 'source_id' => 0, 'made' => true, 'resource_name' => (string) $label['resource_name'], 'name' => (string) $label['name']);
		}
		return $labels;
	}

	/**
	 * Deletes what can go.
	 *
	 * @param  float $until Unix time
	 * @return int          1, or -1
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(float $until): int
	{
		$cleaned = $this->ask($until, false);
		$rows = array();
		foreach ($cleaned['gone'] as $label) {
			$rows[] = $label + array('type' => 'label', 'id' => 0, 'action' => 'delete', 'result' => 'done', 'reason' => '', 'message' => GContactsRun::ALLOWED);
		}
		$stop = GContactsStop::ofEngine($cleaned['stopped']);
		foreach ($stop === null ? $cleaned['kept'] : array() as $label) {
			$told = array('type' => 'label', 'id' => 0, 'name' => $label['name'], 'resource_name' => $label['resourceName']);
			$rows[] = $told + array('action' => 'delete', 'result' => 'left_out', 'reason' => 'label_in_use', 'message' => (string) $label['memberCount']);
		}
		$labels = new GContactsLabel($this->db, $this->account);
		$this->db->begin();
		if ($this->run->addAll($rows) < 0 || ($stop === null && $labels->replace(array()) < 0) || $this->db->commit() <= 0) {
			return -1;
		}
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return 1;
	}

	/**
	 * @param  float                $until   Unix time
	 * @param  bool                 $pretend Whether nothing is deleted
	 * @return array<string, mixed>          gone, kept, stopped
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption The same, told by an answer, where nothing was deleted
	 */
	private function ask(float $until, bool $pretend): array
	{
		$transport = $this->account->transport((int) (1000 * max(1.0, $until - microtime(true) - 0.4)));
		$cleaned = (new GContactsCleanUpEngine())->cleanLabels($transport, $this->account->accessToken(), GContactsSettings::instance(), $pretend);
		$this->account->learn($cleaned);
		if ($pretend && $cleaned['stopped'] !== null) {
			throw new GContactsInterruption(GContactsStop::ofEngine($cleaned['stopped']));
		}
		return $cleaned;
	}
}
