// SPDX-License-Identifier: GPL-3.0-or-later
//! The Google People API and Google's OAuth 2.0.
//!
//! The only crate that knows Google's JSON. Building a request ([`request`]) and sending it ([`Client`]) are two
//! things; status and body become a value or an [`Error`] in one place ([`answer`]); whether to try again is a
//! function of its arguments ([`retry`]), and so is how fast an account is called ([`limiter`]).
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use gcontacts_people::oauth::AccessToken;
//! use gcontacts_people::{AddressBook, Client, ClientOptions, Deadline, Endpoints, GoogleAddressBook};
//!
//! # async fn example(token: AccessToken) -> Result<(), gcontacts_people::Error> {
//! let client = Client::new(&ClientOptions { endpoints: Endpoints::google(), proxy: None })?;
//! let book = GoogleAddressBook::new(client, token);
//! let page = book.list(None, Deadline::after(Duration::from_secs(10))).await?;
//! # drop(page);
//! # Ok(())
//! # }
//! ```

pub mod address_book;
pub mod answer;
pub mod batch;
mod carried_labels;
pub mod client;
mod connections;
pub mod deadline;
pub mod endpoints;
pub mod error;
pub mod google_address_book;
pub mod google_error;
pub mod group;
pub mod limiter;
pub mod listed_person;
pub mod listing;
pub mod mapping;
pub mod mask;
pub mod oauth;
pub mod pacer;
pub mod person;
pub mod proxy;
pub mod quota;
pub mod reason;
pub mod request;
pub mod retry;
pub mod secret;
#[cfg(test)]
mod tests;

pub use address_book::AddressBook;
pub use batch::BatchOutcomes;
pub use client::{Client, ClientOptions};
pub use deadline::Deadline;
pub use endpoints::Endpoints;
pub use error::{Certainty, Error};
pub use google_address_book::GoogleAddressBook;
pub use google_error::{ContactError, FieldViolation, GoogleError};
pub use group::{ContactGroup, GroupData, GroupType, MembersModified};
pub use limiter::{Limiter, Pace};
pub use listed_person::ListedPerson;
pub use listing::{Kept, Page, SyncPage, list_all, list_all_groups, list_some};
pub use mask::FieldMask;
pub use pacer::Pacer;
pub use person::Person;
pub use proxy::Proxy;
pub use reason::Reason;
pub use secret::Secret;
