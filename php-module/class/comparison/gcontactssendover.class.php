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
 * \file    php-module/class/comparison/gcontactssendover.class.php
 * \ingroup gcontacts
 * \brief   Sending a contact's values over Google's
 */

dol_include_once('/gcontacts/class/comparison/gcontactscardchange.class.php');
dol_include_once('/gcontacts/class/push/gcontactsverdict.class.php');
dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');

/**
 * Sends a contact now. Of the fields that are named Dolibarr's values go over what Google has, also where both sides had
 * changed them.
 */
class GContactsSendOver extends GContactsCardChange
{
	/** Seconds that sending may take while the page waits. */
	const DEADLINE = 10.0;

	/**
	 * Sends fields.
	 *
	 * @param  int                $id   Id of the contact
	 * @param  array<int, string> $keys Keys of rows, empty for all that differ
	 * @return int                      1, or -1 with ->reason and ->error
	 */
	public function send(int $id, array $keys): int
	{
		$settled = $this->withCard($id, function () use ($id, $keys): int {
			$rows = array_filter($this->compared['rows'], function (array $row) use ($keys): bool {
				return $row['sendable'] && (!$keys || in_array($row['key'], $keys, true));
			});
			return $this->note($id, array_column($rows, 'key'));
		});
		// Without a card there is nothing of Google's to go over: it is sent as any contact.
		if ($settled < 0 && !in_array($this->reason, array('take_no_card', 'not_found'), true)) {
			return -1;
		}
		return $this->drain($id, $settled < 0);
	}

	/**
	 * @param  int                $id   Id of the contact
	 * @param  array<int, string> $keys Keys of rows
	 * @return int                      1, or -1
	 */
	private function note(int $id, array $keys): int
	{
		if (!$keys) {
			return 1;
		}
		$this->db->begin();
		if ($this->settle($id, $keys) < 0) {
			$this->db->rollback();
			return $this->failed('database', (string) $this->db->lasterror());
		}
		return $this->db->commit() > 0 ? 1 : $this->failed('database', (string) $this->db->lasterror());
	}

	/**
	 * Has a card that was deleted at Google made again.
	 *
	 * @param  int    $id   Id of the contact
	 * @param  object $link Link with the card
	 * @return int          1, or -1
	 */
	private function forgetCard(int $id, object $link): int
	{
		$links = new GContactsLink($this->db, $this->account);
		$cards = new GContactsCard($this->db, $this->account);
		$this->db->begin();
		if ($links->save('contact', $id, (array) GContactsVerdict::ofLost($link, time())->columns) < 0 || $cards->delete((int) $link->fk_card) < 0) {
			$this->db->rollback();
			return -1;
		}
		return $this->db->commit() > 0 ? 1 : -1;
	}

	/**
	 * @param  int  $id    Id of the contact
	 * @param  bool $first Whether it has no card
	 * @return int         1, or -1
	 */
	private function drain(int $id, bool $first): int
	{
		$gone = $this->reason === 'not_found' ? ($this->comparison->links[$id] ?? null) : null;
		list($this->reason, $this->error) = array('', '');
		if ($gone !== null && $this->forgetCard($id, $gone) < 0) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$outbox = new GContactsOutbox($this->db, $this->account->entity);
		if (($first || !$outbox->has('contact', $id)) && $outbox->add('contact', $id, 'SEND_NOW') < 0) {
			return $this->failed('database', (string) $this->db->lasterror());
		}
		$worker = new GContactsWorker($this->db);
		if ($worker->drain(self::DEADLINE) < 0) {
			return $this->failed('database', $worker->error);
		}
		return $worker->summary['reason'] === '' ? 1 : $this->failed((string) $worker->summary['reason'], (string) $worker->summary['message']);
	}
}
