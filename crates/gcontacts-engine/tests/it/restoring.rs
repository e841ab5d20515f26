// SPDX-License-Identifier: GPL-3.0-or-later
//! A backup, and the address book made of it again.

use std::time::Duration;

use gcontacts_engine::{
    Account, BackupPage, LabelNames, Print, Sent, Stage, SystemClock, Verdict, Wanted, backup_page, list_prints,
    plan_restore, prints, restore_labels, send,
};
use gcontacts_people::Deadline;
use serde_json::{Value, json};

use crate::site::Site;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(20))
}

impl Site {
    fn backup(&self) -> BackupPage {
        self.wait(backup_page(&self.book(), soon(), "")).unwrap()
    }

    fn prints(&self) -> Vec<Print> {
        self.wait(list_prints(&self.book(), soon(), "")).unwrap().cards
    }

    fn restore(&self, backup: &BackupPage, step: Stage, names: &[String]) -> Sent {
        let labels = self
            .wait(restore_labels(&self.book(), soon(), &backup.labels, false))
            .unwrap();
        let wanted = backup
            .cards
            .iter()
            .zip(names)
            .enumerate()
            .map(|(id, (person, name))| Wanted {
                id: id as u64,
                step,
                person: person.clone(),
                resource_name: name.clone(),
            });
        let mut nonce = 0;
        let mut next = || {
            nonce += 1;
            format!("{nonce:x}")
        };
        let (plan, intents) = plan_restore(
            self.settings.clone(),
            &self.labels,
            &labels,
            wanted.collect(),
            &mut next,
        )
        .unwrap();
        assert!(intents.iter().all(|intent| intent.error.is_empty()));
        self.wait(send(plan, Account::default(), &self.book(), &SystemClock, soon()))
    }

    /// Makes the cards and takes the marker of the restore off again.
    fn restore_all(&self, backup: &BackupPage) {
        let none = vec![String::new(); backup.cards.len()];
        let made = self.restore(backup, Stage::Create, &none);
        assert!(
            made.outcomes.iter().all(|row| row.result == Verdict::Done),
            "{:?}",
            made.outcomes
        );
        let names: Vec<String> = made.outcomes.iter().map(|row| row.resource_name.clone()).collect();
        let finished = self.restore(backup, Stage::Finish, &names);
        assert!(
            finished.outcomes.iter().all(|row| row.result == Verdict::Done),
            "{:?}",
            finished.outcomes
        );
    }

    /// The cards without what is new in each: their names and versions; labels by name.
    fn comparable(&self) -> Vec<Value> {
        let mut cards: Vec<Value> = self
            .cards()
            .into_iter()
            .map(|mut card| {
                let labels = self.labels_of(&card);
                let object = card.as_object_mut().unwrap();
                for own in ["resourceName", "etag", "metadata", "memberships", "origin", "photos"] {
                    object.remove(own);
                }
                object.insert("labels".to_owned(), json!(labels));
                strip(&mut card);
                card
            })
            .collect();
        cards.sort_by_key(ToString::to_string);
        cards
    }
}

/// The source of an item names its card, and the order of items has no meaning.
fn strip(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("metadata");
            object.values_mut().for_each(strip);
        }
        Value::Array(items) => {
            items.iter_mut().for_each(strip);
            items.sort_by_key(ToString::to_string);
        }
        _ => {}
    }
}

fn furnished() -> Site {
    let mut site = Site::new();
    site.google.phone(json!({"op": "create_group", "group": "Friends"}));
    let made = site.google.phone(json!({"op": "create", "person": {
        "names": [{"honorificPrefix": "Dr", "givenName": "Zoé", "middleName": "M", "familyName": "Ünal \u{1f600}"}],
        "nicknames": [{"value": "Zo"}],
        "biographies": [{"value": "two\nlines", "contentType": "TEXT_PLAIN"}],
        "birthdays": [{"date": {"month": 2, "day": 29}}],
        "events": [{"date": {"year": 2020, "month": 1, "day": 2}, "type": "anniversary"}],
        "relations": [{"person": "Tom", "type": "brother"}],
        "userDefined": [{"key": "shoe", "value": "42"}],
        "addresses": [{"streetAddress": "1 rue X", "city": "Lyon", "country": "France", "type": "home"}],
        "organizations": [{"name": "ACME", "department": "R&D", "title": "Boss"}],
        "clientData": [{"key": "other", "value": "app"}],
        "phoneNumbers": [{"value": "06 11 22 33 44", "type": "mobile"}, {"value": "1", "type": "pager"}]}}));
    site.google
        .phone(json!({"op": "add_to_group", "name": made["resourceName"], "group": "Friends"}));
    site.google
        .phone(json!({"op": "add_to_group", "name": made["resourceName"], "group": "contactGroups/starred"}));
    site.add(7);
    site.drain().is_sent();
    site
}

