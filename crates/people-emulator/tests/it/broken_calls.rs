// SPDX-License-Identifier: GPL-3.0-or-later
//! Rule 96: calls that end half-way, answers that are none, and what others do meanwhile.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, name, source_etag};

const CREATE: &str = "/v1/people:createContact";
const BATCH: &str = "/v1/people:batchCreateContacts";
const LIST: &str = "/v1/people/me/connections?personFields=names,metadata";

fn batch(names: &[&str]) -> Value {
    let contact = |given: &&str| json!({"contactPerson": {"names": [{"givenName": given}]}});
    json!({"contacts": names.iter().map(contact).collect::<Vec<_>>(), "readMask": "names"})
}

fn given(client: &Client) -> Vec<String> {
    let name = |person: &Value| person["names"][0]["givenName"].as_str().unwrap().to_owned();
    client.contacts().iter().map(name).collect()
}

#[test]
fn quota_and_fbs_quota_refuse_as_google_does() {
    let client = Client::new();
    client.server.order_fault(json!([
        {"match": "write", "action": {"quota": {"metric": "daily_write"}}},
        {"match": "write", "skip": 1, "action": "fbs_quota"},
    ]));
    let daily = client.post(CREATE, &json!({}));
    daily.refused(429, "RESOURCE_EXHAUSTED");
    assert_eq!(
        daily.json()["error"]["details"][0]["metadata"]["quota_metric"],
        "people.googleapis.com/daily_contact_writes"
    );
    let backend = client.post(CREATE, &json!({}));
    assert_eq!(
        backend.refused(429, "RESOURCE_EXHAUSTED"),
        "Resource has been exhausted (e.g. check quota)."
    );
    assert_eq!(
        backend.json()["error"]["details"][0]["violations"],
        json!([{"subject": "QUOTA_EXCEEDED", "description": "FBS quota limit exceeded"}])
    );
    assert!(client.contacts().is_empty());
    assert_eq!(client.server.log()["units"], json!({}));
}

