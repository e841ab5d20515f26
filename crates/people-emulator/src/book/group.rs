// SPDX-License-Identifier: GPL-3.0-or-later
//! A label: a user's own, or one of Google's eight.

use serde_json::Value;

use super::Origin;
use crate::clock::Instant;

/// The label that the address book shows by default.
pub const MY_CONTACTS: &str = "contactGroups/myContacts";

/// Google's labels: id and English name.
pub const SYSTEM_GROUPS: [(&str, &str); 8] = [
    ("chatBuddies", "Chat contacts"),
    ("friends", "Friends"),
    ("family", "Family"),
    ("coworkers", "Coworkers"),
    ("blocked", "Blocked"),
    ("myContacts", "My Contacts"),
    ("starred", "Starred"),
    ("all", "All Contacts"),
];

/// A label.
#[derive(Debug, Clone)]
pub struct Group {
    /// Resource name.
    pub resource_name: String,
    /// Name; for a system label its id.
    pub name: String,
    /// Name to show.
    pub formatted_name: String,
    /// One of Google's.
    pub is_system: bool,
    /// Data of applications.
    pub client_data: Vec<Value>,
    /// Grows with every write.
    pub version: u64,
    /// Last write; none for a system label.
    pub updated: Option<Instant>,
    /// Who made it.
    pub origin: Origin,
    /// Place in lists.
    pub rank: u64,
    /// Position in the book's order of changes.
    pub change: u64,
    /// It is no more.
    pub is_deleted: bool,
}

impl Group {
    pub(super) fn system(rank: u64, id: &str, formatted_name: &str) -> Self {
        Self {
            resource_name: format!("contactGroups/{id}"),
            name: id.to_owned(),
            formatted_name: formatted_name.to_owned(),
            is_system: true,
            client_data: Vec::new(),
            version: 1,
            updated: None,
            origin: Origin::Seed,
            rank,
            change: 0,
            is_deleted: false,
        }
    }

    pub(super) fn of_user(id: u64, name: &str, origin: Origin, now: Instant, change: u64) -> Self {
        Self {
            resource_name: format!("contactGroups/{:x}", id >> 2 | 1 << 59),
            name: name.to_owned(),
            formatted_name: name.to_owned(),
            is_system: false,
            client_data: Vec::new(),
            version: 1,
            updated: Some(now),
            origin,
            // After the eight of Google's, in the order of creation.
            rank: 8 + change,
            change,
            is_deleted: false,
        }
    }

    /// Etag; a system label has none.
    #[must_use]
    pub fn etag(&self) -> Option<String> {
        (!self.is_system).then(|| crate::etag::version_text(&self.resource_name, self.version))
    }
}

/// Contacts may be added to this label: a user's own, myContacts or starred.
#[must_use]
pub fn accepts_members(group: &Group) -> bool {
    !group.is_system || matches!(group.name.as_str(), "myContacts" | "starred")
}