#[test]
fn backup_clean_up_restore_is_the_address_book_as_it_was() {
    let mut site = furnished();
    let before = site.comparable();
    let backup = site.backup();
    assert_eq!((backup.cards.len(), backup.cursor.as_str(), backup.total), (8, "", 8));
    site.clean_up(site.traces());
    site.links.clear();
    site.clean_labels();
    site.google.phone(json!({"op": "delete_group", "group": "Friends"}));
    for card in site.cards() {
        site.google.phone(json!({"op": "delete", "name": card["resourceName"]}));
    }
    site.restore_all(&backup);
    assert_eq!(site.comparable(), before);
    // Once more: all that is there says the same, under other names.
    let names: LabelNames = backup
        .labels
        .iter()
        .map(|label| (label.resource_name.clone(), label.name.clone()))
        .collect();
    let of_backup = prints(&names, &backup.cards);
    let there = site.prints();
    for print in &of_backup {
        let same =
            |other: &&Print| (&other.says, &other.labels, &other.object) == (&print.says, &print.labels, &print.object);
        assert_eq!(there.iter().filter(same).count(), 1, "{print:?}");
        assert!(there.iter().all(|other| other.resource_name != print.resource_name));
    }
}

#[test]
fn a_card_that_is_there_is_not_made_again_even_where_only_its_old_name_tells() {
    let site = furnished();
    let backup = site.backup();
    let (first, second) = (site.card_name(1), site.card_name(2));
    site.google
        .phone(json!({"op": "merge", "name": first, "other": second}));
    let sent = site.restore(&backup, Stage::Create, &vec![String::new(); backup.cards.len()]);
    assert!(
        sent.outcomes
            .iter()
            .all(|row| row.result == Verdict::Done && row.reason == "exists")
    );
    assert_eq!((sent.writes, site.cards().len()), (0, 7));
}

#[test]
fn a_create_whose_answer_was_lost_is_found_by_its_nonce_and_its_marker_is_nobodys() {
    let site = furnished();
    let backup = site.backup();
    for card in site.cards() {
        site.google.phone(json!({"op": "delete", "name": card["resourceName"]}));
    }
    site.google
        .order_fault(json!({"match": "people.batchCreateContacts", "action": "drop_after"}));
    let none = vec![String::new(); backup.cards.len()];
    let sent = site.restore(&backup, Stage::Create, &none);
    assert!(
        sent.outcomes.iter().all(|row| row.result == Verdict::Unknown),
        "{:?}",
        sent.outcomes
    );
    let nonces: Vec<String> = sent.outcomes.iter().map(|row| row.nonce.clone()).collect();
    let found = site.wait(gcontacts_engine::resolve(&site.book(), soon(), &nonces));
    assert_eq!((found.found.len(), found.complete), (8, true));
    // While it is there no card counts as made for a contact.
    assert!(site.prints().iter().all(|print| print.object.is_empty()));
}

#[test]
fn a_card_that_differs_is_brought_back() {
    let site = furnished();
    let backup = site.backup();
    let before = site.comparable();
    site.phone_edit(
        1,
        &json!({"nicknames": [{"value": "Nan"}], "emailAddresses": [], "biographies": [{"value": "x"}]}),
    );
    site.google
        .phone(json!({"op": "remove_from_group", "name": site.card_name(1), "group": "contactGroups/myContacts"}));
    assert_ne!(site.comparable(), before);
    let names: Vec<String> = backup
        .cards
        .iter()
        .map(|card| {
            serde_json::from_str::<Value>(card).unwrap()["resourceName"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let sent = site.restore(&backup, Stage::Revert, &names);
    assert!(
        sent.outcomes.iter().all(|row| row.result == Verdict::Done),
        "{:?}",
        sent.outcomes
    );
    assert_eq!(site.comparable(), before);
    assert_eq!(sent.writes, 1);
}

#[test]
fn what_google_does_not_take_is_told_for_its_card_and_the_others_are_made() {
    let site = Site::new();
    let mut backup = BackupPage {
        labels: Vec::new(),
        cards: Vec::new(),
        cursor: String::new(),
        total: 2,
        calls: 0,
    };
    backup.cards.push(json!({"names": [{"givenName": "Good"}]}).to_string());
    backup
        .cards
        .push(json!({"birthdays": [{"date": {"year": 2021, "month": 13, "day": 45}}]}).to_string());
    let sent = site.restore(&backup, Stage::Create, &[String::new(), String::new()]);
    assert_eq!(sent.outcomes[0].result, Verdict::Done);
    assert_eq!(
        (sent.outcomes[1].result, sent.outcomes[1].reason.as_str()),
        (Verdict::Refused, "invalid_value")
    );
    assert_eq!(site.cards().len(), 1);
}
