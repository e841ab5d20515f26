// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 45, 59, 75 and 76: what an account may do in a minute or a day, and what it holds.

use people_emulator::{Bucket, Config};
use serde_json::{Value, json};

use crate::client::{CONTACTS, Client};

const CREATE: &str = "/v1/people:createContact";
const LIST: &str = "/v1/people/me/connections?personFields=names";

/// A minute has just begun, so that none ends within the test.
fn limited(limits: &[(Bucket, u64)]) -> Client {
    let client = Client::with(Config {
        quotas: limits.iter().copied().collect(),
        access_token_ttl: 1_000_000,
        ..Config::default()
    });
    next_minute(&client);
    client
}

fn next_minute(client: &Client) {
    let now = client.server.control("GET", "/_clock", Value::Null);
    let second: i64 = now["now"].as_str().unwrap()[17..19].parse().unwrap();
    client.server.advance_clock(60 - second);
}

fn create(client: &Client) -> crate::client::Answer {
    client.post(CREATE, &json!({"names": [{"givenName": "A"}]}))
}

#[test]
fn rule_76_a_minute_s_quota_is_used_up_and_comes_back() {
    let client = limited(&[(Bucket::CriticalWrite, 2)]);
    create(&client).good();
    create(&client).good();
    let refused = create(&client);
    let message = refused.refused(429, "RESOURCE_EXHAUSTED");
    assert_eq!(
        message,
        "Quota exceeded for quota metric 'Critical write requests (Contact Creates and Updates)' and limit 'Critical \
         write requests (Contact Creates and Updates) per minute per user' of service 'people.googleapis.com' for \
         consumer 'project_number:1234567890'."
    );
    assert_eq!(
        refused.json()["error"]["details"],
        json!([{
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": {
                "service": "people.googleapis.com",
                "quota_metric": "people.googleapis.com/critical_write_requests",
                "quota_limit": "CriticalWritesPerMinutePerProjectPerUser",
                "consumer": "projects/1234567890",
            },
        }])
    );
    assert!(refused.header("retry-after").is_none());
    let other = client.server.token("other@example.com", &[CONTACTS]);
    client.call_as(&other, "POST", CREATE, &json!({})).good();
    client.get(LIST).good();

    client.server.configure(json!({"quota_retry_after": true}));
    let seconds: u64 = create(&client).header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    next_minute(&client);
    create(&client).good();
    assert_eq!(client.contacts().len(), 3);
}

#[test]
fn rule_75_units_are_charged_before_validation_and_a_429_is_free() {
    let client = limited(&[(Bucket::CriticalWrite, 7), (Bucket::CriticalRead, 100)]);
    client
        .post(CREATE, &json!({"no": "such member"}))
        .refused(400, "INVALID_ARGUMENT");
    client.get("/v1/people/c1?nonsense=1").refused(400, "INVALID_ARGUMENT");
    let batch = json!({"contacts": [{"contactPerson": {}}, {"contactPerson": {}}]});
    client.post("/v1/people:batchCreateContacts", &batch).good();
    for _ in 0..3 {
        create(&client).refused(429, "RESOURCE_EXHAUSTED");
    }
    assert_eq!(
        client.server.log()["units"],
        json!({"critical_read": 8, "critical_write": 7, "daily_write": 201})
    );
    client
        .send("POST", CREATE, &[("Content-Type", "application/json")], b"{}")
        .unwrap()
        .refused(401, "UNAUTHENTICATED");
    assert_eq!(client.server.log()["units"]["critical_write"], 7, "nobody to charge");
}

#[test]
fn rule_76_every_bucket_has_a_window_of_its_own() {
    let client = limited(&[(Bucket::DailyWrite, 200), (Bucket::Write, 1), (Bucket::Read, 1)]);
    let batch = json!({"contacts": [{"contactPerson": {}}]});
    let created = client
        .post(
            "/v1/people:batchCreateContacts",
            &json!({"contacts": batch["contacts"], "readMask": "names"}),
        )
        .good();
    let name = created["createdPeople"][0]["person"]["resourceName"].as_str().unwrap();
    next_minute(&client);
    let message = client
        .call("DELETE", &format!("/v1/{name}:deleteContact"), &Value::Null)
        .refused(429, "RESOURCE_EXHAUSTED");
    assert!(message.contains("Daily Contact Writes (Total) per day"), "{message}");
    client
        .post("/v1/contactGroups", &json!({"contactGroup": {"name": "A"}}))
        .good();
    client
        .post("/v1/contactGroups", &json!({"contactGroup": {"name": "B"}}))
        .refused(429, "RESOURCE_EXHAUSTED");
    client.get("/v1/contactGroups").good();
    client.get("/v1/contactGroups").refused(429, "RESOURCE_EXHAUSTED");
    client.server.advance_clock(86_400);
    let token = client.server.token("phone@example.com", &[CONTACTS]);
    let target = format!("/v1/{name}:deleteContact");
    client.call_as(&token, "DELETE", &target, &Value::Null).good();
}

#[test]
fn rule_45_the_first_page_of_a_full_sync_costs_more() {
    let client = limited(&[(Bucket::FullSyncFirstPage, 1)]);
    client.server.seed(json!({"n": 3}));
    let target = format!("{LIST}&requestSyncToken=true&pageSize=2");
    let first = client.get(&target).good();
    let page = first["nextPageToken"].as_str().unwrap();
    let last = client.get(&format!("{target}&pageToken={page}")).good();
    let sync = last["nextSyncToken"].as_str().unwrap();
    client.get(&format!("{target}&syncToken={sync}")).good();
    client.get(LIST).good();
    let reads = client.server.log()["units"]["critical_read"].clone();
    client.get(&target).refused(429, "RESOURCE_EXHAUSTED");
    let units = client.server.log()["units"].clone();
    assert_eq!(units["full_sync_first_page"], 1);
    assert_eq!(units["critical_read"], reads, "a refused call is free in every bucket");
}

#[test]
fn rule_59_a_full_account_answers_e6_for_a_batch_as_a_whole() {
    let client = Client::with(Config {
        max_contacts: 3,
        ..Config::default()
    });
    let person = create(&client).good();
    create(&client).good();
    let name = person["resourceName"].as_str().unwrap();
    client
        .call("DELETE", &format!("/v1/{name}:deleteContact"), &Value::Null)
        .good();
    let two = json!({"contacts": [{"contactPerson": {}}, {"contactPerson": {}}]});
    let full = client.post("/v1/people:batchCreateContacts", &two);
    assert_eq!(full.refused(429, "RESOURCE_EXHAUSTED"), "MY_CONTACTS_OVERFLOW_COUNT");
    assert!(
        full.json()["error"]["details"][0]["@type"]
            .as_str()
            .unwrap()
            .ends_with("QuotaFailure")
    );
    assert_eq!(client.contacts().len(), 1, "nothing of it is done");
    client.server.advance_clock(31 * 86_400);
    let token = client.server.token("phone@example.com", &[CONTACTS]);
    client
        .call_as(&token, "POST", "/v1/people:batchCreateContacts", &two)
        .good();
}

#[test]
fn a_bucket_that_does_not_exist_is_refused() {
    let client = Client::new();
    let answer = client.post("/_config", &json!({"quotas": {"critical_reads": 1}}));
    assert_eq!(answer.status, 400, "{}", answer.text());
}
