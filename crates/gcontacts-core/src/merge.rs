// SPDX-License-Identifier: GPL-3.0-or-later
//! The three-way merge of a card: Dolibarr's last word, Dolibarr's present word, Google's present word.

mod apply;
pub(crate) mod note;
mod ruling;
mod single;
mod suffix;
pub(crate) mod values;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use ruling::ClashRule;
pub(crate) use ruling::Ruling;

use crate::card::{Card, Part, PartialDate, Value};

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
    /// Parts that both sides changed, and whose word went onto the card.
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
    /// What stands behind the name, the whole of it.
    pub suffix: Option<String>,
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
    /// Whose word holds.
    #[serde(default)]
    pub rule: ClashRule,
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
/// `result = google - (sent \\ desired) + (desired \\ sent)`: what the phone's user added or corrected stays. Name, birthday
/// and note are single: where Dolibarr changed one, its word goes onto the card, and paragraphs that Google's note has
/// beside ours stay below it. The first time nothing is removed: what Dolibarr has not, Google keeps.
#[must_use]
pub fn merge(sent: Option<&Card>, desired: &Card, google: &Card) -> CardChange {
    merge_by(ClashRule::Dolibarr, sent, desired, google)
}

/// [`merge`], with another rule for the parts that both sides changed. What follows is the same: where Google's word is
/// kept, nothing of that part changes.
#[must_use]
pub fn merge_by(rule: ClashRule, sent: Option<&Card>, desired: &Card, google: &Card) -> CardChange {
    let (mut change, ruling) = (CardChange::default(), Ruling::new(rule, sent));
    single::merge_name(&mut change, ruling, sent, desired, google);
    suffix::merge_suffix(&mut change, sent, &desired.name.suffix, google);
    single::merge_birthday(&mut change, ruling, sent, desired, google);
    note::merge_note(&mut change, ruling, sent, desired, google);
    let sent_values = sent.map(|sent| sent.values.as_slice()).unwrap_or_default();
    values::merge_values(&mut change, ruling, sent_values, &desired.values, &google.values);
    change
}

/// Takes what Dolibarr sent off a card that was at Google before: the name stays but for the third party's behind it, and so does all that the card had when
/// it was linked ([`Card::found`] of `sent`) or that was corrected since.
#[must_use]
pub fn release(sent: &Card, google: &Card) -> CardChange {
    let mut change = CardChange::default();
    if sent.birthday.is_some() && sent.birthday == google.birthday && !sent.found.contains(&Part::Birthday) {
        change.birthday = Some(None);
    }
    let kept = |value: &&Value| sent.found.contains(&value.identity().part());
    let rest = Card {
        note: if sent.found.contains(&Part::Note) {
            sent.note.clone()
        } else {
            String::new()
        },
        values: sent.values.iter().filter(kept).cloned().collect(),
        ..Card::default()
    };
    suffix::merge_suffix(&mut change, Some(sent), "", google);
    note::merge_note(&mut change, Ruling::DOLIBARR, Some(sent), &rest, google);
    values::merge_values(
        &mut change,
        Ruling::DOLIBARR,
        &sent.values,
        &rest.values,
        &google.values,
    );
    change.clashes.clear();
    change
}

/// Makes the card to be kept as sent, once `desired` went onto a card that had been `google`.
///
/// It is the desired card, and remembers which of its parts Google had when the card was linked: those stay when the
/// others are taken off again ([`release`]). `sent` is what was kept last, `None` the first time.
#[must_use]
pub fn agreed(sent: Option<&Card>, desired: &Card, google: &Card) -> Card {
    let ours = values::known(&desired.values);
    let at_google = values::known_at_google(&google.values, &ours.iter().collect::<Vec<_>>());
    let mut found: BTreeSet<Part> = BTreeSet::new();
    for value in &ours {
        let part = value.identity.part();
        let known = match sent {
            None => at_google.iter().any(|google| google.identity.is(&value.identity)),
            Some(sent) => sent.found.contains(&part),
        };
        if known {
            found.insert(part);
        }
    }
    let carried = |part: &Part, unchanged: bool| sent.is_some_and(|sent| unchanged && sent.found.contains(part));
    let same_birthday = |card: &Card| desired.birthday.is_some() && card.birthday == desired.birthday;
    if sent.map_or_else(
        || same_birthday(google),
        |sent| carried(&Part::Birthday, same_birthday(sent)),
    ) {
        found.insert(Part::Birthday);
    }
    if sent.map_or_else(
        || suffix::holds(&google.name.suffix, &desired.name.suffix),
        |sent| carried(&Part::Suffix, sent.name.suffix == desired.name.suffix),
    ) {
        found.insert(Part::Suffix);
    }
    let has_note = !desired.note.is_empty();
    if has_note
        && sent.map_or_else(
            || note::holds(&google.note, &desired.note),
            |sent| carried(&Part::Note, crate::text::same_as_typed(&sent.note, &desired.note)),
        )
    {
        found.insert(Part::Note);
    }
    Card {
        found,
        ..desired.clone()
    }
}

#[cfg(test)]
mod tests;
