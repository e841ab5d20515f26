// SPDX-License-Identifier: GPL-3.0-or-later
//! The body of an update: Google's own items, edited in place.

use gcontacts_core::identity::Kind;
use gcontacts_core::merge::{CardChange, NameChange};
use gcontacts_core::{Content, Marker, Name, Value};
use serde_json::{Value as Json, json};

use super::{biography, birthday, client_data, item, read_name};
use crate::mask::FieldMask;
use crate::person::{Item, Person};

/// What an update does to the marker of one Dolibarr; others' clientData is always kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkerChange {
    /// Takes off the markers of the same instance and puts this one on.
    Set(Marker),
    /// Takes off the markers of the Dolibarr with this instance id.
    Remove(String),
}

/// Makes the body and the mask of the update that carries `change` onto `person`, as it was read.
///
/// The body holds the version that was read and only the fields that change, each whole, because an update replaces a
/// field whole: what nobody changed in it survives. Items of a linked profile, what only Google writes, and memberships
/// are never sent. Where the mask is empty there is nothing to send.
#[must_use]
pub fn patch(person: &Person, change: &CardChange, marker: Option<&MarkerChange>) -> (Person, FieldMask) {
    let mut update = Update::of(person);
    if change.name != NameChange::default() {
        update.put(item::NAMES, names(person, &change.name));
    }
    if let Some(date) = change.birthday {
        update.put(
            item::BIRTHDAYS,
            date.map(|date| edited(person, item::BIRTHDAYS, birthday(date), &["text"])),
        );
    }
    if let Some(note) = &change.note {
        let note = (!note.is_empty()).then(|| edited(person, item::BIOGRAPHIES, biography(note), &[]));
        update.put(item::BIOGRAPHIES, note);
    }
    for (kind, field) in item::FIELDS {
        if let Some(items) = values(person, kind, field, change) {
            update.put(field, items);
        }
    }
    if let Some(items) = marker.and_then(|marker| markers(person, marker)) {
        update.put(item::CLIENT_DATA, items);
    }
    (update.body, update.mask)
}

pub(super) struct Update {
    pub body: Person,
    pub mask: FieldMask,
}

impl Update {
    /// Starts the update of a person, in the version that was read.
    pub fn of(person: &Person) -> Self {
        let mut body = Item::new();
        if let Some(name) = person.as_object().get("resourceName") {
            body.insert("resourceName".to_owned(), name.clone());
        }
        let source = person.contact_source().map(|source| {
            let told = source
                .iter()
                .filter(|(member, _)| ["type", "id", "etag"].contains(&member.as_str()));
            told.map(|(member, value)| (member.clone(), value.clone()))
                .collect::<Item>()
        });
        match source {
            Some(source) => {
                body.insert("metadata".to_owned(), json!({"sources": [source]}));
            }
            None => {
                body.extend(person.etag().map(|etag| ("etag".to_owned(), Json::from(etag))));
            }
        }
        Self {
            body: Person::new(body),
            mask: FieldMask::default(),
        }
    }

    pub fn put(&mut self, field: &str, items: impl IntoIterator<Item = Item>) {
        let items = items.into_iter().map(Json::Object).collect();
        self.body.as_object_mut().insert(field.to_owned(), items);
        self.mask.insert(field);
    }
}

fn names(person: &Person, change: &NameChange) -> Option<Item> {
    let mut item = person.contact_items(item::NAMES).next().cloned().unwrap_or_default();
    let now = read_name(&item);
    let part = |new: &Option<String>, now: String| new.clone().unwrap_or(now);
    let name = Name {
        prefix: part(&change.prefix, now.prefix),
        given: part(&change.given, now.given),
        family: part(&change.family, now.family),
        suffix: part(&change.suffix, now.suffix),
    };
    item::write_name(&mut item, &name);
    // Made of the parts, and of the old ones. Should no part remain, it would still say them.
    item.remove("unstructuredName");
    Some(item::sendable(item::NAMES, &item)).filter(item::says_something)
}

/// The one item of a field with new members in the place of its own, and without those that are `outdated`.
fn edited(person: &Person, field: &str, new: Item, outdated: &[&str]) -> Item {
    let mut item = person
        .contact_items(field)
        .next()
        .map(|item| item::sendable(field, item))
        .unwrap_or_default();
    for member in outdated {
        item.remove(*member);
    }
    item.extend(new);
    item
}

/// The items of a field after the change; `None` where it does not change.
fn values(person: &Person, kind: Kind, field: &str, change: &CardChange) -> Option<Vec<Item>> {
    let of_kind = |value: &&Value| value.content.kind() == kind;
    let removed: Vec<&Value> = change.removed.iter().filter(of_kind).collect();
    let replaced: Vec<&(Value, Value)> = change.replaced.iter().filter(|(old, _)| of_kind(&old)).collect();
    let added: Vec<&Value> = change.added.iter().filter(of_kind).collect();
    if removed.is_empty() && replaced.is_empty() && added.is_empty() {
        return None;
    }
    let mut items: Vec<Item> = person.contact_items(field).cloned().collect();
    let place = |items: &[Item], wanted: &Value| {
        items
            .iter()
            .position(|item| item::read(kind, item, "").is_some_and(|value| is_item(&value, wanted)))
    };
    for removed in removed {
        if let Some(place) = place(&items, removed) {
            items.remove(place);
        }
    }
    for (old, new) in replaced {
        if let Some(item) = place(&items, old).and_then(|place| items.get_mut(place)) {
            item::write(item, new);
        }
    }
    items.extend(added.into_iter().map(item::from_value));
    Some(items.iter().map(|item| item::sendable(field, item)).collect())
}

/// Whether a value read from a person is this one. In which country a number is dialled is not Google's to tell.
fn is_item(read: &Value, wanted: &Value) -> bool {
    read.label == wanted.label
        && match (&read.content, &wanted.content) {
            (Content::Phone { number: a, .. }, Content::Phone { number: b, .. }) => a == b,
            (a, b) => a == b,
        }
}

/// The clientData after the change; `None` where it does not change.
fn markers(person: &Person, change: &MarkerChange) -> Option<Vec<Item>> {
    let (instance, new) = match change {
        MarkerChange::Set(marker) => (&marker.instance, Some(client_data(marker))),
        MarkerChange::Remove(instance) => (instance, None),
    };
    let items: Vec<Item> = person
        .contact_items(item::CLIENT_DATA)
        .map(|item| item::sendable(item::CLIENT_DATA, item))
        .collect();
    let is_ours = |item: &Item| {
        let marker = item::text(item, "value").parse::<Marker>();
        item::text(item, "key") == Marker::KEY && marker.is_ok_and(|marker| marker.instance == *instance)
    };
    let ours: Vec<&Item> = items.iter().filter(|item| is_ours(item)).collect();
    if ours.iter().copied().eq(new.as_ref()) {
        return None;
    }
    Some(items.iter().filter(|item| !is_ours(item)).cloned().chain(new).collect())
}
