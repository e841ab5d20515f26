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
 * \file    php-module/lib/gcontacts_console.lib.php
 * \ingroup gcontacts
 * \brief   What scripts/gcontacts.php needs before Dolibarr is there, and when it dies
 */

/**
 * Finds Dolibarr's master.inc.php: where it was named, else above the script. The path of the script is taken as it
 * was typed, for in development the module is a symbolic link.
 *
 * @param  string $named  Folder htdocs, empty to look for it
 * @param  string $script Path of the script as it was typed
 * @return string         Path, empty where there is none
 */
function gcontactsConsoleFindMaster(string $named, string $script): string
{
	$named = $named !== '' ? $named : (string) getenv('DOL_ROOT');
	$folders = array($named);
	if ($named === '') {
		$home = (string) getenv('PWD');
		$folder = dirname($script !== '' && $script[0] === '/' ? $script : ($home !== '' ? $home : getcwd()).'/'.$script);
		for ($level = 0; $level < 6; $level++) {
			$folder .= '/..';
			// Resolved by the letters: the parent of a symbolic link is where the link stands.
			$folders[] = gcontactsConsoleResolve($folder);
		}
	}
	foreach ($folders as $folder) {
		if ($folder !== '' && is_file($folder.'/master.inc.php')) {
			return $folder.'/master.inc.php';
		}
	}
	return '';
}

/**
 * Resolves . and .. of a path without looking at the disk.
 *
 * @param  string $path Absolute path
 * @return string
 */
function gcontactsConsoleResolve(string $path): string
{
	$parts = array();
	foreach (explode('/', $path) as $part) {
		if ($part === '..') {
			array_pop($parts);
		} elseif ($part !== '' && $part !== '.') {
			$parts[] = $part;
		}
	}
	return '/'.implode('/', $parts);
}

/**
 * Keeps what Dolibarr prints out of the answer, and gives an answer where Dolibarr ends the process itself.
 *
 * @param  GContactsCommandLine $line What was typed
 * @return void
 */
function gcontactsConsoleGuard(GContactsCommandLine $line): void
{
	ob_start();
	register_shutdown_function(function () use ($line): void {
		$said = trim((string) preg_replace('/\s+/', ' ', strip_tags((string) ob_get_contents())));
		$last = error_get_last();
		$message = 'Dolibarr ended before the command was done. '.($said !== '' ? $said : (string) ($last['message'] ?? ''));
		gcontactsConsoleEnd($line, 2, array('reason' => 'dolibarr_failed', 'message' => trim($message)), trim($message));
	});
}

/**
 * Prints the answer and ends the process.
 *
 * @param  GContactsCommandLine $line   What was typed
 * @param  int                  $exit   Exit code
 * @param  array<string, mixed> $answer For programs
 * @param  string               $text   For people
 * @return void
 */
function gcontactsConsoleEnd(GContactsCommandLine $line, int $exit, array $answer, string $text): void
{
	static $ended = false;
	if ($ended) {
		return;
	}
	$ended = true;
	while (ob_get_level() > 0) {
		$printed = trim((string) ob_get_clean());
		if ($printed !== '' && $exit < 2) {
			fwrite(STDERR, $printed."\n");
		}
	}
	if ($line->json) {
		$answer = array('verb' => $line->verb, 'exit' => $exit) + $answer;
		fwrite(STDOUT, json_encode($answer, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE)."\n");
	} else {
		fwrite($exit === 2 ? STDERR : STDOUT, $text."\n");
	}
	exit($exit);
}
