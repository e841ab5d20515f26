// SPDX-License-Identifier: GPL-3.0-or-later
//! Each method against a recorded exchange: what it sends, and what it makes of the answer.

use std::slice::from_ref;
use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Certainty, Deadline, FieldMask, GroupType, Person, Reason};
use gcontacts_people::{list_all, list_all_groups};
use serde_json::Value;

use crate::fixture::person;
use crate::replay::play;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

fn name(text: &str) -> ResourceName {
    ResourceName(text.to_owned())
}

fn members(value: &Value, path: &str) -> Vec<Person> {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .expect(path)
        .iter()
        .map(person)
        .collect()
}

#[tokio::test]
async fn create() {
    let (book, recorded, server) = play(&["create"]);
    let created = book
        .create(&person(recorded[0].sent.as_ref().unwrap()), soon())
        .await
        .unwrap();
    server.join().unwrap();
    assert_eq!(created, person(&recorded[0].answered));
    assert_eq!(created.source_etag(), Some("#Zm4YfTizA7M="));
}

#[tokio::test]
async fn get() {
    let (book, recorded, server) = play(&["get", "get_missing"]);
    let got = book.get(&name("people/c5170723913980391624"), soon()).await.unwrap();
    let missing = book.get(&name("people/c1"), soon()).await.unwrap_err();
    server.join().unwrap();
    assert_eq!(got, person(&recorded[0].answered));
    assert_eq!(missing.reason(), Reason::NotFound);
}

#[tokio::test]
async fn update() {
    let (book, recorded, server) = play(&["update"]);
    let changed = person(recorded[0].sent.as_ref().unwrap());
    let mask = FieldMask::of(["names", "emailAddresses"]);
    assert_eq!(
        book.update(&changed, &mask, soon()).await.unwrap(),
        person(&recorded[0].answered)
    );
    server.join().unwrap();
}

#[tokio::test]
async fn delete() {
    let (book, _, server) = play(&["delete"]);
    book.delete(&name("people/c5170723913980391624"), soon()).await.unwrap();
    server.join().unwrap();
}

#[tokio::test]
async fn batch_create_finds_each_answer_by_its_marker() {
    let (book, recorded, server) = play(&["batch_create"]);
    let contacts = recorded[0]
        .sent
        .as_ref()
        .unwrap()
        .pointer("/contacts")
        .unwrap()
        .as_array()
        .unwrap()
        .clone();
    let people: Vec<_> = contacts
        .iter()
        .map(|contact| person(&contact["contactPerson"]))
        .collect();
    let outcomes = book.batch_create(&people, soon()).await.unwrap();
    server.join().unwrap();
    // The recorded answer is in the reverse order.
    for (asked, made) in people.iter().zip(outcomes) {
        assert_eq!(asked.markers(), made.unwrap().markers());
    }
}

#[tokio::test]
async fn batch_update_tells_the_fate_of_each() {
    let (book, recorded, server) = play(&["batch_update"]);
    let contacts = recorded[0].sent.as_ref().unwrap()["contacts"]
        .as_object()
        .unwrap()
        .clone();
    let mut people: Vec<_> = contacts.values().map(person).collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.resource_name()));
    let outcomes = book
        .batch_update(&people, &FieldMask::of(["names"]), soon())
        .await
        .unwrap();
    server.join().unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap().resource_name(), people[0].resource_name());
    let stale = outcomes[1].as_ref().unwrap_err();
    assert_eq!(
        (stale.reason(), stale.certainty()),
        (Reason::EtagStale, Certainty::NotApplied)
    );
}

#[tokio::test]
async fn batch_get_finds_each_by_the_name_that_was_asked_for() {
    let (book, _, server) = play(&["batch_get"]);
    let names = [
        "people/c1",
        "people/c5170723913980391624",
        "people/c2945739795208677217",
    ]
    .map(name);
    let outcomes = book.batch_get(&names, soon()).await.unwrap();
    server.join().unwrap();
    assert_eq!(outcomes[0].as_ref().unwrap_err().reason(), Reason::NotFound);
    assert_eq!(outcomes[1].as_ref().unwrap().resource_name().as_ref(), Some(&names[1]));
    // Linked to a profile since: it answers under a new name.
    assert_eq!(outcomes[2].as_ref().unwrap().resource_name(), Some(name("people/c99")));
}

