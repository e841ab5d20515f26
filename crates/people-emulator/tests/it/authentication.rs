// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 12 to 16: tokens and scopes.

use serde_json::{Value, json};

use crate::client::{CONTACTS, Client};

fn reason(answer: &Value) -> &str {
    answer["error"]["details"][0]["reason"].as_str().unwrap()
}

#[test]
fn rule_12_no_token() {
    let client = Client::new();
    let answer = client.send("GET", "/v1/contactGroups", &[], b"").unwrap();
    answer.refused(401, "UNAUTHENTICATED");
    assert_eq!(reason(&answer.json()), "CREDENTIALS_MISSING");
    assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
}

#[test]
fn rule_13_unknown_and_expired_tokens() {
    let client = Client::new();
    let unknown = client.call_as("ya29.nonsense", "GET", "/v1/contactGroups", &Value::Null);
    unknown.refused(401, "UNAUTHENTICATED");
    client.get("/v1/contactGroups").good();
    client.server.advance_clock(3600);
    let expired = client.get("/v1/contactGroups");
    expired.refused(401, "UNAUTHENTICATED");
    assert_eq!(reason(&expired.json()), "ACCESS_TOKEN_EXPIRED");
    assert!(
        expired
            .header("www-authenticate")
            .unwrap()
            .contains("error=\"invalid_token\"")
    );
}

#[test]
fn rule_14_scopes() {
    let client = Client::new();
    let reader = client.server.token(
        "phone@example.com",
        &["https://www.googleapis.com/auth/contacts.readonly"],
    );
    assert_eq!(
        client.call_as(&reader, "GET", "/v1/contactGroups", &Value::Null).status,
        200
    );
    let answer = client.call_as(&reader, "POST", "/v1/people:createContact", &json!({}));
    answer.refused(403, "PERMISSION_DENIED");
    assert_eq!(reason(&answer.json()), "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
}

#[test]
fn rule_15_api_disabled() {
    let client = Client::new();
    client.server.configure(json!({"api_enabled": false}));
    let answer = client.get("/v1/contactGroups");
    answer.refused(403, "PERMISSION_DENIED");
    assert_eq!(reason(&answer.json()), "SERVICE_DISABLED");
}

#[test]
fn rule_16_people_me_follows_the_scopes() {
    let client = Client::new();
    let person = client.get("/v1/people/me?personFields=names,emailAddresses").good();
    assert_eq!(person["resourceName"], "people/100000000000000000001");
    assert_eq!(person["emailAddresses"][0]["value"], "phone@example.com");
    assert!(person["names"].is_null());
    let bare = client.server.token("phone@example.com", &[CONTACTS]);
    let person = client
        .call_as(&bare, "GET", "/v1/people/me?personFields=emailAddresses", &Value::Null)
        .good();
    assert!(person["emailAddresses"].is_null());
}

#[test]
fn accounts_do_not_see_each_other() {
    let client = Client::new();
    let person = client.create("Marie");
    let other = client.server.token("other@example.com", &[CONTACTS]);
    let target = format!("/v1/{}?personFields=names", person["resourceName"].as_str().unwrap());
    client
        .call_as(&other, "GET", &target, &Value::Null)
        .refused(404, "NOT_FOUND");
}
