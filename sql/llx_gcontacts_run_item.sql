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

-- What a run did with one object, under the name that it had then, with the card as it was before a deletion: the log and
-- the undo.
CREATE TABLE llx_gcontacts_run_item(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_run integer NOT NULL,
	element_type varchar(16) NOT NULL,
	fk_element integer NOT NULL,
	name varchar(255) DEFAULT '' NOT NULL,
	action varchar(16) NOT NULL,
	result varchar(16) NOT NULL,
	reason varchar(64) DEFAULT '' NOT NULL,
	message text,
	resource_name varchar(128) DEFAULT '' NOT NULL,
	clashes text,
	card_before mediumtext,
	datec datetime NOT NULL
) ENGINE=innodb;
