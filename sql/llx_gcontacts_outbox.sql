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

-- This object may have changed. Append-only and without unique key, so that a trigger's INSERT can neither
-- wait nor deadlock; the worker deletes exactly the rows that it read.
CREATE TABLE llx_gcontacts_outbox(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	element_type varchar(16) NOT NULL,
	fk_element integer NOT NULL,
	event varchar(64) NOT NULL,
	due bigint NOT NULL,
	datec datetime NOT NULL
) ENGINE=innodb;
