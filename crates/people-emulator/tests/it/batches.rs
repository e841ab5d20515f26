// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 60 to 63: batches.

use people_emulator::Config;
use serde_json::{Map, Value, json};

use crate::client::{Client, name, source_etag};

const CREATE: &str = "/v1/people:batchCreateContacts";
const UPDATE: &str = "/v1/people:batchUpdateContacts";
const DELETE: &str = "/v1/people:batchDeleteContacts";

fn contacts(names: &[&str]) -> Vec<Value> {
    names
        .iter()
        .map(|name| json!({"contactPerson": {"names": [{"givenName": name}]}}))
        .collect()
}

fn twice_named() -> Value {
    json!({"contactPerson": {"names": [{"givenName": "A"}, {"givenName": "B"}]}})
}

#[test]
fn rule_60_create() {
    let client = Client::new();
    let answer = client
        .post(CREATE, &json!({"contacts": contacts(&["A", "B"]), "readMask": "names"}))
        .good();
    let made = answer["createdPeople"].as_array().unwrap();
    assert_eq!(made.len(), 2);
    assert_eq!(made[0]["person"]["names"][0]["givenName"], "A");
    assert_eq!(made[0]["httpStatusCode"], 200);
    assert_eq!(made[0]["requestedResourceName"], made[0]["person"]["resourceName"]);
    let silent = client
        .post(CREATE, &json!({"contacts": contacts(&["C"]), "readMask": ""}))
        .good();
    assert_eq!(silent, json!({}));
    assert_eq!(client.contacts().len(), 3);
}

#[test]
fn rule_60_limits() {
    let client = Client::new();
    client
        .post(CREATE, &json!({"contacts": [], "readMask": "names"}))
        .refused(400, "INVALID_ARGUMENT");
    let many = contacts(&["A"; 201]);
    client
        .post(CREATE, &json!({"contacts": many, "readMask": "names"}))
        .refused(400, "INVALID_ARGUMENT");
    let full = contacts(&["A"; 200]);
    client
        .post(CREATE, &json!({"contacts": full, "readMask": "names"}))
        .good();
}

#[test]
fn rule_60_one_bad_item_and_nothing_is_created() {
    let client = Client::new();
    let mut items = contacts(&["A"]);
    items.push(twice_named());
    let answer = client.post(CREATE, &json!({"contacts": items, "readMask": "names"}));
    let message = answer.refused(400, "INVALID_ARGUMENT");
    assert_eq!(message, "Cannot have more than one person.names per source.");
    let detail = &answer.json()["error"]["details"][0];
    assert_eq!(
        detail["@type"],
        "type.googleapis.com/google.people.v1.BatchCreateContactsErrorDetails"
    );
    assert_eq!(detail["contactErrors"], json!({"1": {"code": 3, "message": message}}));
    assert!(client.contacts().is_empty());

    client.server.configure(json!({"batch_all_or_nothing": false}));
    client
        .post(CREATE, &json!({"contacts": items, "readMask": "names"}))
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(client.contacts().len(), 1);
}

#[test]
fn rule_61_update() {
    let client = Client::new();
    let (a, b) = (client.create("A"), client.create("B"));
    let change = |person: &Value, given: &str| {
        (
            name(person).to_owned(),
            json!({"etag": person["etag"], "names": [{"givenName": given}]}),
        )
    };
    let people = [change(&a, "AA"), change(&b, "BB")].into_iter().collect::<Map<_, _>>();
    let body = json!({"contacts": people, "updateMask": "names", "readMask": "names,metadata"});
    let answer = client.post(UPDATE, &body).good();
    let result = &answer["updateResult"][name(&a)];
    assert_eq!(result["person"]["names"][0]["givenName"], "AA");
    assert_ne!(source_etag(&result["person"]), source_etag(&a));

    // One stale etag refuses both.
    let people = [
        change(&a, "stale"),
        (
            name(&b).to_owned(),
            json!({"metadata": answer["updateResult"][name(&b)]["person"]["metadata"]}),
        ),
    ]
    .into_iter()
    .collect::<Map<_, _>>();
    let refused = client.post(
        UPDATE,
        &json!({"contacts": people, "updateMask": "names", "readMask": "names"}),
    );
    refused.refused(400, "FAILED_PRECONDITION");
    let detail = &refused.json()["error"]["details"][0];
    assert_eq!(
        detail["@type"],
        "type.googleapis.com/google.people.v1.BatchUpdateContactsErrorDetails"
    );
    assert_eq!(detail["contactErrors"][name(&a)]["code"], 9);
    assert!(detail["contactErrors"][name(&b)].is_null());
    let given = client
        .contacts()
        .iter()
        .map(|person| person["names"][0]["givenName"].clone())
        .collect::<Vec<_>>();
    assert_eq!(given, ["AA", "BB"]);
}

#[test]
fn rule_61_update_needs_one_mask() {
    let client = Client::new();
    let a = client.create("A");
    let body = json!({"contacts": {name(&a): {"etag": a["etag"]}}, "readMask": "names"});
    client.post(UPDATE, &body).refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_62_delete() {
    let client = Client::new();
    let a = client.create("A");
    let body = json!({"resourceNames": [name(&a), "people/c42"]});
    client.post(DELETE, &body).refused(404, "NOT_FOUND");
    assert_eq!(client.contacts().len(), 1);
    client.server.configure(json!({"batch_delete_missing": "ignore"}));
    assert_eq!(client.post(DELETE, &body).good(), json!({}));
    assert!(client.contacts().is_empty());
    let many = vec!["people/c1"; 501];
    client
        .post(DELETE, &json!({"resourceNames": many}))
        .refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_63_order_of_created_people() {
    let client = Client::with(Config {
        shuffle_batch_create: true,
        ..Config::default()
    });
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let answer = client
        .post(CREATE, &json!({"contacts": contacts(&names), "readMask": "names"}))
        .good();
    let made = answer["createdPeople"].as_array().unwrap();
    let made = made
        .iter()
        .map(|one| one["person"]["names"][0]["givenName"].as_str().unwrap())
        .collect::<Vec<_>>();
    assert_ne!(made, names);
    let mut sorted = made;
    sorted.sort_unstable();
    assert_eq!(sorted, names);
}
