// SPDX-License-Identifier: GPL-3.0-or-later
//! The rows of a comparison.

use super::places::Place;
use super::{Changed, Extra, Row};
use crate::card::{Card, Content, Field, Value};
use crate::merge::{CardChange, Ruling, note};
use crate::text::{fold, same_as_typed};

/// One field on both sides, as it was and as it is.
struct Sides<'a, T: ?Sized> {
    /// `None` before the first time.
    sent: Option<&'a T>,
    desired: &'a T,
    google: &'a T,
}

impl<T: ?Sized> Sides<'_, T> {
    /// Who changed it, and whether both differ: by the rule of the merge.
    fn judge(&self, same: impl Fn(&T, &T) -> bool, empty: impl Fn(&T) -> bool) -> (Changed, bool) {
        let differs = !same(self.desired, self.google);
        let (dolibarr, phone) = match self.sent {
            Some(sent) => (!same(sent, self.desired), !same(sent, self.google)),
            // The first time what Dolibarr has goes onto the card.
            None => (!empty(self.desired), empty(self.desired)),
        };
        (Changed::of(dolibarr, phone, differs), differs)
    }

    fn any(&self, has: impl Fn(&T) -> bool) -> bool {
        self.sent.is_some_and(&has) || has(self.desired) || has(self.google)
    }
}

impl Row {
    fn new(key: impl Into<String>, dolibarr: String, google: String, (changed, differs): (Changed, bool)) -> Self {
        Self {
            key: key.into(),
            of_company: false,
            sendable: differs && !dolibarr.is_empty(),
            dolibarr,
            google,
            changed,
            differs,
            takeable: differs,
            same_as: None,
            address: None,
        }
    }

    /// A row that Dolibarr's contact does not take from Google.
    fn not_taken(mut self) -> Self {
        self.takeable = false;
        self
    }

    /// A row of the third party.
    fn of_company(mut self) -> Self {
        self.of_company = true;
        self.not_taken()
    }

    /// A field that Dolibarr had is Dolibarr's to empty at Google too.
    fn had(mut self, had: bool) -> Self {
        self.sendable |= had && self.differs;
        self
    }
}

/// The rows of what a card has once: the parts of the name, the birthday, the note.
pub(super) fn single(sent: Option<&Card>, desired: &Card, google: &Card) -> Vec<Row> {
    let parts = [
        (
            "civility",
            sent.map(|card| card.name.prefix.as_str()),
            &desired.name.prefix,
            &google.name.prefix,
        ),
        (
            "lastname",
            sent.map(|card| card.name.family.as_str()),
            &desired.name.family,
            &google.name.family,
        ),
        (
            "firstname",
            sent.map(|card| card.name.given.as_str()),
            &desired.name.given,
            &google.name.given,
        ),
    ];
    let names = parts.into_iter().filter_map(|(key, sent, desired, google)| {
        let sides = Sides::<str> { sent, desired, google };
        sides.any(|text| !text.is_empty()).then(|| {
            let judged = sides.judge(same_as_typed, str::is_empty);
            Row::new(key, desired.clone(), google.clone(), judged).had(sent.is_some_and(|sent| !sent.is_empty()))
        })
    });
    names
        .chain(birthday(sent, desired, google))
        .chain(note_row(sent, desired, google))
        .collect()
}

fn birthday(sent: Option<&Card>, desired: &Card, google: &Card) -> Option<Row> {
    let sent = sent.map(|card| &card.birthday);
    let (desired, google) = (&desired.birthday, &google.birthday);
    let sides = Sides { sent, desired, google };
    sides.any(Option::is_some).then(|| {
        let judged = sides.judge(|a, b| a == b, Option::is_none);
        let text = |date: &Option<crate::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        Row::new("birthday", text(desired), text(google), judged).had(sent.is_some_and(Option::is_some))
    })
}

/// The note is Dolibarr's block in Google's: what stands beside it is no difference.
fn note_row(sent: Option<&Card>, desired: &Card, google: &Card) -> Option<Row> {
    let had = sent.is_some_and(|sent| !sent.note.is_empty());
    if desired.note.is_empty() && !had {
        return None;
    }
    let mut change = CardChange::default();
    note::merge_note(&mut change, Ruling::DOLIBARR, sent, desired, google);
    let corrected = !desired.note.is_empty() && !note::holds(&google.note, &desired.note);
    let judged = match (&change.note, change.clashes.is_empty()) {
        (Some(_), true) => (Changed::Dolibarr, true),
        (Some(_), false) => (Changed::Both, true),
        (None, _) if corrected => (Changed::Phone, true),
        (None, _) => (Changed::Nobody, false),
    };
    let shown = if judged.1 { &google.note } else { &desired.note };
    Some(Row::new("note", desired.note.clone(), shown.clone(), judged).had(had))
}

