// SPDX-License-Identifier: GPL-3.0-or-later
//! The domain of GContacts: contacts and third parties of Dolibarr, cards and labels of Google, and what
//! differs between them.
//!
//! Everything here is pure: no clock, no randomness, no network, no PHP and no Google JSON. Time and ids come
//! in as arguments, so each rule can be tested by its input and output alone.
//!
//! The way through the crate: a [`Record`] (what Dolibarr has) and the [`Settings`] give either a desired
//! [`Card`] or the reason why there is none ([`desired::Desired`]); [`merge::merge`] compares it with what was
//! sent last and with what Google has now, and yields the [`merge::CardChange`] to be applied there.

pub mod address;
pub mod adopt;
pub mod card;
pub mod company;
pub mod compare;
pub mod comparison;
pub mod contact;
pub mod date;
pub mod desired;
pub mod error;
pub mod html;
pub mod identity;
pub mod import;
pub mod label;
pub mod marker;
pub mod merge;
pub mod phone;
pub mod record;
pub mod sent;
pub mod settings;
pub mod text;
pub mod value;

pub use card::{Card, Content, Name, PartialDate, Value, ValueLabel};
pub use company::Company;
pub use contact::Contact;
pub use error::Error;
pub use label::{Category, Label, LabelSource, ResourceName};
pub use marker::Marker;
pub use record::{Link, Origin, Record};
pub use sent::SentCard;
pub use settings::{Settings, TypeLabels};
