// SPDX-License-Identifier: GPL-3.0-or-later
//! Contacts beside their cards: what differs, and whose change it is.

use gcontacts_core::comparison::{Comparison, Extra, compare_record, rebase as rebase_card};
use gcontacts_core::desired::{Desired, desired};
use gcontacts_core::label::WantedLabel;
use gcontacts_core::{Card, Label, Record, SentCard, Settings};
use gcontacts_people::Person;
use gcontacts_people::mapping::card_from_person;
use serde::Serialize;

use crate::send::membership;
use crate::{Entry, ascii_json};

/// The label that each contact of the account has, and the one that only Google's own pages show.
const MY_CONTACTS: &str = "contactGroups/myContacts";
const STARRED: &str = "contactGroups/starred";

/// What of a person has no place on a card: Google's field, what it is called here, and the members that say it.
const EXTRAS: [(&str, &str, &[&str]); 6] = [
    ("nicknames", "nickname", &["value"]),
    ("relations", "relation", &["person"]),
    ("events", "event", &[]),
    ("occupations", "occupation", &["value"]),
    ("userDefined", "custom", &["value"]),
    ("sipAddresses", "sip", &["value"]),
];

/// A contact beside its card.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Compared {
    /// Element type of the object.
    #[serde(rename = "type")]
    pub element_type: String,
    /// Its id.
    pub id: u64,
    /// Whether there was anything to compare.
    pub compared: bool,
    /// Why not: a reason of [`gcontacts_core::desired::LeftOut`], `no_card` or `invalid_data`.
    pub reason: String,
    /// Which field is wrong, and how.
    pub message: String,
    /// Both sides.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// Names of the labels that the card should carry and does not; Google's own is `myContacts`.
    pub labels_missing: Vec<String>,
    /// Names of the labels of ours that it carries and should not.
    pub labels_extra: Vec<String>,
}

/// What both sides of a record say.
struct Sides {
    sent: Option<Card>,
    desired: Card,
    wanted: Vec<WantedLabel>,
    person: Person,
    google: Card,
}

/// Compares records with their cards as they are stored in their links. Pure. `labels` are those that the module made.
#[must_use]
pub fn compare(settings: &Settings, labels: &[Label], entries: Vec<Entry>) -> Vec<Compared> {
    entries.into_iter().map(|entry| one(settings, labels, entry)).collect()
}

fn one(settings: &Settings, labels: &[Label], entry: Entry) -> Compared {
    let record = match entry {
        Entry::Record(record) => record,
        Entry::Damaged {
            element_type,
            id,
            message,
        } => {
            let reason = "invalid_data".to_owned();
            return Compared {
                element_type,
                id,
                reason,
                message,
                ..Compared::default()
            };
        }
    };
    let row = Compared {
        element_type: record.element_type.clone(),
        id: record.id,
        ..Compared::default()
    };
    match (sides(&record, settings), &record.contact) {
        (Ok(sides), Some(contact)) => {
            let Sides {
                sent,
                desired,
                wanted,
                person,
                google,
            } = &sides;
            let company = record.company.as_ref();
            let mut comparison = compare_record(contact, company, settings, sent.as_ref(), desired, google);
            comparison.only_at_google.extend(extras(person, labels));
            Compared {
                compared: true,
                comparison,
                labels_missing: missing(person, wanted, settings, labels),
                labels_extra: extra(person, wanted, settings, labels),
                ..row
            }
        }
        (Ok(_), None) => row,
        (Err((reason, message)), _) => Compared { reason, message, ..row },
    }
}

