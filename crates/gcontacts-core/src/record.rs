// SPDX-License-Identifier: GPL-3.0-or-later
//! A record: all that Dolibarr and the module know of one contact at sending time.

use serde::{Deserialize, Serialize};

use crate::{Card, Company, Contact, ResourceName};

/// One object of Dolibarr with its third party and its link.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Element type; `contact` today.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Id of the object.
    pub id: u64,
    /// The contact; `None` where it no longer exists in Dolibarr.
    pub contact: Option<Contact>,
    /// Its third party, if it has one.
    pub company: Option<Company>,
    /// The link, if the object was ever sent.
    pub link: Option<Link>,
}

/// What is known of the card of a record.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// How the card came to be linked.
    pub origin: Origin,
    /// Nonce of a create that is under way or whose outcome is unknown; empty for none.
    pub nonce: String,
    /// The card's resource name; `None` while it was never created.
    pub resource_name: Option<ResourceName>,
    /// The card that Dolibarr wanted when both last agreed, as JSON of [`Card`].
    pub sent: Option<String>,
    /// What Google had when both last agreed, as JSON of [`Card`].
    pub returned: Option<String>,
    /// The whole person as Google returned it last, as Google's JSON.
    pub person: Option<String>,
}

impl Link {
    /// Reads the snapshot of what was sent.
    ///
    /// # Errors
    /// The JSON error where the column was damaged.
    pub fn sent_card(&self) -> Result<Option<Card>, serde_json::Error> {
        self.sent.as_deref().map(serde_json::from_str).transpose()
    }
}

/// How a card came to be linked: decides what clean-up may do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Made by the module: may be deleted again.
    Created,
    /// Was at Google before: only our values, labels and marker may be taken off.
    Adopted,
    /// Was imported into Dolibarr: as adopted.
    Imported,
}
