// SPDX-License-Identifier: GPL-3.0-or-later
//! What the `google` module of `DoliMods` left on a person.

use gcontacts_core::Card;
use gcontacts_core::adopt::{dolimods_contact, dolimods_leftovers, dolimods_note};
use gcontacts_people::Person;
use gcontacts_people::mapping::{card_from_person, note_from_person};

/// The member of a person in which that module keeps its mark.
const KEY: &str = "dolibarr-id";

/// The contacts that the marks of `person` name.
pub(crate) fn contacts(person: &Person) -> impl Iterator<Item = u64> {
    person.user_defined(KEY).filter_map(dolimods_contact)
}

/// As [`leftovers`], of a person that was not read as a card yet. Most were never that module's, and reading one is dear.
pub(crate) fn leftovers_of(person: &Person, country: &str) -> Vec<String> {
    if is_marked(person) || dolimods_note(&note_from_person(person)).is_some() {
        leftovers(person, &card_from_person(person, country))
    } else {
        Vec::new()
    }
}

/// What would be taken off `person` where somebody asks for it, as texts; `card` is what it says.
pub(crate) fn leftovers(person: &Person, card: &Card) -> Vec<String> {
    dolimods_leftovers(card, is_marked(person))
}

/// Whether `person` carries a mark beside its note.
pub(crate) fn is_marked(person: &Person) -> bool {
    contacts(person).next().is_some()
}
