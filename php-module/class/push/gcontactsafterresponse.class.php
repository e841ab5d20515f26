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
 * \file    php-module/class/push/gcontactsafterresponse.class.php
 * \ingroup gcontacts
 * \brief   Sends what was just saved, when the browser has its answer
 */

/**
 * A drain after the response, where PHP can end the response and go on (php-fpm). Elsewhere Dolibarr's next page
 * asks for a drain, and the scheduled job does it always.
 */
class GContactsAfterResponse
{
	/** Seconds that it may take: so long one process of the pool is not there for others. */
	const DEADLINE = 20;

	/** @var bool */
	private static $registered = false;

	/**
	 * Makes the end of this request drain the outbox. Once per process.
	 *
	 * @return void
	 */
	public static function register(): void
	{
		if (self::$registered || !function_exists('fastcgi_finish_request')) {
			return;
		}
		self::$registered = true;
		// Last of all shutdown functions: the others may still have to do with the response.
		register_shutdown_function(function (): void {
			register_shutdown_function(array(self::class, 'run'));
		});
	}

	/**
	 * Ends the response and drains.
	 *
	 * @return void
	 */
	public static function run(): void
	{
		ignore_user_abort(true);
		session_write_close();
		fastcgi_finish_request();
		set_time_limit(self::DEADLINE + 40);
		try {
			$db = self::connect();
			dol_include_once('/gcontacts/class/push/gcontactsworker.class.php');
			$worker = new GContactsWorker($db);
			if ($worker->drain(self::DEADLINE) < 0) {
				dol_syslog('GContacts: '.$worker->error, LOG_ERR);
			}
			$db->close();
		} catch (Throwable $e) {
			dol_syslog('GContacts: drain after the response failed: '.$e->getMessage(), LOG_ERR);
		}
	}

	/**
	 * A connection of its own: pages close theirs, and one that broke off may still have a transaction open.
	 *
	 * @return DoliDB
	 */
	private static function connect()
	{
		global $conf, $db, $dolibarr_main_db_pass;
		$own = getDoliDBInstance($conf->db->type, $conf->db->host, $conf->db->user, (string) $dolibarr_main_db_pass, $conf->db->name, (int) $conf->db->port);
		if (!$own->connected) {
			throw new RuntimeException('no connection to the database: '.$own->error);
		}
		// Dolibarr's own functions use the global one.
		$db = $own;
		return $own;
	}
}
