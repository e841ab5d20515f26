// SPDX-License-Identifier: GPL-3.0-or-later
//! Troubles ordered, calls that overlap, and the log (rules 75, 77, 78, 91 to 97).

use std::time::{Duration, Instant};

use people_emulator::OverlappingWrites;
use serde_json::{Value, json};

use crate::client::Client;

const CREATE: &str = "/v1/people:createContact";

/// How long what has to happen may take.
const PATIENCE: Duration = Duration::from_mins(1);

fn try_create(client: &Client) -> Option<crate::client::Answer> {
    let bearer = format!("Bearer {}", client.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    client.send("POST", CREATE, &headers, br#"{"names": [{"givenName": "A"}]}"#)
}

/// Orders that the next write waits, before it is done or after it.
fn hold(client: &Client, place: &str) {
    client
        .server
        .order_fault(json!({"match": "write", "action": {"latency": {"where": place}}}));
}

fn until(what: &str, happened: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !happened() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn until_held(client: &Client) {
    until("no call is held", || client.server.calls()["held"] == 1);
}

#[test]
fn drop_before_does_nothing_and_drop_after_does_all() {
    let client = Client::new();
    client
        .server
        .order_fault(json!({"match": "people.createContact", "action": "drop_before"}));
    assert!(try_create(&client).is_none());
    assert_eq!(client.contacts().len(), 0);
    client
        .server
        .order_fault(json!({"match": "write", "action": "drop_after"}));
    assert!(try_create(&client).is_none());
    assert_eq!(client.contacts().len(), 1);
    assert_eq!(try_create(&client).unwrap().status, 200);
    assert_eq!(
        client.server.log()["counts"]["people.createContact"],
        json!({"dropped": 2, "200": 1})
    );
}

#[test]
fn errors_before_and_after() {
    let client = Client::new();
    client.server.order_fault(json!([
        {"match": "people.*", "action": {"error": {"http": 429, "retry_after": 7}}},
        {"match": "people.*", "skip": 1, "action": {"error_after": {"http": 502, "message": "Bad Gateway"}}},
    ]));
    let refused = try_create(&client).unwrap();
    refused.refused(429, "RESOURCE_EXHAUSTED");
    assert_eq!(refused.header("retry-after").unwrap(), "7");
    assert_eq!(client.contacts().len(), 0);
    assert_eq!(try_create(&client).unwrap().refused(502, "INTERNAL"), "Bad Gateway");
    assert_eq!(client.contacts().len(), 1);
    assert_eq!(client.server.faults()[1]["played"], 1);
}

#[test]
fn faults_choose_by_account_body_and_query() {
    let client = Client::new();
    client.server.order_fault(json!([
        {"user": "other@example.com", "times": 0, "action": "drop_before"},
        {"body_contains": "Bertha", "times": 0, "action": {"error": {"http": 400, "message": "no"}}},
        {"has_query": "pageToken", "times": 0, "action": {"error": {"http": 503}}},
    ]));
    assert_eq!(try_create(&client).unwrap().status, 200);
    let refused = client.post(CREATE, &json!({"names": [{"givenName": "Bertha"}]}));
    refused.refused(400, "INVALID_ARGUMENT");
    client.get("/v1/contactGroups?pageToken=x").refused(503, "UNAVAILABLE");
    client.server.clear_faults();
    client.post(CREATE, &json!({"names": [{"givenName": "Bertha"}]})).good();
}

#[test]
fn token_expired_and_grant_revoked_are_true_afterwards() {
    let client = Client::new();
    client
        .server
        .order_fault(json!({"match": "read", "action": "token_expired"}));
    client.get("/v1/contactGroups").refused(401, "UNAUTHENTICATED");
    client.get("/v1/contactGroups").refused(401, "UNAUTHENTICATED");

    let tokens = client.server.control("POST", "/_token", json!({}));
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("client_id", "gcontacts-demo.apps.example"),
        ("client_secret", "demo-secret"),
    ];
    assert_eq!(client.form("/token", &form).status, 200);
    client
        .server
        .order_fault(json!({"match": "oauth.token", "action": "grant_revoked"}));
    assert_eq!(client.form("/token", &form).json()["error"], "invalid_grant");
    assert_eq!(client.form("/token", &form).json()["error"], "invalid_grant");
}

#[test]
fn oauth_faults_speak_oauth() {
    let client = Client::new();
    let failure = json!({"http": 500, "status": "internal_failure", "message": "Try again"});
    client
        .server
        .order_fault(json!({"match": "oauth", "action": {"error": failure}}));
    let answer = client.form("/token", &[("grant_type", "refresh_token")]);
    assert_eq!(answer.status, 500);
    assert_eq!(
        answer.json(),
        json!({"error": "internal_failure", "error_description": "Try again"})
    );
}

#[test]
fn latency_before_and_by_class() {
    let client = Client::new();
    client
        .server
        .order_fault(json!({"match": "read", "action": {"latency": {"ms": 120, "where": "after"}}}));
    let start = Instant::now();
    client.get("/v1/contactGroups").good();
    assert!(start.elapsed() >= Duration::from_millis(120));
    client.server.configure(json!({"latency_ms": {"write": 120}}));
    let start = Instant::now();
    client.create("A");
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[test]
fn latency_without_an_end_holds_a_call_until_it_is_released() {
    let client = Client::new();
    for (place, done, way) in [
        ("before", 0, ("POST", "/_faults/release")),
        ("after", 2, ("POST", "/_faults/release")),
        ("after", 3, ("DELETE", "/_faults")),
    ] {
        hold(&client, place);
        std::thread::scope(|scope| {
            let held = scope.spawn(|| try_create(&client).unwrap().status);
            until_held(&client);
            assert_eq!(client.contacts().len(), done, "{place}");
            client.get("/v1/contactGroups").good();
            assert!(!held.is_finished());
            assert_eq!(client.server.calls(), json!({"under_way": 1, "held": 1}));
            client.server.control(way.0, way.1, Value::Null);
            assert_eq!(held.join().unwrap(), 200);
        });
        assert_eq!(client.server.calls(), json!({"under_way": 0, "held": 0}));
    }
    hold(&client, "before");
    client.server.release();
    std::thread::scope(|scope| {
        let held = scope.spawn(|| try_create(&client).unwrap().status);
        until_held(&client);
        assert!(!held.is_finished(), "it was released before it came");
        client.server.release();
        assert_eq!(held.join().unwrap(), 200);
    });
}

#[test]
fn rule_77_overlapping_mutations_are_counted_or_refused() {
    let client = Client::new();
    let both = || {
        hold(&client, "before");
        std::thread::scope(|scope| {
            let first = scope.spawn(|| try_create(&client).unwrap().status);
            until_held(&client);
            let second = try_create(&client).unwrap().status;
            client.server.release();
            (first.join().unwrap(), second)
        })
    };
    assert_eq!(both(), (200, 200));
    assert_eq!(client.server.log()["overlapping_mutations"], 1);
    client
        .server
        .configure(json!({"overlapping_writes": OverlappingWrites::Abort}));
    assert_eq!(both(), (200, 409));
}

#[test]
fn rule_78_a_client_that_goes_away_does_not_stop_the_write() {
    use std::io::Write;
    let client = Client::new();
    hold(&client, "before");
    let address = client.server.url().trim_start_matches("http://").to_owned();
    let body = r#"{"names": [{"givenName": "A"}]}"#;
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    let request = format!(
        "POST {CREATE} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        client.token,
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    until_held(&client);
    drop(stream);
    // Nothing tells when the server has seen it.
    std::thread::sleep(Duration::from_millis(100));
    assert!(client.contacts().is_empty());
    client.server.release();
    until("the write never happened", || !client.contacts().is_empty());
}

#[test]
fn a_call_from_before_a_reset_does_nothing_after_it() {
    let client = Client::new();
    hold(&client, "before");
    std::thread::scope(|scope| {
        let late = scope.spawn(|| try_create(&client).unwrap().status);
        until_held(&client);
        client.server.control("POST", "/_reset", json!({"keep_tokens": true}));
        assert_eq!(late.join().unwrap(), 503);
    });
    assert!(client.contacts().is_empty());
    assert_eq!(client.server.log()["total"], 0);
}

#[test]
fn rules_75_and_91_the_log_counts_units_and_names() {
    let client = Client::new();
    let person = client.create("A");
    client.post("/v1/people:batchCreateContacts", &json!({"contacts": []}));
    let log = client.server.log();
    assert_eq!(log["units"]["critical_write"], 7);
    assert_eq!(log["units"]["daily_write"], 201);
    let entry = &log["entries"][0];
    assert_eq!(entry["method"], "people.createContact");
    assert_eq!(entry["names"], json!([person["resourceName"]]));
    assert_eq!(entry["user"], "phone@example.com");
    assert_eq!(entry["body"]["names"][0]["givenName"], "A");
    assert!(!log.to_string().contains(&client.token));
    client.server.clear_log();
    assert_eq!(client.server.log()["total"], 0);
}

#[test]
fn rule_93_reset_returns_to_the_start() {
    let client = Client::new();
    client.create("A");
    client.server.configure(json!({"max_contacts": 1}));
    client.server.reset();
    assert!(client.contacts().is_empty());
    assert_eq!(
        client.server.control("GET", "/_config", Value::Null)["max_contacts"],
        25_000
    );
    client.get("/v1/contactGroups").refused(401, "UNAUTHENTICATED");
}

#[test]
fn controls_refuse_what_they_do_not_know() {
    let client = Client::new();
    for (path, body) in [
        ("/_config", json!({"no_such_setting": 1})),
        ("/_faults", json!({"match": "*", "action": "explode"})),
        ("/_phone", json!({"op": "delete", "name": "people/c42"})),
        ("/_token", json!({"scopes": ["everything"]})),
    ] {
        let answer = client.post(path, &body);
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        assert!(answer.json()["error"].is_string());
    }
    assert_eq!(client.post("/_nothing", &json!({})).status, 404);
}
