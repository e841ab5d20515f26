// SPDX-License-Identifier: GPL-3.0-or-later
//! Integration tests: recorded exchanges, broken networks, and the emulator.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy's own exception for tests leaves out the functions that tests call"
)]

mod answers;
mod batches;
mod emulator;
mod fixture;
mod network;
mod oauth;
mod recorded;
mod replay;
mod requests;
mod tls;
