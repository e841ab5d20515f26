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

-- How far the cards are looked through that an account had before anything was sent: one row for each account that is
-- being looked through. States: listing (cursor is where the listing stands), pairing (after the contact last_element),
-- ready (pairs are chosen). Proposals are linked only where they were accepted.
CREATE TABLE llx_gcontacts_adoption(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	state varchar(16) NOT NULL,
	page_cursor text,
	last_element integer DEFAULT 0 NOT NULL,
	listed_at bigint DEFAULT 0 NOT NULL,
	accepted smallint DEFAULT 1 NOT NULL
) ENGINE=innodb;
