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

-- A Dolibarr object and its card, with what Dolibarr wanted when both last agreed (sent); what Google had is kept with
-- the card (person). changed names the fields that differ since somebody changed them at Google,
-- separated by commas; clashes are the parts that both sides changed, as JSON.
CREATE TABLE llx_gcontacts_link(
	rowid integer AUTO_INCREMENT PRIMARY KEY NOT NULL,
	entity integer DEFAULT 1 NOT NULL,
	fk_account integer NOT NULL,
	element_type varchar(16) NOT NULL,
	fk_element integer NOT NULL,
	fk_card integer,
	origin varchar(16) DEFAULT 'created' NOT NULL,
	state varchar(16) NOT NULL,
	reason varchar(64) DEFAULT '' NOT NULL,
	message text,
	nonce varchar(32) DEFAULT '' NOT NULL,
	nonce_time bigint DEFAULT 0 NOT NULL,
	sent mediumtext,
	attempts integer DEFAULT 0 NOT NULL,
	next_try bigint DEFAULT 0 NOT NULL,
	changed text,
	date_changed datetime,
	clashes text,
	labels text,
	date_labels datetime,
	date_sync datetime
) ENGINE=innodb;
