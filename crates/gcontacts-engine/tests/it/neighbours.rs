// SPDX-License-Identifier: GPL-3.0-or-later
//! Two Dolibarrs that write to one Google account, with the same contacts by the same numbers.

use gcontacts_engine::Verdict;
use serde_json::{Value, json};

use crate::site::Site;

/// The cards of a Dolibarr, by its marker.
fn cards_of(site: &Site) -> Vec<Value> {
    let prefix = format!("{}:", site.settings.instance);
    let is_its = |card: &Value| {
        let data = card["clientData"].as_array().unwrap();
        data.iter()
            .any(|item| item["value"].as_str().unwrap().starts_with(&prefix))
    };
    site.cards().into_iter().filter(is_its).collect()
}

fn two(count: u64) -> (Site, Site) {
    let mut one = Site::new();
    let mut other = one.beside("ffff");
    for site in [&mut one, &mut other] {
        site.add(count);
        let sent = site.drain().sent;
        assert!(sent.outcomes.iter().all(|row| row.result == Verdict::Done), "{sent:?}");
    }
    (one, other)
}

#[test]
fn each_has_its_own_cards_and_changes_no_other() {
    let (mut one, mut other) = two(8);
    assert_eq!(
        (one.cards().len(), cards_of(&one).len(), cards_of(&other).len()),
        (16, 8, 8)
    );
    // The label of that name is one.
    let groups = one.google.state()["groups"].as_array().cloned().unwrap();
    assert_eq!(groups.iter().filter(|group| group["name"] == "Onelog").count(), 1);

    let before = cards_of(&other);
    for id in 1..=8 {
        "Director".clone_into(&mut one.contact(id).job_title);
    }
    one.drain();
    assert!(
        cards_of(&one)
            .iter()
            .all(|card| card["organizations"][0]["title"] == "Director")
    );
    assert_eq!(cards_of(&other), before);

    // Gone here, it is there all the same.
    for id in 1..=8 {
        one.delete(id);
    }
    one.drain();
    assert_eq!((cards_of(&one).len(), cards_of(&other)), (0, before));
    assert_eq!(other.drain().sent.calls, 0);
}

#[test]
fn a_lost_create_of_one_is_not_taken_for_the_card_of_the_other() {
    let (mut one, mut other) = two(1);
    one.google
        .order_fault(json!({"match": "people.createContact", "action": "drop_before"}));
    one.contacts.insert(2, (Some(crate::site::contact("Name2")), None));
    other.contacts.insert(2, (Some(crate::site::contact("Name2")), None));
    assert_eq!(one.drain().row(2).result, Verdict::Unknown);
    other.drain();
    assert!(one.resolve().found.is_empty());
    one.drain();
    assert_eq!((cards_of(&one).len(), cards_of(&other).len()), (2, 2));
    assert_ne!(one.card_name(2), other.card_name(2));
}

#[test]
fn a_write_that_meets_the_other_s_is_sent_again_and_makes_nothing_twice() {
    let (mut one, other) = two(1);
    // Google answers 409 to the one that came second.
    for method in ["people.createContact", "people.updateContact"] {
        one.google
            .order_fault(json!({"match": method, "action": {"error": {"http": 409}}}));
    }
    "Director".clone_into(&mut one.contact(1).job_title);
    one.contacts.insert(2, (Some(crate::site::contact("Name2")), None));
    one.drain();
    one.drain();
    assert_eq!((cards_of(&one).len(), cards_of(&other).len()), (2, 1));
    assert_eq!(one.drain().sent.calls, 0);
}
