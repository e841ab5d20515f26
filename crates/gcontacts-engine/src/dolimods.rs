// SPDX-License-Identifier: GPL-3.0-or-later
//! What the `google` module of `DoliMods` left on a person.

use gcontacts_core::Card;
use gcontacts_core::adopt::{dolimods_contact, dolimods_leftovers};
use gcontacts_people::Person;

/// The member of a person in which that module keeps its mark.
const KEY: &str = "dolibarr-id";

/// The contacts that the marks of `person` name.
pub(crate) fn contacts(person: &Person) -> impl Iterator<Item = u64> {
    person.user_defined(KEY).filter_map(dolimods_contact)
}

/// What would be taken off `person` where somebody asks for it, as texts; `card` is what it says.
pub(crate) fn leftovers(person: &Person, card: &Card) -> Vec<String> {
    dolimods_leftovers(card, is_marked(person))
}

/// Whether `person` carries a mark beside its note.
pub(crate) fn is_marked(person: &Person) -> bool {
    contacts(person).next().is_some()
}
