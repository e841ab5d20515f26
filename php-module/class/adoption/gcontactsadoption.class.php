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
 * \file    php-module/class/adoption/gcontactsadoption.class.php
 * \ingroup gcontacts
 * \brief   Links the cards that an account had before anything was sent
 */

dol_include_once('/gcontacts/class/adoption/gcontactsadoptionrow.class.php');
dol_include_once('/gcontacts/class/adoption/gcontactsmatchengine.class.php');
dol_include_once('/gcontacts/class/store/gcontactspages.class.php');
dol_include_once('/gcontacts/class/gcontactssettings.class.php');
dol_include_once('/gcontacts/class/push/gcontactsstop.class.php');

/**
 * The adoption of an account's cards, step by step: list them, pair them with contacts, and, once an administrator has
 * confirmed sending, link the pairs. Each step is one transaction: a killed process goes on where the last step ended.
 */
class GContactsAdoption extends GContactsAdoptionRow
{
	/** Seconds after which the proposals for an account that still waits for an administrator's word are made anew. */
	const STALE = 86400;

	/**
	 * What is proposed.
	 *
	 * @return array{certain:int,alike:int}|null Number of contacts; null while it is not known
	 */
	public function proposals(): ?array
	{
		return $this->fetch() > 0 && $this->state === 'ready' ? $this->matching->count() : null;
	}

	/** @return bool Whether there is something to find out for an account that waits for an administrator's word */
	public function isDue(): bool
	{
		return $this->fetch() === 0 || ($this->row && ($this->state !== 'ready' || (int) $this->row->listed_at < time() - self::STALE));
	}

	/**
	 * Does what has to be done before anything may be sent. Where the links were lost and cards of ours are known, they
	 * are looked for again before one is made twice.
	 *
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             0 nothing, 1 a step of it was done, -1 failure with ->error
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function run(int $deadlineMs): int
	{
		if ($this->account->state === GContactsAccount::ADOPTING) {
			return $this->step($deadlineMs) < 0 ? -1 : 1;
		}
		$pages = new GContactsPages($this->db, $this->account);
		if ($pages->suspicion() !== 'links_missing') {
			return 0;
		}
		dol_syslog('GContacts: account '.$this->account->id.' has cards but no links: they are looked for', LOG_WARNING);
		$this->db->begin();
		return $this->end($this->confirm(false) > 0 && $this->account->change(array('state' => GContactsAccount::ADOPTING)) > 0);
	}

	/**
	 * Finds out what could be linked, without linking.
	 *
	 * @param  float         $until Unix time
	 * @return GContactsStop        Why nothing is sent
	 */
	public function prepare(float $until): GContactsStop
	{
		try {
			$left = 1;
			while ($left > 0 && microtime(true) < $until && $this->account->renewLease(GContactsWorker::LEASE)) {
				$left = $this->prepareStep((int) (1000 * max(1.0, min(GContactsWorker::LONGEST_SEND, $until - microtime(true)))));
			}
		} catch (\GContacts\Exception $e) {
			// Nobody waits for it but the setup page, and the next drain tries again.
			dol_syslog('GContacts: the cards of account '.$this->account->id.' could not be looked through: '.$e->reason.' '.$e->getMessage(), LOG_WARNING);
		}
		return $this->error === '' ? new GContactsStop('awaiting_confirmation') : new GContactsStop('database', $this->error);
	}

	/**
	 * Has the contacts paired anew where they were paired before: some may have come since.
	 *
	 * @return int 1, or -1 with ->error
	 */
	public function pairAnew(): int
	{
		$known = $this->fetch();
		return $known < 0 ? -1 : ($this->state === 'ready' ? $this->confirm(true) : 1);
	}

	/**
	 * One step of finding out what could be linked, without linking.
	 *
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             1 there is more to find out, 0 all is known, -1 failure with ->error
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function prepareStep(int $deadlineMs): int
	{
		if (!$this->isDue()) {
			return $this->error === '' ? 0 : -1;
		}
		return ($this->state === 'ready' ? $this->begin(true, 0) : $this->step($deadlineMs)) < 0 ? -1 : 1;
	}

	/**
	 * One step: a page of the listing, a batch of contacts, or a batch of links.
	 *
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             1 there is more to do, 0 all is done that may be done now, -1 failure with ->error
	 * @throws \GContacts\Exception Google or the engine refuses
	 */
	public function step(int $deadlineMs): int
	{
		$known = $this->fetch();
		if ($known <= 0) {
			return $known < 0 ? -1 : $this->begin(true, 0);
		}
		if ($this->state === 'listing') {
			return $this->listPage($deadlineMs);
		}
		if ($this->state === 'pairing') {
			return $this->pair();
		}
		return $this->account->confirmed ? $this->link() : 0;
	}

	/**
	 * @param  int $deadlineMs Milliseconds that it may take
	 * @return int             As step()
	 * @throws \GContacts\Exception Google refuses
	 */
	private function listPage(int $deadlineMs): int
	{
		$engine = new GContactsMatchEngine();
		$cursor = (string) $this->row->page_cursor;
		$token = $this->account->accessToken();
		try {
			$page = $engine->listCards($this->account->transport($deadlineMs), $token, GContactsSettings::forEngine(), $cursor);
			$this->account->learn($page);
		} catch (\GContacts\Exception $e) {
			if ($cursor !== '' && in_array($e->reason, GContactsStop::PLACE, true)) {
				$this->begin((int) $this->row->accepted > 0, 0);
			}
			throw $e;
		}
		$next = (string) $page['cursor'];
		$set = $next !== '' ? "page_cursor = '".$this->db->escape($next)."'" : "state = 'pairing', page_cursor = '', listed_at = ".time();
		$this->db->begin();
		return $this->end($this->advance($set) && $this->listing->store($page['cards']) > 0);
	}

	/**
	 * @return int As step()
	 * @throws \GContacts\Exception The engine refuses
	 */
	private function pair(): int
	{
		$ids = $this->matching->next((int) $this->row->last_element);
		$set = $ids ? "last_element = ".max($ids) : "state = 'ready'";
		$this->db->begin();
		try {
			return $this->end($ids !== null && $this->advance($set) && ($ids ? $this->matching->propose($ids) : $this->matching->choose()) > 0);
		} catch (\GContacts\Exception $e) {
			$this->db->rollback();
			throw $e;
		}
	}

	/** @return int As step() */
	private function link(): int
	{
		$this->db->begin();
		$linked = $this->matching->link((int) $this->row->accepted > 0);
		$finished = $linked === 0 && $this->forget() > 0 && $this->listing->forget() > 0 && $this->account->change(array('state' => 'sending')) > 0;
		$result = $this->end($linked > 0 || $finished);
		return $result > 0 && $finished ? 0 : $result;
	}
}
