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

-- A list of people who may be imported: the cards of the connected account (fk_user 0, everybody's), or what a user
-- read from elsewhere, which goes after a day. State: listing, matching, ready. generation is that of the listing under way:
-- who is not in it at its end is no candidate any more. matched is the latest change in Dolibarr that was compared.
CREATE TABLE llx_gcontacts_import(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer DEFAULT 0 NOT NULL,
	fk_user integer DEFAULT 0 NOT NULL,
	source varchar(16) NOT NULL,
	title varchar(255) DEFAULT '' NOT NULL,
	state varchar(16) NOT NULL,
	page_cursor text,
	generation integer DEFAULT 0 NOT NULL,
	seen integer DEFAULT 0 NOT NULL,
	total integer DEFAULT 0 NOT NULL,
	cut smallint DEFAULT 0 NOT NULL,
	changed smallint DEFAULT 0 NOT NULL,
	last_contact integer DEFAULT 0 NOT NULL,
	last_company integer DEFAULT 0 NOT NULL,
	matched varchar(32) DEFAULT '' NOT NULL,
	began_at bigint DEFAULT 0 NOT NULL,
	listed_at bigint DEFAULT 0 NOT NULL
) ENGINE=innodb;
