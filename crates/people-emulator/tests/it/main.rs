// SPDX-License-Identifier: GPL-3.0-or-later
//! The emulator over HTTP, as a program without any client library sees it. Tests name the rule that they show.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect fails there"
)]

mod address_book;
mod authentication;
mod batches;
mod broken_calls;
mod client;
mod faults;
mod groups;
mod in_process;
mod lag;
mod listing;
mod oauth;
mod other_contacts;
mod phone;
mod quotas;
mod reading;
mod rules;
mod service_accounts;
mod settings;
mod transport;
mod writing;
