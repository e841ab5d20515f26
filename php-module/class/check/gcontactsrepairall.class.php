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
 * \file    php-module/class/check/gcontactsrepairall.class.php
 * \ingroup gcontacts
 * \brief   Repairs all contacts in a state
 */

dol_include_once('/gcontacts/class/check/gcontactscheckrows.class.php');
dol_include_once('/gcontacts/class/check/gcontactsrepair.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperation.class.php');
dol_include_once('/gcontacts/class/operation/gcontactsoperations.class.php');

/**
 * Repairs, portion after portion, the contacts that were in a state when somebody said yes to their number. Whoever came into
 * that state later was not asked about, and whoever left it meanwhile needs nothing any more.
 */
class GContactsRepairAll extends GContactsOperation
{
	/** Contacts of a step at most: a note in the database costs little, a card at Google takes its time. */
	const PORTIONS = array('resend' => 500, 'relink' => 500, 'part' => 100);
	/** Contacts of a step at the least, once Google was too slow for more. */
	const SMALLEST = 10;

	/** @var string What is done: one of GContactsRepair::ALL */
	private $what;

	/**
	 * @param DoliDB           $db      Database handler
	 * @param GContactsAccount $account Account
	 * @param string           $kind    One of GContactsRepair::ALL
	 */
	public function __construct($db, GContactsAccount $account, string $kind)
	{
		parent::__construct($db, $account);
		$this->what = $kind;
	}

	/** @return string */
	public function kind(): string
	{
		return $this->what;
	}

	/**
	 * Begins.
	 *
	 * @param  GContactsOperations $operations Operations of the account
	 * @param  string              $what       One of GContactsRepair::ALL
	 * @param  string              $state      State that the contacts are in, one of GContactsCheckState::ALL
	 * @param  array<int, int>     $ids        The contacts
	 * @return GContactsRun|null               Null where it is refused, with what $operations say
	 */
	public static function begin(GContactsOperations $operations, string $what, string $state, array $ids): ?GContactsRun
	{
		return $operations->start($what, array('state' => $state), function (GContactsRun $run) use ($ids): int {
			return $run->moveTo(array('ids' => array_values($ids)), 'repair', count($ids));
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
		$ids = (array) ($run->position['ids'] ?? array());
		$portion = array_slice($ids, 0, (int) ($run->position['size'] ?? self::PORTIONS[$this->what]));
		$rows = new GContactsCheckRows($this->db, $this->account, null);
		$names = $rows->names(array('state' => (string) ($run->parameters['state'] ?? '')), $portion);
		if ($names === null) {
			return $this->failed();
		}
		$repair = new GContactsRepair($this->db, $this->account, $run, $until);
		$stored = $repair->apply($this->what, array_keys($names), function (GContactsRepair $repair) use ($run, $ids, $portion, $names): int {
			return $this->store($repair, $run, $ids, $portion, $names);
		});
		if ($stored < 0) {
			$this->error = $repair->error;
			return -1;
		}
		return count($ids) > count($portion) ? 1 : 0;
	}

	/**
	 * @param  GContactsRepair    $repair  What was done
	 * @param  GContactsRun       $run     Run
	 * @param  array<int, int>    $ids     Contacts that were left
	 * @param  array<int, int>    $portion Those of them that were this step's
	 * @param  array<int, string> $names   Names of those that are still in the state, by contact
	 * @return int                         1, or -1
	 */
	private function store(GContactsRepair $repair, GContactsRun $run, array $ids, array $portion, array $names): int
	{
		$items = array();
		foreach ($repair->left as $id => $reason) {
			$items[] = array('type' => 'contact', 'id' => $id, 'name' => $names[$id], 'action' => $this->what, 'result' => 'left_out', 'reason' => $reason, 'message' => '');
		}
		$failed = count($repair->left) + count($repair->refused);
		$counts = array('calls' => $repair->calls, 'done' => $repair->done, 'failed' => $failed, 'unchanged' => count($portion) - count($names));
		// Half as many where there was no time for all, and twice as many where there was.
		$size = (int) ($repair->later ? max(self::SMALLEST, count($portion) / 2) : min(self::PORTIONS[$this->what], 2 * count($portion)));
		$next = array('ids' => array_merge($repair->later, array_slice($ids, count($portion))), 'size' => $size);
		return $run->addAll($items) > 0 && $run->progress($counts) > 0 ? $run->moveTo($next) : -1;
	}
}
