// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards to people and back: the one place that knows how Google writes a card.
//!
//! A card says less than a person: [`patch`] therefore edits Google's own items, so that what the module does not
//! know (a department, a middle name, the default number) survives an update.

mod item;
mod patch;
mod restore;
mod widen;

use gcontacts_core::card::PartialDate;
use gcontacts_core::html::plain_text;
use gcontacts_core::text::{tidy, tidy_line};
use gcontacts_core::{Card, Marker, Name, ResourceName};
use serde_json::{Value, json};

use crate::person::{Item, Person};

pub use patch::{MarkerChange, patch};
pub use restore::{Restorable, revert, says, set_client_data};
pub use widen::widen;

/// Makes the body that creates a card.
#[must_use]
pub fn person_from_card(card: &Card, marker: &Marker, memberships: &[ResourceName]) -> Person {
    let mut person = Person::default();
    let mut put = |field: &str, items: Vec<Item>| {
        if !items.is_empty() {
            person
                .as_object_mut()
                .insert(field.to_owned(), items.into_iter().map(Value::Object).collect());
        }
    };
    let mut name = Item::new();
    item::write_name(&mut name, &card.name);
    put(item::NAMES, if name.is_empty() { Vec::new() } else { vec![name] });
    put(
        item::BIRTHDAYS,
        card.birthday.iter().map(|&date| birthday(date)).collect(),
    );
    put(
        item::BIOGRAPHIES,
        if card.note.is_empty() {
            Vec::new()
        } else {
            vec![biography(&card.note)]
        },
    );
    for (kind, field) in item::FIELDS {
        let values = card.values.iter().filter(|value| value.content.kind() == kind);
        put(field, values.map(item::from_value).collect());
    }
    put(item::CLIENT_DATA, vec![client_data(marker)]);
    let membership = |label: &ResourceName| {
        let label = json!({"contactGroupResourceName": label});
        Item::from_iter([("contactGroupMembership".to_owned(), label)])
    };
    put("memberships", memberships.iter().map(membership).collect());
    person
}

/// Reads the card out of a person: only what belongs to the contact itself, and only what the module maps.
///
/// `country` (ISO 3166-1 alpha-2) is where numbers without an international prefix are dialled.
#[must_use]
pub fn card_from_person(person: &Person, country: &str) -> Card {
    let values = item::FIELDS.into_iter().flat_map(|(kind, field)| {
        person
            .contact_items(field)
            .filter_map(move |item| item::read(kind, item, country))
    });
    Card {
        name: person
            .contact_items(item::NAMES)
            .next()
            .map(read_name)
            .unwrap_or_default(),
        birthday: person.contact_items(item::BIRTHDAYS).find_map(read_birthday),
        note: note_from_person(person),
        values: values.collect(),
        ..Card::default()
    }
}

/// Reads the note of the card alone.
#[must_use]
pub fn note_from_person(person: &Person) -> String {
    person
        .contact_items(item::BIOGRAPHIES)
        .next()
        .map(read_biography)
        .unwrap_or_default()
}

fn read_name(item: &Item) -> Name {
    let part = |member| tidy_line(item::text(item, member));
    Name {
        prefix: part("honorificPrefix"),
        given: part("givenName"),
        family: part("familyName"),
        suffix: part("honorificSuffix"),
    }
}

/// Reads a date; members that Google leaves out are unknown. A birthday that is text alone is not understood.
fn read_birthday(item: &Item) -> Option<PartialDate> {
    let date = item.get("date")?.as_object()?;
    let part = |member| date.get(member).map_or(Some(0), Value::as_u64);
    let (year, month, day) = (part("year")?, part("month")?, part("day")?);
    PartialDate::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}

fn read_biography(item: &Item) -> String {
    let text = item::text(item, "value");
    if item::text(item, "contentType") == "TEXT_HTML" {
        plain_text(text)
    } else {
        tidy(text)
    }
}

/// Writes a date: what is unknown is left out, as Google does.
fn birthday(date: PartialDate) -> Item {
    let parts = [
        ("year", u32::from(date.year)),
        ("month", u32::from(date.month)),
        ("day", u32::from(date.day)),
    ];
    let known = parts.into_iter().filter(|(_, part)| *part != 0);
    let date: Item = known
        .map(|(member, part)| (member.to_owned(), Value::from(part)))
        .collect();
    Item::from_iter([("date".to_owned(), Value::Object(date))])
}

fn biography(note: &str) -> Item {
    let members = [("contentType", "TEXT_PLAIN"), ("value", note)];
    members
        .into_iter()
        .map(|(member, text)| (member.to_owned(), Value::from(text)))
        .collect()
}

fn client_data(marker: &Marker) -> Item {
    let members = [("key", Marker::KEY.to_owned()), ("value", marker.to_string())];
    members
        .into_iter()
        .map(|(member, text)| (member.to_owned(), Value::from(text)))
        .collect()
}

#[cfg(test)]
mod tests;