#[test]
fn partial_batch_keeps_the_first_items() {
    let client = Client::new();
    client.server.order_fault(json!([
        {"match": "people.batch*", "action": {"partial_batch": {"keep": 2, "then": {"error": {"http": 503}}}}},
        {"match": "people.batch*", "skip": 1, "action": {"partial_batch": {"keep": 1, "then": "drop"}}},
        {"match": "people.batch*", "skip": 2, "action": {"partial_batch": {"keep": 0, "then": {"error": {"http": 500}}}}},
    ]));
    client.post(BATCH, &batch(&["A", "B", "C"])).refused(503, "UNAVAILABLE");
    assert_eq!(given(&client), ["A", "B"]);

    let names = client
        .contacts()
        .iter()
        .map(|person| name(person).to_owned())
        .collect::<Vec<_>>();
    let bearer = format!("Bearer {}", client.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let body = json!({"resourceNames": names}).to_string();
    let dropped = client.send("POST", "/v1/people:batchDeleteContacts", &headers, body.as_bytes());
    assert!(dropped.is_none());
    assert_eq!(given(&client), ["B"]);

    client.post(BATCH, &batch(&["D"])).refused(500, "INTERNAL");
    assert_eq!(given(&client), ["B"]);
}

#[test]
fn a_partial_batch_of_updates_and_one_that_is_wrong_anyhow() {
    let client = Client::new();
    let people = [client.create("A"), client.create("B")];
    let entry = |person: &Value| {
        let source = json!({"type": "CONTACT", "etag": source_etag(person)});
        let changed = json!({"metadata": {"sources": [source]}, "names": [{"givenName": "Z"}]});
        (name(person).to_owned(), changed)
    };
    let contacts = people.iter().map(entry).collect::<serde_json::Map<_, _>>();
    let partial = json!({"partial_batch": {"keep": 1, "then": {"error": {"http": 502}}}});
    client
        .server
        .order_fault(json!({"match": "write", "times": 0, "action": partial}));
    let body = json!({"contacts": contacts, "updateMask": "names"});
    client
        .post("/v1/people:batchUpdateContacts", &body)
        .refused(502, "INTERNAL");
    assert_eq!(given(&client).iter().filter(|given| *given == "Z").count(), 1);
    client
        .post("/v1/people:batchUpdateContacts", &json!({"contacts": contacts}))
        .refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_96_truncate_breaks_off_in_the_body_of_a_call_that_is_done() {
    let client = Client::new();
    client
        .server
        .order_fault(json!({"match": "people.createContact", "action": "truncate"}));
    let answer = client.post(CREATE, &json!({"names": [{"givenName": "A"}]}));
    assert_eq!(answer.status, 200);
    let promised: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert!(!answer.body.is_empty() && answer.body.len() < promised);
    assert_eq!(given(&client), ["A"]);
    client.create("B");
}

#[test]
fn garbage_comes_before_or_after_the_call() {
    let client = Client::new();
    client.server.order_fault(json!([
        {"match": "write", "action": "garbage"},
        {"match": "write", "skip": 1, "action": "garbage_after"},
    ]));
    for contacts in [0, 1] {
        let answer = client.post(CREATE, &json!({}));
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
        assert!(answer.text().contains("<html"));
        assert_eq!(client.contacts().len(), contacts);
    }
}

#[test]
fn sync_expired_kills_the_token_that_comes() {
    let client = Client::new();
    let full = client.get(&format!("{LIST}&requestSyncToken=true")).good();
    let target = format!("{LIST}&syncToken={}", full["nextSyncToken"].as_str().unwrap());
    client
        .server
        .order_fault(json!({"has_query": "syncToken", "action": "sync_expired"}));
    for _ in 0..2 {
        let expired = client.get(&target);
        expired.refused(400, "FAILED_PRECONDITION");
        assert_eq!(expired.json()["error"]["details"][0]["reason"], "EXPIRED_SYNC_TOKEN");
    }
}

#[test]
fn concurrent_edit_makes_the_etag_stale() {
    let client = Client::new();
    let people = [client.create("A"), client.create("B")];
    let set = json!({"nicknames": [{"value": "Edited"}]});
    client
        .server
        .order_fault(json!({"match": "people.updateContact", "action": {"concurrent_edit": {"set": set}}}));
    let source = json!({"type": "CONTACT", "etag": source_etag(&people[0])});
    let body = json!({"metadata": {"sources": [source]}, "names": [{"givenName": "Z"}]});
    client
        .update(name(&people[0]), "names", &body)
        .refused(400, "FAILED_PRECONDITION");
    let edited = client.contacts();
    let edited = edited.iter().find(|person| name(person) == name(&people[0])).unwrap();
    assert_eq!(edited["nicknames"][0]["value"], "Edited");

    // In a batch one contact can be named; without a name all are edited.
    client.server.order_fault(json!({
        "match": "people.batchDeleteContacts",
        "action": {"concurrent_edit": {"set": set, "name": name(&people[1])}},
    }));
    let names = json!({"resourceNames": people.iter().map(name).collect::<Vec<_>>()});
    client.post("/v1/people:batchDeleteContacts", &names).good();
    let trash = client.server.state()["trash"].clone();
    assert_eq!(trash.as_array().unwrap().len(), 2);
    let wrong = json!({"match": "write", "action": {"concurrent_edit": {"set": {"nicks": []}}}});
    assert_eq!(client.post("/_faults", &wrong).status, 400);
}

#[test]
fn rule_95_probability_follows_its_seed_and_path_contains_chooses() {
    let struck = |seed: u64| {
        let client = Client::new();
        client.server.order_fault(json!({
            "path_contains": "contactGroups", "times": 0, "probability": 0.5, "seed": seed,
            "action": {"error": {"http": 503}},
        }));
        let calls = (0..24).map(|_| client.get("/v1/contactGroups").status == 503);
        let calls = calls.collect::<Vec<_>>();
        client.get(LIST).good();
        calls
    };
    let calls = struck(7);
    let hits = calls.iter().filter(|hit| **hit).count();
    assert!((4..=20).contains(&hits), "{hits}");
    assert_eq!(calls, struck(7));
    assert_ne!(calls, struck(8));
}

#[test]
fn rule_97_latency_by_method_in_a_range_before_and_after_the_commit() {
    let client = Client::new();
    client.server.configure(json!({
        "latency_ms": {"write": 0, "people.createContact": [2000, 2200]}, "latency_after_percent": 100,
    }));
    let start = Instant::now();
    std::thread::scope(|scope| {
        let create = scope.spawn(|| client.create("A"));
        while client.contacts().is_empty() {
            assert!(!create.is_finished(), "the commit comes before the time passes");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(!create.is_finished(), "the time passes after the commit");
    });
    assert!(start.elapsed() >= Duration::from_secs(2));
    let start = Instant::now();
    client
        .post("/v1/contactGroups", &json!({"contactGroup": {"name": "A"}}))
        .good();
    assert!(start.elapsed() < Duration::from_secs(2));
}
