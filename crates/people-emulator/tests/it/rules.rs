// SPDX-License-Identifier: GPL-3.0-or-later
//! Every rule has a test that names it, and the errors that a client tells apart are word for word what Google answers.

use std::collections::BTreeSet;

use people_emulator::{Bucket, Config};
use serde_json::{Value, json};

use crate::client::{Answer, Client, name};

const CREATE: &str = "/v1/people:createContact";

/// The sources of the other tests, whose names say which rules they hold.
const SOURCES: [&str; 16] = [
    include_str!("authentication.rs"),
    include_str!("batches.rs"),
    include_str!("broken_calls.rs"),
    include_str!("faults.rs"),
    include_str!("groups.rs"),
    include_str!("lag.rs"),
    include_str!("listing.rs"),
    include_str!("oauth.rs"),
    include_str!("phone.rs"),
    include_str!("quotas.rs"),
    include_str!("reading.rs"),
    include_str!("rules.rs"),
    include_str!("service_accounts.rs"),
    include_str!("settings.rs"),
    include_str!("transport.rs"),
    include_str!("writing.rs"),
];

/// The rules that the name of a test holds: `rule_7_…`, `rules_6_and_7_…`, `rules_38_to_41_…`.
fn rules_of(test: &str) -> Vec<u32> {
    let mut words = test.split('_');
    if !matches!(words.next(), Some("rule" | "rules")) {
        return Vec::new();
    }
    let Some(first) = words.next().and_then(|word| word.parse().ok()) else {
        return Vec::new();
    };
    let joint = words.next().unwrap_or_default();
    match (joint, words.next().and_then(|word| word.parse().ok())) {
        ("to", Some(last)) => (first..=last).collect(),
        ("and", Some(second)) => vec![first, second],
        _ => vec![first],
    }
}

#[test]
fn every_rule_and_every_example_has_a_test() {
    let lines = SOURCES.iter().flat_map(|source| source.lines());
    let tests: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("fn ")?.split('(').next())
        .collect();
    let held: BTreeSet<u32> = tests.iter().flat_map(|test| rules_of(test)).collect();
    let missing: Vec<u32> = (1..=98).filter(|rule| !held.contains(rule)).collect();
    assert!(missing.is_empty(), "no test names the rules {missing:?}");
    for example in 1..=9 {
        let prefix = format!("example_e{example}_");
        assert!(tests.iter().any(|test| test.starts_with(&prefix)), "no test {prefix}…");
    }
}

#[test]
fn rule_44_a_sync_has_no_order_of_its_own() {
    let client = Client::new();
    let list = "/v1/people/me/connections?personFields=names&requestSyncToken=true&sortOrder=";
    client
        .get(&format!("{list}FIRST_NAME_ASCENDING"))
        .refused(400, "INVALID_ARGUMENT");
    client.get(&format!("{list}LAST_MODIFIED_ASCENDING")).good();
}

#[test]
fn rule_92_the_state_tells_where_contacts_come_from_and_what_became_of_them() {
    let client = Client::new();
    let made = client.create("Api");
    client
        .server
        .phone(json!({"op": "create", "person": {"names": [{"givenName": "Phone"}]}}));
    client.server.seed(json!({"n": 1}));
    let origins: BTreeSet<String> = client
        .contacts()
        .iter()
        .map(|contact| contact["origin"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(origins, ["api", "phone", "seed"].map(str::to_owned).into());
    client
        .call("DELETE", &format!("/v1/{}:deleteContact", name(&made)), &Value::Null)
        .good();
    let state = client.server.state();
    assert_eq!(state["trash"].as_array().map(Vec::len), Some(1));
    assert!(state["groups"].as_array().is_some_and(|groups| !groups.is_empty()));
}

/// The body is this error and nothing else.
#[track_caller]
fn is(answer: &Answer, error: &Value) {
    assert_eq!(answer.json(), json!({"error": error}), "{}", answer.text());
}

#[test]
fn example_e1_etag_missing() {
    let client = Client::new();
    let answer = client.update(
        name(&client.create("A")),
        "names",
        &json!({"names": [{"givenName": "B"}]}),
    );
    is(
        &answer,
        &json!({"code": 400, "status": "INVALID_ARGUMENT",
            "message": "Request must set person.etag or person.metadata.sources.etag for the source that is being updated."}),
    );
}

#[test]
fn example_e2_etag_stale() {
    let client = Client::new();
    let old = client.create("A");
    let body = json!({"etag": old["etag"], "names": [{"givenName": "B"}]});
    client.update(name(&old), "names", &body).good();
    let answer = client.update(name(&old), "names", &body);
    let message =
        "Request person.etag is different than the current person.etag. Clear local cache and get the latest person.";
    assert_eq!(answer.refused(400, "FAILED_PRECONDITION"), message);
    client.server.configure(json!({"legacy_errors": "always"}));
    let errors = client.update(name(&old), "names", &body).json()["error"]["errors"].clone();
    assert_eq!(
        errors,
        json!([{"message": message, "domain": "global", "reason": "failedPrecondition"}])
    );
}

#[test]
fn example_e3_sync_token_expired() {
    let client = Client::new();
    let list = "/v1/people/me/connections?personFields=names";
    let full = client.get(&format!("{list}&requestSyncToken=true")).good();
    let target = format!("{list}&syncToken={}", full["nextSyncToken"].as_str().unwrap());
    client
        .server
        .order_fault(json!({"match": "people.connections.list", "action": "sync_expired"}));
    is(
        &client.get(&target),
        &json!({"code": 400, "status": "FAILED_PRECONDITION",
            "message": "Sync token is expired. Clear local cache and retry call without the sync token.",
            "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "EXPIRED_SYNC_TOKEN",
                "domain": "people.googleapis.com"}]}),
    );
}

