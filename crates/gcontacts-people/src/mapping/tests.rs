// SPDX-License-Identifier: GPL-3.0-or-later

use gcontacts_core::address::PostalAddress;
use gcontacts_core::compare::Fingerprint;
use gcontacts_core::identity::Kind;
use gcontacts_core::merge::{CardChange, NameChange, merge};
use gcontacts_core::{Content, ValueLabel};

use super::*;
use crate::mask::FieldMask;

mod laws;

const LINKED: &str = include_str!("../../../../tests/fixtures/people/linked_to_a_profile.json");
const TYPED: &str = include_str!("../../../../tests/fixtures/people/typed_on_a_phone.json");
const BARE: &str = include_str!("../../../../tests/fixtures/people/nothing_but_a_name.json");

fn fixture(json: &str) -> Person {
    serde_json::from_str(json).unwrap()
}

fn marker(nonce: &str) -> Marker {
    Marker::new("0a1b", "contact", 1, nonce).unwrap()
}

fn found(label: &str, content: Option<Content>) -> gcontacts_core::Value {
    gcontacts_core::Value::found(ValueLabel::from_text(label), content.unwrap())
}

fn phone(label: &str, number: &str) -> gcontacts_core::Value {
    found(label, Content::phone(number, "FR"))
}

fn job(name: &str, title: &str) -> gcontacts_core::Value {
    found("work", Content::organization(name, title))
}

/// The body and mask of an update, as JSON and text.
fn update(person: &Person, change: &CardChange) -> (Value, String) {
    let (body, mask) = patch(person, change, None);
    (serde_json::to_value(body).unwrap(), mask.to_string())
}

