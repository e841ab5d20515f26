// SPDX-License-Identifier: GPL-3.0-or-later
//! Whether two cards are equal.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::card::{Card, Content, Value};
use crate::identity::{Identity, Kind};
use crate::text::{fold, tidy};

/// What a card shows, as a hash: the same for every order of the values, every encoding of accents and line ends, and
/// whichever fields the values come from; another one for anything that a person would see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Takes the fingerprint of a card.
    #[must_use]
    pub fn of(card: &Card) -> Self {
        let mut values: Vec<Vec<String>> = card.values.iter().map(shown).collect();
        values.sort_unstable();
        let birthday = card.birthday.map(|date| date.to_string()).unwrap_or_default();
        let name = &card.name;
        let mut hash = Sha256::new();
        for text in [&name.prefix, &name.given, &name.family, &birthday, &card.note] {
            feed(&mut hash, &plain(text));
        }
        for value in values {
            hash.update([0xff]);
            for text in &value {
                feed(&mut hash, text);
            }
        }
        Self(hex::encode(hash.finalize()))
    }

    /// The hash in 64 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Feeds a text with its length before it, so that no two lists of texts are fed alike.
fn feed(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}

fn plain(text: &str) -> String {
    let text = tidy(text);
    if text.is_ascii() { text } else { text.nfc().collect() }
}

/// All that a value shows.
fn shown(value: &Value) -> Vec<String> {
    let texts: Vec<&str> = match &value.content {
        Content::Phone { number, .. } => vec!["phone", number],
        Content::Email(email) => vec!["email", email],
        Content::Url(url) => vec!["url", url],
        Content::Organization { name, title } => vec!["organization", name, title],
        Content::Messenger { protocol, handle } => vec!["messenger", protocol, handle],
        Content::Address(a) => vec![
            "address",
            &a.street,
            &a.zip,
            &a.town,
            &a.state,
            &a.country,
            &a.country_code,
        ],
    };
    texts.into_iter().chain([value.label.as_text()]).map(plain).collect()
}

/// Whether both cards tell a person the same, however it is typed, labelled and ordered.
#[must_use]
pub fn same(a: &Card, b: &Card) -> bool {
    let names = |card: &Card| [&card.name.prefix, &card.name.given, &card.name.family].map(|part| fold(part));
    names(a) == names(b) && a.birthday == b.birthday && fold(&a.note) == fold(&b.note) && identities(a) == identities(b)
}

fn identities(card: &Card) -> BTreeSet<(Kind, String)> {
    card.values
        .iter()
        .map(Value::identity)
        .map(|Identity { kind, key, .. }| (kind, key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{Field, ValueLabel};

    fn card(note: &str, phones: &[&str]) -> Card {
        let value = |number: &&str| Value::of(Field::PhonePro, ValueLabel::Work, Content::phone(number, "FR").unwrap());
        Card {
            note: note.to_owned(),
            values: phones.iter().map(value).collect(),
            ..Card::default()
        }
    }

    #[test]
    fn order_and_encoding_leave_no_trace() {
        let one = card("e\u{301}t\u{e9}\r\nx", &["01", "02"]);
        let mut two = card("\u{e9}te\u{301}\nx ", &["02", "01"]);
        two.values[0].field = None;
        assert_eq!(Fingerprint::of(&one), Fingerprint::of(&two));
        assert_eq!(Fingerprint::of(&one).as_str().len(), 64);
    }

    #[test]
    fn what_is_seen_leaves_one() {
        let base = Fingerprint::of(&card("x", &["0123456789"]));
        assert_ne!(base, Fingerprint::of(&card("x", &["01 23 45 67 89"])));
        assert_ne!(base, Fingerprint::of(&card("X", &["0123456789"])));
        assert_ne!(base, Fingerprint::of(&card("x", &["0123456789", "0123456789"])));
        let mut labelled = card("x", &["0123456789"]);
        labelled.values[0].label = ValueLabel::Home;
        assert_ne!(base, Fingerprint::of(&labelled));
    }

    #[test]
    fn notation_says_nothing_new() {
        assert!(same(
            &card("Été", &["0123456789"]),
            &card("ete", &["+33 1 23 45 67 89"])
        ));
        assert!(!same(&card("Été", &["0123456789"]), &card("ete", &[])));
    }
}
