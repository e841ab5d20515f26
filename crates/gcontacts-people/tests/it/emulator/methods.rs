// SPDX-License-Identifier: GPL-3.0-or-later
//! Each method, carried out.

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Certainty, FieldMask, GroupType, Person, Reason};
use gcontacts_people::{list_all, list_all_groups};
use serde_json::{Value, json};
use std::time::Duration;

use super::{Emulator, contact, soon};
use crate::fixture::person;

fn name_of(person: &Person) -> ResourceName {
    person.resource_name().unwrap()
}

fn names(people: &[Person]) -> Vec<ResourceName> {
    people.iter().map(name_of).collect()
}

/// The person with another given name, as an update wants it: with the etag of its source.
fn renamed(person: &Person, given: &str) -> Person {
    let mut value = Value::Object(person.as_object().clone());
    value["names"] = json!([{"givenName": given}]);
    crate::fixture::person(&value)
}

fn given(person: &Person) -> &str {
    person.contact_items("names").next().unwrap()["givenName"]
        .as_str()
        .unwrap()
}

#[tokio::test]
async fn one_contact_from_create_to_delete() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    let created = book.create(&contact("Anna", "q1"), soon()).await.unwrap();
    assert_eq!(created.markers(), contact("Anna", "q1").markers());
    assert_eq!(
        created.memberships(),
        [ResourceName("contactGroups/myContacts".to_owned())]
    );
    assert_eq!(book.get(&name_of(&created), soon()).await.unwrap(), created);

    let mask = FieldMask::of(["names"]);
    let updated = book.update(&renamed(&created, "Anne"), &mask, soon()).await.unwrap();
    assert_eq!(given(&updated), "Anne");
    assert_ne!(updated.source_etag(), created.source_etag());
    assert_eq!(
        updated.markers(),
        created.markers(),
        "what the mask does not name stays"
    );

    // The etag of the update is good for the next, that of the create is not any more.
    let stale = book
        .update(&renamed(&created, "Anja"), &mask, soon())
        .await
        .unwrap_err();
    assert_eq!(
        (stale.reason(), stale.certainty()),
        (Reason::EtagStale, Certainty::NotApplied)
    );
    book.update(&renamed(&updated, "Anja"), &mask, soon()).await.unwrap();

    book.delete(&name_of(&created), soon()).await.unwrap();
    let gone = book.delete(&name_of(&created), soon()).await.unwrap_err();
    assert_eq!(
        (gone.reason(), gone.certainty()),
        (Reason::NotFound, Certainty::NotApplied)
    );
    assert_eq!(
        book.get(&name_of(&created), soon()).await.unwrap_err().reason(),
        Reason::NotFound
    );
}

#[tokio::test]
async fn many_contacts_from_create_to_delete() {
    let google = Emulator::start(
        &json!({"shuffle_batch_create": true, "shuffle_items": true, "batch_delete_missing": "not_found"}),
    );
    let book = google.book();
    let wanted: Vec<_> = (0..200)
        .map(|number| contact(&format!("N{number}"), &format!("q{number}")))
        .collect();
    let created: Vec<_> = book
        .batch_create(&wanted, soon())
        .await
        .unwrap()
        .into_iter()
        .map(Result::unwrap)
        .collect();
    for (wanted, created) in wanted.iter().zip(&created) {
        assert_eq!(wanted.markers(), created.markers());
        assert_eq!(given(wanted), given(created));
    }

    let changes: Vec<_> = created.iter().rev().map(|person| renamed(person, "Same")).collect();
    let updated = book
        .batch_update(&changes, &FieldMask::of(["names"]), soon())
        .await
        .unwrap();
    for (change, updated) in changes.iter().zip(updated) {
        let updated = updated.unwrap();
        assert_eq!((name_of(&updated), given(&updated)), (name_of(change), "Same"));
    }

    let mut asked = names(&created);
    asked[7] = ResourceName("people/c1".to_owned());
    let got = book.batch_get(&asked, soon()).await.unwrap();
    for (index, (asked, got)) in asked.iter().zip(got).enumerate() {
        match got {
            Ok(person) => assert_eq!(&name_of(&person), asked),
            Err(error) => assert_eq!((index, error.reason()), (7, Reason::NotFound)),
        }
    }

    book.batch_delete(&names(&created), soon()).await.unwrap();
    assert_eq!(book.count(soon()).await.unwrap(), 0);
    let gone = book.batch_delete(&names(&created[..2]), soon()).await.unwrap_err();
    assert_eq!(gone.reason(), Reason::NotFound);
}

