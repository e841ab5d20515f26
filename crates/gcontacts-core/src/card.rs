// SPDX-License-Identifier: GPL-3.0-or-later
//! A card: what a Google contact says, in our words.
//!
//! Only what GContacts maps is here; whatever else a Google contact holds stays with the raw person and is
//! never touched.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use crate::date::PartialDate;
use crate::merge::Clash;
pub use crate::value::{Content, Field, Value, ValueLabel};

/// What a card says. The order of `values` has no meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The person's name.
    pub name: Name,
    /// Birthday.
    pub birthday: Option<PartialDate>,
    /// Note, plain text; empty for none.
    pub note: String,
    /// Everything of which a card can have several.
    pub values: Vec<Value>,
    /// In what was sent ([`crate::merge::agreed`]): the parts that Google had already when the card was linked. They are
    /// the user's own and stay when ours are taken off. Empty elsewhere.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub found: BTreeSet<Part>,
    /// In what was sent: the clashes in which Google's word was kept, so that this never was on the card. Empty elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Clash>,
}

/// A person's name by its parts; an empty part is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Civility (`honorificPrefix`).
    pub prefix: String,
    /// First name (`givenName`).
    pub given: String,
    /// Last name (`familyName`).
    pub family: String,
    /// What stands behind the name (`honorificSuffix`): the third party's name, where the option asks for it. What
    /// somebody else wrote there stays before it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// A part of a card that can be told from the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The birthday.
    Birthday,
    /// The note.
    Note,
    /// What stands behind the name.
    Suffix,
    /// The value with this identity, as text.
    Value(String),
}

impl Card {
    /// Whether both say the same, letter by letter, in whatever order and wherever it comes from.
    #[must_use]
    pub fn says_exactly(&self, other: &Self) -> bool {
        let says = |card: &Self, value: &Value| {
            let same = |known: &&Value| known.label == value.label && known.content == value.content;
            card.values.iter().filter(same).count()
        };
        (&self.name, self.birthday, &self.note) == (&other.name, other.birthday, &other.note)
            && self.values.len() == other.values.len()
            && self.values.iter().all(|value| says(self, value) == says(other, value))
    }
}

impl Name {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prefix.is_empty() && self.given.is_empty() && self.family.is_empty() && self.suffix.is_empty()
    }
}
