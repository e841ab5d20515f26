// SPDX-License-Identifier: GPL-3.0-or-later
//! What a contact or a card has that tells who it is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::adopt::dolimods::MADE_UP;
use crate::adopt::{MatchKey, NameTokens};
use crate::desired::{Desired, desired};
use crate::identity::Kind;
use crate::{Card, Company, Contact, Content, Marker, Record, Settings};

/// What of a contact or a card tells whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traits {
    /// Id of the contact, or the caller's own id of the card.
    pub id: u64,
    /// Its name.
    pub name: NameTokens,
    /// What it can be found by.
    pub keys: BTreeSet<MatchKey>,
}

/// What marks a card beside its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardMarks {
    /// The markers it carries: of this Dolibarr or another.
    pub markers: Vec<Marker>,
    /// The contacts that the `google` module of `DoliMods` made it for.
    pub dolimods: Vec<u64>,
    /// Whether it carries a label of the container's name.
    pub in_container: bool,
}

/// The traits of a contact. One that should have no card is found by marks alone: what there is of it must go.
#[must_use]
pub fn record_traits(record: &Record, settings: &Settings) -> Traits {
    let mut traits = Traits {
        id: record.id,
        name: NameTokens::default(),
        keys: BTreeSet::from([marker_key(&settings.instance, &record.element_type, record.id)]),
    };
    // A birthday that nobody can read is no reason to make a second card once it is mended.
    let wanted = !matches!(desired(record, settings), Ok(Desired::Nothing(_)));
    if let Some(contact) = record.contact.as_ref().filter(|_| wanted) {
        traits.name = NameTokens::of(&contact.firstname, &contact.lastname);
        traits.keys.insert(MatchKey::DoliMods(record.id));
        add_container(&mut traits);
        add_values(
            &mut traits.keys,
            &own_values(contact, record.company.as_ref(), settings),
        );
    }
    traits
}

/// The traits of a card. One with a marker is somebody's already, so that it is found by its marker alone.
#[must_use]
pub fn card_traits(id: u64, card: &Card, marks: &CardMarks) -> Traits {
    let keys = marks.markers.iter();
    let mut traits = Traits {
        id,
        name: NameTokens::of(&card.name.given, &card.name.family),
        keys: keys
            .map(|marker| marker_key(&marker.instance, &marker.element_type, marker.id))
            .collect(),
    };
    if traits.keys.is_empty() {
        traits
            .keys
            .extend(marks.dolimods.iter().copied().map(MatchKey::DoliMods));
        if marks.in_container {
            add_container(&mut traits);
        }
        let values: Vec<Content> = card.values.iter().map(|value| value.content.clone()).collect();
        add_values(&mut traits.keys, &values);
    }
    traits
}

fn marker_key(instance: &str, element_type: &str, id: u64) -> MatchKey {
    MatchKey::Marker(format!("{instance}:{element_type}:{id}"))
}

fn add_container(traits: &mut Traits) {
    if !traits.name.is_empty() {
        traits.keys.insert(MatchKey::Container(traits.name.as_str().to_owned()));
    }
}

fn add_values(keys: &mut BTreeSet<MatchKey>, values: &[Content]) {
    for value in values {
        let identity = value.identity();
        match identity.kind {
            Kind::Email if !identity.key.ends_with(MADE_UP) => keys.insert(MatchKey::Email(identity.key)),
            Kind::Phone => keys.insert(MatchKey::Phone(identity.key)),
            _ => continue,
        };
    }
}

/// The contact's own e-mail and phones: a switchboard that is typed into each contact too is still the third party's.
fn own_values(contact: &Contact, company: Option<&Company>, settings: &Settings) -> Vec<Content> {
    let codes = [
        contact.address.country_code.as_str(),
        company.map_or("", |company| company.address.country_code.as_str()),
        settings.country.as_str(),
    ];
    let country = |codes: &[&str]| {
        codes
            .iter()
            .find(|code| !code.trim().is_empty())
            .map_or(String::new(), |code| code.trim().to_owned())
    };
    let at = country(&codes);
    let own = [
        Content::email(&contact.email),
        Content::phone(&contact.phone_pro, &at),
        Content::phone(&contact.phone_perso, &at),
        Content::phone(&contact.phone_mobile, &at),
    ];
    let at = country(codes.get(1..).unwrap_or_default());
    let shared: Vec<_> = company
        .map(|company| {
            let values = [
                Content::email(&company.email),
                Content::phone(&company.phone, &at),
                Content::phone(&company.fax, &at),
            ];
            values.into_iter().flatten().map(|value| value.identity()).collect()
        })
        .unwrap_or_default();
    own.into_iter()
        .flatten()
        .filter(|value| !shared.iter().any(|shared| value.identity().is(shared)))
        .collect()
}
