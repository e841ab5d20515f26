// SPDX-License-Identifier: GPL-3.0-or-later
//! Contact groups: what Google's pages call labels.

use gcontacts_core::{Marker, ResourceName};
use serde::{Deserialize, Serialize};

/// A pair that a program keeps with a group; Google's pages do not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupData {
    /// Which program's.
    #[serde(default)]
    pub key: String,
    /// What it keeps.
    #[serde(default)]
    pub value: String,
}

impl GroupData {
    /// Says that the Dolibarr with this instance id made the group.
    #[must_use]
    pub fn made_by(instance: &str) -> Self {
        Self {
            key: Marker::KEY.to_owned(),
            value: instance.to_owned(),
        }
    }
}

/// A contact group as Google tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactGroup {
    /// Its resource name, `contactGroups/<id>`.
    pub resource_name: ResourceName,
    /// Its version; system groups have none.
    #[serde(default)]
    pub etag: Option<String>,
    /// Its name; of a system group, its id.
    #[serde(default)]
    pub name: String,
    /// Who made it.
    #[serde(default)]
    pub group_type: GroupType,
    /// How many contacts carry it.
    #[serde(default)]
    pub member_count: u64,
    /// What programs keep with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub client_data: Vec<GroupData>,
}

/// Who made a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GroupType {
    /// A user or a program of theirs.
    UserContactGroup,
    /// Google, for example `contactGroups/myContacts`.
    SystemContactGroup,
    /// Something that Google's documentation does not name.
    #[default]
    #[serde(other)]
    GroupTypeUnspecified,
}

/// What a change of a group's members left undone: Google answers 200 all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MembersModified {
    /// Contacts that do not exist.
    #[serde(rename = "notFoundResourceNames")]
    pub not_found: Vec<ResourceName>,
    /// Contacts that would have been left without any group, and so kept this one.
    #[serde(rename = "canNotRemoveLastContactGroupResourceNames")]
    pub last_group_kept: Vec<ResourceName>,
}
