// SPDX-License-Identifier: GPL-3.0-or-later
//! Which of Google's values stands for which field of Dolibarr's.

use super::rows::key_of;
use crate::card::{Content, Field, Value, ValueLabel};
use crate::identity::Kind;
use crate::merge::values::{Known, known, known_at_google, pair, take, take_made_of};

/// A field with what was sent of it, what Dolibarr wants there now and what Google has there.
pub(super) struct Place {
    pub field: Field,
    pub sent: Option<Value>,
    pub desired: Option<Value>,
    pub google: Option<Value>,
    /// Whether what was sent and what Google has are the same value.
    pub stays: bool,
    /// Whether what was sent and what Dolibarr wants are the same value.
    pub kept: bool,
    /// Whether what Dolibarr wants and what Google has are the same value.
    pub agrees: bool,
}

/// Where a value that only Google has may go in Dolibarr: the field, and the labels that say so (none for any).
const FREE_PLACES: [(Field, Kind, &[ValueLabel]); 7] = [
    (Field::Organization, Kind::Organization, &[]),
    (Field::Email, Kind::Email, &[]),
    (Field::PhonePro, Kind::Phone, &[ValueLabel::Work]),
    (Field::PhonePerso, Kind::Phone, &[ValueLabel::Home]),
    (Field::PhoneMobile, Kind::Phone, &[ValueLabel::Mobile]),
    (Field::Fax, Kind::Phone, &[ValueLabel::WorkFax]),
    (Field::Address, Kind::Address, &[]),
];

/// A place under construction, by what is known of its values.
struct Draft<'a> {
    sent: Option<&'a Known<'a>>,
    desired: Option<&'a Known<'a>>,
    google: Option<&'a Known<'a>>,
}

impl Draft<'_> {
    fn ours(&self) -> Option<&Value> {
        self.desired.or(self.sent).map(|known| known.value)
    }

    fn is_at(&self, value: &Value) -> bool {
        self.ours().is_some_and(|ours| same_row(ours, value))
    }

    fn finish(self, field: Field) -> Place {
        let same = |a: Option<&Known>, b: Option<&Known>| match (a, b) {
            (Some(a), Some(b)) => a.is(b),
            (None, None) => true,
            _ => false,
        };
        Place {
            field,
            stays: same(self.sent, self.google),
            kept: same(self.sent, self.desired),
            agrees: same(self.desired, self.google),
            sent: self.sent.map(|known| known.value.clone()),
            desired: self.desired.map(|known| known.value.clone()),
            google: self.google.map(|known| known.value.clone()),
        }
    }
}

/// Finds the place of each value; yields too what of Google's has none.
pub(super) fn places(sent: &[Value], desired: &[Value], google: &[Value]) -> (Vec<Place>, Vec<Value>) {
    let (sent, desired) = (known(sent), known(desired));
    let ours: Vec<&Known> = sent.iter().chain(&desired).collect();
    let google = known_at_google(google, &ours);
    let (wanted, mut free) = pair(&sent, &desired, &google);
    let mut drafts: Vec<Draft> = Vec::new();
    for wanted in wanted {
        let before = wanted.sent.or_else(|| {
            let mut sent = sent.iter();
            sent.find(|sent| same_row(sent.value, wanted.desired.value))
        });
        drafts.push(Draft {
            sent: before,
            desired: Some(wanted.desired),
            google: wanted.google,
        });
    }
    for dropped in &sent {
        if dropped.value.field.is_some() && !drafts.iter().any(|draft| draft.is_at(dropped.value)) {
            drafts.push(Draft {
                sent: Some(dropped),
                desired: None,
                google: None,
            });
        }
    }
    // What is still there as it was sent comes before what only has its label.
    for draft in drafts.iter_mut().filter(|draft| draft.google.is_none()) {
        if let Some(sent) = draft.sent {
            draft.google = take_made_of(&mut free, sent, draft.desired.unwrap_or(sent));
        }
    }
    free.retain(|google| !desired.iter().any(|desired| desired.is(google)));
    for draft in drafts.iter_mut().filter(|draft| draft.google.is_none()) {
        if let Some(sent) = draft.sent {
            let corrected = |google: &Known| is_new(google, &ours) && replaces(google, sent, draft.desired);
            draft.google = take(&mut free, corrected);
        }
    }
    let mut places: Vec<Place> = Vec::new();
    for draft in drafts {
        if let Some(field) = draft.ours().and_then(|value| value.field) {
            places.push(draft.finish(field));
        }
    }
    places.extend(added(&places, &mut free, &ours));
    let gone = |google: &&Known| sent.iter().any(|sent| sent.is(google));
    let left = free
        .into_iter()
        .filter(|known| !gone(known))
        .map(|known| known.value.clone());
    let left = left.collect();
    (places, left)
}

/// Whether both come from one field of Dolibarr's, however it stands on the card: the handle in a network can become a page.
pub(super) fn same_row(a: &Value, b: &Value) -> bool {
    matches!((a.field, b.field), (Some(a_field), Some(b_field)) if key_of(a_field, a) == key_of(b_field, b))
}

/// Whether a value of Google's is none that Dolibarr ever had.
fn is_new(google: &Known, ours: &[&Known]) -> bool {
    !ours.iter().any(|our| our.is(google))
}

/// Whether a value of Google's stands where the sent one stood: as the merge tells a clash.
fn replaces(google: &Known, sent: &Known, desired: Option<&Known>) -> bool {
    let has_label = |ours: &Known| ours.value.label == google.value.label;
    google.identity.kind == sent.identity.kind
        && (has_label(sent) || desired.is_some_and(has_label))
        && same_network(google.value, sent.value)
}

/// Of messengers each network has its place.
fn same_network(a: &Value, b: &Value) -> bool {
    match (&a.content, &b.content) {
        (Content::Messenger { protocol: a, .. }, Content::Messenger { protocol: b, .. }) => a.eq_ignore_ascii_case(b),
        _ => true,
    }
}

/// What was added at Google where Dolibarr has an empty field.
fn added<'a>(places: &[Place], free: &mut Vec<&'a Known<'a>>, ours: &[&Known]) -> Vec<Place> {
    let mut added = Vec::new();
    for (field, kind, labels) in FREE_PLACES {
        if places.iter().any(|place| place.field == field) {
            continue;
        }
        let fits = |google: &Known| {
            google.identity.kind == kind
                && is_new(google, ours)
                && (labels.is_empty() || labels.contains(&google.value.label))
        };
        if let Some(google) = take(free, fits) {
            let draft = Draft {
                sent: None,
                desired: None,
                google: Some(google),
            };
            added.push(draft.finish(field));
        }
    }
    added
}
