// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards of a backup as vCards, for whatever other program, and for an import.

use gcontacts_carddav::{More, VCard, write_vcards};
use gcontacts_people::Person;
use gcontacts_people::mapping::card_from_person;

use crate::{Error, LabelNames};

/// Writes people, each as Google's JSON, as vCards (version 4). `labels` has the names of the labels, `country` is where
/// numbers without an international prefix are dialled.
///
/// # Errors
/// Where a text is no person.
pub fn vcards_of_people(labels: &LabelNames, people: &[String], country: &str) -> Result<String, Error> {
    let mut cards = Vec::with_capacity(people.len());
    for person in people {
        let person: Person = serde_json::from_str(person).map_err(Error::Card)?;
        cards.push(VCard {
            uid: person.resource_name().map(|name| name.0).unwrap_or_default(),
            card: card_from_person(&person, country),
            photo: None,
            more: more(&person, labels),
        });
    }
    Ok(write_vcards(&cards))
}

fn more(person: &Person, labels: &LabelNames) -> More {
    let texts = |field: &str, part: &str| -> Vec<String> {
        let items = person.contact_items(field).filter_map(|item| item.get(part)?.as_str());
        items.map(str::to_owned).collect()
    };
    // The picture with a letter on it, which Google draws itself, is none.
    let photo = person
        .contact_items("photos")
        .find(|item| item.get("default").and_then(serde_json::Value::as_bool) != Some(true));
    More {
        middle: texts("names", "middleName").into_iter().next().unwrap_or_default(),
        nicknames: texts("nicknames", "value"),
        labels: person
            .memberships()
            .iter()
            .filter_map(|name| labels.get(name).cloned())
            .collect(),
        photo_url: photo
            .and_then(|item| item.get("url")?.as_str())
            .unwrap_or_default()
            .to_owned(),
    }
}
