// SPDX-License-Identifier: GPL-3.0-or-later
//! What was sent of a card, and what may have been.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Card;
use crate::card::{Name, Part, PartialDate, Value};
use crate::merge::{Clash, ClashRule, merge_by};

/// How many cards under way are remembered: each is one that failed, and was then changed again in Dolibarr.
const REMEMBERED: usize = 8;

/// The card that Dolibarr wanted when both last agreed, and what it wanted since.
///
/// An update whose answer is lost may have arrived. Were it forgotten, a value that Dolibarr takes back before the next
/// try would stay at Google for ever, as if the phone's user had put it there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct SentCard {
    /// What both agreed on last.
    #[serde(flatten)]
    pub card: Card,
    /// What was about to be sent since and may have arrived, the latest last. While there is any, the stored person is
    /// not to be trusted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under_way: Vec<Card>,
}

/// The members of both, as they are read: serde reads what is flattened by way of a second copy, and each plan reads these.
#[derive(Deserialize)]
struct Stored {
    name: Name,
    birthday: Option<PartialDate>,
    note: String,
    values: Vec<Value>,
    #[serde(default)]
    found: BTreeSet<Part>,
    #[serde(default)]
    kept: Vec<Clash>,
    #[serde(default)]
    under_way: Vec<Card>,
}

impl From<Stored> for SentCard {
    fn from(stored: Stored) -> Self {
        Self {
            card: Card {
                name: stored.name,
                birthday: stored.birthday,
                note: stored.note,
                values: stored.values,
                found: stored.found,
                kept: stored.kept,
            },
            under_way: stored.under_way,
        }
    }
}

impl SentCard {
    /// Notes that `card` is about to be sent.
    #[must_use]
    pub fn sending(&self, card: &Card) -> Self {
        let (found, kept) = (self.card.found.clone(), self.card.kept.clone());
        let new = Card {
            found,
            kept,
            ..card.clone()
        };
        let mut under_way: Vec<Card> = self.under_way.iter().filter(|known| **known != new).cloned().collect();
        under_way.push(new);
        let forgotten = under_way.len().saturating_sub(REMEMBERED);
        Self {
            card: self.card.clone(),
            under_way: under_way.split_off(forgotten),
        }
    }

    /// What the next merge starts from: of what may have arrived the latest that Google shows whole, else what both
    /// agreed on. A part that `rule` leaves to Google need not be there.
    #[must_use]
    pub fn base(&self, rule: ClashRule, google: &Card) -> &Card {
        let arrived = |card: &&Card| **card != self.card && merge_by(rule, Some(&self.card), card, google).is_empty();
        self.under_way.iter().rev().find(arrived).unwrap_or(&self.card)
    }
}

impl From<Card> for SentCard {
    fn from(card: Card) -> Self {
        Self {
            card,
            under_way: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Content, Field, Value, ValueLabel};

    fn card(phone: &str) -> Card {
        Card {
            values: vec![Value::of(
                Field::PhonePro,
                ValueLabel::Work,
                Content::phone(phone, "FR").unwrap(),
            )],
            ..Card::default()
        }
    }

    #[test]
    fn the_base_is_what_arrived() {
        let sent = SentCard::from(card("1"));
        assert_eq!(sent.base(ClashRule::Dolibarr, &card("2")), &card("1"));
        let sent = sent.sending(&card("2")).sending(&card("3")).sending(&card("1"));
        for at_google in ["1", "2", "3"] {
            assert_eq!(sent.base(ClashRule::Dolibarr, &card(at_google)), &card(at_google));
        }
        assert_eq!(sent.base(ClashRule::Dolibarr, &card("4")), &card("1"));
    }

    #[test]
    fn it_is_kept_beside_the_card_and_bounded() {
        let mut sent = SentCard::from(card("1"));
        let plain = serde_json::to_string(&sent).unwrap();
        assert_eq!(plain, serde_json::to_string(&card("1")).unwrap());
        for phone in 0..20 {
            sent = sent.sending(&card(&phone.to_string())).sending(&card("7"));
        }
        assert_eq!(sent.under_way.len(), REMEMBERED);
        assert_eq!(sent.under_way.last(), Some(&card("7")));
        let json = serde_json::to_string(&sent).unwrap();
        assert_eq!(serde_json::from_str::<SentCard>(&json).unwrap(), sent);
        assert_eq!(serde_json::from_str::<Card>(&json).unwrap(), card("1"));
    }
}
