// SPDX-License-Identifier: GPL-3.0-or-later
//! The JSON that the People API knows, as a table, and the strict reader that follows it.
//!
//! `table` declares every message with its members; `read` turns a JSON value into a clean object or into the list of
//! violations that Google's front end would answer; `strict_json` parses a body and refuses what `serde_json` forgives.

mod read;
mod strict_json;
mod table;

pub use read::{Reading, camel_case, read, snake_case};
pub use strict_json::parse;
pub use table::*;

/// A message of the People API: its protobuf name and its members.
#[derive(Debug)]
pub struct Message {
    /// Name under `google.people.v1`.
    pub name: &'static str,
    /// What an object of this message may hold.
    pub members: &'static [Member],
}

/// One member of a message.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Name in JSON, camel case.
    pub name: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// A list of values.
    pub repeated: bool,
    /// Accepted and ignored when sent.
    pub output_only: bool,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A 32-bit integer.
    Number,
    /// Base64.
    Bytes,
    /// One of these words; the first text is the protobuf name of the enumeration.
    Choice(&'static str, &'static [&'static str]),
    /// An object.
    One(&'static Message),
    /// Free keys, each with such an object.
    Map(&'static Message),
    /// Anything: for members that are only ever read.
    Any,
}

impl Message {
    /// Finds a member by its JSON name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}
