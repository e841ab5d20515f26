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

-- What a user chose for a candidate. State: draft (seen in the preview), waiting (to be imported), done, failed.
CREATE TABLE llx_gcontacts_import_choice(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_user integer NOT NULL,
	fk_import integer NOT NULL,
	fk_candidate integer NOT NULL,
	fk_run integer DEFAULT 0 NOT NULL,
	title varchar(255) DEFAULT '' NOT NULL,
	action varchar(16) NOT NULL,
	thirdparty varchar(16) DEFAULT 'none' NOT NULL,
	fk_contact integer DEFAULT 0 NOT NULL,
	fk_soc integer DEFAULT 0 NOT NULL,
	fk_representative integer DEFAULT 0 NOT NULL,
	lastname varchar(128) DEFAULT '' NOT NULL,
	code varchar(64) DEFAULT '' NOT NULL,
	tags varchar(255) DEFAULT '' NOT NULL,
	state varchar(16) DEFAULT 'draft' NOT NULL,
	reason varchar(64) DEFAULT '' NOT NULL,
	message text
) ENGINE=innodb;
