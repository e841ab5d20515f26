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
 * \file    class/setup/gcontactsinstallation.class.php
 * \ingroup gcontacts
 * \brief   What to install for this PHP
 */

/**
 * The extension's file for the PHP that runs this page: which build, where it goes, which line of which ini file loads it.
 */
class GContactsInstallation
{
	/**
	 * Which build fits
	 *
	 * @return string For example "PHP 8.2, NTS, Linux x86_64"
	 */
	public static function build(): string
	{
		$flavour = (PHP_ZTS ? 'ZTS' : 'NTS').(PHP_DEBUG ? ' debug' : '');
		return 'PHP '.PHP_MAJOR_VERSION.'.'.PHP_MINOR_VERSION.', '.$flavour.', '.PHP_OS_FAMILY.' '.php_uname('m');
	}

	/**
	 * Where the file goes
	 *
	 * @return string Path
	 */
	public static function file(): string
	{
		return rtrim((string) ini_get('extension_dir'), '/').'/gcontacts.'.PHP_SHLIB_SUFFIX;
	}

	/**
	 * The ini file to write the line into: one of our own where this PHP reads a folder of them
	 *
	 * @return string Path
	 */
	public static function iniFile(): string
	{
		$scanned = explode(',', (string) php_ini_scanned_files());
		$first = trim($scanned[0]);
		return $first !== '' ? dirname($first).'/20-gcontacts.ini' : (string) php_ini_loaded_file();
	}

	/**
	 * The line that loads it
	 *
	 * @return string Line
	 */
	public static function iniLine(): string
	{
		return 'extension=gcontacts.'.PHP_SHLIB_SUFFIX;
	}

	/**
	 * What to restart afterwards
	 *
	 * @return string Language key
	 */
	public static function restart(): string
	{
		if (strpos(PHP_SAPI, 'fpm') === 0) {
			return 'GContactsInstallRestartFpm';
		}
		return strpos(PHP_SAPI, 'apache') === 0 ? 'GContactsInstallRestartApache' : 'GContactsInstallRestartServer';
	}
}
