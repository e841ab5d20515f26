// SPDX-License-Identifier: GPL-3.0-or-later
//! Contacts that were in the book before anything else happened.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::book::{Fields, Item, MY_CONTACTS, NewContact, Origin, Photo};
use crate::mask::OTHER_COPY_PATHS;
use crate::random::Sequence;
use crate::state::State;

/// What to plant.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    user: Option<String>,
    /// Contacts.
    n: usize,
    #[serde(rename = "seed")]
    start: u64,
    /// So many of them carry the marks of the elder `google` module of Dolibarr.
    legacy_dolibarr: usize,
    /// So many of them carry client data of another application.
    other_apps: usize,
    /// So many of them have a photo.
    photos: usize,
    /// People besides whom the user has only written to.
    other_contacts: usize,
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            user: None,
            n: 10,
            start: 1,
            legacy_dolibarr: 0,
            other_apps: 0,
            photos: 0,
            other_contacts: 0,
        }
    }
}

const GIVEN: [&str; 16] = [
    "Marie", "Jean", "Sofia", "Louis", "Amélie", "Karim", "Ingrid", "Tomás", "Chloé", "Bruno", "Aïcha", "Pierre",
    "Elena", "Noël", "Judith", "Hugo",
];
const FAMILY: [&str; 16] = [
    "Curie",
    "Dupont",
    "Martin",
    "Leroy",
    "Nguyen",
    "Garcia",
    "Moreau",
    "Fontaine",
    "Bianchi",
    "Haddad",
    "Weber",
    "Petit",
    "Lambert",
    "O'Brien",
    "Sørensen",
    "Roux",
];
const COMPANIES: [&str; 8] = [
    "Ateliers du Rhône",
    "Boulangerie Petit",
    "Cartonnages Roux",
    "Duval & Fils",
    "Électricité Martin",
    "Fonderies Leroy",
    "Garage Central",
    "Huilerie Moreau",
];

/// Plants them.
///
/// # Errors
/// No such account.
pub fn plant(state: &mut State, seed: &Seed) -> Result<Value, String> {
    let user = state.account(seed.user.as_deref())?;
    let mut sequence = Sequence::new(seed.start);
    let mut names = Vec::new();
    for index in 0..seed.n {
        let mut fields = contact(&mut sequence, index);
        if index < seed.legacy_dolibarr {
            let mark = format!("{}/contact", index + 1);
            let note = format!("--- (do not delete) --- dolibarr_id = {mark}");
            fields.insert("userDefined", items(json!([{"key": "dolibarr-id", "value": mark}])));
            fields.insert(
                "biographies",
                items(json!([{"value": note, "contentType": "TEXT_PLAIN"}])),
            );
        }
        if index < seed.other_apps {
            fields.insert(
                "clientData",
                items(json!([{"key": "other-app", "value": index.to_string()}])),
            );
        }
        let now = state.clock.now();
        let new = NewContact {
            fields,
            memberships: vec![MY_CONTACTS.to_owned()],
            origin: Origin::Seed,
        };
        let book = state.book_mut(&user);
        let contact = book.add(new, now);
        if index < seed.photos {
            book.change(contact.id, now, |contact| contact.photo = Some(Arc::new(Photo::dot())));
        }
        names.push(contact.resource_name.clone());
    }
    let now = state.clock.now();
    let mut others = Vec::new();
    for index in 0..seed.other_contacts {
        let mut fields = contact(&mut sequence, seed.n + index);
        fields.retain(|field, _| OTHER_COPY_PATHS.contains(field));
        let other = state.book_mut(&user).add_other(fields, now);
        others.push(other.resource_name.clone());
    }
    Ok(json!({"resourceNames": names, "otherContacts": others}))
}

fn contact(sequence: &mut Sequence, index: usize) -> Fields {
    let mut pick = |list: &[&'static str]| list.get(sequence.below(list.len())).copied().unwrap_or_default();
    let (given, family, company) = (pick(&GIVEN), pick(&FAMILY), pick(&COMPANIES));
    let phone = format!(
        "06 {:02} {:02} {:02} {:02}",
        index / 10_000 % 100,
        index / 100 % 100,
        index % 100,
        42
    );
    let mut fields = Fields::new();
    fields.insert("names", items(json!([{"givenName": given, "familyName": family}])));
    fields.insert("organizations", items(json!([{"name": company}])));
    fields.insert("phoneNumbers", items(json!([{"value": phone, "type": "mobile"}])));
    fields.insert(
        "emailAddresses",
        items(json!([{"value": format!("contact{index}@example.org"), "type": "work"}])),
    );
    fields
}

fn items(list: Value) -> Vec<Item> {
    match list {
        Value::Array(list) => list.into_iter().filter_map(|item| item.as_object().cloned()).collect(),
        _ => Vec::new(),
    }
}