/// What Google's note has beside Dolibarr's block.
pub(super) fn note_of_others(sent: Option<&Card>, desired: &Card, google: &Card) -> Option<Extra> {
    let shown = note_row(sent, desired, google).is_some_and(|row| row.differs);
    let text = if shown {
        String::new()
    } else {
        note::without(&google.note, &desired.note)
    };
    (!text.is_empty()).then(|| Extra {
        kind: "note".to_owned(),
        label: String::new(),
        text,
    })
}

/// The rows of a place: one, or two where a job title stands beside the third party's name.
pub(super) fn of_place(place: &Place) -> Vec<Row> {
    if place.field == Field::Organization {
        return of_organization(place);
    }
    let texts = |value: &Option<Value>| value.as_ref().map(|value| value.content.text()).unwrap_or_default();
    let judged = (Changed::of(!place.kept, !place.stays, !place.agrees), !place.agrees);
    let row = Row::new(key(place), texts(&place.desired), texts(&place.google), judged).had(place.sent.is_some());
    let row = match place.field {
        field if field.is_company() => row.of_company(),
        // Dolibarr's contacts have a column for a web site, and neither a form nor a class that fills it.
        Field::Page | Field::Url => row.not_taken(),
        _ => row,
    };
    let address = match place.google.as_ref().map(|value| &value.content) {
        Some(Content::Address(address)) => Some(address.clone()),
        _ => None,
    };
    vec![Row { address, ..row }]
}

/// The key of a place's row.
pub(super) fn key(place: &Place) -> String {
    let value = place.desired.as_ref().or(place.sent.as_ref()).or(place.google.as_ref());
    value.map_or_else(|| place.field.name().to_owned(), |value| key_of(place.field, value))
}

/// The key of a value: the field's name, and of accounts in social networks which network.
pub(super) fn key_of(field: Field, value: &Value) -> String {
    match (field, &value.content) {
        (Field::SocialNetwork, Content::Messenger { protocol, .. }) => format!("social_network:{protocol}"),
        (Field::SocialNetwork, _) => format!("social_network:{}", value.label.as_text()),
        _ => field.name().to_owned(),
    }
}

/// Title and name of an organization: of which one is the contact's and one the third party's.
pub(super) fn organization(value: Option<&Value>) -> (&str, &str) {
    match value.map(|value| &value.content) {
        Some(Content::Organization { name, title }) => (title, name),
        _ => ("", ""),
    }
}

fn of_organization(place: &Place) -> Vec<Row> {
    let [sent, desired, google] = [&place.sent, &place.desired, &place.google].map(Option::as_ref);
    let ours = sent.is_some() || desired.is_some();
    let parts = [
        (
            "job_title",
            organization(sent).0,
            organization(desired).0,
            organization(google).0,
        ),
        (
            "company_name",
            organization(sent).1,
            organization(desired).1,
            organization(google).1,
        ),
    ];
    let mut rows = Vec::new();
    for (key, sent, desired, google) in parts {
        let sides = Sides {
            sent: Some(sent),
            desired,
            google,
        };
        let is_company = key == "company_name";
        if (is_company && !ours) || !sides.any(|text| !text.is_empty()) {
            continue;
        }
        let judged = sides.judge(|a, b| fold(a) == fold(b), str::is_empty);
        let row = Row::new(key, desired.to_owned(), google.to_owned(), judged).had(!sent.is_empty());
        rows.push(if is_company { row.of_company() } else { row });
    }
    // The merge knows organizations whole: one half changed here and the other there is a change on both sides.
    if !place.kept
        && !place.agrees
        && !rows
            .iter()
            .any(|row| matches!(row.changed, Changed::Dolibarr | Changed::Both))
    {
        for row in rows.iter_mut().filter(|row| row.differs) {
            row.changed = Changed::Both;
            // A clash can be settled either way.
            row.sendable = true;
        }
    }
    rows
}

/// The employer that only Google knows, where Dolibarr's contact has neither third party nor job title.
pub(super) fn nameless_company(place: &Place) -> Option<Extra> {
    let only_google = place.field == Field::Organization && place.sent.is_none() && place.desired.is_none();
    let (_, name) = organization(place.google.as_ref());
    (only_google && !name.is_empty()).then(|| Extra {
        kind: "organization".to_owned(),
        label: String::new(),
        text: name.to_owned(),
    })
}
