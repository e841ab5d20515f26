// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards that go, and cards that only let go of what is ours.

use gcontacts_core::record::Origin;
use gcontacts_engine::{Action, Verdict};
use people_emulator::{BatchDeleteMissing, Config};
use serde_json::{Value, json};

use crate::site::{Site, sorted};

#[test]
fn a_contact_that_turns_private_leaves_google_and_can_be_restored() {
    let mut site = Site::with_cards(2);
    site.contact(1).private = true;
    let drained = site.drain();
    drained.is_done();
    assert_eq!(
        (drained.intent(1).action, drained.intent(1).reason.as_str()),
        (Action::Delete, "private")
    );
    let before: Value = serde_json::from_str(&drained.row(1).before).unwrap();
    assert_eq!(before["names"][0]["familyName"], "Name1");
    assert_eq!(site.cards().len(), 1);
    let again = site.drain();
    assert_eq!(
        (again.intent(1).action, again.intent(1).reason.as_str()),
        (Action::LeftOut, "private")
    );
}

#[test]
fn what_was_deleted_at_google_already_is_done() {
    let mut site = Site::with_cards(1);
    site.google.phone(json!({"op": "delete", "name": site.card_name(1)}));
    site.delete(1);
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    assert_eq!((drained.sent.calls, drained.sent.writes), (1, 0));
}

#[test]
fn many_deletions_are_one_read_and_one_call() {
    for batch_delete_missing in [BatchDeleteMissing::NotFound, BatchDeleteMissing::Ignore] {
        let mut site = Site::with(Config {
            batch_delete_missing,
            ..Config::of_environment().unwrap()
        });
        site.add(9);
        site.drain().is_done();
        site.google.phone(json!({"op": "delete", "name": site.card_name(3)}));
        (1..=8).for_each(|id| site.delete(id));
        let drained = site.drain();
        assert!(
            drained.sent.outcomes.iter().all(|row| row.result == Verdict::Done),
            "{:?}",
            drained.results()
        );
        assert_eq!((drained.sent.calls, drained.sent.writes), (2, 1));
        assert_eq!(site.cards().len(), 1);
        assert_eq!(site.calls("people.batchDeleteContacts"), 1);
    }
}

#[test]
fn a_delete_whose_answer_was_lost_is_done_the_next_time() {
    let mut site = Site::with_cards(1);
    site.delete(1);
    site.google
        .order_fault(json!({"match": "people.deleteContact", "action": "drop_after"}));
    assert_eq!(site.drain().row(1).result, Verdict::Later);
    assert_eq!(site.drain().row(1).result, Verdict::Done);
    assert!(site.cards().is_empty());
}

/// A card that was there before, linked to contact 1.
fn adopted() -> Site {
    let mut site = Site::new();
    let made = site.google.phone(json!({"op": "create", "person": {
        "names": [{"givenName": "Ann", "familyName": "Name1"}],
        "phoneNumbers": [{"value": "01 23 45 67 89", "type": "work"}, {"value": "06 99 99 99 99", "type": "mobile"}],
        "biographies": [{"value": "met in Lyon", "contentType": "TEXT_PLAIN"}]}}));
    site.add(1);
    site.links.insert(
        1,
        gcontacts_core::record::Link {
            origin: Origin::Adopted,
            nonce: String::new(),
            resource_name: Some(gcontacts_core::ResourceName(
                made["resourceName"].as_str().unwrap().to_owned(),
            )),
            sent: None,
            person: None,
            removed: false,
        },
    );
    site.drain();
    site
}

#[test]
fn an_adopted_card_gets_ours_and_keeps_its_own() {
    let site = adopted();
    let card = site.card("Name1");
    assert_eq!(site.labels_of(&card), ["Onelog", "myContacts"]);
    assert_eq!(card["phoneNumbers"].as_array().unwrap().len(), 2);
    assert_eq!(card["emailAddresses"][0]["value"], "name1@example.com");
    assert!(
        card["clientData"][0]["value"]
            .as_str()
            .unwrap()
            .starts_with("0a1b:contact:1:")
    );
    assert_eq!(card["biographies"][0]["value"], "met in Lyon");
}

#[test]
fn an_adopted_card_that_is_released_is_as_it_was() {
    let mut site = adopted();
    site.contact(1).active = false;
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).action, drained.row(1).result),
        (Action::Release, Verdict::Done),
        "{:?}",
        drained.row(1)
    );
    assert!(drained.row(1).before.contains("name1@example.com"));
    let card = site.card("Name1");
    assert_eq!(site.labels_of(&card), ["myContacts"]);
    assert_eq!(card["names"][0]["givenName"], "Ann");
    assert_eq!(
        sorted(&card["phoneNumbers"], "value"),
        ["01 23 45 67 89", "06 99 99 99 99"]
    );
    assert_eq!(card["biographies"][0]["value"], "met in Lyon");
    for ours in ["emailAddresses", "urls", "organizations", "clientData"] {
        assert_eq!(card.get(ours), None, "{ours}");
    }
}

#[test]
fn an_adopted_card_is_deleted_only_with_its_contact() {
    let mut site = adopted();
    site.delete(1);
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).action, drained.row(1).result),
        (Action::Delete, Verdict::Done)
    );
    assert!(site.cards().is_empty());
}

#[test]
fn a_card_whose_only_labels_are_ours_is_released_into_my_contacts() {
    let mut site = adopted();
    site.google
        .phone(json!({"op": "remove_from_group", "name": site.card_name(1), "group": "contactGroups/myContacts"}));
    site.links.get_mut(&1).unwrap().person = None;
    site.settings.my_contacts = false;
    site.contact(1).private = true;
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done, "{:?}", drained.row(1));
    assert_eq!(site.labels_of(&site.card("Name1")), ["myContacts"]);
}
