// SPDX-License-Identifier: GPL-3.0-or-later
//! The engine against a strict emulator of Google, and the layers of the workspace.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on ends by panicking"
)]
#![allow(clippy::assigning_clones, reason = "what a test does is read, not measured")]

mod adoption;
mod batches;
mod cards;
mod changes;
mod clashes;
mod cleanup;
mod deletions;
mod failures;
mod floors;
mod guard;
mod imports;
mod labels;
mod layers;
mod matrix;
mod neighbours;
mod played;
mod quotas;
mod refusals;
mod restoring;
mod site;
mod worker;
