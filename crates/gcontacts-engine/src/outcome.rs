// SPDX-License-Identifier: GPL-3.0-or-later
//! What became of each record, and of the whole call.

use gcontacts_core::merge::Clash;
use gcontacts_core::{Label, ResourceName};
use serde::{Deserialize, Serialize};

/// What is intended for a record, or was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A card is made.
    Create,
    /// The card's fields, its labels or both are changed.
    Update,
    /// The card is deleted.
    Delete,
    /// Ours is taken off a card that was there before.
    Release,
    /// Google has it all already.
    None,
    /// Nothing is at Google, and nothing should be.
    LeftOut,
    /// An earlier create has an unknown outcome and is to be resolved first, or the card would go with too many others
    /// and an administrator is to be asked.
    Wait,
    /// The record cannot be used.
    Refused,
}

/// How it ended for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Done.
    Done,
    /// Google says no to this record; the same again would end the same.
    Refused,
    /// A create may have happened: its nonce must be kept and resolved.
    Unknown,
    /// Not attempted, or failed for a passing reason: to be planned and sent again.
    Later,
}

/// What became of one record. Texts that do not apply are empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Element type of the object.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Its id.
    pub id: u64,
    /// What was intended.
    pub action: Action,
    /// How it ended.
    pub result: Verdict,
    /// Why it did not end with done; a stable code.
    pub reason: String,
    /// Google's words, or which field is wrong.
    pub message: String,
    /// The nonce of a create, or of the marker that the card carries now.
    pub nonce: String,
    /// The card's resource name as Google tells it now.
    pub resource_name: String,
    /// The id of the card's own source, which survives a change of the resource name.
    pub source_id: String,
    /// The version that the next update must name.
    pub etag: String,
    /// When the card was changed last, in Google's form; empty where Google does not tell.
    pub updated: String,
    /// The whole person as Google returned it, as ASCII JSON.
    pub person: String,
    /// The card that Dolibarr wanted, as ASCII JSON.
    pub sent: String,
    /// The labels that the card carries now.
    pub labels: Vec<ResourceName>,
    /// The person as it was before a deletion or a release, as ASCII JSON.
    pub before: String,
    /// What both sides had changed.
    pub clashes: Vec<Clash>,
    /// The fields of the contact that the card still has otherwise, since somebody changed them at Google.
    pub changed: Vec<String>,
    /// What the `google` module of `DoliMods` left on the card.
    pub dolimods: Vec<String>,
}

/// Why the call ended early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// A stable code.
    pub reason: String,
    /// Google's words, or the network's.
    pub message: String,
    /// For how many seconds the account should be left alone.
    pub retry_after: Option<u64>,
}

impl From<&gcontacts_people::Error> for Stopped {
    fn from(error: &gcontacts_people::Error) -> Self {
        Self {
            reason: error.reason().code().to_owned(),
            message: error.words(),
            retry_after: error.retry_after().map(|wait| wait.as_secs()),
        }
    }
}

/// Something that went wrong beside the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable code.
    pub reason: String,
    /// What it is about, and Google's words.
    pub message: String,
}

/// What became of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sent {
    /// One row per record of the plan that needed something, in its order.
    pub outcomes: Vec<Outcome>,
    /// The labels as they are known now.
    pub labels: Vec<Label>,
    /// Those that cards have left: who keeps labels may look whether they are empty now.
    pub left: Vec<ResourceName>,
    /// Labels that could not be made or renamed.
    pub warnings: Vec<Warning>,
    /// Why it ended early, if it did.
    pub stopped: Option<Stopped>,
    /// How many calls were made; what the client repeated counts once.
    pub calls: u32,
    /// How many of them change something.
    pub writes: u32,
}
