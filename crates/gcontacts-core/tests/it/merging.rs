// SPDX-License-Identifier: GPL-3.0-or-later

use gcontacts_core::card::Value;
use gcontacts_core::compare::Fingerprint;
use gcontacts_core::merge::{agreed, merge, release};
use gcontacts_core::{Card, Name};
use proptest::prelude::*;

use crate::records::{card, google};

fn holds(card: &Card, value: &Value) -> bool {
    card.values
        .iter()
        .any(|other| other.identity().is_or_may_be(&value.identity()))
}

fn shuffled(card: Card) -> impl Strategy<Value = Card> {
    Just(card.values.clone())
        .prop_shuffle()
        .prop_map(move |values| Card { values, ..card.clone() })
}

fn with_shuffled() -> impl Strategy<Value = (Card, Card)> {
    card().prop_flat_map(|card| (Just(card.clone()), shuffled(card)))
}

fn google_with_shuffled() -> impl Strategy<Value = (Card, Card)> {
    google().prop_flat_map(|card| (Just(card.clone()), shuffled(card)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn without_a_change_in_dolibarr_nothing_changes(desired in card(), google in google()) {
        prop_assert!(merge(Some(&desired), &desired, &google).is_empty());
    }

    #[test]
    fn merging_again_changes_nothing(sent in prop::option::of(card()), desired in card(), google in google()) {
        let after = merge(sent.as_ref(), &desired, &google).apply(&google);
        let again = merge(sent.as_ref(), &desired, &after);
        prop_assert!(again.is_empty(), "{again:#?}");
        prop_assert!(merge(Some(&desired), &desired, &after).is_empty());
    }

    #[test]
    fn what_dolibarr_gained_is_there_and_what_it_dropped_is_not(sent in card(), desired in card(), google in google()) {
        let after = merge(Some(&sent), &desired, &google).apply(&google);
        for value in desired.values.iter().filter(|value| !holds(&sent, value)) {
            prop_assert!(holds(&after, value), "{value:?} did not come");
        }
        for value in sent.values.iter().filter(|value| !holds(&desired, value)) {
            // What is dialled alike in another country may be the desired one.
            let stays = |other: &Value| other.identity().is(&value.identity()) && !holds(&desired, other);
            prop_assert!(!after.values.iter().any(stays), "{value:?} did not go");
        }
    }

    #[test]
    fn what_others_have_stays(sent in card(), desired in card(), google in google()) {
        let change = merge(Some(&sent), &desired, &google);
        let after = change.apply(&google);
        for value in google.values.iter().filter(|value| !holds(&sent, value) && !holds(&desired, value)) {
            prop_assert!(after.values.contains(value), "{value:?} was touched");
        }
        prop_assert_eq!(after.note.contains("hers"), google.note.contains("hers"));
    }

    #[test]
    fn the_first_time_everything_comes_and_nothing_goes(desired in card(), google in google()) {
        let after = merge(None, &desired, &google).apply(&google);
        prop_assert!(desired.values.iter().all(|value| holds(&after, value)));
        prop_assert!(google.values.iter().all(|value| after.values.contains(value)));
        prop_assert_eq!(&after.name.family, &desired.name.family);
        let empty = merge(None, &desired, &Card::default()).apply(&Card::default());
        prop_assert_eq!(Fingerprint::of(&empty), Fingerprint::of(&desired));
    }

    #[test]
    fn the_order_of_values_does_not_matter(
        (sent, sent2) in with_shuffled(), (desired, desired2) in with_shuffled(), (google, google2) in google_with_shuffled(),
    ) {
        let one = merge(Some(&sent), &desired, &google).apply(&google);
        let two = merge(Some(&sent2), &desired2, &google2).apply(&google2);
        prop_assert_eq!(Fingerprint::of(&one), Fingerprint::of(&two));
    }

    #[test]
    fn a_card_that_is_ours_alone_follows_exactly(sent in card(), desired in card()) {
        let google = merge(None, &sent, &Card::default()).apply(&Card::default());
        let after = merge(Some(&sent), &desired, &google).apply(&google);
        prop_assert_eq!(Fingerprint::of(&after), Fingerprint::of(&desired));
    }

    #[test]
    fn what_was_put_on_comes_off_again(desired in card(), google in google()) {
        // A line that both wrote is no one's.
        let note = if google.note.contains("hers") { "hers".to_owned() } else { String::new() };
        let google = Card { note, ..google };
        let after = merge(None, &desired, &google).apply(&google);
        let sent = agreed(None, &desired, &google);
        let left = release(&sent, &after).apply(&after);
        // The name stays as Dolibarr has it, but for the third party's behind it; a birthday that Dolibarr changed is gone.
        prop_assert_eq!(&left.name, &Name { suffix: google.name.suffix.clone(), ..after.name });
        let values = |card: &Card| Fingerprint::of(&Card { values: card.values.clone(), ..Card::default() });
        prop_assert_eq!(values(&left), values(&google));
        prop_assert_eq!(&left.note, &google.note);
        prop_assert!(release(&sent, &left).is_empty());
    }
}
