// SPDX-License-Identifier: GPL-3.0-or-later
//! Texts that nobody would type, as phones, addresses and whole cards.
//!
//! `cargo xtask fuzz` plays these with millions of cases.

use gcontacts_core::address::PostalAddress;
use gcontacts_core::compare::{Fingerprint, same};
use gcontacts_core::merge::{agreed, merge, release};
use gcontacts_core::phone::{dialled, identity};
use gcontacts_core::text::{fold, tidy, tidy_line};
use gcontacts_core::{Card, Content, Name, PartialDate, ValueLabel};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ a-zA-Zéß,.\n-]{0,16}",
        "[0-9+ ().x#-]{0,18}",
        "(0|\\+33 ?|0033)[1-9][0-9 ]{8,12}"
    ]
}

fn address() -> impl Strategy<Value = PostalAddress> {
    (text(), text(), text(), text(), "(FR|BE|[A-Z]{0,2})").prop_map(|(street, zip, town, country, code)| {
        PostalAddress {
            street,
            zip,
            town,
            state: String::new(),
            country,
            country_code: code,
        }
    })
}

fn value() -> impl Strategy<Value = gcontacts_core::Value> {
    (0..6_u8, text(), text(), text(), address()).prop_filter_map("nothing", |(kind, label, a, b, address)| {
        let content = match kind {
            0 | 1 => Content::phone(&a, "FR"),
            2 => Content::email(&a),
            3 => Content::organization(&a, &b),
            4 => Content::address(&address),
            _ => Content::url(&a),
        };
        Some(gcontacts_core::Value::found(ValueLabel::from_text(&label), content?))
    })
}

fn card() -> impl Strategy<Value = Card> {
    let date = prop::option::of((1900..2100_u16, 1..13_u8, 1..29_u8));
    (text(), text(), date, text(), prop::collection::vec(value(), 0..5)).prop_map(
        |(given, family, date, note, values)| {
            // As the mapping makes one: each value once.
            let mut once: Vec<gcontacts_core::Value> = Vec::new();
            for value in values {
                if !once
                    .iter()
                    .any(|other| other.identity().is_or_may_be(&value.identity()))
                {
                    once.push(value);
                }
            }
            Card {
                name: Name {
                    given: tidy_line(&given),
                    family: tidy_line(&family),
                    ..Name::default()
                },
                birthday: date.and_then(|(year, month, day)| PartialDate::new(year, month, day)),
                note: tidy(&note),
                values: once,
                ..Card::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn a_phone_is_itself_however_it_is_typed(number in text(), country in "(FR|US|GB|IT|BR|[A-Z]{0,2})") {
        let typed = identity(&number, &country);
        prop_assert_eq!(&typed, &identity(&number, &country));
        let _ = dialled(&number);
        // A French number in full is the same wherever it is dialled. (What is too short or too long to be a number keeps
        // the zero that it was typed with, which a number in full loses.)
        if country == "FR" && typed.len() == 12 && typed.starts_with("+33") {
            prop_assert_eq!(identity(&typed, "JP"), typed);
        }
    }

    #[test]
    fn an_address_is_itself_without_case_and_breaks(address in address()) {
        let address = address.tidied();
        let broken = |text: &str| text.replace(' ', "\n");
        let other = PostalAddress { street: broken(&address.street), ..address.clone() }.tidied();
        prop_assert_eq!(other.identity(), address.identity());
        let tidied_again = address.tidied();
        prop_assert_eq!(&tidied_again, &address);
    }

    #[test]
    fn a_text_folds_once(text in text()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
        prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
        prop_assert_eq!(fold(&tidy_line(&text)), fold(&text));
    }

    #[test]
    fn odd_cards_merge_by_the_laws(sent in prop::option::of(card()), desired in card(), google in card()) {
        prop_assert!(merge(Some(&desired), &desired, &google).is_empty());
        let after = merge(sent.as_ref(), &desired, &google).apply(&google);
        prop_assert!(merge(sent.as_ref(), &desired, &after).is_empty());
        for value in &google.values {
            let known = |card: &Card| card.values.iter().any(|other| other.identity().is_or_may_be(&value.identity()));
            if !known(&desired) && !sent.as_ref().is_some_and(known) {
                prop_assert!(after.values.contains(value), "{value:?} was touched");
            }
        }
        prop_assert!(same(&after, &after) && Fingerprint::of(&after) == Fingerprint::of(&after.clone()));
        // A line that both wrote is no one's, and so may go with ours.
        let lines = |card: &Card| card.note.lines().map(fold).collect::<std::collections::HashSet<_>>();
        prop_assume!(lines(&desired).is_disjoint(&lines(&google)));
        let kept = agreed(sent.as_ref(), &desired, &google);
        let left = release(&kept, &after).apply(&after);
        prop_assert!(release(&kept, &left).is_empty());
    }
}
