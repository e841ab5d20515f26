// SPDX-License-Identifier: GPL-3.0-or-later
//! The emulator over HTTP, as a program without any client library sees it. Tests name the rule that they show.

mod address_book;
mod authentication;
mod batches;
mod client;
mod faults;
mod groups;
mod listing;
mod oauth;
mod reading;
mod transport;
mod writing;
