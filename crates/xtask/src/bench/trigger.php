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
 * along with this program.  If not, see https://www.gnu.org/licenses/.
 */

/**
 * \file    crates/xtask/src/bench/trigger.php
 * \ingroup gcontacts
 * \brief   What the module adds to the saving of a contact
 *
 * Each pair saves once with and once without the module, in turns first; Dolibarr's own log is off. Prints the medians in ms:
 * {"create": {"off":, "on":, "added":}, "update": {…}, "insert": one plain INSERT into the outbox}.
 */

require getenv('GCONTACTS_BENCH_SITE').'/dolibarr.inc.php';
require_once DOL_DOCUMENT_ROOT.'/contact/class/contact.class.php';

const PAIRS = 300;
const WARM_UP = 20;

global $conf, $db, $user;
$conf->modules_parts['syslog'] = array();
unset($conf->modules['syslog'], $conf->loghandlers);
$conf->loghandlers = array();

/**
 * Switches the module on or off in this process, as enabling and disabling it does for the next
 *
 * @param  bool $on Whether on
 * @return void
 */
function switch_module(bool $on): void
{
	global $conf;
	static $folders = null;

	$folders = $folders ?? $conf->modules_parts['triggers'];
	if ($on) {
		$conf->modules['gcontacts'] = 'gcontacts';
		$conf->modules_parts['triggers'] = $folders;
	} else {
		unset($conf->modules['gcontacts']);
		$conf->modules_parts['triggers'] = array_filter($folders, fn (string $folder): bool => strpos($folder, 'gcontacts') === false);
	}
}

/**
 * Milliseconds that an action takes
 *
 * @param  callable(): int $action Action; above 0 is success
 * @return float
 */
function timed(callable $action): float
{
	$start = hrtime(true);
	$result = $action();
	$took = (hrtime(true) - $start) / 1e6;
	if ($result <= 0) {
		stop('a save failed: '.$result);
	}
	return $took;
}

/**
 * The middle of some times
 *
 * @param  array<int,float> $times Times
 * @return float
 */
function median(array $times): float
{
	sort($times);
	return $times[intdiv(count($times), 2)];
}

/**
 * Runs an action in pairs
 *
 * @param  callable(int): (callable(): int) $prepare Makes the action ready; the number says which one it is
 * @return array<string,float>
 */
function pairs(callable $prepare): array
{
	$times = array('off' => array(), 'on' => array(), 'added' => array());
	for ($pair = 0; $pair < PAIRS + WARM_UP; $pair++) {
		$took = array();
		foreach ($pair % 2 ? array('on', 'off') : array('off', 'on') as $turn => $state) {
			switch_module($state === 'on');
			$took[$state] = timed($prepare(2 * $pair + $turn));
		}
		if ($pair >= WARM_UP) {
			$times['off'][] = $took['off'];
			$times['on'][] = $took['on'];
			$times['added'][] = $took['on'] - $took['off'];
		}
	}
	return array_map('median', $times);
}

/**
 * The number of rows in the outbox
 *
 * @return int
 */
function waiting(): int
{
	global $db;

	return (int) $db->fetch_object($db->query('SELECT COUNT(*) AS n FROM '.MAIN_DB_PREFIX.'gcontacts_outbox'))->n;
}

$ids = array();
$before = waiting();
$create = pairs(function (int $number) use ($db, $user, &$ids): callable {
	$contact = new Contact($db);
	$contact->lastname = 'Bench'.$number;
	$contact->firstname = 'Contact';
	$contact->statut = 1;
	$contact->priv = 0;
	return function () use ($contact, $user, &$ids): int {
		$ids[] = $contact->create($user);
		return end($ids);
	};
});
if (waiting() < $before + PAIRS) {
	stop('the trigger did not run: '.(waiting() - $before).' new rows in the outbox');
}
$update = pairs(function (int $number) use ($db, $user, $ids): callable {
	$contact = new Contact($db);
	$contact->fetch($ids[$number % count($ids)]);
	$contact->poste = 'Job '.$number;
	return fn (): int => $contact->update($contact->id, $user);
});
$columns = $db->fetch_array($db->query('SELECT * FROM '.MAIN_DB_PREFIX.'gcontacts_outbox LIMIT 1'));
$columns = array_filter($columns, 'is_string', ARRAY_FILTER_USE_KEY);
unset($columns['rowid']);
$values = array_map(fn ($value): string => $value === null ? 'NULL' : "'".$db->escape((string) $value)."'", $columns);
$insert = 'INSERT INTO '.MAIN_DB_PREFIX.'gcontacts_outbox('.implode(', ', array_keys($columns)).') VALUES ('.implode(', ', $values).')';
$inserts = array();
for ($number = 0; $number < PAIRS; $number++) {
	$db->begin();
	$inserts[] = timed(fn (): int => $db->query($insert) ? 1 : 0);
	$db->rollback();
}
print json_encode(array('create' => $create, 'update' => $update, 'insert' => median($inserts)));