#[tokio::test]
async fn a_listing_of_several_pages() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    assert_eq!(list_all(&book, soon()).await.unwrap(), []);
    for batch in 0..6 {
        let people: Vec<_> = (0..200)
            .map(|number| contact("N", &format!("q{batch}-{number}")))
            .collect();
        book.batch_create(&people, soon()).await.unwrap();
    }
    let all = list_all(&book, soon()).await.unwrap();
    assert_eq!((all.len(), book.count(soon()).await.unwrap()), (1200, 1200));
    let markers: std::collections::HashSet<_> = all.iter().flat_map(Person::markers).collect();
    assert_eq!(markers.len(), 1200);
    // What was listed can be updated: its source etag holds, though the person's may not.
    book.update(&renamed(&all[0], "Listed"), &FieldMask::of(["names"]), soon())
        .await
        .unwrap();
}

#[tokio::test]
async fn groups_and_their_members() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    let group = book.create_group("Onelog", &[], soon()).await.unwrap();
    assert_eq!(
        (group.name.as_str(), group.group_type),
        ("Onelog", GroupType::UserContactGroup)
    );
    let taken = book.create_group("Onelog", &[], soon()).await.unwrap_err();
    assert_eq!(
        (taken.reason(), taken.certainty()),
        (Reason::LabelExists, Certainty::NotApplied)
    );
    let group = book
        .rename_group(&group.resource_name, "Onelog/bob", soon())
        .await
        .unwrap();
    assert_eq!(group.name, "Onelog/bob");

    let anna = name_of(&book.create(&contact("Anna", "q1"), soon()).await.unwrap());
    let nobody = ResourceName("people/c1".to_owned());
    let added = book
        .modify_members(&group.resource_name, &[anna.clone(), nobody.clone()], &[], soon())
        .await
        .unwrap();
    assert_eq!((added.not_found, added.last_group_kept), (vec![nobody], vec![]));
    let mine = ResourceName("contactGroups/myContacts".to_owned());
    let anna = [anna];
    assert_eq!(
        book.modify_members(&mine, &[], &anna, soon())
            .await
            .unwrap()
            .last_group_kept,
        []
    );
    let last = book
        .modify_members(&group.resource_name, &[], &anna, soon())
        .await
        .unwrap();
    assert_eq!(last.last_group_kept, anna);

    let groups = list_all_groups(&book, soon()).await.unwrap();
    let told = groups
        .iter()
        .find(|known| known.resource_name == group.resource_name)
        .unwrap();
    assert_eq!((told.name.as_str(), told.member_count), ("Onelog/bob", 1));
    assert!(
        groups
            .iter()
            .any(|group| group.group_type == GroupType::SystemContactGroup && group.name == "starred")
    );

    book.delete_group(&group.resource_name, soon()).await.unwrap();
    assert_eq!(
        book.delete_group(&group.resource_name, soon())
            .await
            .unwrap_err()
            .reason(),
        Reason::NotFound
    );
    assert_eq!(
        book.get(&anna[0], soon()).await.unwrap().memberships(),
        [mine],
        "contacts survive their label"
    );
}

#[tokio::test]
async fn what_google_refuses() {
    let google = Emulator::start(&json!({"max_contacts": 1, "refused_values": ["not-a-mail"]}));
    let book = google.book();
    let two_names = person(&json!({"names": [{"givenName": "A"}, {"givenName": "B"}]}));
    let error = book.create(&two_names, soon()).await.unwrap_err();
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::InvalidValue, Certainty::NotApplied)
    );
    assert_eq!(
        error.google().unwrap().message,
        "Cannot have more than one person.names per source."
    );
    let mail = person(&json!({"emailAddresses": [{"value": "not-a-mail"}]}));
    assert_eq!(
        book.create(&mail, soon()).await.unwrap_err().reason(),
        Reason::InvalidValue
    );
    let unknown = person(&json!({"nom": "x"}));
    let error = book.create(&unknown, soon()).await.unwrap_err();
    assert_eq!(error.google().unwrap().field_violations.len(), 1, "{error:?}");

    book.create(&contact("Anna", "q1"), soon()).await.unwrap();
    let full = book.create(&contact("Bert", "q2"), soon()).await.unwrap_err();
    assert_eq!(
        (full.reason(), full.certainty()),
        (Reason::AccountFull, Certainty::NotApplied)
    );
    assert_eq!(full.retry_after(), Some(Duration::from_hours(1)));
}

#[tokio::test]
async fn a_refused_batch_says_whom_it_blames() {
    for all_or_nothing in [true, false] {
        let google = Emulator::start(&json!({"batch_all_or_nothing": all_or_nothing}));
        let book = google.book();
        let mut bad = contact("Bad", "q2");
        bad.as_object_mut()["names"] = json!([{"givenName": "A"}, {"givenName": "B"}]);
        let batch = [contact("Anna", "q1"), bad];
        let error = book.batch_create(&batch, soon()).await.unwrap_err();
        assert_eq!(
            (error.reason(), error.certainty()),
            (Reason::InvalidValue, Certainty::Unknown)
        );
        assert_eq!(error.google().unwrap().blame("0"), None);
        assert!(error.google().unwrap().blame("1").is_some());
        // That is why it is uncertain.
        assert_eq!(google.contacts(), usize::from(!all_or_nothing));
    }
}
