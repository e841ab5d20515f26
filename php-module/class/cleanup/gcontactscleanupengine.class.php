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
 * \file    php-module/class/cleanup/gcontactscleanupengine.class.php
 * \ingroup gcontacts
 * \brief   The part of the PHP extension that takes back what came from Dolibarr
 */

/**
 * As GContactsEngine: the method is named like the function of the extension, a failure is a \GContacts\Exception.
 */
class GContactsCleanUpEngine
{
	/**
	 * @param  array<string, bool|string>       $settings Settings, see GContactsSettings::forEngine()
	 * @param  array<int, array<string, mixed>> $labels   Labels known at Google
	 * @param  array<int, array<string, mixed>> $traces   type, id, resource_name, source_id, sent of each card
	 * @return \GContacts\Plan                            For GContactsEngine::send()
	 */
	public function planCleanUp(array $settings, array $labels, array $traces): \GContacts\Plan
	{
		return \GContacts\plan_clean_up($settings, $labels, $traces);
	}
}
