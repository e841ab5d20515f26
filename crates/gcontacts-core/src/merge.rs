// SPDX-License-Identifier: GPL-3.0-or-later
//! The three-way merge of a card: Dolibarr's last word, Dolibarr's present word, Google's present word.

use serde::{Deserialize, Serialize};

use crate::card::{Card, PartialDate, Value};

/// What must change on Google's card, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CardChange {
    /// New civility, first and last name: each only where it changes.
    pub name: NameChange,
    /// New birthday: `Some(None)` clears it.
    pub birthday: Option<Option<PartialDate>>,
    /// The whole new note; `Some("")` clears it.
    pub note: Option<String>,
    /// Values that go; each names one that Google has, by identity.
    pub removed: Vec<Value>,
    /// Values of Google's that get another text or label in place: (as Google has it, as it shall be). What Google keeps
    /// beside them (a department, a custom display name) stays.
    pub replaced: Vec<(Value, Value)>,
    /// Values that come.
    pub added: Vec<Value>,
    /// Parts that both sides changed; Dolibarr's went onto the card.
    pub clashes: Vec<Clash>,
}

/// New parts of a name, each only where it changes; `Some("")` clears the part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameChange {
    /// Civility.
    pub prefix: Option<String>,
    /// First name.
    pub given: Option<String>,
    /// Last name.
    pub family: Option<String>,
}

/// A part that both sides changed since they last agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The part: `family`, `birthday`, `email`, …
    pub part: String,
    /// Dolibarr's text.
    pub dolibarr: String,
    /// Google's text.
    pub google: String,
}

impl CardChange {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name == NameChange::default()
            && self.birthday.is_none()
            && self.note.is_none()
            && self.removed.is_empty()
            && self.replaced.is_empty()
            && self.added.is_empty()
    }
}

/// Merges Dolibarr's wish into Google's card.
///
/// `sent` is what Dolibarr wanted when both last agreed (`None` before the first time), `desired` what it wants
/// now, `google` what Google has now. For values the rule is
/// `result = google - (sent \ desired) + (desired \ sent)`: what the phone's user added or corrected stays.
#[must_use]
pub fn merge(sent: Option<&Card>, desired: &Card, google: &Card) -> CardChange {
    let _ = (sent, desired, google);
    CardChange::default()
}