#[tokio::test]
async fn batch_delete() {
    let (book, _, server) = play(&["batch_delete"]);
    let names = ["people/c5170723913980391624", "people/c2945739795208677217"].map(name);
    book.batch_delete(&names, soon()).await.unwrap();
    server.join().unwrap();
}

#[tokio::test]
async fn a_listing_is_read_to_its_end() {
    let (book, recorded, server) = play(&["list_1", "list_2"]);
    let all = list_all(&book, soon()).await.unwrap();
    server.join().unwrap();
    let expected: Vec<_> = recorded
        .iter()
        .flat_map(|page| members(&page.answered, "/connections"))
        .collect();
    assert_eq!(all, expected);
}

#[tokio::test]
async fn a_listing_that_ends_early_is_an_error() {
    let (book, recorded, server) = play(&["list_1"]);
    let page = book.list(None, soon()).await.unwrap();
    server.join().unwrap();
    assert_eq!(page.total, Some(2));
    assert_eq!(page.next.as_deref(), recorded[0].answered["nextPageToken"].as_str());
    let (book, _, server) = play(&["list_1", "get_missing"]);
    let error = list_all(&book, soon()).await.unwrap_err();
    assert_eq!(error.reason(), Reason::NotFound);
    assert!(server.join().is_err(), "the server was asked for the second page");
}

#[tokio::test]
async fn an_empty_address_book_is_listed_as_empty() {
    let (book, _, server) = play(&["list_empty"]);
    assert_eq!(list_all(&book, soon()).await.unwrap(), []);
    server.join().unwrap();
}

#[tokio::test]
async fn groups() {
    let (book, _, server) = play(&["groups"]);
    let groups = list_all_groups(&book, soon()).await.unwrap();
    server.join().unwrap();
    let told: Vec<_> = groups
        .iter()
        .map(|group| (group.name.as_str(), group.group_type, group.member_count))
        .collect();
    assert_eq!(
        told,
        [
            ("myContacts", GroupType::SystemContactGroup, 2),
            ("Onelog", GroupType::UserContactGroup, 1)
        ]
    );
}

#[tokio::test]
async fn groups_are_made_renamed_and_deleted() {
    let (book, _, server) = play(&["group_create", "group_rename", "group_delete"]);
    let group = book.create_group("Onelog", &[], soon()).await.unwrap();
    let renamed = book
        .rename_group(&group.resource_name, "Onelog/bob", soon())
        .await
        .unwrap();
    book.delete_group(&renamed.resource_name, soon()).await.unwrap();
    server.join().unwrap();
    assert_eq!((group.name.as_str(), renamed.name.as_str()), ("Onelog", "Onelog/bob"));
}

#[tokio::test]
async fn a_change_of_members_tells_whom_it_left_out() {
    let (book, _, server) = play(&["members"]);
    let (added, removed) = (name("people/c5170723913980391624"), name("people/c2945739795208677217"));
    let group = name("contactGroups/19cb37f60aed8000");
    let left_out = book
        .modify_members(&group, from_ref(&added), from_ref(&removed), soon())
        .await
        .unwrap();
    server.join().unwrap();
    assert_eq!(
        (left_out.not_found, left_out.last_group_kept),
        (vec![added], vec![removed])
    );
}

#[tokio::test]
async fn nothing_to_do_sends_nothing() {
    let (book, _, server) = play(&[]);
    server.join().unwrap();
    assert!(book.batch_create(&[], soon()).await.unwrap().is_empty());
    assert!(
        book.batch_update(&[], &FieldMask::of(["names"]), soon())
            .await
            .unwrap()
            .is_empty()
    );
    assert!(book.batch_get(&[], soon()).await.unwrap().is_empty());
    book.batch_delete(&[], soon()).await.unwrap();
    book.modify_members(&name("contactGroups/x"), &[], &[], soon())
        .await
        .unwrap();
}
