// SPDX-License-Identifier: GPL-3.0-or-later
//! The laws of the merge under each rule for clashes.

use gcontacts_core::Card;
use gcontacts_core::card::Value;
use gcontacts_core::compare::Fingerprint;
use gcontacts_core::merge::{Clash, ClashRule, agreed, merge, merge_by};
use proptest::prelude::*;

use crate::records::{card, google};

const RULES: [ClashRule; 3] = [ClashRule::Dolibarr, ClashRule::Google, ClashRule::Ask];

fn rule() -> impl Strategy<Value = ClashRule> {
    prop::sample::select(RULES.to_vec())
}

fn kept_by_google() -> impl Strategy<Value = ClashRule> {
    prop::sample::select(vec![ClashRule::Google, ClashRule::Ask])
}

/// What the card of a part says; values are told by their text alone.
fn says(card: &Card, part: &str, text: &str) -> bool {
    match part {
        "prefix" => card.name.prefix == text,
        "given" => card.name.given == text,
        "family" => card.name.family == text,
        "note" => card.note == text,
        "birthday" => card.birthday.map(|date| date.to_string()).unwrap_or_default() == text,
        _ => card.values.iter().any(|value| value.content.text() == text),
    }
}

/// Merges and keeps, as a drain does.
fn drain(rule: ClashRule, sent: &Card, desired: &Card, google: &Card) -> (Card, Card, Vec<Clash>) {
    let change = merge_by(rule, Some(sent), desired, google);
    let kept = agreed(Some(sent), desired, google).keeping(Some(sent), google, &change.clashes);
    (kept, change.apply(google), change.clashes)
}

fn clashing() -> impl Strategy<Value = (Card, Card, Card)> {
    // What Google has descends from what was sent, so that both often change the same.
    (card(), card(), card(), google()).prop_map(|(sent, desired, theirs, more)| {
        let mut google = merge(Some(&sent), &theirs, &merge(None, &sent, &more).apply(&more)).apply(&more);
        google
            .values
            .iter_mut()
            .for_each(|value: &mut Value| value.field = None);
        (sent, desired, google)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn without_a_change_in_dolibarr_nothing_changes(rule in rule(), desired in card(), google in google()) {
        prop_assert!(merge_by(rule, Some(&desired), &desired, &google).is_empty());
    }

    #[test]
    fn every_rule_sees_the_same_clashes((sent, desired, google) in clashing()) {
        let seen = |rule| {
            let clashes = merge_by(rule, Some(&sent), &desired, &google).clashes.into_iter();
            clashes.map(|clash| (clash.part, clash.dolibarr, clash.google)).collect::<Vec<_>>()
        };
        prop_assert_eq!(seen(ClashRule::Google), seen(ClashRule::Dolibarr));
        prop_assert_eq!(seen(ClashRule::Ask), seen(ClashRule::Dolibarr));
    }

    #[test]
    fn what_google_keeps_is_untouched_and_the_rest_follows(rule in kept_by_google(), (sent, desired, google) in clashing()) {
        let change = merge_by(rule, Some(&sent), &desired, &google);
        let after = change.apply(&google);
        for clash in &change.clashes {
            prop_assert!(says(&after, &clash.part, &clash.google), "{clash:?}");
        }
        let all = merge(Some(&sent), &desired, &google);
        for value in &change.added {
            prop_assert!(all.added.contains(value));
        }
        let held = all.added.iter().filter(|value| !change.added.contains(value)).count();
        let clashes_of_values = change.clashes.iter().filter(|clash| {
            !["prefix", "given", "family", "note", "birthday"].contains(&clash.part.as_str())
        });
        prop_assert_eq!(held, clashes_of_values.count());
        prop_assert_eq!(change.removed, all.removed);
        prop_assert_eq!(change.replaced, all.replaced);
    }

    #[test]
    fn a_second_drain_has_nothing_to_send(rule in rule(), (sent, desired, google) in clashing()) {
        let (kept, after, _) = drain(rule, &sent, &desired, &google);
        let again = merge_by(rule, Some(&kept), &desired, &after);
        prop_assert!(again.is_empty() && again.clashes.is_empty(), "{again:#?}");
        // Nor has it once something else was edited.
        let edited = Card { note: format!("{} more", desired.note), ..desired.clone() };
        let (kept, later, clashes) = drain(rule, &kept, &edited, &after);
        prop_assert_eq!(&later.name, &after.name);
        prop_assert!(clashes.iter().all(|clash| clash.part == "note"), "{clashes:?}");
        prop_assert!(merge_by(rule, Some(&kept), &edited, &later).is_empty());
    }

    #[test]
    fn a_merge_that_lost_its_answer_comes_out_the_same(rule in rule(), (sent, desired, google) in clashing()) {
        let after = merge_by(rule, Some(&sent), &desired, &google).apply(&google);
        let again = merge_by(rule, Some(&sent), &desired, &after).apply(&after);
        prop_assert_eq!(Fingerprint::of(&again), Fingerprint::of(&after));
    }
}

fn named(family: &str) -> Card {
    let mut card = Card::default();
    family.clone_into(&mut card.name.family);
    card
}

#[test]
fn google_s_word_is_kept_until_dolibarr_s_changes_once_more() {
    let (kept, after, clashes) = drain(ClashRule::Google, &named("Dupont"), &named("Durand"), &named("Dupond"));
    assert_eq!(
        (after.name.family.as_str(), clashes.len(), kept.kept.len()),
        ("Dupond", 1, 1)
    );
    let (kept, after, clashes) = drain(ClashRule::Google, &kept, &named("Martin"), &after);
    assert_eq!(
        (after.name.family.as_str(), clashes.len(), kept.kept.len()),
        ("Martin", 0, 0)
    );
}

#[test]
fn what_google_changed_once_more_clashes_once_more() {
    let (kept, _, _) = drain(ClashRule::Google, &named("Dupont"), &named("Durand"), &named("Dupond"));
    let (_, after, clashes) = drain(ClashRule::Google, &kept, &named("Martin"), &named("Dupon"));
    assert_eq!((after.name.family.as_str(), clashes.len()), ("Dupon", 1));
}

#[test]
fn a_question_stays_open_until_somebody_decides() {
    let rule = ClashRule::Ask;
    let (kept, after, _) = drain(rule, &named("Dupont"), &named("Durand"), &named("Dupond"));
    let (kept, after, clashes) = drain(rule, &kept, &named("Martin"), &after);
    assert_eq!(
        (after.name.family.as_str(), clashes.len(), kept.kept.len()),
        ("Dupond", 1, 1)
    );
    // For Google: Dolibarr takes it.
    let (closed, _, clashes) = drain(rule, &kept, &named("Dupond"), &after);
    assert_eq!((clashes.len(), closed.kept.len()), (0, 0));
    // For Dolibarr: what both agreed on last is moved to what Google has.
    let moved = Card {
        name: named("Dupond").name,
        ..kept
    };
    let (closed, after, clashes) = drain(rule, &moved, &named("Martin"), &after);
    assert_eq!(
        (after.name.family.as_str(), clashes.len(), closed.kept.len()),
        ("Martin", 0, 0)
    );
}
