// SPDX-License-Identifier: GPL-3.0-or-later
//! One contact as it is stored: what was written, cleaned; nothing that is computed when it is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{NewContact, Photo};
use crate::clock::Instant;

/// One value of a field.
pub type Item = Map<String, Value>;
/// The fields of a contact by their names in JSON.
pub type Fields = BTreeMap<&'static str, Vec<Item>>;

/// A contact.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Stable number; its hexadecimal form is the id of the source.
    pub id: u64,
    /// Present resource name.
    pub resource_name: String,
    /// Resource names that it had.
    pub former_names: Vec<String>,
    /// What was written.
    pub fields: Fields,
    /// Resource names of its labels.
    pub memberships: Vec<String>,
    /// Grows with every write.
    pub version: u64,
    /// Position in the book's order of changes.
    pub change: u64,
    /// Last write.
    pub updated: Instant,
    /// Who made it.
    pub origin: Origin,
    /// The Google profile that it is linked to.
    pub profile: Option<Profile>,
    /// Its photo.
    pub photo: Option<Arc<Photo>>,
    /// It is in the trash.
    pub is_deleted: bool,
}

/// A linked Google profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Number of the profile.
    pub id: String,
    /// What the profile shows.
    pub fields: Fields,
}

/// Who made a contact or label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The People API.
    #[default]
    Api,
    /// The person at the phone.
    Phone,
    /// The test's seed.
    Seed,
}

impl Contact {
    pub(super) fn new(id: u64, new: NewContact, change: u64, now: Instant) -> Self {
        Self {
            id,
            resource_name: format!("people/c{id}"),
            former_names: Vec::new(),
            fields: new.fields,
            memberships: new.memberships,
            version: 1,
            change,
            updated: now,
            origin: new.origin,
            profile: None,
            photo: None,
            is_deleted: false,
        }
    }

    /// Id of the CONTACT source.
    #[must_use]
    pub fn source_id(&self) -> String {
        format!("{:x}", self.id)
    }

    /// Kind of its source.
    #[must_use]
    pub fn source_type(&self) -> &'static str {
        if self.resource_name.starts_with("otherContacts/") {
            "OTHER_CONTACT"
        } else {
            "CONTACT"
        }
    }

    /// Etag of the CONTACT source.
    #[must_use]
    pub fn source_etag(&self) -> String {
        crate::etag::of_source(&self.source_id(), self.version)
    }
}
