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

-- An operation: a drain of the outbox, an export, an import, a clean-up.
CREATE TABLE llx_gcontacts_run(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	kind varchar(16) NOT NULL,
	state varchar(16) NOT NULL,
	reason varchar(64) DEFAULT '' NOT NULL,
	message text,
	calls integer DEFAULT 0 NOT NULL,
	done integer DEFAULT 0 NOT NULL,
	failed integer DEFAULT 0 NOT NULL,
	date_start datetime NOT NULL,
	date_end datetime,
	fk_user integer
) ENGINE=innodb;
