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
 * \file    php-module/class/import/gcontactsimportreport.class.php
 * \ingroup gcontacts
 * \brief   What an import did to whom
 */

/**
 * The log of an import, failures first.
 */
class GContactsImportReport
{
	/** Rows that a page shows. */
	const LIMIT = 1000;

	/**
	 * @param  DoliDB               $db  Database handler
	 * @param  int                  $run Id of the run
	 * @return array<int, stdClass>      Rows of llx_gcontacts_run_item
	 */
	public static function items($db, int $run): array
	{
		$sql = "SELECT element_type, fk_element, name, action, result, reason, message FROM ".$db->prefix()."gcontacts_run_item WHERE fk_run = ".$run;
		$resql = $db->query($sql." ORDER BY CASE WHEN result = 'done' THEN 1 ELSE 0 END, rowid".$db->plimit(self::LIMIT));
		$items = array();
		while ($resql && ($row = $db->fetch_object($resql))) {
			$items[] = $row;
		}
		return $items;
	}
}
