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

-- Somebody who may be imported. name names the card in its source, key_name is its hash. State: open, imported; an
-- imported one is kept with what it became, so that no listing offers it again. twin is the first of those who are the same.
CREATE TABLE llx_gcontacts_candidate(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_import integer NOT NULL,
	name varchar(255) NOT NULL,
	key_name varchar(32) NOT NULL,
	source_id varchar(64) DEFAULT '' NOT NULL,
	etag varchar(255) DEFAULT '' NOT NULL,
	marker varchar(255) DEFAULT '' NOT NULL,
	labels text,
	kind varchar(16) NOT NULL,
	title varchar(255) DEFAULT '' NOT NULL,
	sort_title varchar(255) DEFAULT '' NOT NULL,
	company varchar(255) DEFAULT '' NOT NULL,
	details text,
	contents mediumtext NOT NULL,
	likes text,
	twin integer DEFAULT 0 NOT NULL,
	generation integer DEFAULT 0 NOT NULL,
	state varchar(16) DEFAULT 'open' NOT NULL,
	element_type varchar(16) DEFAULT '' NOT NULL,
	fk_element integer DEFAULT 0 NOT NULL
) ENGINE=innodb;
