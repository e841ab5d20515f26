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
 * \file    php-module/class/import/gcontactscandidaterow.class.php
 * \ingroup gcontacts
 * \brief   A candidate as the table keeps it
 */

dol_include_once('/gcontacts/class/gcontactstext.class.php');
dol_include_once('/gcontacts/class/import/gcontactscandidates.class.php');

/**
 * What a candidate of the engine's listing is in a row of llx_gcontacts_candidate.
 */
class GContactsCandidateRow
{
	/**
	 * @param  array<string, mixed>  $row Candidate
	 * @return array<string, string>      Texts by column
	 */
	public static function columns(array $row): array
	{
		$title = GContactsText::storable((string) $row['candidate']['title'], 255);
		return array(
			'source_id' => (string) $row['source_id'], 'etag' => (string) $row['version'], 'marker' => (string) $row['marker'],
			'labels' => (string) json_encode($row['labels']), 'kind' => (string) $row['candidate']['kind'], 'title' => $title, 'sort_title' => $title,
			'company' => GContactsText::storable((string) $row['candidate']['company'], 255), 'details' => self::details($row['candidate']),
			'contents' => (string) json_encode($row['candidate']), 'likes' => (string) json_encode($row['likes']),
		);
	}

	/**
	 * @param  array<string, mixed> $row Candidate
	 * @return string                    By what a change is noticed: its version, or a hash of what it says
	 */
	public static function version(array $row): string
	{
		return (string) $row['etag'] !== '' ? (string) $row['etag'] : GContactsCandidates::hash((string) json_encode($row['candidate']));
	}

	/**
	 * What somebody may search for beside the name: e-mails, and phones as typed and by their digits.
	 *
	 * @param  array<string, mixed> $candidate Candidate
	 * @return string
	 */
	private static function details(array $candidate): string
	{
		$words = array_merge($candidate['emails'], array($candidate['job_title']));
		foreach ($candidate['phones'] as $phone) {
			array_push($words, $phone['number'], preg_replace('/\D/', '', $phone['number']));
		}
		return GContactsText::storable(implode(' ', $words));
	}
}