#[test]
fn a_card_becomes_the_body_of_a_create() {
    let address = PostalAddress {
        street: "1 rue X\nBât. B".to_owned(),
        zip: "75001".to_owned(),
        town: "Paris".to_owned(),
        state: String::new(),
        country: "France".to_owned(),
        country_code: "FR".to_owned(),
    };
    let card = Card {
        name: Name {
            prefix: "Mme".to_owned(),
            given: "Zoé".to_owned(),
            family: String::new(),
            suffix: String::new(),
        },
        birthday: PartialDate::new(0, 2, 29),
        note: "ours\nmore".to_owned(),
        values: vec![
            phone("workFax", "01 23"),
            phone("Acme SA", "01 24"),
            job("", "Clerk"),
            found("", Content::email("z@acme.example")),
            found("work", Content::address(&address)),
            found("Dolibarr", Content::url("https://erp.example/?id=1")),
            found("work", Content::messenger("skype", "zoe")),
        ],
        ..Card::default()
    };
    let labels = ["contactGroups/1", "contactGroups/myContacts"].map(|name| ResourceName(name.to_owned()));
    let person = person_from_card(&card, &marker("n1"), &labels);
    let expected = json!({
        "names": [{"honorificPrefix": "Mme", "givenName": "Zoé"}],
        "birthdays": [{"date": {"month": 2, "day": 29}}],
        "biographies": [{"value": "ours\nmore", "contentType": "TEXT_PLAIN"}],
        "organizations": [{"type": "work", "title": "Clerk"}],
        "emailAddresses": [{"value": "z@acme.example"}],
        "phoneNumbers": [{"type": "workFax", "value": "01 23"}, {"type": "Acme SA", "value": "01 24"}],
        "addresses": [{"type": "work", "streetAddress": "1 rue X\nBât. B", "postalCode": "75001", "city": "Paris",
            "country": "France", "countryCode": "FR"}],
        "urls": [{"type": "Dolibarr", "value": "https://erp.example/?id=1"}],
        "imClients": [{"type": "work", "protocol": "skype", "username": "zoe"}],
        "clientData": [{"key": "dolibarr", "value": "0a1b:contact:1:n1"}],
        "memberships": [
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/1"}},
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/myContacts"}}],
    });
    assert_eq!(serde_json::to_value(&person).unwrap(), expected);
    assert_eq!(person.markers(), [marker("n1")]);
    let empty = person_from_card(&Card::default(), &marker("n1"), &[]);
    assert_eq!(empty.as_object().keys().collect::<Vec<_>>(), ["clientData"]);
}

#[test]
fn a_person_is_read_without_what_belongs_to_the_profile() {
    let card = card_from_person(&fixture(LINKED), "FR");
    assert_eq!(
        card.name,
        Name {
            prefix: "Mme".to_owned(),
            given: "Zoé".to_owned(),
            family: "Dupont".to_owned(),
            suffix: String::new()
        }
    );
    assert_eq!(card.birthday, PartialDate::new(1980, 5, 12));
    assert_eq!(card.note, "Décide des achats.\n\nAime le thé.");
    let address = PostalAddress {
        street: "12 rue de l'Église\nBât. B".to_owned(),
        zip: "75001".to_owned(),
        town: "Paris".to_owned(),
        state: String::new(),
        country: "France".to_owned(),
        country_code: "FR".to_owned(),
    };
    let values = [
        job("Acme SA", "Acheteuse"),
        found("work", Content::email("zoe@acme.example")),
        phone("work", "01 23 45 67 89"),
        phone("mobile", "06 12 34 56 78"),
        phone("Acme SA", "01 00 00 00 00"),
        found("work", Content::address(&address)),
        found("Dolibarr", Content::url("https://erp.example/contact/card.php?id=1")),
        found("work", Content::messenger("skype", "zoe.dupont")),
    ];
    assert_eq!(card.values, values);
}

#[test]
fn what_people_type_on_phones_is_read_as_far_as_it_goes() {
    let card = card_from_person(&fixture(TYPED), "FR");
    assert_eq!(card.name.given, "Bob");
    assert_eq!(card.birthday, None);
    assert_eq!(card.note, "Met at the fair.\nLikes tea & cake");
    let somewhere = PostalAddress {
        street: "Somewhere behind the station".to_owned(),
        ..PostalAddress::default()
    };
    let values = [
        phone("", "555 01 23 \u{202c}"),
        phone("grandLinePager", "*123#"),
        found("home", Content::address(&somewhere)),
    ];
    assert_eq!(card.values, values);
    assert_eq!(card_from_person(&fixture(BARE), "FR"), Card::default());
}

#[test]
fn damaged_json_is_no_card_and_no_panic() {
    let person: Person = serde_json::from_value(json!({
        "names": [7, {"givenName": 3}], "birthdays": [{"date": {"year": "1980", "month": 5, "day": 12}}, {"date": {"day": 99}}],
        "biographies": {}, "phoneNumbers": [{"value": null}, [], {"value": "\u{0}"}], "emailAddresses": "x",
    }))
    .unwrap();
    assert_eq!(card_from_person(&person, "FR"), Card::default());
}

#[test]
fn nothing_to_change_is_nothing_to_send() {
    let (_, mask) = patch(
        &fixture(LINKED),
        &CardChange::default(),
        Some(&MarkerChange::Set(marker("n1"))),
    );
    assert!(mask.is_empty());
}

#[test]
fn an_update_names_its_version_and_the_changed_field_alone() {
    let change = CardChange {
        removed: vec![phone("Acme SA", "01 00 00 00 00")],
        replaced: vec![(phone("work", "01 23 45 67 89"), phone("work", "01 23 45 67 90"))],
        added: vec![phone("home", "02 03 04 05 06")],
        ..CardChange::default()
    };
    let (body, mask) = update(&fixture(LINKED), &change);
    assert_eq!(mask, "phoneNumbers");
    let expected = json!({
        "resourceName": "people/c4901893251734110213",
        "metadata": {"sources": [{"type": "CONTACT", "id": "4406e3c20a3f3005", "etag": "#6EZxjSXVpk8="}]},
        "phoneNumbers": [
            {"value": "01 23 45 67 90", "type": "work"},
            {"value": "06 12 34 56 78", "type": "mobile", "metadata": {"sourcePrimary": true}},
            {"value": "02 03 04 05 06", "type": "home"}],
    });
    assert_eq!(body, expected);
}

#[test]
fn what_the_module_does_not_know_survives_an_edit() {
    let change = CardChange {
        name: NameChange {
            family: Some("Martin".to_owned()),
            prefix: Some(String::new()),
            given: None,
            ..NameChange::default()
        },
        birthday: Some(PartialDate::new(1981, 1, 2)),
        replaced: vec![(job("Acme SA", "Acheteuse"), job("Acme", ""))],
        ..CardChange::default()
    };
    let (body, mask) = update(&fixture(LINKED), &change);
    assert_eq!(mask, "birthdays,names,organizations");
    let name = json!([{"givenName": "Zoé", "middleName": "Anne", "familyName": "Martin", "metadata": {"sourcePrimary": true}}]);
    assert_eq!(body["names"], name);
    assert_eq!(
        body["birthdays"],
        json!([{"date": {"year": 1981, "month": 1, "day": 2}}])
    );
    let job = json!([{"type": "work", "name": "Acme", "department": "Achats", "current": true}]);
    assert_eq!(body["organizations"], job);
}

#[test]
fn an_address_is_sent_by_its_parts() {
    let person = fixture(LINKED);
    let Some(old) = card_from_person(&person, "FR")
        .values
        .into_iter()
        .find(|value| value.content.kind() == Kind::Address)
    else {
        panic!("no address")
    };
    let lyon = PostalAddress {
        town: "Lyon".to_owned(),
        ..PostalAddress::default()
    };
    let change = CardChange {
        replaced: vec![(old, found("work", Content::address(&lyon)))],
        ..CardChange::default()
    };
    assert_eq!(
        update(&person, &change).0["addresses"],
        json!([{"type": "work", "city": "Lyon"}])
    );

    let added = CardChange {
        added: vec![found("work", Content::address(&lyon))],
        ..CardChange::default()
    };
    let kept = &update(&person, &added).0["addresses"][0];
    assert_eq!(kept["extendedAddress"], "Bât. B");
    assert_eq!(kept.get("formattedValue"), None);
    // An address that was never parted has nothing else to be sent by.
    let whole = &update(&fixture(TYPED), &added).0["addresses"][0];
    assert_eq!(whole["formattedValue"], "Somewhere behind the station");
}

#[test]
fn items_that_say_nothing_to_the_module_survive_too() {
    let change = CardChange {
        added: vec![phone("work", "01 23 45 67 89")],
        ..CardChange::default()
    };
    let (body, _) = update(&fixture(TYPED), &change);
    assert_eq!(body["phoneNumbers"].as_array().unwrap().len(), 4);
    assert_eq!(body["phoneNumbers"][1], json!({"value": "", "type": "home"}));
}

#[test]
fn single_parts_are_cleared_by_an_empty_field() {
    let change = CardChange {
        name: NameChange {
            given: Some(String::new()),
            ..NameChange::default()
        },
        birthday: Some(None),
        note: Some(String::new()),
        ..CardChange::default()
    };
    let (body, mask) = update(&fixture(TYPED), &change);
    assert_eq!(mask, "biographies,birthdays,names");
    for field in ["names", "birthdays", "biographies"] {
        assert_eq!(body[field], json!([]));
    }
}

#[test]
fn a_note_is_sent_as_plain_text() {
    let change = CardChange {
        note: Some("a < b".to_owned()),
        ..CardChange::default()
    };
    let expected = json!([{"value": "a < b", "contentType": "TEXT_PLAIN"}]);
    assert_eq!(update(&fixture(TYPED), &change).0["biographies"], expected);
}

#[test]
fn markers_of_others_stay() {
    let person = fixture(LINKED);
    let data = |change: &MarkerChange| {
        let (body, mask) = patch(&person, &CardChange::default(), Some(change));
        assert_eq!(mask, FieldMask::of(["clientData"]));
        serde_json::to_value(body).unwrap()["clientData"].clone()
    };
    let crm = json!({"key": "crm-id", "value": "8812"});
    let other = json!({"key": "dolibarr", "value": "ffff:contact:77:n9"});
    let new = json!({"key": "dolibarr", "value": "0a1b:contact:1:n2"});
    assert_eq!(data(&MarkerChange::Set(marker("n2"))), json!([crm, other, new]));
    assert_eq!(data(&MarkerChange::Remove("0a1b".to_owned())), json!([crm, other]));
    let (_, mask) = patch(
        &person,
        &CardChange::default(),
        Some(&MarkerChange::Remove("eeee".to_owned())),
    );
    assert!(mask.is_empty());
}

#[test]
fn a_person_without_a_source_is_updated_by_its_own_etag() {
    let change = CardChange {
        note: Some("x".to_owned()),
        ..CardChange::default()
    };
    assert_eq!(update(&fixture(BARE), &change).0["etag"], "%EgMBPQ==");
}
