// SPDX-License-Identifier: GPL-3.0-or-later
//! People of a backup: what of them can be written again, and whether one says the same as another.

use std::collections::BTreeSet;

use gcontacts_core::{Marker, ResourceName};
use serde_json::{Value as Json, json};

use super::patch::Update;
use super::{client_data, item};
use crate::mask::FieldMask;
use crate::person::{Item, Person};

/// The fields that say what a card says: all that can be written but its labels and what programs keep with it.
const FIELDS: [&str; 22] = [
    "addresses",
    "biographies",
    "birthdays",
    "calendarUrls",
    "emailAddresses",
    "events",
    "externalIds",
    "genders",
    "imClients",
    "interests",
    "locales",
    "locations",
    "miscKeywords",
    "names",
    "nicknames",
    "occupations",
    "organizations",
    "phoneNumbers",
    "relations",
    "sipAddresses",
    "urls",
    "userDefined",
];

/// The fields of which a contact has one item (People API, people.createContact).
const SINGLE: [&str; 4] = ["biographies", "birthdays", "genders", "names"];

/// A person of a backup, with what Google will not take back.
#[derive(Clone, Debug, PartialEq)]
pub struct Restorable {
    /// The body of a create, without labels and without what tells it from others.
    pub body: Person,
    /// The labels it carried.
    pub labels: Vec<ResourceName>,
    /// What programs kept with it.
    pub client_data: Vec<Item>,
    /// Whether it had a photo, which no call of a restore can set.
    pub had_photo: bool,
}

impl Restorable {
    /// Reads what can be written again.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        let mut body = Person::default();
        for field in FIELDS {
            let items = sendable(person, field);
            if !items.is_empty() {
                body.as_object_mut().insert(field.to_owned(), array(items));
            }
        }
        let uploaded = |photo: &&Item| photo.get("default") != Some(&Json::Bool(true));
        Self {
            body,
            labels: person.memberships(),
            client_data: sendable(person, item::CLIENT_DATA),
            had_photo: person.contact_items("photos").find(uploaded).is_some(),
        }
    }

    /// Makes the body of the create. Until its answer is known the card carries `marker` alone, so that it is found again,
    /// and no Dolibarr takes it for its own.
    #[must_use]
    pub fn create(&self, marker: &Marker, labels: &[ResourceName]) -> Person {
        let mut body = self.body.clone();
        let others = self
            .client_data
            .iter()
            .filter(|data| item::text(data, "key") != Marker::KEY);
        let data: Vec<Item> = std::iter::once(client_data(marker)).chain(others.cloned()).collect();
        body.as_object_mut().insert(item::CLIENT_DATA.to_owned(), array(data));
        if !labels.is_empty() {
            body.as_object_mut()
                .insert("memberships".to_owned(), memberships(labels));
        }
        body
    }
}

/// Makes the update that brings `person`, as it was read, back to what `wanted` says, with these labels. What programs keep
/// with the card stays as it is.
#[must_use]
pub fn revert(person: &Person, wanted: &Restorable, labels: &[ResourceName]) -> (Person, FieldMask) {
    let mut update = Update::of(person);
    for field in FIELDS {
        let items = sendable(&wanted.body, field);
        if texts(&items) != texts(&sendable(person, field)) {
            update.put(field, items);
        }
    }
    let carried: BTreeSet<ResourceName> = person.memberships().into_iter().collect();
    if !labels.is_empty() && carried != labels.iter().cloned().collect() {
        update.mask.insert("memberships");
        update
            .body
            .as_object_mut()
            .insert("memberships".to_owned(), memberships(labels));
    }
    (update.body, update.mask)
}

/// Makes the update after which `person`, as it was read, carries exactly this clientData.
#[must_use]
pub fn set_client_data(person: &Person, data: &[Item]) -> (Person, FieldMask) {
    let mut update = Update::of(person);
    if texts(data) != texts(&sendable(person, item::CLIENT_DATA)) {
        update.put(item::CLIENT_DATA, data.to_vec());
    }
    (update.body, update.mask)
}

/// What a person says, as a text that is equal for equal cards: neither the order of the items counts nor names, versions,
/// labels or what programs keep with it.
#[must_use]
pub fn says(person: &Person) -> String {
    let fields = FIELDS.into_iter().map(|field| (field, texts(&sendable(person, field))));
    let told: Vec<String> = fields
        .filter(|(_, items)| !items.is_empty())
        .map(|(field, items)| format!("{field}={}", items.join(",")))
        .collect();
    told.join("\n")
}

