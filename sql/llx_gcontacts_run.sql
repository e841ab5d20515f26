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

-- An operation: a drain of the outbox, an export, a clean-up, a backup. State: waiting, running, done, stopped, cancelled.
-- The whole progress of a long operation stands here (phase, position), so that any process goes on where the last one
-- ended. Objects are done, failed or unchanged, of a total. alive is the Unix time of the last step, worked the milliseconds
-- that the steps of the phase took, tries how often in a row a step failed.
CREATE TABLE llx_gcontacts_run(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	kind varchar(16) NOT NULL,
	state varchar(16) NOT NULL,
	phase varchar(32) DEFAULT '' NOT NULL,
	reason varchar(64) DEFAULT '' NOT NULL,
	message text,
	calls integer DEFAULT 0 NOT NULL,
	total integer DEFAULT 0 NOT NULL,
	done integer DEFAULT 0 NOT NULL,
	failed integer DEFAULT 0 NOT NULL,
	unchanged integer DEFAULT 0 NOT NULL,
	parameters text,
	position mediumtext,
	alive bigint DEFAULT 0 NOT NULL,
	worked bigint DEFAULT 0 NOT NULL,
	tries integer DEFAULT 0 NOT NULL,
	date_start datetime NOT NULL,
	date_end datetime,
	fk_user integer
) ENGINE=innodb;