/// Moves the base of the fields `keys` to what Google has; see [`gcontacts_core::comparison::rebase`]. Gives what is to be
/// kept as sent, as ASCII JSON.
///
/// # Errors
/// Reason and message where the record has no card, or was never sent.
pub fn rebase(settings: &Settings, entry: &Entry, keys: &[String]) -> Result<String, (String, String)> {
    let sides = match entry {
        Entry::Record(record) => sides(record, settings)?,
        Entry::Damaged { message, .. } => return Err(invalid(message.clone())),
    };
    let Some(sent) = &sides.sent else {
        return Err(("no_card".to_owned(), "it was never sent".to_owned()));
    };
    let base = SentCard::from(rebase_card(sent, &sides.desired, &sides.google, keys));
    ascii_json(&base).map_err(|error| invalid(error.to_string()))
}

fn sides(record: &Record, settings: &Settings) -> Result<Sides, (String, String)> {
    let (desired, wanted) = match desired(record, settings).map_err(|error| invalid(error.to_string()))? {
        Desired::Card { card, labels } => (card, labels),
        Desired::Nothing(why) => return Err((why.code().to_owned(), String::new())),
    };
    let no_card = || ("no_card".to_owned(), String::new());
    let link = record.link.as_ref().ok_or_else(no_card)?;
    let sent = link
        .sent_card()
        .map_err(|error| invalid(format!("link.sent: {error}")))?;
    let person = link
        .person
        .as_deref()
        .and_then(|json| serde_json::from_str::<Person>(json).ok());
    let person = person.ok_or_else(no_card)?;
    let google = card_from_person(&person, &settings.country);
    let sent = sent.map(|sent| sent.base(settings.clash, &google).clone());
    Ok(Sides {
        sent,
        desired,
        wanted,
        person,
        google,
    })
}

fn invalid(message: String) -> (String, String) {
    ("invalid_data".to_owned(), message)
}

/// The wanted labels that the person does not carry, whether or not they exist.
fn missing(person: &Person, wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> Vec<String> {
    let carried = person.memberships();
    let is_there = |wanted: &&WantedLabel| {
        let made = labels.iter().find(|label| label.is(wanted));
        made.is_some_and(|label| carried.contains(&label.resource_name))
    };
    let mut names: Vec<String> = wanted
        .iter()
        .filter(|wanted| !is_there(wanted))
        .map(|wanted| wanted.name.clone())
        .collect();
    if settings.my_contacts && !carried.contains(&membership::my_contacts()) {
        names.push("myContacts".to_owned());
    }
    names
}

/// The labels of ours that the person carries without a reason.
fn extra(person: &Person, wanted: &[WantedLabel], settings: &Settings, labels: &[Label]) -> Vec<String> {
    let unwanted = membership::Difference::between(person, wanted, settings, labels).remove;
    let named = labels.iter().filter(|label| unwanted.contains(&label.resource_name));
    named.map(|label| label.name.clone()).collect()
}

/// What else the person has: fields that no card has, and labels of others.
fn extras(person: &Person, labels: &[Label]) -> Vec<Extra> {
    let mut extras = Vec::new();
    for (field, kind, members) in EXTRAS {
        for item in person.contact_items(field) {
            let text = |member: &str| {
                item.get(member)
                    .and_then(serde_json::Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let shown: Vec<String> = members
                .iter()
                .map(|member| text(member))
                .filter(|text| !text.is_empty())
                .collect();
            let label = [text("key"), text("formattedType"), text("type")]
                .into_iter()
                .find(|text| !text.is_empty());
            extras.push(Extra {
                kind: kind.to_owned(),
                label: label.unwrap_or_default(),
                text: shown.join(", "),
            });
        }
    }
    let others = person
        .memberships()
        .into_iter()
        .filter(|name| name.0 != MY_CONTACTS && !labels.iter().any(|label| label.resource_name == *name));
    let (starred, others): (Vec<_>, Vec<_>) = others.partition(|name| name.0 == STARRED);
    let label = |kind: &str, text: String| Extra {
        kind: kind.to_owned(),
        label: String::new(),
        text,
    };
    if !starred.is_empty() {
        extras.push(label("starred", String::new()));
    }
    if !others.is_empty() {
        extras.push(label("labels", others.len().to_string()));
    }
    extras
}
