// SPDX-License-Identifier: GPL-3.0-or-later
//! Cards that were at Google before: listed, recognised, linked, and never doubled.

use std::time::Duration;

use gcontacts_core::record::{Link, Origin};
use gcontacts_core::{Record, ResourceName};
use gcontacts_engine::{ListedCard, Traits, choose, list_cards, propose, record_traits};
use gcontacts_people::Deadline;
use serde_json::{Value, json};

use crate::site::{Site, sorted};

impl Site {
    /// The cards at Google, page by page.
    pub fn listed(&self) -> Vec<ListedCard> {
        let (mut cards, mut cursor) = (Vec::new(), String::new());
        loop {
            let deadline = Deadline::after(Duration::from_secs(10));
            let page = self
                .wait(list_cards(&self.book(), deadline, &self.settings, &cursor))
                .unwrap();
            cards.extend(page.cards);
            cursor = page.cursor;
            if cursor.is_empty() {
                return cards;
            }
        }
    }

    /// As PHP does, all at once: links every contact whose card is found.
    fn adopt(&mut self) -> Vec<u64> {
        let cards = self.listed();
        self.adopt_of(&cards)
    }

    /// The same, of cards that were listed.
    pub fn adopt_of(&mut self, cards: &[ListedCard]) -> Vec<u64> {
        let number = |(id, card): (usize, &ListedCard)| Traits {
            id: id as u64,
            name: card.name.clone(),
            keys: card.keys.iter().cloned().collect(),
        };
        let candidates: Vec<Traits> = cards.iter().enumerate().map(number).collect();
        let contacts = self.contacts.iter().map(|(id, (contact, company))| {
            let record = Record {
                element_type: "contact".to_owned(),
                id: *id,
                contact: contact.clone(),
                company: company.clone(),
                link: None,
            };
            record_traits(&record, &self.settings)
        });
        let contacts: Vec<Traits> = contacts.collect();
        let pairs = choose(&propose(&contacts, &candidates));
        for pair in &pairs {
            let card = cards.get(usize::try_from(pair.card).unwrap()).unwrap();
            self.links.insert(
                pair.contact,
                Link {
                    origin: Origin::Adopted,
                    nonce: String::new(),
                    resource_name: Some(ResourceName(card.resource_name.clone())),
                    sent: None,
                    person: None,
                    removed: false,
                },
            );
        }
        let mut adopted: Vec<u64> = pairs.iter().map(|pair| pair.contact).collect();
        adopted.sort_unstable();
        adopted
    }

    fn person(&self, name: &str, more: &Value) -> ResourceName {
        let mut person = json!({"names": [{"givenName": "ANN", "familyName": name.to_uppercase()}]});
        person
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let made = self.google.phone(json!({"op": "create", "person": person}));
        ResourceName(made["resourceName"].as_str().unwrap().to_owned())
    }
}

#[test]
fn half_of_the_contacts_are_there_already_and_none_is_doubled() {
    let mut site = Site::new();
    site.add(20);
    for id in 1..=10 {
        let value = if id % 2 == 0 {
            json!({"emailAddresses": [{"value": format!("NAME{id}@Example.com")}], "nicknames": [{"value": "Nick"}]})
        } else {
            json!({"phoneNumbers": [{"value": "+33 1 23 45 67 89", "type": "main"}]})
        };
        site.person(&format!("Name{id}"), &value);
    }
    assert_eq!(site.adopt(), (1..=10).collect::<Vec<u64>>());
    site.drain();
    assert_eq!(site.cards().len(), 20);
    let card = site.card("Name2");
    assert_eq!(card["nicknames"][0]["value"], "Nick");
    assert_eq!(card["phoneNumbers"][0]["value"], "01 23 45 67 89");
    assert_eq!(card["emailAddresses"].as_array().unwrap().len(), 1);
    assert_eq!(site.labels_of(&card), ["Onelog", "myContacts"]);
    site.google.clear_log();
    site.drain();
    assert_eq!(
        site.calls("people.batchUpdateContacts") + site.calls("people.batchCreateContacts"),
        0
    );
}

#[test]
fn lost_links_are_found_again_by_our_markers() {
    let mut site = Site::with_cards(7);
    site.contact(3).lastname = "Renamed".to_owned();
    site.contact(4).private = true;
    site.links.clear();
    site.labels.clear();
    assert_eq!(site.adopt(), [1, 2, 3, 4, 5, 6, 7]);
    site.drain();
    assert_eq!(site.cards().len(), 7);
    site.card("Renamed");
    // What we made is not told from what we adopted: ours is taken off, the card stays.
    let released = site.card("Name4");
    assert_eq!(released["clientData"], Value::Null);
}

#[test]
fn cards_of_another_dolibarr_are_left_alone() {
    let mut site = Site::with_cards(3);
    site.links.clear();
    site.settings.instance = "ffff".to_owned();
    assert!(site.adopt().is_empty());
}

