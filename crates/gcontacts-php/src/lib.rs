// SPDX-License-Identifier: GPL-3.0-or-later
//! The PHP extension `gcontacts`: functions of the namespace `GContacts`, array conversion, exceptions.
//!
//! This crate converts and calls; it decides nothing. Arrays come in through [`from_php`], go to the engine as its own
//! types, and what it answers goes out through [`to_php`]. A call that failed as a whole throws one of the classes of
//! [`exceptions`]; what failed for one record alone is a row of the answer.

mod adopt;
mod background;
mod backup;
mod book;
mod cleanup;
mod compare;
mod elsewhere;
mod error;
mod exceptions;
mod from_php;
mod import;
mod info;
mod ini;
mod labels;
mod listed_cards;
mod module;
mod oauth;
mod plan_object;
mod push;
mod runtime;
mod text;
mod to_php;
mod transport;
