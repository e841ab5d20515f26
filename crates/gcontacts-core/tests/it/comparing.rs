// SPDX-License-Identifier: GPL-3.0-or-later
//! What people are shown and what is merged tell the same story.

use gcontacts_core::comparison::{Changed, Comparison, Row, changed_since, compare, rebase};
use gcontacts_core::merge::{CardChange, agreed, merge};
use gcontacts_core::{Card, Value};
use proptest::prelude::*;

use crate::records::{card, google};

fn keys(comparison: &Comparison, which: impl Fn(&Row) -> bool) -> Vec<String> {
    let rows = comparison.rows.iter().filter(|row| which(row));
    rows.map(|row| row.key.clone()).collect()
}

/// Whether a change puts another value onto the card, and not only another label or notation of one.
fn brings(change: &CardChange) -> bool {
    let other = |(old, new): &(Value, Value)| !old.identity().is_or_may_be(&new.identity());
    let name = &change.name;
    name.prefix.is_some()
        || name.given.is_some()
        || name.family.is_some()
        || change.birthday.is_some()
        || change.note.is_some()
        || !change.added.is_empty()
        || change.replaced.iter().any(other)
}

/// A card as it is at Google after somebody edited what was sent.
fn edited() -> impl Strategy<Value = (Card, Card)> {
    (card(), google(), prop::collection::vec(0..4_u8, 24)).prop_map(|(sent, other, marks)| {
        let mut google = merge(None, &sent, &Card::default()).apply(&Card::default());
        let mut spare = other.values.into_iter();
        google.values.iter_mut().zip(&marks).for_each(|(value, mark)| {
            value.field = None;
            if let (0, Some(new)) = (*mark, spare.next())
                && new.content.kind() == value.content.kind()
            {
                value.content = new.content;
            }
        });
        if marks.first() == Some(&1) {
            google.name = other.name;
        }
        if marks.get(1) == Some(&1) {
            google.birthday = other.birthday;
        }
        if marks.get(2) == Some(&1) {
            google.note = other.note;
        }
        (sent, google)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_dolibarr_changed_is_what_is_sent((sent, google) in edited(), desired in card(), first in any::<bool>()) {
        let sent = (!first).then_some(&sent);
        let change = merge(sent, &desired, &google);
        let comparison = compare(sent, &desired, &google);
        let ours = keys(&comparison, |row| matches!(row.changed, Changed::Dolibarr | Changed::Both));
        if brings(&change) {
            prop_assert!(!ours.is_empty(), "sent, and not shown: {change:#?} {comparison:#?}");
        }
        if comparison.rows.iter().any(|row| row.changed == Changed::Dolibarr) {
            prop_assert!(comparison.to_send, "shown, and not sent: {comparison:#?}");
        }
        prop_assert_eq!(comparison.to_send, !change.is_empty());
    }

    #[test]
    fn what_is_told_in_short_is_what_a_comparison_tells((sent, google) in edited(), backwards in any::<bool>()) {
        let mut same = Card { values: sent.values.clone(), ..sent.clone() };
        if backwards {
            same.values.reverse();
        }
        prop_assert_eq!(changed_since(&sent, &same), compare(Some(&sent), &sent, &same).changed);
        prop_assert_eq!(changed_since(&sent, &google), compare(Some(&sent), &sent, &google).changed);
    }

    #[test]
    fn each_field_has_one_row_and_says_what_it_means((sent, google) in edited(), desired in card()) {
        let comparison = compare(Some(&sent), &desired, &google);
        for row in &comparison.rows {
            prop_assert_eq!(comparison.rows.iter().filter(|other| other.key == row.key).count(), 1, "{}", &row.key);
            prop_assert_eq!(row.differs, row.changed != Changed::Nobody, "{:?}", row);
            prop_assert!(row.differs || !row.takeable && !row.sendable);
            prop_assert!(!(row.takeable && row.of_company));
        }
        let marked = keys(&comparison, |row| row.takeable && row.changed.at_google());
        prop_assert_eq!(&comparison.changed, &marked);
    }

    #[test]
    fn without_a_change_nothing_differs(desired in card()) {
        let google = merge(None, &desired, &Card::default()).apply(&Card::default());
        let comparison = compare(Some(&agreed(None, &desired, &google)), &desired, &google);
        prop_assert!(comparison.rows.iter().all(|row| !row.differs), "{:#?}", comparison);
        prop_assert!(comparison.only_at_google.is_empty() && !comparison.to_send, "{:#?}", comparison);
    }

    #[test]
    fn once_sent_nothing_of_dolibarrs_is_left((sent, google) in edited(), desired in card()) {
        let after = merge(Some(&sent), &desired, &google).apply(&google);
        let comparison = compare(Some(&agreed(Some(&sent), &desired, &google)), &desired, &after);
        let ours = keys(&comparison, |row| matches!(row.changed, Changed::Dolibarr | Changed::Both));
        prop_assert!(ours.is_empty() && !comparison.to_send, "{ours:?} {comparison:#?}");
    }

    #[test]
    fn dolibarrs_values_go_over_googles((sent, google) in edited(), desired in card()) {
        // Which of two equal numbers is whose may change with the country in which both are dialled.
        let twice = |a: &Value| google.values.iter().filter(|b| b.identity().is_or_may_be(&a.identity())).count() > 1;
        prop_assume!(!google.values.iter().any(twice));
        let before = compare(Some(&sent), &desired, &google);
        let all = keys(&before, |row| row.sendable);
        let base = rebase(&sent, &desired, &google, &all);
        let change = merge(Some(&base), &desired, &google);
        prop_assert!(change.clashes.is_empty(), "{:?}", change.clashes);
        let after = change.apply(&google);
        let comparison = compare(Some(&agreed(Some(&base), &desired, &google)), &desired, &after);
        let left = keys(&comparison, |row| row.sendable && all.contains(&row.key));
        prop_assert!(left.is_empty(), "{left:?} {before:#?} {comparison:#?}");
    }

    #[test]
    fn what_others_have_is_told_apart((sent, google) in edited(), desired in card()) {
        let comparison = compare(Some(&sent), &desired, &google);
        let known = |card: &Card, text: &str| card.values.iter().any(|value| value.content.text() == text);
        for extra in comparison.only_at_google.iter().filter(|extra| extra.kind != "note" && extra.kind != "organization") {
            prop_assert!(known(&google, &extra.text), "{extra:?} is not at Google");
        }
    }
}
