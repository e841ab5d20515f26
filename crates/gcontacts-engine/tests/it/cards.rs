// SPDX-License-Identifier: GPL-3.0-or-later
//! One card: made, changed, changed on both sides, changed back.

use std::time::Duration;

use gcontacts_core::Company;
use gcontacts_engine::{Action, Verdict};
use serde_json::{Value, json};

use crate::site::{Site, contact, sorted};

#[test]
fn a_contact_becomes_a_card_and_a_second_run_writes_nothing() {
    let mut site = Site::new();
    let company = Company {
        id: 7,
        name: "Dupont".to_owned(),
        phone: "01 98 76 54 32".to_owned(),
        open: true,
        ..Company::default()
    };
    site.contacts.insert(1, (Some(contact("Martin")), Some(company)));
    let drained = site.drain();
    drained.is_done();
    let row = drained.row(1);
    assert_eq!((row.action, row.nonce.as_str()), (Action::Create, "0a1b000000000001"));
    assert!(row.person.is_ascii() && row.sent.is_ascii());
    assert_eq!(row.labels.len(), 2);

    let card = site.card("Martin");
    assert_eq!(card["names"][0]["givenName"], "Ann");
    assert_eq!(card["organizations"][0]["name"], "Dupont");
    assert_eq!(card["organizations"][0]["title"], "Buyer");
    assert_eq!(
        card["clientData"][0],
        json!({"key": "dolibarr", "value": "0a1b:contact:1:0a1b000000000001",
        "metadata": card["clientData"][0]["metadata"]})
    );
    let phones: Vec<_> = card["phoneNumbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phone| (&phone["type"], &phone["value"]))
        .collect();
    assert!(
        phones.contains(&(&json!("work"), &json!("01 23 45 67 89"))),
        "{phones:?}"
    );
    assert!(
        phones.contains(&(&json!("Dupont"), &json!("01 98 76 54 32"))),
        "{phones:?}"
    );
    assert_eq!(site.labels_of(&card), ["Onelog", "myContacts"]);

    let again = site.drain();
    assert_eq!(again.intent(1).action, Action::None);
    assert_eq!((again.sent.outcomes.len(), again.sent.calls, again.foreseen), (0, 0, 0));
}

#[test]
fn a_change_goes_in_one_call_and_changes_nothing_else() {
    let mut site = Site::with_cards(1);
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    drained.is_done();
    assert_eq!((drained.sent.calls, drained.sent.writes), (1, 1));
    let card = site.card("Name1");
    assert_eq!(card["organizations"][0]["title"], "Director");
    assert_eq!(card["phoneNumbers"][0]["value"], "01 23 45 67 89");
    let query = site.google.log()["entries"][0]["query"][0].clone();
    assert_eq!(query, json!(["updatePersonFields", "organizations"]));
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn every_field_that_is_emptied_goes_from_the_card() {
    let mut site = Site::with_cards(1);
    let page_url = site.contact(1).page_url.clone();
    *site.contact(1) = gcontacts_core::Contact {
        page_url,
        lastname: "Name1".to_owned(),
        active: true,
        own_entity: true,
        ..Default::default()
    };
    site.drain().is_done();
    let card = site.card("Name1");
    for gone in ["phoneNumbers", "emailAddresses", "organizations"] {
        assert_eq!(card.get(gone), None, "{gone}");
    }
    assert_eq!(card["names"][0].get("givenName"), None);
}

#[test]
fn a_correction_on_the_phone_survives_an_edit_of_the_job() {
    let mut site = Site::with_cards(1);
    site.phone_edit(1, &json!({
        "phoneNumbers": [{"value": "01 23 45 67 00", "type": "work"}, {"value": "06 00 00 00 01", "type": "mobile"}],
        "nicknames": [{"value": "Annie"}],
    }));
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    // The stale update, the read, the update.
    assert_eq!((drained.sent.calls, drained.sent.writes), (3, 2));
    let card = site.card("Name1");
    assert_eq!(card["organizations"][0]["title"], "Director");
    assert_eq!(
        sorted(&card["phoneNumbers"], "value"),
        ["01 23 45 67 00", "06 00 00 00 01"]
    );
    assert_eq!(card["nicknames"][0]["value"], "Annie");
    // The correction waits: nothing is sent over it by itself.
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn what_both_sides_changed_is_dolibarrs_and_recorded() {
    let mut site = Site::with_cards(1);
    site.phone_edit(1, &json!({"names": [{"givenName": "Anna", "familyName": "Name1"}]}));
    site.contact(1).firstname = "Anne".to_owned();
    let drained = site.drain();
    assert_eq!(site.card("Name1")["names"][0]["givenName"], "Anne");
    let clashes = &drained.row(1).clashes;
    assert_eq!(clashes.len(), 1, "{clashes:?}");
    assert_eq!(
        (clashes[0].dolibarr.as_str(), clashes[0].google.as_str()),
        ("Anne", "Anna")
    );
}

#[test]
fn clientdata_of_other_programs_is_kept() {
    let mut site = Site::with_cards(1);
    let ours = site.card("Name1")["clientData"][0]["value"].clone();
    site.phone_edit(
        1,
        &json!({"clientData": [{"key": "other", "value": "x"}, {"key": "dolibarr", "value": ours}]}),
    );
    site.contact(1).lastname = "Renamed".to_owned();
    site.drain();
    let card = site.card("Renamed");
    assert_eq!(sorted(&card["clientData"], "key"), ["dolibarr", "other"]);
}

#[test]
fn a_marker_that_was_lost_is_put_on_again() {
    let mut site = Site::with_cards(1);
    site.phone_edit(1, &json!({"clientData": []}));
    site.contact(1).job_title = "Director".to_owned();
    site.drain();
    let marker = site.card("Name1")["clientData"][0]["value"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(marker.starts_with("0a1b:contact:1:"), "{marker}");
}

#[test]
fn a_link_without_its_person_is_read_first() {
    let mut site = Site::with_cards(7);
    site.links.values_mut().for_each(|link| link.person = None);
    let drained = site.drain();
    assert!(drained.sent.outcomes.iter().all(|row| row.result == Verdict::Done));
    assert_eq!((drained.sent.calls, drained.sent.writes), (1, 0));
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_card_that_google_renamed_is_followed() {
    let mut site = Site::with_cards(1);
    let before = site.card_name(1);
    site.google.phone(json!({"op": "relink", "name": before}));
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done, "{:?}", drained.row(1));
    assert_ne!(site.card_name(1), before);
    assert_eq!(site.cards().len(), 1);
    assert_eq!(site.card("Name1")["organizations"][0]["title"], "Director");
}

#[test]
fn texts_beyond_ascii_come_back_as_they_went() {
    let mut site = Site::new();
    let mut zoe = contact("Ndébélé");
    zoe.note_public = "Café ☕ 😀\nsecond line".to_owned();
    site.contacts.insert(1, (Some(zoe), None));
    site.drain().is_done();
    let card: Value = site.card("Ndébélé");
    assert_eq!(card["biographies"][0]["value"], "Café ☕ 😀\nsecond line");
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_photo_survives_the_edit_of_every_other_field() {
    let mut site = Site::with_cards(7);
    for id in 1..=7 {
        site.google.phone(json!({"op": "photo", "name": site.card_name(id)}));
    }
    let photo_of = |card: &Value| card["photos"][0].clone();
    let before: Vec<Value> = (1..=7).map(|id| photo_of(&site.card(&format!("Name{id}")))).collect();
    assert!(
        before
            .iter()
            .all(|photo| photo["default"].is_null() && photo["url"].is_string()),
        "{before:?}"
    );
    for id in 1..=7 {
        let contact = site.contact(id);
        contact.job_title = "Director".to_owned();
        contact.phone_mobile = format!("06 12 34 56 7{id}");
        contact.note_public = "Likes tea".to_owned();
    }
    // One alone, then a batch, whose mask is the union of all.
    site.drain_some(&[1], Duration::from_secs(10)).is_sent();
    site.drain().is_sent();
    for (id, before) in (1..=7).zip(before) {
        let card = site.card(&format!("Name{id}"));
        assert_eq!(card["organizations"][0]["title"], "Director");
        assert_eq!(photo_of(&card)["url"], before["url"]);
        assert_eq!(photo_of(&card)["default"], before["default"]);
    }
    let log = site.google.log();
    let masks = log["entries"].to_string();
    assert!(!masks.contains("updateContactPhoto") && !masks.contains("deleteContactPhoto"));
}
