// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 1 to 11: the front end.

use std::io::Read;

use people_emulator::Config;
use serde_json::json;

use crate::client::{Client, query};

#[test]
fn rule_1_json_is_pretty_unless_not_wanted_and_zipped_when_asked() {
    let client = Client::new();
    let answer = client.get("/v1/contactGroups");
    assert_eq!(
        answer.header("content-type").unwrap(),
        "application/json; charset=UTF-8"
    );
    assert!(answer.text().contains("\n  \"contactGroups\""));
    assert!(
        !client
            .get("/v1/contactGroups?prettyPrint=false")
            .text()
            .trim()
            .contains('\n')
    );

    let bearer = format!("Bearer {}", client.token);
    let headers = [("Authorization", bearer.as_str()), ("Accept-Encoding", "gzip")];
    let zipped = client.send("GET", "/v1/contactGroups", &headers, b"").unwrap();
    assert_eq!(zipped.header("content-encoding").unwrap(), "gzip");
    let mut text = String::new();
    flate2::read::GzDecoder::new(zipped.body.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let unzipped: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(unzipped["contactGroups"], answer.json()["contactGroups"]);
}

#[test]
fn rule_1_a_body_of_another_type_is_refused() {
    let client = Client::new();
    let bearer = format!("Bearer {}", client.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "text/plain")];
    let answer = client
        .send("POST", "/v1/people:createContact", &headers, b"{}")
        .unwrap();
    answer.refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_2_unknown_path_and_wrong_verb_are_404_pages() {
    let client = Client::new();
    for (verb, path) in [
        ("GET", "/v1/persons"),
        ("PUT", "/v1/people:createContact"),
        ("GET", "/v2/people/me"),
    ] {
        let answer = client.call(verb, path, &json!(null));
        assert_eq!(answer.status, 404, "{verb} {path}");
        assert!(answer.header("content-type").unwrap().starts_with("text/html"));
    }
}

#[test]
fn rule_3_post_that_stands_for_a_long_get() {
    let client = Client::new();
    let bearer = format!("Bearer {}", client.token);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("X-HTTP-Method-Override", "GET"),
    ];
    let form = query(&[("resourceNames", "people/c1"), ("personFields", "names")]);
    let answer = client
        .send("POST", "/v1/people:batchGet", &headers, form.as_bytes())
        .unwrap();
    assert_eq!(answer.good()["responses"][0]["status"]["code"], 5);
}

#[test]
fn rule_4_too_long() {
    let client = Client::with(Config {
        max_uri_len: 300,
        max_body_len: 1000,
        ..Config::default()
    });
    let answer = client.get(&format!(
        "/v1/people/me?personFields=names&quotaUser={}",
        "x".repeat(300)
    ));
    assert_eq!(answer.status, 414);
    assert!(answer.text().contains("<html"));
    let answer = client.post("/v1/people:createContact", &json!({"etag": "x".repeat(1000)}));
    assert_eq!(answer.status, 413);
    assert!(client.contacts().is_empty());
}

#[test]
fn rule_5_unknown_parameter() {
    let client = Client::new();
    let message = client
        .get("/v1/people/me?personFields=names&foo=1")
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(
        message,
        "Invalid JSON payload received. Unknown name \"foo\": Cannot bind query parameter. Field 'foo' could not be \
         found in request message."
    );
    let message = client
        .get("/v1/people/me/connections?personFields=names&pageSize=x")
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(message, "Invalid value at 'page_size' (TYPE_INT32), \"x\"");
}

#[test]
fn rules_6_and_7_bad_members() {
    let client = Client::new();
    let answer = client.post(
        "/v1/people:createContact",
        &json!({"names": [{"nom": "Curie", "givenName": 3}]}),
    );
    let message = answer.refused(400, "INVALID_ARGUMENT");
    assert!(message.contains("Unknown name \"nom\" at 'person.names[0]': Cannot find field."));
    assert!(message.contains("Invalid value at 'person.names[0].given_name' (TYPE_STRING), 3"));
    let detail = &answer.json()["error"]["details"][0];
    assert_eq!(detail["@type"], "type.googleapis.com/google.rpc.BadRequest");
    assert_eq!(detail["fieldViolations"].as_array().unwrap().len(), 2);

    let body = json!({"contacts": [{"contactPerson": {"phoneNumbers": [{"numero": "1"}]}}], "readMask": "names"});
    let message = client
        .post("/v1/people:batchCreateContacts", &body)
        .refused(400, "INVALID_ARGUMENT");
    assert!(
        message.contains("at 'contacts[0].contact_person.phone_numbers[0]'"),
        "{message}"
    );
}

#[test]
fn rule_8_duplicate_keys_and_single_objects() {
    let client = Client::new();
    let bearer = format!("Bearer {}", client.token);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let twice = br#"{"names": [{"givenName": "A", "givenName": "B"}]}"#;
    let answer = client
        .send("POST", "/v1/people:createContact", &headers, twice)
        .unwrap();
    assert!(answer.refused(400, "INVALID_ARGUMENT").contains("givenName"));

    let single = json!({"names": {"givenName": "A"}});
    client
        .post("/v1/people:createContact", &single)
        .refused(400, "INVALID_ARGUMENT");
    client.server.configure(json!({"strict_lists": false}));
    client.post("/v1/people:createContact", &single).good();
}

#[test]
fn rule_9_output_only_members_are_ignored_and_counted() {
    let client = Client::new();
    let sent = json!({"names": [{"givenName": "A", "displayName": "B", "familyName": null}]});
    let person = client.post("/v1/people:createContact", &sent).good();
    assert_eq!(person["names"][0]["displayName"], "A");
    assert_eq!(client.server.log()["warnings"]["output_only_member"], 1);
}

#[test]
fn rule_10_legacy_errors() {
    let client = Client::new();
    let bare = client.get("/v1/people/c1?personFields=names").json();
    assert!(bare["error"]["errors"].is_null());
    let legacy = client.get("/v1/people/c1?personFields=names&alt=json").json();
    assert_eq!(legacy["error"]["errors"][0]["reason"], "notFound");
}

#[test]
fn rule_11_partial_answers_are_not_served() {
    let client = Client::new();
    client
        .get("/v1/people/me?personFields=names&fields=names")
        .refused(400, "INVALID_ARGUMENT");
    client
        .get("/v1/people/me?personFields=names&alt=proto")
        .refused(400, "INVALID_ARGUMENT");
}
