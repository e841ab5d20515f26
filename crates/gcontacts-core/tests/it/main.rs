// SPDX-License-Identifier: GPL-3.0-or-later
//! The laws of cards and merges, held against many records.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what goes wrong here fails the test")]

mod adoption;
mod clashes;
mod comparing;
mod fuzz;
mod import;
mod mapping;
mod merging;
mod records;
