// SPDX-License-Identifier: GPL-3.0-or-later
//! Labels that come off our cards, of which the database knows nothing.

use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_engine::{TakenOffPage, list_our_labels, take_labels_off};
use gcontacts_people::{Deadline, Error};
use serde_json::json;

use super::MODIFY;
use super::categories::categories;
use crate::site::Site;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

/// Three cards in a label `Gold` of ours, of which nobody in Dolibarr knows any more, beside a card that somebody made.
fn forgotten() -> (Site, ResourceName) {
    let mut site = Site::new();
    site.add(3);
    let gold: &[(u64, &str)] = &[(8, "Gold")];
    categories(&mut site, &[(1, gold), (2, gold), (3, gold)]);
    site.drain().is_done();
    site.google
        .phone(json!({"op": "create", "person": {"names": [{"familyName": "Aunt"}]}}));
    let ours = site.wait(list_our_labels(&site.book(), soon(), &site.settings.instance));
    let gold = ours
        .unwrap()
        .into_iter()
        .find(|label| label.name == "Onelog/Gold")
        .unwrap();
    (site, gold.resource_name)
}

fn walk(site: &Site, instance: &str, labels: &[ResourceName]) -> Result<Vec<TakenOffPage>, Error> {
    let (mut pages, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = site.wait(take_labels_off(&site.book(), soon(), instance, labels, &cursor))?;
        cursor.clone_from(&page.cursor);
        pages.push(page);
        if cursor.is_empty() {
            return Ok(pages);
        }
    }
}

#[test]
fn only_cards_of_ours_leave_it() {
    let (site, gold) = forgotten();
    let aunt = site.card("Aunt")["resourceName"].clone();
    site.google
        .phone(json!({"op": "add_to_group", "name": aunt, "group": "Onelog/Gold"}));
    // Another Dolibarr, and a label that was not made by this one.
    let theirs = ResourceName::my_contacts();
    assert_eq!(
        walk(&site, "another", std::slice::from_ref(&gold)).unwrap()[0].labels,
        []
    );
    let pages = walk(&site, &site.settings.instance, &[gold.clone(), theirs]).unwrap();
    let rows: Vec<_> = pages.iter().flat_map(|page| &page.labels).collect();
    assert!(rows.iter().all(|row| row.resource_name == gold && row.kept == 0));
    assert_eq!(rows.iter().map(|row| row.taken).sum::<usize>(), 3);
    assert_eq!(rows.iter().map(|row| row.others).sum::<usize>(), 1);
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);
    assert_eq!(site.labels_of(&site.card("Aunt")), ["Onelog/Gold", "myContacts"]);
    assert_eq!(site.calls(MODIFY), 1);
}

#[test]
fn a_lost_answer_is_made_up_for_by_walking_again() {
    let (site, gold) = forgotten();
    site.google
        .order_fault(json!({"match": MODIFY, "times": 0, "action": "drop_after"}));
    let labels = [gold];
    assert!(walk(&site, &site.settings.instance, &labels).is_err());
    site.google.clear_faults();
    let again = walk(&site, &site.settings.instance, &labels).unwrap();
    assert!(again.iter().flat_map(|page| &page.labels).all(|row| row.taken == 0));
    assert_eq!(site.labels_of(&site.card("Name2")), ["Onelog", "myContacts"]);
}

#[test]
fn a_card_that_has_no_other_label_keeps_it() {
    let (site, gold) = forgotten();
    let name = site.card_name(1);
    for label in ["Onelog", "contactGroups/myContacts"] {
        site.google
            .phone(json!({"op": "remove_from_group", "name": name, "group": label}));
    }
    let pages = walk(&site, &site.settings.instance, &[gold]).unwrap();
    let rows: Vec<_> = pages.iter().flat_map(|page| &page.labels).collect();
    assert_eq!(
        rows.iter().map(|row| (row.taken, row.kept)).collect::<Vec<_>>(),
        [(2, 1)]
    );
}
