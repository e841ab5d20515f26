-- Copyright (C) 2026 The GContacts authors
--
-- This program is free software: you can redistribute it and/or modify
-- it under the terms of the GNU General Public License as published by
-- the Free Software Foundation, either version 3 of the License, or
-- (at your option) any later version.
--
-- This program is distributed in the hope that it will be useful,
-- but WITHOUT ANY WARRANTY; without even the implied warranty of
-- MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the
-- GNU General Public License for more details.
--
-- You should have received a copy of the GNU General Public License
-- along with this program.  If not, see https://www.gnu.org/licenses/.

-- A connected Google account. Times that the program compares are Unix seconds, safe from the hour
-- that local time repeats in autumn; times that are only shown are datetimes. The administrator's word that
-- sending may begin (confirmed) outlives a lost consent (state 'reconnect'). What a batch that Google refused for one card
-- does with the others (refusals): nothing ('whole'), makes some ('partial'), not known ('').
CREATE TABLE llx_gcontacts_account(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	google_sub varchar(64) NOT NULL,
	email varchar(255) NOT NULL,
	state varchar(16) NOT NULL,
	state_reason varchar(64) DEFAULT '' NOT NULL,
	state_message text,
	confirmed smallint DEFAULT 0 NOT NULL,
	refresh_token text,
	access_token text,
	token_expiry bigint DEFAULT 0 NOT NULL,
	scopes text,
	site_url varchar(255) NOT NULL,
	paused_until bigint DEFAULT 0 NOT NULL,
	pause_count integer DEFAULT 0 NOT NULL,
	lease_holder varchar(64) DEFAULT '' NOT NULL,
	lease_until bigint DEFAULT 0 NOT NULL,
	sync_token text,
	sync_cursor text,
	date_pulled datetime,
	limiter text,
	refusals varchar(8) DEFAULT '' NOT NULL,
	date_connected datetime NOT NULL,
	date_drained datetime,
	fk_user_connect integer NOT NULL
) ENGINE=innodb;
