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
--
-- Cards that a run restores, at their places in the backup; forgotten when it ends. States: new, unmatched, there, differs,
-- missing, sending, unknown (a create may have happened), made (the marker of the restore has to go), done, refused, left (its
-- contact is sent anew). marker: the one of a contact of this Dolibarr.
CREATE TABLE llx_gcontacts_restore(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_run integer NOT NULL,
	place bigint NOT NULL,
	name varchar(255) DEFAULT '' NOT NULL,
	resource_name varchar(128) DEFAULT '' NOT NULL,
	source_id varchar(64) DEFAULT '' NOT NULL,
	object varchar(255) DEFAULT '' NOT NULL,
	marker varchar(255) DEFAULT '' NOT NULL,
	says varchar(32) DEFAULT '' NOT NULL,
	labels varchar(32) DEFAULT '' NOT NULL,
	state varchar(16) NOT NULL,
	found varchar(128) DEFAULT '' NOT NULL,
	nonce varchar(32) DEFAULT '' NOT NULL,
	nonce_time bigint DEFAULT 0 NOT NULL
) ENGINE=innodb;
