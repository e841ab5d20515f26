// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels: made, taken over, renamed, deleted at Google, and put on cards.

use std::time::Duration;

use gcontacts_core::company::Representative;
use gcontacts_core::{Category, Company, ResourceName, TypeLabels};
use gcontacts_engine::{LabelFate, Verdict, delete_empty_labels, list_our_labels};
use gcontacts_people::Deadline;
use serde_json::json;

use crate::site::Site;

const MODIFY: &str = "contactGroups.members.modify";

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

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

fn category(id: u64, name: &str) -> Category {
    Category {
        id,
        name: name.to_owned(),
    }
}

fn categories(site: &mut Site, of: &[(u64, &[(u64, &str)])]) {
    site.settings.category_labels = true;
    for (contact, names) in of {
        site.contact(*contact).categories = names.iter().map(|(id, name)| category(*id, name)).collect();
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
    let drained = site.drain_some(&[2], std::time::Duration::from_secs(10));
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
fn labels_of_types_and_categories_come_with_their_options_and_go_with_them() {
    let mut site = Site::new();
    site.add(1);
    let both = Company {
        customer: true,
        prospect: true,
        categories: vec![category(9, "Gold")],
        ..company(&[])
    };
    set_company(&mut site, &both);
    let names = TypeLabels {
        customers: "Clients".to_owned(),
        prospects: "Prospects".to_owned(),
        suppliers: "Fournisseurs".to_owned(),
    };
    site.settings.type_labels = Some(names);
    categories(&mut site, &[(1, &[(8, "VIP")])]);
    let drained = site.drain();
    drained.is_done();
    assert_eq!(drained.sent.calls, 6, "five labels, and the card with them inside");
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        [
            "Onelog",
            "Onelog/Clients",
            "Onelog/Gold",
            "Onelog/Prospects",
            "Onelog/VIP",
            "myContacts"
        ]
    );

    site.settings.type_labels = None;
    let drained = site.drain();
    drained.is_done();
    assert_eq!(drained.sent.left.len(), 2);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "Onelog/VIP", "myContacts"]
    );
    site.settings.category_labels = false;
    site.drain().is_done();
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
    site.settings.category_labels = true;
    site.drain().is_done();
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "Onelog/VIP", "myContacts"]
    );
}

