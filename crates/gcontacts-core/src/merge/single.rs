// SPDX-License-Identifier: GPL-3.0-or-later
//! The parts of which a card has one: the parts of the name, the birthday.

use super::{CardChange, Clash, ClashRule, Ruling};
use crate::card::Card;
use crate::text::same_as_typed;

/// What a three-way merge of one part comes to.
enum Outcome {
    /// Google's stays.
    Stays,
    /// Dolibarr's goes onto the card.
    Dolibarrs,
    /// Google changed it too.
    Clash,
}

/// The rule for a part: the first time what Dolibarr has goes onto the card, then what Dolibarr changed.
fn outcome<T: ?Sized>(
    sent: Option<&T>,
    desired: &T,
    google: &T,
    same: impl Fn(&T, &T) -> bool,
    empty: impl Fn(&T) -> bool,
) -> Outcome {
    if same(desired, google) {
        return Outcome::Stays;
    }
    match sent {
        None if empty(desired) => Outcome::Stays,
        None => Outcome::Dolibarrs,
        Some(sent) if same(sent, desired) => Outcome::Stays,
        Some(sent) if same(sent, google) => Outcome::Dolibarrs,
        Some(_) => Outcome::Clash,
    }
}

/// Merges civility, first and last name, each by itself.
pub(super) fn merge_name(
    change: &mut CardChange,
    ruling: Ruling<'_>,
    sent: Option<&Card>,
    desired: &Card,
    google: &Card,
) {
    let sent = sent.map(|card| &card.name);
    let (desired, google) = (&desired.name, &google.name);
    let parts = [
        (
            "prefix",
            sent.map(|name| &name.prefix),
            &desired.prefix,
            &google.prefix,
            &mut change.name.prefix,
        ),
        (
            "given",
            sent.map(|name| &name.given),
            &desired.given,
            &google.given,
            &mut change.name.given,
        ),
        (
            "family",
            sent.map(|name| &name.family),
            &desired.family,
            &google.family,
            &mut change.name.family,
        ),
    ];
    for (part, sent, desired, google, new) in parts {
        let outcome = outcome(
            sent.map(String::as_str),
            desired.as_str(),
            google.as_str(),
            same_as_typed,
            str::is_empty,
        );
        let goes = match outcome {
            Outcome::Stays => false,
            Outcome::Dolibarrs => true,
            Outcome::Clash => ruling.lets_dolibarr(&mut change.clashes, part, desired, google),
        };
        if goes {
            *new = Some(desired.clone());
        }
    }
}

/// Merges the birthday.
pub(super) fn merge_birthday(
    change: &mut CardChange,
    ruling: Ruling<'_>,
    sent: Option<&Card>,
    desired: &Card,
    google: &Card,
) {
    let sent = sent.map(|card| &card.birthday);
    let (desired, google) = (&desired.birthday, &google.birthday);
    let outcome = outcome(sent, desired, google, |a, b| a == b, Option::is_none);
    let text = |date: &Option<_>| {
        date.map(|date: crate::PartialDate| date.to_string())
            .unwrap_or_default()
    };
    let goes = match outcome {
        Outcome::Stays => false,
        Outcome::Dolibarrs => true,
        Outcome::Clash => ruling.lets_dolibarr(&mut change.clashes, "birthday", &text(desired), &text(google)),
    };
    if goes {
        change.birthday = Some(*desired);
    }
}

impl Clash {
    /// Makes a clash in which Dolibarr's word holds.
    #[must_use]
    pub fn new(part: &str, dolibarr: &str, google: &str) -> Self {
        Self {
            part: part.to_owned(),
            dolibarr: dolibarr.to_owned(),
            google: google.to_owned(),
            rule: ClashRule::Dolibarr,
        }
    }
}
