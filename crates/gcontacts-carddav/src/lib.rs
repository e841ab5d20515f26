// SPDX-License-Identifier: GPL-3.0-or-later
//! Reading address books that are not Google's: vCards, and CardDAV servers.
//!
//! [`read_vcards`] makes cards of a file of vCards (2.1, 3 and 4), [`write_vcards`] a file of cards. The way to a server:
//! [`Client::books`] finds the address books from whatever address a person knows, [`Client::cards`] reads one.
//!
//! vCards are parsed and written by the crate `calcard`: it is maintained, reads folded lines, quoted-printable, Base64 and
//! the character sets of vCard 2.1, and is fuzzed by its makers. What a property means for a card (Apple's custom labels,
//! types, a birthday without a year) is ours.
//!
//! A server's address comes from a user, so that it must not lead into the network of Dolibarr: [`guard`] says which hosts
//! may be reached. `client.rs` alone knows HTTP.

mod client;
mod decode;
mod discovery;
mod error;
pub mod guard;
mod multistatus;
mod property;
mod read;
mod request;
mod write;

pub use client::{Access, Client, Login, Proxy};
pub use discovery::Book;
pub use error::Error;
pub use multistatus::{Multistatus, Resource, parse as parse_multistatus};
pub use read::{More, Photo, VCard, read_vcards};
pub use write::write_vcards;
