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

-- What is known of a Google card. JSON columns are plain ASCII (\u escapes): most databases of
-- Dolibarr hold three bytes a character and refuse an emoji. dolimods is how many things the module Google of DoliMods
-- left on it that are nobody's, dolimods_texts says which.
CREATE TABLE llx_gcontacts_card(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	resource_name varchar(128) NOT NULL,
	source_id varchar(64) DEFAULT '' NOT NULL,
	etag varchar(255) DEFAULT '' NOT NULL,
	updated varchar(40) DEFAULT '' NOT NULL,
	marker varchar(255) DEFAULT '' NOT NULL,
	labels text,
	match_keys text,
	dolimods smallint DEFAULT 0 NOT NULL,
	dolimods_texts text,
	person mediumtext
) ENGINE=innodb;
