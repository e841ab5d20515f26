// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels: the contact groups that the module makes at Google.

use serde::{Deserialize, Serialize};

/// The name of a resource at Google, for example `people/c123` or `contactGroups/1a2b`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceName(pub String);

/// Why a label exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelSource {
    /// The label that holds all that comes from Dolibarr.
    Container,
    /// A sales representative; the source id is the user's.
    Representative,
}

/// A label that the module made, as it is known at Google.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Why it exists.
    pub source: LabelSource,
    /// Id of the object it stands for; 0 for the container.
    pub source_id: u64,
    /// Its resource name at Google.
    pub resource_name: ResourceName,
    /// Its name at Google when last seen.
    pub name: String,
}

/// A label that a card should carry, whether it exists at Google yet or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WantedLabel {
    /// Why it exists.
    pub source: LabelSource,
    /// Id of the object it stands for; 0 for the container.
    pub source_id: u64,
    /// The name it should have, for example `Onelog/bob`.
    pub name: String,
}
