// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels that cards have left, and whose they are.

use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_engine::{LabelFate, delete_empty_labels, list_our_labels};
use gcontacts_people::Deadline;
use serde_json::json;

use super::categories::categories;
use crate::site::Site;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
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
