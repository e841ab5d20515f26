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
 * \file    php-module/class/push/gcontactsplanner.class.php
 * \ingroup gcontacts
 * \brief   Asks the engine what contacts need
 */

dol_include_once('/gcontacts/class/store/gcontactscard.class.php');
dol_include_once('/gcontacts/class/push/gcontactsdeletions.class.php');
dol_include_once('/gcontacts/class/gcontactsengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactslabel.class.php');
dol_include_once('/gcontacts/class/push/gcontactsrecords.class.php');
dol_include_once('/gcontacts/class/store/gcontactsrun.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');

/**
 * Loads contacts and has the engine plan for them. Changes nothing.
 */
class GContactsPlanner
{
	/** Actions after which a card of ours is gone. */
	const TAKES_AWAY = array('delete', 'release');

	/** @var array<int, object> Links by contact, as the last plan knew them */
	public $links = array();
	/** @var array<int, array<string, mixed>> Records of the last plan, by contact */
	public $records = array();

	/** @var DoliDB */
	private $db;
	/** @var GContactsAccount */
	private $account;
	/** @var GContactsEngine */
	private $engine;
	/** @var bool Whether what the module Google of DoliMods left on cards is taken off them */
	private $cleanDoliMods;
	/** @var array<int, array<string, int|string>> Labels known at Google */
	private $labels = array();

	/**
	 * @param DoliDB           $db            Database handler
	 * @param GContactsAccount $account       Account
	 * @param bool             $cleanDoliMods Whether what the module Google of DoliMods left on cards is taken off them
	 */
	public function __construct($db, GContactsAccount $account, bool $cleanDoliMods = false)
	{
		$this->cleanDoliMods = $cleanDoliMods;
		$this->db = $db;
		$this->account = $account;
		$this->engine = new GContactsEngine();
	}

	/**
	 * Plans, with those deletions held back that an administrator has to allow.
	 *
	 * @param  array<int, int>           $ids Ids of contacts
	 * @return array<string, mixed>|null      plan, intents, calls; null where the database failed
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	public function plan(array $ids): ?array
	{
		if ($this->load($ids) < 0) {
			return null;
		}
		$plan = $this->ask(array());
		if (!array_filter($plan['intents'], array(self::class, 'takesAway'))) {
			return $plan;
		}
		// Most batches take no card away: only now it is worth counting.
		$deletions = new GContactsDeletions($this->db, $this->account);
		$numbers = $deletions->numbers($ids);
		return $numbers === null ? null : self::tellAllowed($this->ask($numbers), $numbers['allowed']);
	}

	/**
	 * Whether a card is to go, or waits for an administrator's word on that.
	 *
	 * @param  array<string, mixed> $intent Intent
	 * @return bool
	 */
	public static function takesAway(array $intent): bool
	{
		return in_array($intent['action'], self::TAKES_AWAY, true) || $intent['reason'] === GContactsDeletions::HELD;
	}

	/**
	 * What contacts need, whether or not it may be sent now. Not to be sent.
	 *
	 * @param  array<int, int>                       $ids Ids of contacts
	 * @return array<int, array<string, mixed>>|null      Intents by contact; null where the database failed
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	public function needs(array $ids): ?array
	{
		$all = array_map(function (int $id): array {
			return array('type' => 'contact', 'id' => $id);
		}, $ids);
		return $this->load($ids) < 0 ? null : array_column($this->ask(array('allowed' => $all))['intents'], null, 'id');
	}

	/**
	 * The contacts of the last plan that are not in Dolibarr.
	 *
	 * @return array<int, int> Ids
	 */
	public function missing(): array
	{
		return array_keys(array_filter($this->records, function (array $record): bool {
			return $record['contact'] === null;
		}));
	}

	/**
	 * What a contact of the last plan is called; one that is gone, by its card.
	 *
	 * @param  int    $id Id of the contact
	 * @return string
	 */
	public function name(int $id): string
	{
		$contact = $this->records[$id]['contact'] ?? null;
		$name = $contact ? trim($contact['firstname'].' '.$contact['lastname']) : '';
		return $name !== '' ? $name : GContactsCard::nameOf((string) ($this->links[$id]->person ?? ''));
	}

	/**
	 * @param  array<int, int> $ids Ids of contacts
	 * @return int                  1, or -1
	 */
	private function load(array $ids): int
	{
		$loader = new GContactsRecords($this->db, $this->account);
		$label = new GContactsLabel($this->db, $this->account);
		$records = $loader->load($ids);
		$labels = $label->all();
		if ($records === null || $labels === null) {
			return -1;
		}
		$this->links = $loader->links;
		$this->labels = $labels;
		$this->records = array_column($records, null, 'id');
		return 1;
	}

	/**
	 * @param  array<string, mixed> $deletions See the engine's plan()
	 * @return array<string, mixed>            plan, intents, calls
	 * @throws \GContacts\Exception The engine refuses the whole batch
	 */
	private function ask(array $deletions): array
	{
		$settings = array('clean_dolimods' => $this->cleanDoliMods) + GContactsSettings::forEngine();
		return $this->engine->plan($settings, $this->labels, array_values($this->records), $deletions);
	}

	/**
	 * Notes in the intents which deletions have an administrator's yes, for the log.
	 *
	 * @param  array<string, mixed>             $plan    Plan
	 * @param  array<int, array<string, mixed>> $allowed type and id
	 * @return array<string, mixed>                      Plan
	 */
	private static function tellAllowed(array $plan, array $allowed): array
	{
		$ids = array_column($allowed, 'id', 'id');
		foreach ($plan['intents'] as $at => $intent) {
			if (isset($ids[$intent['id']]) && in_array($intent['action'], self::TAKES_AWAY, true)) {
				$plan['intents'][$at]['message'] = GContactsRun::ALLOWED;
			}
		}
		return $plan;
	}
}
