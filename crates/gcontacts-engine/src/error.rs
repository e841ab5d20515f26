// SPDX-License-Identifier: GPL-3.0-or-later
//! Why nothing could be planned or sent at all.

/// A mistake of the caller; nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The settings cannot make a marker.
    #[error("settings.instance: {0}")]
    Instance(#[from] gcontacts_core::Error),
    /// A snapshot of what was sent is damaged.
    #[error("sent: {0}")]
    Sent(serde_json::Error),
    /// A card of a backup is no person.
    #[error("cards: {0}")]
    Card(serde_json::Error),
    /// What is to be kept of a plan has no form in JSON; none in practice.
    #[error("plan: {0}")]
    Plan(#[from] serde_json::Error),
}
