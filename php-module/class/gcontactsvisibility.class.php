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
 * \file    php-module/class/gcontactsvisibility.class.php
 * \ingroup gcontacts
 * \brief   Which contacts a user may see
 */

/**
 * Which contacts a user may see, for every list, count and log of the module.
 *
 * Dolibarr's card refuses what its list of contacts (20 and later) does not filter, so nothing is taken from there: private
 * contacts are their author's, a user without the right to all third parties sees those of the third parties assigned to
 * them and those of none, and an external user sees those of their own third party.
 */
class GContactsVisibility
{
	/**
	 * The condition in SQL.
	 *
	 * @param  User   $user  Who looks
	 * @param  DoliDB $db    Database handler
	 * @param  string $alias Alias of llx_socpeople
	 * @return string        Condition in brackets
	 */
	public static function sql(User $user, $db, string $alias): string
	{
		if (!$user->hasRight('societe', 'contact', 'lire')) {
			return "(1 = 0)";
		}
		$sql = $alias.".entity IN (".getEntity('contact').") AND (".$alias.".priv = 0 OR ".$alias.".fk_user_creat = ".((int) $user->id).")";
		if ((int) $user->socid > 0) {
			return "(".$sql." AND ".$alias.".fk_soc = ".((int) $user->socid).")";
		}
		if (!$user->hasRight('societe', 'client', 'voir')) {
			$assigned = "SELECT sc.fk_soc FROM ".$db->prefix()."societe_commerciaux sc WHERE sc.fk_user = ".((int) $user->id);
			$sql .= " AND (".$alias.".fk_soc IS NULL OR ".$alias.".fk_soc = 0 OR ".$alias.".fk_soc IN (".$assigned."))";
		}
		return "(".$sql.")";
	}

	/**
	 * Of some contacts, those that the user may see. One query.
	 *
	 * @param  User                    $user Who looks
	 * @param  DoliDB                  $db   Database handler
	 * @param  array<int, int>         $ids  Ids of contacts
	 * @return array<int, int>|null          Ids as keys too; null on failure
	 */
	public static function among(User $user, $db, array $ids): ?array
	{
		$sql = "SELECT p.rowid FROM ".$db->prefix()."socpeople p WHERE ".self::sql($user, $db, 'p');
		$resql = $db->query($sql." AND p.rowid IN (".implode(',', array_map('intval', $ids ?: array(0))).")");
		$seen = array();
		while ($resql && ($row = $db->fetch_object($resql))) {
			$seen[(int) $row->rowid] = (int) $row->rowid;
		}
		return $resql ? $seen : null;
	}
}
