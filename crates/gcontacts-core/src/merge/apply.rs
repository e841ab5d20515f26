// SPDX-License-Identifier: GPL-3.0-or-later
//! A change put onto a card.

use super::CardChange;
use crate::card::{Card, Value};

impl CardChange {
    /// The card that `card` becomes. A value that is to go or to change and is not there is passed over.
    #[must_use]
    pub fn apply(&self, card: &Card) -> Card {
        let mut card = card.clone();
        let parts = [
            (&mut card.name.prefix, &self.name.prefix),
            (&mut card.name.given, &self.name.given),
            (&mut card.name.family, &self.name.family),
            (&mut card.name.suffix, &self.name.suffix),
            (&mut card.note, &self.note),
        ];
        for (part, new) in parts {
            if let Some(new) = new {
                part.clone_from(new);
            }
        }
        if let Some(birthday) = self.birthday {
            card.birthday = birthday;
        }
        for removed in &self.removed {
            if let Some(place) = card.values.iter().position(|value| same_item(value, removed)) {
                card.values.remove(place);
            }
        }
        for (old, new) in &self.replaced {
            if let Some(value) = card.values.iter_mut().find(|value| same_item(value, old)) {
                value.clone_from(new);
            }
        }
        card.values.extend(self.added.iter().cloned());
        card
    }
}

fn same_item(a: &Value, b: &Value) -> bool {
    a.label == b.label && a.content == b.content
}
