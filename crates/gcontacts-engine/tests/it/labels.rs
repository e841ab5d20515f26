// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels: made, taken over, renamed, deleted at Google, and put on cards.

mod categories;
mod emptied;
mod taken_off;

use std::time::Duration;

use gcontacts_core::Company;
use gcontacts_core::company::Representative;
use gcontacts_engine::Verdict;
use serde_json::json;

use crate::site::Site;

const MODIFY: &str = "contactGroups.members.modify";

fn company(logins: &[(u64, &str)]) -> Company {
    let representatives = logins
        .iter()
        .map(|(id, login)| Representative {
            id: *id,
            login: (*login).to_owned(),
        })
        .collect();
    Company {
        id: 7,
        name: "Dupont".to_owned(),
        open: true,
        representatives,
        ..Company::default()
    }
}

fn set_company(site: &mut Site, company: &Company) {
    site.contacts
        .values_mut()
        .for_each(|(_, of)| *of = Some(company.clone()));
}

#[test]
fn representatives_come_and_go_without_touching_the_cards() {
    let mut site = Site::new();
    site.add(8);
    set_company(&mut site, &company(&[(3, "bob")]));
    let drained = site.drain();
    drained.is_done();
    // Two labels and the batch, the labels inside of it.
    assert_eq!(drained.sent.calls, 3);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/bob", "myContacts"]
    );

    site.google.clear_log();
    set_company(&mut site, &company(&[(4, "eve")]));
    let drained = site.drain();
    drained.is_done();
    assert_eq!((site.calls(MODIFY), site.calls("people.batchUpdateContacts")), (2, 0));
    assert_eq!(
        site.labels_of(&site.card("Name8")),
        ["Onelog", "Onelog/eve", "myContacts"]
    );
    assert_eq!(site.drain().sent.calls, 0);

    // Google gave the cards new etags for that: followed, and nothing is lost.
    site.contact(1).job_title = "Director".to_owned();
    assert_eq!(site.drain().row(1).result, Verdict::Done);
    assert_eq!(site.card("Name1")["organizations"][0]["title"], "Director");
}

#[test]
fn labels_of_the_phones_user_are_left_alone() {
    let mut site = Site::with_cards(1);
    let name = site.card_name(1);
    site.google
        .phone(json!({"op": "create_group", "group": "Friends of Ann"}));
    site.google
        .phone(json!({"op": "add_to_group", "name": name, "group": "Friends of Ann"}));
    site.contact(1).job_title = "Director".to_owned();
    set_company(&mut site, &company(&[(3, "bob")]));
    site.drain();
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Friends of Ann", "Onelog", "Onelog/bob", "myContacts"]
    );
}

#[test]
fn a_label_that_is_there_is_taken_over() {
    let mut site = Site::new();
    let made = site.google.phone(json!({"op": "create_group", "group": "Onelog"}));
    site.add(1);
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    assert_eq!(json!(drained.sent.labels[0].resource_name), made["resourceName"]);
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
}

#[test]
fn without_a_container_nothing_is_sent() {
    let mut site = Site::set(&json!({"group_names_ignore_case": true}));
    // Google takes it for the same name, we do not.
    site.google.phone(json!({"op": "create_group", "group": "ONELOG"}));
    site.add(2);
    let drained = site.drain();
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "label_exists");
    assert!(drained.sent.outcomes.iter().all(|row| row.result == Verdict::Later));
    assert!(site.cards().is_empty());
}

#[test]
fn a_representative_whose_label_cannot_be_made_holds_up_nothing() {
    let mut site = Site::set(&json!({"group_names_ignore_case": true}));
    site.google.phone(json!({"op": "create_group", "group": "Onelog/BOB"}));
    site.add(1);
    set_company(&mut site, &company(&[(3, "bob")]));
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    assert_eq!(drained.sent.warnings[0].reason, "label_exists");
    assert!(
        drained.sent.warnings[0].message.starts_with("Onelog/bob: "),
        "{:?}",
        drained.sent.warnings
    );
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
}

#[test]
fn a_container_with_another_name_is_renamed() {
    let mut site = Site::with_cards(3);
    let before = site.labels.clone();
    site.settings.container_label = "Company".to_owned();
    let drained = site.drain();
    assert!(drained.sent.outcomes.iter().all(|row| row.result == Verdict::Done));
    assert_eq!(drained.sent.calls, 1);
    assert_eq!(site.labels[0].resource_name, before[0].resource_name);
    assert_eq!(site.labels_of(&site.card("Name1")), ["Company", "myContacts"]);
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_label_deleted_at_google_is_made_again_for_new_cards() {
    for count in [3, 12] {
        let mut site = Site::with_cards(1);
        site.google.phone(json!({"op": "delete_group", "group": "Onelog"}));
        site.add(count);
        let drained = site.drain();
        let ended: Vec<_> = drained.sent.outcomes.iter().map(|row| row.result).collect();
        assert!(
            ended.iter().all(|result| *result == Verdict::Done),
            "{:?}",
            drained.sent
        );
        assert_eq!(site.labels_of(&site.card("Name3")), ["Onelog", "myContacts"]);
        assert_eq!(site.cards().len() as u64, count);
    }
}

#[test]
fn a_label_deleted_at_google_is_made_again_for_cards_that_join_it() {
    let mut site = Site::new();
    site.add(2);
    site.contacts.get_mut(&1).unwrap().1 = Some(company(&[(3, "bob")]));
    site.drain().is_done();
    site.google.phone(json!({"op": "delete_group", "group": "Onelog/bob"}));
    site.contacts.get_mut(&2).unwrap().1 = Some(company(&[(3, "bob")]));
    let drained = site.drain_some(&[2], Duration::from_secs(10));
    assert_eq!(drained.row(2).result, Verdict::Done, "{:?}", drained.sent);
    assert_eq!(
        site.labels_of(&site.card("Name2")),
        ["Onelog", "Onelog/bob", "myContacts"]
    );
}

#[test]
fn a_label_deleted_at_google_under_another_name_is_made_again_when_renamed() {
    let mut site = Site::with_cards(1);
    site.google.phone(json!({"op": "delete_group", "group": "Onelog"}));
    site.settings.container_label = "Company".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done, "{:?}", drained.sent);
    assert_eq!(site.labels_of(&site.card("Name1")), ["Company", "myContacts"]);
}

#[test]
fn a_card_deleted_at_google_while_its_labels_change_is_made_again() {
    let mut site = Site::with_cards(1);
    site.google.phone(json!({"op": "delete", "name": site.card_name(1)}));
    set_company(&mut site, &company(&[(3, "bob")]));
    site.links.get_mut(&1).unwrap().sent.clone_from(&None);
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Later, "not_found")
    );
    site.drain().is_done();
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/bob", "myContacts"]
    );
}

#[test]
fn among_more_labels_than_a_page_holds_ours_is_found() {
    let mut site = Site::new();
    for number in 0..45 {
        site.google
            .phone(json!({"op": "create_group", "group": format!("Label {number}")}));
    }
    let made = site.google.phone(json!({"op": "create_group", "group": "Onelog"}));
    site.add(2);
    let drained = site.drain();
    drained.is_sent();
    assert_eq!(json!(drained.sent.labels[0].resource_name), made["resourceName"]);
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
}
