// SPDX-License-Identifier: GPL-3.0-or-later
//! Each request by its address and body, without a server.

use gcontacts_core::ResourceName;
use gcontacts_people::request::{self, Effect, Request, limit};
use gcontacts_people::{Error, FieldMask, Person};
use serde_json::{Value, json};

use crate::fixture::{exchange, person};

fn name(text: impl Into<String>) -> ResourceName {
    ResourceName(text.into())
}

fn numbered(count: usize) -> Vec<ResourceName> {
    (0..count).map(|number| name(format!("people/c{number}"))).collect()
}

/// Compares a request with the recorded one of that name.
fn check(recorded: &'static str, effect: Effect, request: &Request) {
    let expected = exchange(recorded);
    assert_eq!(
        format!("{} {}", request.method, request.target()),
        expected.line,
        "{recorded}"
    );
    assert_eq!(sent(request), expected.sent, "{recorded}");
    assert_eq!(request.effect, effect, "{recorded}");
}

fn sent(request: &Request) -> Option<Value> {
    request.body.as_deref().map(|body| serde_json::from_str(body).unwrap())
}

fn body(recorded: &'static str) -> Value {
    exchange(recorded).sent.unwrap()
}

#[test]
fn requests_for_one_contact() {
    let anna = name("people/c5170723913980391624");
    check(
        "create",
        Effect::Write,
        &request::create(&person(&body("create"))).unwrap(),
    );
    check("get", Effect::Read, &request::get(&anna).unwrap());
    check("delete", Effect::Write, &request::delete(&anna).unwrap());
    let mask = FieldMask::of(["names", "emailAddresses"]);
    check(
        "update",
        Effect::Write,
        &request::update(&person(&body("update")), &mask).unwrap(),
    );
}

#[test]
fn requests_for_many() {
    let (anna, bert) = (name("people/c5170723913980391624"), name("people/c2945739795208677217"));
    let made = body("batch_create");
    let people: Vec<_> = made["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| person(&item["contactPerson"]))
        .collect();
    check("batch_create", Effect::Write, &request::batch_create(&people).unwrap());
    let changed: Vec<_> = body("batch_update")["contacts"]
        .as_object()
        .unwrap()
        .values()
        .map(person)
        .collect();
    let mask = FieldMask::of(["names"]);
    check(
        "batch_update",
        Effect::Write,
        &request::batch_update(&changed, &mask).unwrap(),
    );
    check(
        "batch_delete",
        Effect::Write,
        &request::batch_delete(&[anna.clone(), bert.clone()]).unwrap(),
    );
    check(
        "batch_get",
        Effect::Read,
        &request::batch_get(&[name("people/c1"), anna, bert]).unwrap(),
    );
}

#[test]
fn requests_for_lists() {
    check("list_1", Effect::Read, &request::list(None));
    check("list_2", Effect::Read, &request::list(Some("GgYKBAgCEAE")));
    check("groups", Effect::Read, &request::list_groups(None));
    let (first, next) = (request::sync(None, None), request::sync(Some("t=1"), Some("p2")));
    assert_eq!(
        first.target(),
        format!("{}&requestSyncToken=true", request::list(None).target())
    );
    assert_eq!(
        next.target(),
        format!("{}&syncToken=t%3D1&pageToken=p2", first.target())
    );
    let target = request::count().target();
    assert!(
        target.starts_with("/v1/people/me/connections?personFields=metadata&pageSize=1&"),
        "{target}"
    );
}

#[test]
fn requests_for_groups() {
    let group = name("contactGroups/19cb37f60aed8000");
    check("group_create", Effect::Write, &request::create_group("Onelog", &[]));
    check(
        "group_rename",
        Effect::Write,
        &request::rename_group(&group, "Onelog/bob").unwrap(),
    );
    check("group_delete", Effect::Write, &request::delete_group(&group).unwrap());
    let (add, remove) = (name("people/c5170723913980391624"), name("people/c2945739795208677217"));
    check(
        "members",
        Effect::Write,
        &request::modify_members(&group, &[add], &[remove]).unwrap(),
    );
}

#[test]
fn a_page_token_is_encoded() {
    assert!(
        request::list(Some("a+b/c=&d"))
            .target()
            .ends_with("&pageToken=a%2Bb%2Fc%3D%26d")
    );
}

#[test]
fn a_side_without_members_is_not_sent() {
    let group = name("contactGroups/g");
    let request = request::modify_members(&group, &[], &numbered(1)).unwrap();
    assert_eq!(sent(&request), Some(json!({"resourceNamesToRemove": ["people/c0"]})));
}

#[test]
fn more_than_google_takes_is_refused_here() {
    let refused = |request: Result<Request, Error>| matches!(request, Err(Error::Invalid { what: "batch", .. }));
    assert!(request::batch_create(&vec![Person::default(); limit::BATCH]).is_ok());
    assert!(refused(request::batch_create(&vec![
        Person::default();
        limit::BATCH + 1
    ])));
    assert!(refused(request::batch_update(
        &vec![Person::default(); limit::BATCH + 1],
        &FieldMask::default()
    )));
    assert!(refused(request::batch_get(&numbered(limit::BATCH + 1))));
    assert!(request::batch_delete(&numbered(limit::BATCH_DELETE)).is_ok());
    assert!(refused(request::batch_delete(&numbered(limit::BATCH_DELETE + 1))));
    let group = name("contactGroups/g");
    assert!(request::modify_members(&group, &numbered(600), &numbered(400)).is_ok());
    assert!(refused(request::modify_members(&group, &numbered(600), &numbered(401))));
}

#[test]
fn a_damaged_name_does_not_become_another_address() {
    for damaged in [
        "",
        "people/",
        "people/me?x=1",
        "people/c1:deleteContact",
        "contactGroups/x",
        "people/../v1",
        "c1",
    ] {
        assert!(request::get(&name(damaged)).is_err(), "{damaged}");
        assert!(request::delete(&name(damaged)).is_err(), "{damaged}");
        assert!(request::batch_delete(&[name(damaged)]).is_err(), "{damaged}");
        assert!(request::batch_get(&[name(damaged)]).is_err(), "{damaged}");
        assert!(
            request::modify_members(&name("contactGroups/x"), &[name(damaged)], &[]).is_err(),
            "{damaged}"
        );
    }
    assert!(request::delete_group(&name("people/c1")).is_err());
    assert!(request::update(&Person::default(), &FieldMask::of(["names"])).is_err());
}

#[test]
fn a_contact_stands_once_in_a_batch_of_updates() {
    let twice = vec![person(&json!({"resourceName": "people/c1"})); 2];
    assert!(request::batch_update(&twice, &FieldMask::of(["names"])).is_err());
}