fn sendable(person: &Person, field: &str) -> Vec<Item> {
    let items = person.contact_items(field).map(|item| item::sendable(field, item));
    let limit = if SINGLE.contains(&field) { 1 } else { usize::MAX };
    items.filter(item::says_something).take(limit).collect()
}

/// The items as sorted texts, without the mark of the default one.
fn texts(items: &[Item]) -> Vec<String> {
    let mut texts: Vec<String> = items
        .iter()
        .map(|item| {
            let mut item = item.clone();
            item.remove("metadata");
            Json::Object(item).to_string()
        })
        .collect();
    texts.sort();
    texts
}

fn array(items: Vec<Item>) -> Json {
    items.into_iter().map(Json::Object).collect()
}

fn memberships(labels: &[ResourceName]) -> Json {
    let membership = |label: &ResourceName| json!({"contactGroupMembership": {"contactGroupResourceName": label}});
    labels.iter().map(membership).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(value: Json) -> Person {
        serde_json::from_value(value).unwrap()
    }

    fn read() -> Person {
        person(json!({
            "resourceName": "people/c1", "etag": "%1",
            "metadata": {"sources": [{"type": "CONTACT", "id": "1", "etag": "#1"}]},
            "names": [{"displayName": "Ann B", "givenName": "Ann", "middleName": "C", "metadata": {"primary": true}}],
            "phoneNumbers": [{"value": "1", "canonicalForm": "+331"}, {"value": "2", "metadata": {"sourcePrimary": true}}],
            "clientData": [{"key": "dolibarr", "value": "a:contact:1:n"}, {"key": "other", "value": "x"}],
            "photos": [{"url": "https://photo.example/1"}],
            "memberships": [{"contactGroupMembership": {"contactGroupResourceName": "contactGroups/f"}}]}))
    }

    #[test]
    fn what_can_be_written_again_is_kept_and_the_rest_is_told() {
        let restorable = Restorable::of(&read());
        assert!(restorable.had_photo);
        assert_eq!(restorable.labels, [ResourceName("contactGroups/f".to_owned())]);
        let marker = Marker::new("a", "restore", 7, "n").unwrap();
        let label = ResourceName("contactGroups/g".to_owned());
        let body = restorable.create(&marker, &[label]);
        assert_eq!(
            Json::Object(body.as_object().clone()),
            json!({
                "names": [{"givenName": "Ann", "middleName": "C"}],
                "phoneNumbers": [{"value": "1"}, {"value": "2", "metadata": {"sourcePrimary": true}}],
                "clientData": [{"key": "dolibarr", "value": "a:restore:7:n"}, {"key": "other", "value": "x"}],
                "memberships": [{"contactGroupMembership": {"contactGroupResourceName": "contactGroups/g"}}]})
        );
    }

    #[test]
    fn equal_cards_say_the_same_whatever_their_names_order_and_labels() {
        let mut other = read();
        let object = other.as_object_mut();
        object.insert("resourceName".to_owned(), json!("people/c2"));
        object.insert("phoneNumbers".to_owned(), json!([{"value": "2"}, {"value": "1"}]));
        object.remove("memberships");
        object.remove("clientData");
        assert_eq!(says(&other), says(&read()));
        other
            .as_object_mut()
            .insert("nicknames".to_owned(), json!([{"value": "Nan"}]));
        assert_ne!(says(&other), says(&read()));
    }

    #[test]
    fn a_revert_holds_only_what_differs() {
        let mut now = read();
        now.as_object_mut()
            .insert("nicknames".to_owned(), json!([{"value": "Nan"}]));
        let label = ResourceName("contactGroups/f".to_owned());
        let (body, mask) = revert(&now, &Restorable::of(&read()), std::slice::from_ref(&label));
        assert_eq!(mask.to_string(), "nicknames");
        assert_eq!(body.as_object().get("nicknames"), Some(&json!([])));
        assert_eq!(body.source_etag(), Some("#1"));
        let (_, nothing) = revert(&read(), &Restorable::of(&read()), &[label]);
        assert!(nothing.is_empty());
    }

    #[test]
    fn client_data_is_set_to_what_it_was() {
        let (body, mask) = set_client_data(&read(), &[]);
        assert_eq!(
            (mask.to_string().as_str(), body.as_object().get("clientData")),
            ("clientData", Some(&json!([])))
        );
        let (_, nothing) = set_client_data(&read(), &Restorable::of(&read()).client_data);
        assert!(nothing.is_empty());
    }
}
