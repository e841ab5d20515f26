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

-- A label that the module uses at Google, and the Dolibarr object it stands for. Who made it stands on the label itself.
-- look_at: when to look whether nobody carries it any more, 0 for never.
CREATE TABLE llx_gcontacts_label(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	source varchar(32) NOT NULL,
	fk_source integer DEFAULT 0 NOT NULL,
	resource_name varchar(128) NOT NULL,
	name varchar(255) NOT NULL,
	look_at bigint DEFAULT 0 NOT NULL
) ENGINE=innodb;
