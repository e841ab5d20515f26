// SPDX-License-Identifier: GPL-3.0-or-later
//! A strict local Google People API v1 and OAuth 2.0 server.
//!
//! It serves `/v1/…`, Google's OAuth endpoints, the address book at `/` as a phone shows it, and controls under `/_…`
//! with which a test looks into it and orders trouble. Where Google documents a limit or a refusal, it refuses; where
//! Google leaves something open it takes the strict reading, and a setting of [`Config`] flips it.
//!
//! A [`Server`] runs in a thread of its own, so that it serves tests of any kind:
//!
//! ```
//! let server = people_emulator::Server::start(people_emulator::Config::default());
//! assert!(server.url().starts_with("http://127.0.0.1:"));
//! ```
//!
//! It shares no code with the product: what both got wrong would otherwise look right.

mod book;
mod clock;
mod config;
mod connection;
mod controls;
mod error;
mod etag;
mod faults;
mod http;
mod listing;
mod log;
mod mask;
mod methods;
mod oauth;
mod object;
mod pages;
mod person;
mod phone;
mod quota;
mod random;
mod schema;
mod seed;
mod server;
mod service;
mod state;

pub use config::{
    BatchDeleteMissing, Client, Config, LegacyErrors, Milliseconds, OverlappingWrites, Profile, PublicKey,
    ServiceAccount, SyncTokenAnchor, User,
};
pub use quota::Bucket;
pub use server::Server;
