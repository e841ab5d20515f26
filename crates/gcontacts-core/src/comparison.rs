// SPDX-License-Identifier: GPL-3.0-or-later
//! Both sides of a card beside each other, field by field: what each has, and who changed it since both last agreed.
//!
//! It stands on what the merge stands on (identities, pairs, places), so that what people are shown and what is sent
//! cannot tell different stories: a field that [`Changed::Dolibarr`] is said of is one that [`crate::merge::merge`] sends.

mod places;
mod rebase;
mod record;
mod rows;

use serde::{Deserialize, Serialize};

use crate::address::PostalAddress;
use crate::merge::merge;
use crate::{Card, Value};

pub use rebase::rebase;
pub use record::compare_record;

/// Both sides of a card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// A row for each field that one side has, or had when both last agreed.
    pub rows: Vec<Row>,
    /// What is at Google alone, in no field of Dolibarr's.
    pub only_at_google: Vec<Extra>,
    /// The fields of Dolibarr's contact that were changed at Google and differ.
    pub changed: Vec<String>,
    /// Whether a merge has anything to send.
    pub to_send: bool,
}

/// A field on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and nearly all combinations are meant"
)]
pub struct Row {
    /// Which field: `lastname`, `phone_mobile`, `social_network:Skype`, …
    pub key: String,
    /// Whether it is the third party's: shown, never taken.
    pub of_company: bool,
    /// Dolibarr's text.
    pub dolibarr: String,
    /// Google's text.
    pub google: String,
    /// Who changed it since both last agreed.
    pub changed: Changed,
    /// Whether both differ after normalisation.
    pub differs: bool,
    /// Whether Dolibarr can take Google's.
    pub takeable: bool,
    /// Whether Dolibarr's can go over Google's: it has or had something there.
    pub sendable: bool,
    /// The field with the same value, as which this one stands on the card.
    pub same_as: Option<String>,
    /// Google's address by its parts.
    pub address: Option<PostalAddress>,
}

/// Who changed a field since both last agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// Nobody, or both to the same.
    Nobody,
    /// Dolibarr: it waits to be sent.
    Dolibarr,
    /// The phone, or whoever writes to Google.
    Phone,
    /// Both, to different values.
    Both,
}

/// A value that only Google has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Extra {
    /// What it is: `phone`, `email`, `nickname`, `relation`, …
    pub kind: String,
    /// The label that Google shows beside it; empty for none.
    pub label: String,
    /// The value in one line, or the whole note.
    pub text: String,
}

/// Compares what Dolibarr wants with what Google has. `sent` is what Dolibarr wanted when both last agreed, `None` before
/// the first time.
#[must_use]
pub fn compare(sent: Option<&Card>, desired: &Card, google: &Card) -> Comparison {
    let mut rows = rows::single(sent, desired, google);
    let sent_values = sent.map(|sent| sent.values.as_slice()).unwrap_or_default();
    let (places, left) = places::places(sent_values, &desired.values, &google.values);
    rows.extend(places.iter().flat_map(rows::of_place));
    let mut only_at_google: Vec<Extra> = left.iter().map(extra).collect();
    only_at_google.extend(places.iter().filter_map(rows::nameless_company));
    only_at_google.extend(rows::note_of_others(sent, desired, google));
    let mut comparison = Comparison {
        rows,
        only_at_google,
        changed: Vec::new(),
        to_send: !merge(sent, desired, google).is_empty(),
    };
    comparison.tell_changed();
    comparison
}

/// The fields of Dolibarr's contact that Google has otherwise than they were sent; see [`Comparison::changed`].
#[must_use]
pub fn changed_since(sent: &Card, google: &Card) -> Vec<String> {
    // So it is with nearly every card just made, and comparing by what texts mean takes its time.
    if sent.says_exactly(google) {
        return Vec::new();
    }
    compare(Some(sent), sent, google).changed
}

impl Comparison {
    /// Sums up which fields of the contact were changed at Google.
    fn tell_changed(&mut self) {
        let rows = self.rows.iter().filter(|row| row.takeable && row.changed.at_google());
        self.changed = rows.map(|row| row.key.clone()).collect();
    }
}

impl Changed {
    /// Whether Google's side was changed.
    #[must_use]
    pub const fn at_google(self) -> bool {
        matches!(self, Self::Phone | Self::Both)
    }

    fn of(dolibarr: bool, phone: bool, differs: bool) -> Self {
        match (differs, dolibarr, phone) {
            (false, ..) | (true, false, false) => Self::Nobody,
            (true, true, false) => Self::Dolibarr,
            (true, false, true) => Self::Phone,
            (true, true, true) => Self::Both,
        }
    }
}

fn extra(value: &Value) -> Extra {
    Extra {
        kind: value.content.kind().name().to_owned(),
        label: value.label.as_text().to_owned(),
        text: value.content.text(),
    }
}

#[cfg(test)]
mod tests;