#[test]
fn example_e4_batch_with_invalid_items() {
    let client = Client::new();
    let item = |names: Value| json!({"contactPerson": {"names": names}});
    let contacts = [
        item(json!([{"givenName": "A"}])),
        item(json!([{"givenName": "B"}, {"givenName": "C"}])),
    ];
    let message = "Cannot have more than one person.names per source.";
    is(
        &client.post(
            "/v1/people:batchCreateContacts",
            &json!({"contacts": contacts, "readMask": "names"}),
        ),
        &json!({"code": 400, "status": "INVALID_ARGUMENT", "message": message,
            "details": [{"@type": "type.googleapis.com/google.people.v1.BatchCreateContactsErrorDetails",
                "contactErrors": {"1": {"code": 3, "message": message}}}]}),
    );
}

#[test]
fn example_e5_rate() {
    let client = Client::with(Config {
        quotas: [(Bucket::CriticalWrite, 0)].into(),
        ..Config::default()
    });
    let metric = "Critical write requests (Contact Creates and Updates)";
    is(
        &client.post(CREATE, &json!({})),
        &json!({"code": 429, "status": "RESOURCE_EXHAUSTED",
            "message": format!("Quota exceeded for quota metric '{metric}' and limit '{metric} per minute per user' of service \
                'people.googleapis.com' for consumer 'project_number:1234567890'."),
            "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com", "metadata": {"service": "people.googleapis.com",
                    "quota_metric": "people.googleapis.com/critical_write_requests",
                    "quota_limit": "CriticalWritesPerMinutePerProjectPerUser", "consumer": "projects/1234567890"}}]}),
    );
}

#[test]
fn example_e6_book_full_and_backend_quota() {
    let client = Client::with(Config {
        max_contacts: 0,
        ..Config::default()
    });
    let full = client.post(CREATE, &json!({}));
    assert!(
        full.refused(429, "RESOURCE_EXHAUSTED")
            .contains("MY_CONTACTS_OVERFLOW_COUNT")
    );
    let client = Client::new();
    client
        .server
        .order_fault(json!({"match": "write", "action": "fbs_quota"}));
    let spent = client.post(CREATE, &json!({}));
    assert_eq!(
        spent.refused(429, "RESOURCE_EXHAUSTED"),
        "Resource has been exhausted (e.g. check quota)."
    );
    let violation = &spent.json()["error"]["details"][0]["violations"][0];
    assert_eq!(
        violation,
        &json!({"subject": "QUOTA_EXCEEDED", "description": "FBS quota limit exceeded"})
    );
}

#[test]
fn example_e7_token() {
    let client = Client::new();
    let answer = client.call_as("expired", "GET", "/v1/contactGroups", &Value::Null);
    let message = answer.refused(401, "UNAUTHENTICATED");
    assert!(message.starts_with("Request had invalid authentication credentials."));
    assert_eq!(answer.json()["error"]["details"][0]["reason"], "ACCESS_TOKEN_EXPIRED");
}

#[test]
fn example_e8_oauth() {
    let client = Client::new();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "1//gone"),
        ("client_id", "gcontacts-demo.apps.example"),
        ("client_secret", "demo-secret"),
    ];
    let answer = client.form("/token", &form);
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json(),
        json!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."})
    );
}

#[test]
fn example_e9_duplicate_label() {
    let client = Client::new();
    let body = json!({"contactGroup": {"name": "Onelog"}});
    client.post("/v1/contactGroups", &body).good();
    is(
        &client.post("/v1/contactGroups", &body),
        &json!({"code": 409, "status": "ALREADY_EXISTS", "message": "Contact group name already exists."}),
    );
}
