// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards to people and back: the one place that knows how Google writes a card.

use gcontacts_core::merge::CardChange;
use gcontacts_core::{Card, Marker, ResourceName};

use crate::mask::FieldMask;
use crate::person::Person;

/// What an update does to the marker of one Dolibarr; others' clientData is always kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkerChange {
    /// Takes off the markers of the same instance and puts this one on.
    Set(Marker),
    /// Takes off the markers of the Dolibarr with this instance id.
    Remove(String),
}

/// Makes the body that creates a card.
#[must_use]
pub fn person_from_card(card: &Card, marker: &Marker, memberships: &[ResourceName]) -> Person {
    let _ = (card, marker, memberships);
    Person::default()
}

/// Reads the card out of a person: only what belongs to the contact itself, and only what the module maps.
///
/// `country` (ISO 3166-1 alpha-2) is where numbers without an international prefix are dialled.
#[must_use]
pub fn card_from_person(person: &Person, country: &str) -> Card {
    let _ = (person, country);
    Card::default()
}

/// Makes the body and the mask of the update that carries `change` onto `person`, as it was read.
///
/// The body holds only the fields that change, each whole: what nobody changed in them survives.
#[must_use]
pub fn patch(person: &Person, change: &CardChange, marker: Option<&MarkerChange>) -> (Person, FieldMask) {
    let _ = (person, change, marker);
    (Person::default(), FieldMask::default())
}
