// SPDX-License-Identifier: GPL-3.0-or-later
//! Which cards may be which contacts'.

use serde::{Deserialize, Serialize};

use crate::adopt::{MatchKey, Traits};

/// Why a card may be a contact's, the best reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// It carries our marker of this contact.
    Marker,
    /// The `google` module of `DoliMods` marked it with the contact's id, and name or a value agree.
    Dolimods,
    /// It is in a label of the container's name and has the contact's name.
    Container,
    /// Same e-mail, same name.
    EmailAndName,
    /// Same e-mail, and the names do not contradict.
    Email,
    /// Same phone, same name.
    Phone,
    /// Marked with the contact's id, but nothing else agrees: the mark may be another Dolibarr's.
    DolimodsAlone,
}

impl Likeness {
    /// Whether nobody has to be asked.
    #[must_use]
    pub fn is_certain(self) -> bool {
        self <= Self::Container
    }

    /// Whether several such pairs of one contact are copies of one card, of which any may be taken.
    pub(super) fn is_mark(self) -> bool {
        self <= Self::Dolimods
    }
}

/// A contact and a card that may be its.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Id of the contact.
    pub contact: u64,
    /// Id of the card.
    pub card: u64,
    /// Why.
    pub likeness: Likeness,
}

/// Proposes every pair of a contact and a card that are alike.
#[must_use]
pub fn propose(contacts: &[Traits], cards: &[Traits]) -> Vec<Pair> {
    let mut by_key = std::collections::BTreeMap::<&MatchKey, Vec<&Traits>>::new();
    for card in cards {
        for key in &card.keys {
            by_key.entry(key).or_default().push(card);
        }
    }
    let mut pairs = Vec::new();
    for contact in contacts {
        let mut found: Vec<&Traits> = contact
            .keys
            .iter()
            .filter_map(|key| by_key.get(key))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable_by_key(|card| card.id);
        found.dedup_by_key(|card| card.id);
        pairs.extend(found.into_iter().filter_map(|card| {
            Some(Pair {
                contact: contact.id,
                card: card.id,
                likeness: likeness(contact, card)?,
            })
        }));
    }
    pairs
}

fn likeness(contact: &Traits, card: &Traits) -> Option<Likeness> {
    let shares = |kind: fn(&MatchKey) -> bool| contact.keys.intersection(&card.keys).any(kind);
    let (same, compatible) = (contact.name.is(&card.name), contact.name.is_compatible(&card.name));
    let email = shares(|key| matches!(key, MatchKey::Email(_)));
    let phone = shares(|key| matches!(key, MatchKey::Phone(_)));
    let marked = shares(|key| matches!(key, MatchKey::DoliMods(_)));
    let named = compatible && !contact.name.is_empty() && !card.name.is_empty();
    let reasons = [
        (shares(|key| matches!(key, MatchKey::Marker(_))), Likeness::Marker),
        (marked && (named || email || phone), Likeness::Dolimods),
        (shares(|key| matches!(key, MatchKey::Container(_))), Likeness::Container),
        (email && same, Likeness::EmailAndName),
        (email && compatible, Likeness::Email),
        (phone && same, Likeness::Phone),
        (marked, Likeness::DolimodsAlone),
    ];
    reasons
        .into_iter()
        .find_map(|(holds, likeness)| holds.then_some(likeness))
}
