// SPDX-License-Identifier: GPL-3.0-or-later
//! Settings that are more than a number or a switch.

use serde::{Deserialize, Serialize};

/// When the legacy `errors[]` stands in an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegacyErrors {
    /// With `alt=json` or `$.xgafv=1`.
    Auto,
    /// In every error.
    Always,
    /// In none.
    Never,
}

/// What `batchDeleteContacts` does with an unknown name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchDeleteMissing {
    /// The whole call fails with 404.
    NotFound,
    /// It is passed over.
    Ignore,
}

/// What happens to a mutation that overlaps another one of the same account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverlappingWrites {
    /// It is counted in the log.
    Count,
    /// It is answered 409 ABORTED.
    Abort,
}

/// What the life of a sync token counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncTokenAnchor {
    /// The full sync that it descends from.
    FullSync,
    /// Its own making.
    Itself,
}

/// Milliseconds that a call takes: `300`, or anything within `[200, 400]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Milliseconds {
    /// Always the same.
    Fixed(u64),
    /// From the first to the second.
    Within([u64; 2]),
}
