// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 42 and 43: reads that lag behind writes.

use people_emulator::Config;
use serde_json::{Value, json};

use crate::client::{Client, given_names, name, source_etag};

const LIST: &str = "/v1/people/me/connections?personFields=names,metadata";

fn lagging(settings: &Value) -> Client {
    Client::with(Config::default().changed(settings).unwrap())
}

/// What has changed since a token; without one, all.
fn sync(client: &Client, token: &str) -> Value {
    client
        .get(&format!("{LIST}&requestSyncToken=true&syncToken={token}"))
        .good()
}

fn token(answer: &Value) -> &str {
    answer["nextSyncToken"].as_str().unwrap()
}

fn rename(client: &Client, person: &Value, to: &str) -> Value {
    let body = json!({
        "metadata": {"sources": [{"type": "CONTACT", "etag": source_etag(person)}]}, "names": [{"givenName": to}],
    });
    client.update(name(person), "names", &body).good()
}

fn delete(client: &Client, person: &Value) {
    let target = format!("/v1/{}:deleteContact", name(person));
    client.call("DELETE", &target, &Value::Null).good();
}

#[test]
fn rule_42_a_sync_sees_a_write_later_and_its_token_loses_none() {
    let client = lagging(&json!({"sync_propagation_s": 300}));
    let (old, gone) = (client.create("Old"), client.create("Gone"));
    client.server.advance_clock(301);
    client.create("New");
    rename(&client, &old, "Renamed");
    delete(&client, &gone);

    let full = sync(&client, "");
    assert_eq!(given_names(&full), ["Old", "Gone"]);
    assert_eq!(full["totalItems"], 2);
    assert_eq!(
        given_names(&client.get(LIST).good()),
        ["New", "Renamed"],
        "a plain list does not lag"
    );

    let early = sync(&client, token(&full));
    assert_eq!(given_names(&early), Vec::<&str>::new());
    client.server.advance_clock(301);
    for answer in [&full, &early] {
        assert_eq!(
            given_names(&sync(&client, token(answer))),
            ["New", "Renamed", "(deleted)"]
        );
    }
    let late = sync(&client, token(&early));
    assert_eq!(given_names(&sync(&client, token(&late))), Vec::<&str>::new());
}

#[test]
fn rule_42_a_sync_shows_the_state_of_its_moment_and_the_rest_later() {
    let client = lagging(&json!({"sync_propagation_s": 300}));
    let full = sync(&client, "");
    let person = client.create("First");
    client.server.advance_clock(200);
    let person = rename(&client, &person, "Second");
    client.server.advance_clock(200);
    let first = sync(&client, token(&full));
    assert_eq!(given_names(&first), ["First"]);
    assert_ne!(
        first["connections"][0]["metadata"]["sources"][0]["etag"],
        source_etag(&person)
    );
    client.server.advance_clock(200);
    assert_eq!(given_names(&sync(&client, token(&first))), ["Second"]);
}

#[test]
fn rule_42_a_longer_lag_takes_nothing_back() {
    let client = lagging(&json!({"sync_propagation_s": 10}));
    client.create("A");
    client.server.advance_clock(11);
    let full = sync(&client, "");
    assert_eq!(given_names(&full), ["A"]);
    client.server.configure(json!({"sync_propagation_s": 300}));
    client.create("B");
    let early = sync(&client, token(&full));
    assert_eq!(given_names(&early), Vec::<&str>::new());
    client.server.advance_clock(301);
    assert_eq!(given_names(&sync(&client, token(&early))), ["B"]);
}

#[test]
fn rule_42_labels_lag_as_well() {
    let client = lagging(&json!({"sync_propagation_s": 300}));
    let names = |answer: &Value| {
        let groups = answer["contactGroups"].as_array().cloned().unwrap_or_default();
        let user = groups
            .iter()
            .filter(|group| group["groupType"] != "SYSTEM_CONTACT_GROUP");
        user.map(|group| group["name"].as_str().unwrap_or("(deleted)").to_owned())
            .collect::<Vec<_>>()
    };
    let full = client.get("/v1/contactGroups").good();
    let friends = client
        .post("/v1/contactGroups", &json!({"contactGroup": {"name": "Onelog"}}))
        .good();
    let later = |token: &str| {
        let target = format!("/v1/contactGroups?syncToken={token}");
        client.get(&target).good()
    };
    let early = later(token(&full));
    assert_eq!(names(&early), Vec::<String>::new());
    assert_eq!(names(&client.get("/v1/contactGroups").good()), ["Onelog"]);
    client.server.advance_clock(301);
    let seen = later(token(&early));
    assert_eq!(names(&seen), ["Onelog"]);
    client
        .call("DELETE", &format!("/v1/{}", name(&friends)), &Value::Null)
        .good();
    assert_eq!(names(&later(token(&seen))), Vec::<String>::new());
    client.server.configure(json!({"list_propagation_s": 60}));
    client.server.advance_clock(301);
    assert_eq!(names(&later(token(&seen))), ["(deleted)"]);
}

#[test]
fn rule_43_plain_lists_lag() {
    let client = lagging(&json!({"list_propagation_s": 60}));
    let person = client.create("A");
    assert_eq!(client.get(LIST).good(), json!({}));
    assert_eq!(
        given_names(&sync(&client, "")),
        ["A"],
        "what has to do with sync has its own lag"
    );
    let groups = client.get("/v1/contactGroups").good();
    client
        .post("/v1/contactGroups", &json!({"contactGroup": {"name": "Onelog"}}))
        .good();
    let again = client.get("/v1/contactGroups").good();
    assert_eq!(again["contactGroups"], groups["contactGroups"]);
    client.server.advance_clock(61);
    assert_eq!(given_names(&client.get(LIST).good()), ["A"]);
    assert_eq!(
        client.get("/v1/contactGroups").good()["contactGroups"][8]["name"],
        "Onelog"
    );
    delete(&client, &person);
    assert_eq!(given_names(&client.get(LIST).good()), ["A"]);
    assert_eq!(client.contacts().len(), 0, "the book itself is never late");
}

#[test]
fn rule_43_a_stale_get_has_the_stale_etag() {
    let client = lagging(&json!({"get_staleness_s": 30}));
    let first = client.create("A");
    let read = |person: &Value| client.get(&format!("/v1/{}?personFields=names,metadata", name(person)));
    // A new contact has no elder form.
    assert_eq!(read(&first).good()["names"][0]["givenName"], "A");
    client.server.advance_clock(31);
    let second = rename(&client, &first, "B");
    let stale = read(&first).good();
    assert_eq!(stale["names"][0]["givenName"], "A");
    assert_eq!(source_etag(&stale), source_etag(&first));
    let target = format!("/v1/people:batchGet?personFields=names&resourceNames={}", name(&first));
    let batch = client.get(&target).good();
    assert_eq!(batch["responses"][0]["person"]["names"][0]["givenName"], "A");

    let body = json!({"etag": stale["etag"], "names": [{"givenName": "C"}]});
    client
        .update(name(&first), "names", &body)
        .refused(400, "FAILED_PRECONDITION");
    // The etag of the update's own answer is good at once.
    rename(&client, &second, "C");
    client.server.advance_clock(31);
    assert_eq!(read(&first).good()["names"][0]["givenName"], "C");
    delete(&client, &first);
    assert_eq!(read(&first).good()["names"][0]["givenName"], "C");
    client.server.advance_clock(31);
    read(&first).refused(404, "NOT_FOUND");
}
