// SPDX-License-Identifier: GPL-3.0-or-later
//! One card for a contact, one contact for a card.

use std::collections::{BTreeMap, BTreeSet};

use crate::adopt::{Likeness, Pair};

/// Chooses of all pairs those that are one to one.
///
/// Better reasons come first, and what they pair is out of the question for the others. What is ambiguous for one
/// reason is no pair by it: a wrong card would be worse than a second one. Only marks are unambiguous even then: several
/// cards with the same mark are copies, and the first is taken.
#[must_use]
pub fn choose(pairs: &[Pair]) -> Vec<Pair> {
    let mut levels = BTreeMap::<Likeness, BTreeSet<&Pair>>::new();
    for pair in pairs {
        levels.entry(pair.likeness).or_default().insert(pair);
    }
    let mut chosen = Chosen::default();
    for (likeness, level) in levels {
        let free: Vec<&Pair> = level.into_iter().filter(|pair| chosen.is_free(pair)).collect();
        let stands_alone = loners(&free);
        for pair in free {
            if stands_alone(pair) || (likeness.is_mark() && chosen.is_free(pair)) {
                chosen.take(pair);
            }
        }
    }
    chosen.pairs
}

/// Tells of each pair whether neither its contact nor its card stands in another.
fn loners(pairs: &[&Pair]) -> impl Fn(&Pair) -> bool + use<> {
    let (mut contacts, mut cards) = (BTreeMap::<u64, usize>::new(), BTreeMap::<u64, usize>::new());
    for pair in pairs {
        *contacts.entry(pair.contact).or_default() += 1;
        *cards.entry(pair.card).or_default() += 1;
    }
    move |pair| contacts.get(&pair.contact) == Some(&1) && cards.get(&pair.card) == Some(&1)
}

#[derive(Default)]
struct Chosen {
    pairs: Vec<Pair>,
    contacts: BTreeSet<u64>,
    cards: BTreeSet<u64>,
}

impl Chosen {
    fn is_free(&self, pair: &Pair) -> bool {
        !self.contacts.contains(&pair.contact) && !self.cards.contains(&pair.card)
    }

    fn take(&mut self, pair: &Pair) {
        self.contacts.insert(pair.contact);
        self.cards.insert(pair.card);
        self.pairs.push(pair.clone());
    }
}