#[test]
fn categories_that_change_their_names_about_keep_their_labels() {
    let mut site = Site::new();
    site.add(2);
    categories(&mut site, &[(1, &[(8, "Gold")]), (2, &[(9, "Silver")])]);
    site.drain().is_done();
    let before: Vec<_> = site
        .labels
        .iter()
        .map(|label| (label.source_id, label.resource_name.clone()))
        .collect();
    categories(&mut site, &[(1, &[(8, "Silver")]), (2, &[(9, "Gold")])]);
    // Each with its own cards, as batches go.
    site.drain_some(&[1], Duration::from_secs(10));
    site.drain_some(&[2], Duration::from_secs(10));
    let mut after: Vec<_> = site
        .labels
        .iter()
        .map(|label| (label.source_id, label.resource_name.clone()))
        .collect();
    after.sort();
    assert_eq!(after, before);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Silver", "myContacts"]
    );
    assert_eq!(
        site.labels_of(&site.card("Name2")),
        ["Onelog", "Onelog/Gold", "myContacts"]
    );
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_category_made_anew_under_its_name_takes_its_label_over() {
    let mut site = Site::new();
    site.add(1);
    categories(&mut site, &[(1, &[(8, "Gold")])]);
    site.drain().is_done();
    categories(&mut site, &[(1, &[(12, "Gold")])]);
    assert_eq!(site.drain().row(1).result, Verdict::Done);
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "myContacts"]
    );
    assert_eq!(site.labels.len(), 2);
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn only_labels_that_nobody_carries_are_deleted() {
    let mut site = Site::new();
    let hers = site.google.phone(json!({"op": "create_group", "group": "Onelog/hers"}));
    site.add(2);
    categories(
        &mut site,
        &[(1, &[(8, "Gold"), (9, "Silver"), (10, "Tin")]), (2, &[(11, "hers")])],
    );
    site.drain();
    let of = |site: &Site, id: u64| {
        let label = site.labels.iter().find(|label| label.source_id == id).unwrap();
        label.resource_name.clone()
    };
    let names: Vec<ResourceName> = [8, 9, 10, 11].iter().map(|id| of(&site, *id)).collect();
    assert_eq!(json!(of(&site, 11)), hers["resourceName"]);
    // Another of the account's cards carries one; one is deleted on the phone.
    site.google
        .phone(json!({"op": "create", "person": {"names": [{"familyName": "Aunt"}]}}));
    let aunt = site.card("Aunt")["resourceName"].clone();
    site.google
        .phone(json!({"op": "add_to_group", "name": aunt, "group": "Onelog/Silver"}));
    site.google.phone(json!({"op": "delete_group", "group": "Onelog/Tin"}));
    categories(&mut site, &[(1, &[]), (2, &[])]);
    let left = site.drain().sent.left;
    assert!(names[..2].iter().all(|name| left.contains(name)), "{left:?}");
    let asked = [
        names[0].clone(),
        names[1].clone(),
        names[2].clone(),
        names[3].clone(),
        ResourceName::my_contacts(),
    ];
    let tried = site.wait(delete_empty_labels(
        &site.book(),
        soon(),
        &site.settings.instance,
        Some(&asked),
    ));
    let fates: Vec<_> = tried.labels.iter().map(|label| label.fate).collect();
    // Nobody carries hers either, but Dolibarr did not make it.
    let (carried, theirs) = (LabelFate::Carried, LabelFate::Theirs);
    assert_eq!(fates, [LabelFate::Deleted, carried, LabelFate::Gone, theirs, theirs]);
    assert_eq!((tried.stopped, tried.calls), (None, 2));
    assert!(tried.labels[0].before.contains("Onelog/Gold"));
    assert_eq!(site.cards().len(), 3);
    assert_eq!(site.labels_of(&site.card("Aunt")), ["Onelog/Silver", "myContacts"]);
}

#[test]
fn a_count_that_cannot_be_had_deletes_nothing() {
    let mut site = Site::new();
    site.add(1);
    categories(&mut site, &[(1, &[(8, "Gold")])]);
    site.drain().is_done();
    let names: Vec<ResourceName> = site.labels.iter().map(|label| label.resource_name.clone()).collect();
    let deadline = Deadline::after(Duration::ZERO);
    let tried = site.wait(delete_empty_labels(
        &site.book(),
        deadline,
        &site.settings.instance,
        Some(&names),
    ));
    assert!(tried.stopped.is_some());
    assert!(tried.labels.iter().all(|label| label.fate == LabelFate::Later));
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/Gold", "myContacts"]
    );
}

#[test]
fn a_label_whose_create_lost_its_answer_is_ours_and_another_dolibarrs_is_not() {
    let mut site = Site::new();
    site.add(1);
    site.drain().is_done();
    site.google
        .order_fault(json!({"match": "contactGroups.create", "action": "drop_after"}));
    categories(&mut site, &[(1, &[(8, "Gold")])]);
    site.drain();
    site.drain().is_sent();
    let ours = site
        .wait(list_our_labels(&site.book(), soon(), &site.settings.instance))
        .unwrap();
    let names: Vec<&str> = ours.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["Onelog", "Onelog/Gold"]);
    categories(&mut site, &[(1, &[])]);
    let left = site.drain().sent.left;
    assert_eq!(left.len(), 1);
    let others = site.wait(delete_empty_labels(&site.book(), soon(), "another", Some(&left)));
    assert_eq!(others.labels[0].fate, LabelFate::Theirs);
    let tried = site.wait(delete_empty_labels(
        &site.book(),
        soon(),
        &site.settings.instance,
        Some(&left),
    ));
    assert_eq!(tried.labels[0].fate, LabelFate::Deleted);
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
