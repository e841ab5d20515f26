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

-- Who in Dolibarr a candidate may be: a contact or a third party, why, and whether that is sure.
CREATE TABLE llx_gcontacts_candidate_match(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_import integer NOT NULL,
	fk_candidate integer NOT NULL,
	element_type varchar(16) NOT NULL,
	fk_element integer NOT NULL,
	likeness varchar(32) NOT NULL,
	sure smallint DEFAULT 0 NOT NULL
) ENGINE=innodb;