#[test]
fn marks_of_earlier_modules_are_read() {
    let mut site = Site::new();
    site.add(4);
    let no_value = |site: &mut Site, id: u64| {
        let contact = site.contact(id);
        contact.email.clear();
        contact.phone_pro.clear();
    };
    (1..=4).for_each(|id| no_value(&mut site, id));
    site.person(
        "Name1",
        &json!({"userDefined": [{"key": "dolibarr-id", "value": "1/contact"}]}),
    );
    let note = "Met in Lyon\n--- (do not delete) --- dolibarr_id = 2/contact";
    site.person(
        "Name2",
        &json!({"biographies": [{"value": note, "contentType": "TEXT_PLAIN"}]}),
    );
    site.person(
        "Name3",
        &json!({"userDefined": [{"key": "dolibarr-id", "value": "3/thirdparty"}]}),
    );
    let boxed = site.person("Name4", &json!({}));
    let group = site.google.phone(json!({"op": "create_group", "group": "onelog"}));
    site.google
        .phone(json!({"op": "add_to_group", "name": boxed.0, "group": group["resourceName"]}));
    assert_eq!(site.adopt(), [1, 2, 4]);
}

#[test]
fn a_cursor_that_is_none_is_an_error() {
    let site = Site::new();
    let deadline = Deadline::after(Duration::from_secs(10));
    for cursor in ["nonsense", "{}"] {
        assert!(
            site.wait(list_cards(&site.book(), deadline, &site.settings, cursor))
                .is_err()
        );
    }
}

#[test]
fn every_page_is_read() {
    let site = Site::new();
    site.google.seed(json!({"n": 2300}));
    let mut names: Vec<String> = site.listed().into_iter().map(|card| card.resource_name).collect();
    assert_eq!(
        (
            names.len(),
            site.calls("people.connections.list"),
            site.calls("contactGroups.list")
        ),
        (2300, 3, 1)
    );
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 2300);
}

/// A card of contact `id` as the `google` module of `DoliMods` left it.
fn left_by_dolimods(site: &Site, id: u64) {
    let person = json!({
        "userDefined": [{"key": "dolibarr-id", "value": format!("{id}/contact")}],
        "emailAddresses": [
            {"value": format!("Name{id}.ann@noemail.com"), "type": "work"},
            {"value": "private@example.org", "type": "home"},
        ],
        "biographies": [{
            "value": format!("Met in Lyon\n--- (do not delete) --- dolibarr_id = {id}/contact\nCall her Ann"),
            "contentType": "TEXT_PLAIN",
        }],
        "nicknames": [{"value": "Nick"}],
    });
    site.person(&format!("Name{id}"), &person);
}

fn addresses(card: &Value) -> Vec<&str> {
    sorted(&card["emailAddresses"], "value")
}

#[test]
fn made_up_addresses_and_the_line_of_the_note_stay_where_nobody_asks() {
    let mut site = Site::new();
    site.add(1);
    left_by_dolimods(&site, 1);
    let leftovers = [
        "Name1.ann@noemail.com",
        "--- (do not delete) --- dolibarr_id = 1/contact",
    ];
    assert_eq!(site.listed()[0].dolimods, leftovers);
    assert_eq!(site.adopt(), [1]);
    let drained = site.drain();
    assert_eq!(drained.row(1).dolimods, leftovers);
    let card = site.card("Name1");
    assert_eq!(addresses(&card).len(), 3);
    assert!(
        card["biographies"][0]["value"]
            .as_str()
            .unwrap()
            .contains("do not delete")
    );
}

#[test]
fn made_up_addresses_and_the_line_of_the_note_go_on_request_and_nothing_else() {
    let mut site = Site::new();
    site.add(3);
    site.contact(2).email = "name2.ann@noemail.com".to_owned();
    for id in 1..=3 {
        left_by_dolimods(&site, id);
    }
    // Somebody's own address of that domain, on a card that the other module did not make.
    site.person("Free", &json!({"emailAddresses": [{"value": "ann@noemail.com"}]}));
    assert_eq!(site.adopt(), [1, 2, 3]);
    // The third was sent before anybody asked.
    site.drain_some(&[3], Duration::from_secs(10));
    site.settings.clean_dolimods = true;
    let drained = site.drain();
    drained.is_sent();
    assert_eq!(drained.row(1).dolimods, Vec::<String>::new());
    for id in [1, 3] {
        let card = site.card(&format!("Name{id}"));
        let own = format!("name{id}@example.com");
        assert_eq!(addresses(&card), [own.as_str(), "private@example.org"]);
        assert_eq!(card["biographies"][0]["value"], "Met in Lyon\nCall her Ann");
        assert_eq!(card["nicknames"][0]["value"], "Nick");
        assert_eq!(card["userDefined"][0]["value"], format!("{id}/contact"));
    }
    assert_eq!(
        addresses(&site.card("Name2")),
        ["Name2.ann@noemail.com", "private@example.org"],
        "what Dolibarr says stays"
    );
    assert_eq!(addresses(&site.card("FREE")), ["ann@noemail.com"]);
    site.google.clear_log();
    site.drain().is_done();
    assert_eq!(
        site.calls("people.updateContact") + site.calls("people.batchUpdateContacts"),
        0
    );
}
