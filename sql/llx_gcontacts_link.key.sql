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

ALTER TABLE llx_gcontacts_link ADD UNIQUE INDEX uk_gcontacts_link (entity, fk_account, element_type, fk_element);
ALTER TABLE llx_gcontacts_link ADD INDEX idx_gcontacts_link_changed (fk_account, date_changed);
ALTER TABLE llx_gcontacts_link ADD INDEX idx_gcontacts_link_check (fk_account, element_type, fk_element, state, date_changed, date_labels, date_sync);
ALTER TABLE llx_gcontacts_link ADD INDEX idx_gcontacts_link_state (fk_account, state);
ALTER TABLE llx_gcontacts_link ADD INDEX idx_gcontacts_link_card (fk_card);
