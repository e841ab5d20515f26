// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 31 to 44: lists, pages, sync tokens.

use serde_json::{Value, json};

use crate::client::{CONTACTS, Client, given_names, name};

const LIST: &str = "/v1/people/me/connections?personFields=names,metadata";

fn token<'a>(answer: &'a Value, kind: &str) -> &'a str {
    answer[kind].as_str().unwrap_or_else(|| panic!("no {kind} in {answer}"))
}

#[test]
fn rule_31_page_sizes() {
    let client = Client::new();
    client.server.seed(json!({"n": 101}));
    assert_eq!(given_names(&client.get(LIST).good()).len(), 100);
    assert_eq!(
        given_names(&client.get(&format!("{LIST}&pageSize=0")).good()).len(),
        100
    );
    assert_eq!(
        given_names(&client.get(&format!("{LIST}&pageSize=1000")).good()).len(),
        101
    );
    client
        .get(&format!("{LIST}&pageSize=1001"))
        .refused(400, "INVALID_ARGUMENT");
    client
        .get(&format!("{LIST}&pageSize=-1"))
        .refused(400, "INVALID_ARGUMENT");
    client.server.configure(json!({"strict_page_size": false}));
    client.get(&format!("{LIST}&pageSize=1001")).good();
}

#[test]
fn rule_32_pages_come_from_a_snapshot_and_repeat_the_question() {
    let client = Client::new();
    for given in ["A", "B", "C"] {
        client.create(given);
    }
    let first = client.get(&format!("{LIST}&pageSize=2")).good();
    assert_eq!(given_names(&first), ["A", "B"]);
    client.create("D");
    let page = token(&first, "nextPageToken");
    for _ in 0..2 {
        let second = client.get(&format!("{LIST}&pageSize=2&pageToken={page}")).good();
        assert_eq!(given_names(&second), ["C"]);
        assert!(second["nextPageToken"].is_null());
    }
    client
        .get(&format!("{LIST}&pageSize=3&pageToken={page}"))
        .refused(400, "INVALID_ARGUMENT");
    client
        .get(&format!("{LIST}&pageSize=2&pageToken=x"))
        .refused(400, "INVALID_ARGUMENT");
    let other = client.server.token("other@example.com", &[CONTACTS]);
    let target = format!("{LIST}&pageSize=2&pageToken={page}");
    client
        .call_as(&other, "GET", &target, &Value::Null)
        .refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rules_33_and_34_totals_and_the_empty_book() {
    let client = Client::new();
    assert_eq!(client.get(LIST).good(), json!({}));
    for given in ["A", "B"] {
        client.create(given);
    }
    let first = client.get(&format!("{LIST}&pageSize=1&requestSyncToken=true")).good();
    assert_eq!(first["totalItems"], 2);
    assert_eq!(first["totalPeople"], 2);
    assert!(first["nextSyncToken"].is_null());
    let page = token(&first, "nextPageToken");
    let last = client
        .get(&format!("{LIST}&pageSize=1&requestSyncToken=true&pageToken={page}"))
        .good();
    token(&last, "nextSyncToken");
    assert!(client.get(LIST).good()["nextSyncToken"].is_null());
}

#[test]
fn only_the_signed_in_user_has_connections() {
    let client = Client::new();
    let target = "/v1/people/c1/connections?personFields=names";
    client.get(target).refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rules_38_to_41_incremental_lists() {
    let client = Client::new();
    let (kept, gone) = (client.create("Kept"), client.create("Gone"));
    let full = client.get(&format!("{LIST}&requestSyncToken=true")).good();
    let sync = token(&full, "nextSyncToken");
    let target = format!("{LIST}&requestSyncToken=true&syncToken={sync}");
    let nothing = client.get(&target).good();
    assert_eq!(given_names(&nothing), Vec::<&str>::new());

    client.server.phone(json!({"op": "relink", "name": name(&kept)}));
    client
        .call("DELETE", &format!("/v1/{}:deleteContact", name(&gone)), &Value::Null)
        .good();
    client.create("New");
    for _ in 0..2 {
        let changed = client.get(&target).good();
        assert_eq!(given_names(&changed), ["Kept", "(deleted)", "New"]);
        assert_eq!(
            changed["connections"][0]["metadata"]["previousResourceNames"],
            json!([name(&kept)])
        );
        assert_eq!(changed["connections"][1]["metadata"]["deleted"], true);
        assert_eq!(changed["connections"][1]["resourceName"], name(&gone));
        assert!(changed["totalItems"].is_null());
    }
}

#[test]
fn rules_35_to_37_sync_tokens_that_do_not_hold() {
    let client = Client::new();
    client.create("A");
    let full = client.get(&format!("{LIST}&requestSyncToken=true")).good();
    let sync = token(&full, "nextSyncToken");
    let message = client
        .get(&format!("{LIST}&syncToken=x"))
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(message, "Request contains an invalid argument.");
    let other_mask = format!("/v1/people/me/connections?personFields=names&syncToken={sync}");
    client.get(&other_mask).refused(400, "INVALID_ARGUMENT");
    client
        .get(&format!("{LIST}&requestSyncToken=true&sortOrder=LAST_NAME_ASCENDING"))
        .refused(400, "INVALID_ARGUMENT");

    client.server.advance_clock(3600 * 24 * 4);
    let later = Client::call_as(
        &client,
        &fresh(&client),
        "GET",
        &format!("{LIST}&requestSyncToken=true&syncToken={sync}"),
        &Value::Null,
    );
    let renewed = later.good();
    client.server.advance_clock(3600 * 24 * 4);
    // The renewed token dies with the full sync that it descends from.
    let target = format!("{LIST}&syncToken={}", token(&renewed, "nextSyncToken"));
    let expired = client.call_as(&fresh(&client), "GET", &target, &Value::Null);
    expired.refused(400, "FAILED_PRECONDITION");
    assert_eq!(expired.json()["error"]["details"][0]["reason"], "EXPIRED_SYNC_TOKEN");
    client.server.configure(json!({"sync_token_anchor": "itself"}));
    client.call_as(&fresh(&client), "GET", &target, &Value::Null).good();
}

fn fresh(client: &Client) -> String {
    client.server.token("phone@example.com", &[CONTACTS])
}

#[test]
fn rule_28_lists_cut_what_get_shows() {
    let client = Client::new();
    let emails = (0..120)
        .map(|n| json!({"value": format!("a{n}@example.com")}))
        .collect::<Vec<_>>();
    let person = client
        .post("/v1/people:createContact", &json!({"emailAddresses": emails}))
        .good();
    let listed = client
        .get("/v1/people/me/connections?personFields=emailAddresses")
        .good();
    assert_eq!(
        listed["connections"][0]["emailAddresses"].as_array().unwrap().len(),
        100
    );
    let read = client
        .get(&format!("/v1/{}?personFields=emailAddresses", name(&person)))
        .good();
    assert_eq!(read["emailAddresses"].as_array().unwrap().len(), 120);
}
