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

dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsinterruption.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperationphase.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');

/**
 * Deletes the labels that the module made and that nobody's cards carry, and forgets all.
 */
class GContactsCleanUpLabels extends GContactsOperationPhase
{
	/**
	 * The labels that say themselves that this Dolibarr made them: they come off the cards also where the database knows
	 * none any more.
	 *
	 * @param  float                                  $until Unix time
	 * @return array<int, array<string, int|string>>         As the engine takes labels
	 * @throws \GContacts\Exception Google refuses
	 */
	public function marked(float $until): array
	{
		$engine = new GContactsEngine();
		$token = $this->account->accessToken();
		$ours = $engine->ourLabels($this->account->transportUntil($until), $token, GContactsSettings::instance());
		$this->account->learn($ours);
		$labels = array();
		foreach ($ours['labels'] as $label) {
			$labels[] = array('source' => 'container', 'source_id' => 0, 'resource_name' => (string) $label['resourceName'], 'name' => (string) $label['name']);
		}
		return $labels;
	}

	/**
	 * Deletes what can go.
	 *
	 * @param  float $until Unix time
	 * @return int          See GContactsOperation::step()
	 * @throws \GContacts\Exception  Google refuses
	 * @throws GContactsInterruption The same, told by an answer
	 */
	public function step(float $until): int
	{
		$engine = new GContactsEngine();
		$token = $this->account->accessToken();
		$tried = $engine->deleteEmptyLabels($this->account->transportUntil($until), $token, GContactsSettings::instance(), null);
		$this->account->learn($tried);
		$stop = GContactsStop::ofEngine($tried['stopped']);
		$rows = array();
		foreach ($tried['labels'] as $label) {
			// What is left is told once: when all were looked at.
			$told = $label['fate'] === 'deleted' || ($stop === null && $label['fate'] !== 'gone');
			$rows = array_merge($rows, $told ? array(self::told($label)) : array());
		}
		$labels = new GContactsLabel($this->db, $this->account);
		$this->db->begin();
		$counted = $this->run->addAll($rows) > 0 && $this->run->progress(array('calls' => (int) $tried['calls'])) > 0;
		if (!$counted || ($stop === null && $labels->replace(array()) < 0) || $this->db->commit() <= 0) {
			return $this->failed();
		}
		if ($stop !== null) {
			throw new GContactsInterruption($stop);
		}
		return $this->to('end', array());
	}

	/**
	 * @param  array<string, mixed> $label What became of a label
	 * @return array<string, mixed>        Row of the log
	 */
	private static function told(array $label): array
	{
		$row = $label + array('type' => 'label', 'id' => 0, 'action' => 'delete');
		if ($label['fate'] === 'deleted') {
			return $row + array('result' => 'done', 'reason' => '', 'message' => GContactsRun::ALLOWED);
		}
		$refused = $label['fate'] === 'later';
		return $row + array('result' => $refused ? 'refused' : 'left_out', 'reason' => $refused ? 'invalid_value' : 'label_in_use', 'message' => $refused ? '' : (string) $label['members']);
	}
}
