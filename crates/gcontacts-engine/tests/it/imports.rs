// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards that are offered for import, and what becomes of them once they are imported.

use gcontacts_core::import::Kind;
use gcontacts_core::record::{Link, Origin};
use gcontacts_core::{ResourceName, Settings};
use gcontacts_engine::{Action, Listed, Verdict, list_candidates};
use gcontacts_people::{Deadline, Error};
use serde_json::{Value, json};
use std::time::Duration;

use crate::site::{Site, contact};

const MY_CONTACTS: &str = "contactGroups/myContacts";

impl Site {
    fn candidates(&self, label: &str) -> Vec<Listed> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.page_of_candidates(label, &cursor).unwrap();
            all.extend(page.candidates);
            cursor = page.cursor;
            if cursor.is_empty() {
                return all;
            }
        }
    }

    fn page_of_candidates(&self, label: &str, cursor: &str) -> Result<gcontacts_engine::Candidates, Error> {
        let deadline = Deadline::after(Duration::from_secs(10));
        self.wait(list_candidates(&self.book(), deadline, &self.settings, label, cursor))
    }

    fn somebody(&self, person: &Value) -> ResourceName {
        let made = self.google.phone(json!({"op": "create", "person": person}));
        ResourceName(made["resourceName"].as_str().unwrap().to_owned())
    }

    fn import(&mut self, id: u64, card: &ResourceName, lastname: &str) {
        self.contacts.insert(id, (Some(contact(lastname)), None));
        self.links.insert(
            id,
            Link {
                origin: Origin::Imported,
                nonce: String::new(),
                resource_name: Some(card.clone()),
                sent: None,
                person: None,
                removed: false,
            },
        );
    }
}

fn in_my_contacts(person: Value) -> Value {
    let mut person = person;
    person["memberships"] = json!([{"contactGroupMembership": {"contactGroupResourceName": MY_CONTACTS}}]);
    person
}

#[test]
fn only_cards_of_the_label_are_offered() {
    let site = Site::new();
    site.somebody(&in_my_contacts(json!({
        "names": [{"givenName": "Zoé", "familyName": "Martin"}],
        "organizations": [{"name": "Durand SARL", "title": "Achats"}],
        "emailAddresses": [{"value": "zoe@durand.example"}]
    })));
    site.somebody(&in_my_contacts(json!({"organizations": [{"name": "Petit SA"}]})));
    site.somebody(&in_my_contacts(json!({"names": [{"givenName": "Plombier"}]})));
    let all = site.candidates(MY_CONTACTS);
    let kinds: Vec<Kind> = all.iter().map(|listed| listed.candidate.kind).collect();
    assert_eq!(kinds.len(), 3);
    for kind in [Kind::Person, Kind::Company, Kind::Nameless] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let zoe = all.iter().find(|listed| listed.candidate.lastname == "Martin").unwrap();
    assert_eq!(zoe.candidate.job_title, "Achats");
    assert!(zoe.likes.keys.contains("mail:zoe@durand.example"));
    assert!(!zoe.etag.is_empty() && zoe.labels.contains(&ResourceName(MY_CONTACTS.to_owned())));
    assert!(site.candidates("contactGroups/starred").is_empty());
    assert_eq!(site.candidates("").len(), 3);
}

#[test]
fn an_imported_card_leaves_my_contacts_once() {
    let mut site = Site::new();
    site.settings = Settings {
        my_contacts: false,
        ..site.settings.clone()
    };
    let card = site.somebody(&in_my_contacts(json!({
        "names": [{"givenName": "Ann", "familyName": "Martin"}],
        "phoneNumbers": [{"value": "06 00 00 00 01", "type": "mobile"}]
    })));
    site.import(1, &card, "Martin");
    let drained = site.drain();
    drained.is_done();
    assert_eq!(drained.row(1).action, Action::Update);
    let person = site.card("Martin");
    assert_eq!(site.labels_of(&person), ["Onelog"]);
    let numbers: Vec<_> = person["phoneNumbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phone| phone["value"].clone())
        .collect();
    assert!(numbers.contains(&json!("06 00 00 00 01")), "{numbers:?}");
    assert_eq!(site.cards().len(), 1);
    assert_eq!(site.drain().sent.calls, 0);

    // Its user puts it back: that is a choice, and stays.
    site.google
        .phone(json!({"op": "add_to_group", "name": card.0, "group": MY_CONTACTS}));
    site.contact(1).job_title = "Director".to_owned();
    assert_eq!(site.drain().results(), [(1, Verdict::Done)]);
    assert_eq!(site.labels_of(&site.card("Martin")), ["Onelog", "myContacts"]);
}

#[test]
fn an_imported_card_stays_in_my_contacts_where_cards_belong_there() {
    let mut site = Site::new();
    let card = site.somebody(&in_my_contacts(
        json!({"names": [{"givenName": "Ann", "familyName": "Martin"}]}),
    ));
    site.import(1, &card, "Martin");
    site.drain().is_done();
    assert_eq!(site.labels_of(&site.card("Martin")), ["Onelog", "myContacts"]);
}

#[test]
fn a_cursor_that_is_none_is_refused() {
    let site = Site::new();
    assert!(matches!(site.page_of_candidates("", "x"), Err(Error::BadAnswer { .. })));
}

#[test]
fn cards_that_another_dolibarr_keeps_are_told() {
    let mut one = Site::new();
    one.add(2);
    one.drain().is_done();
    let other = one.beside("ffff");
    let met = one.somebody(&in_my_contacts(json!({"names": [{"familyName": "Met"}]})));
    let free = other
        .candidates(MY_CONTACTS)
        .into_iter()
        .filter(|card| !card.of_another);
    assert_eq!(free.map(|card| card.name).collect::<Vec<_>>(), [met.0]);
    assert!(one.candidates(MY_CONTACTS).iter().all(|card| !card.of_another));
}
