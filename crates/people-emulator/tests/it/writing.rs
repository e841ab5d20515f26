// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 46 to 59: single writes.

use people_emulator::Config;
use serde_json::{Value, json};

use crate::client::{Client, name, source_etag};

#[test]
fn rule_46_the_same_body_twice_makes_two() {
    let client = Client::new();
    assert_ne!(name(&client.create("Marie")), name(&client.create("Marie")));
    assert_eq!(client.contacts().len(), 2);
}

#[test]
fn rule_47_singletons() {
    let client = Client::new();
    for field in ["names", "biographies", "birthdays", "genders"] {
        let item = match field {
            "names" => json!({"givenName": "A"}),
            "birthdays" => json!({"text": "spring"}),
            _ => json!({"value": "x"}),
        };
        let message = client
            .post("/v1/people:createContact", &json!({field: [item, item]}))
            .refused(400, "INVALID_ARGUMENT");
        assert_eq!(message, format!("Cannot have more than one person.{field} per source."));
    }
}

#[test]
fn rule_48_labels_of_a_new_contact() {
    let client = Client::new();
    let group = client.server.phone(json!({"op": "create_group", "group": "Onelog"}))["resourceName"].clone();
    let membership = json!({"contactGroupMembership": {"contactGroupResourceName": group}});
    let person = client
        .post("/v1/people:createContact", &json!({"memberships": [membership]}))
        .good();
    assert_eq!(person["memberships"].as_array().unwrap().len(), 1);
    assert_eq!(client.server.state()["outside_my_contacts"], json!([name(&person)]));
    assert_eq!(client.server.log()["warnings"]["created_outside_my_contacts"], 1);
    let plain = client.create("A");
    assert_eq!(
        plain["memberships"][0]["contactGroupMembership"]["contactGroupResourceName"],
        "contactGroups/myContacts"
    );
}

#[test]
fn rule_49_update_masks() {
    let client = Client::new();
    let person = client.create("A");
    let target = format!("/v1/{}:updateContact", name(&person));
    client.call("PATCH", &target, &person).refused(400, "INVALID_ARGUMENT");
    for path in ["photos", "metadata", "skills", "names.givenName"] {
        client
            .update(name(&person), path, &person)
            .refused(400, "INVALID_ARGUMENT");
    }
}

#[test]
fn rule_50_named_fields_are_replaced_and_others_stay() {
    let client = Client::new();
    let person = client
        .post(
            "/v1/people:createContact",
            &json!({
                "names": [{"givenName": "A"}],
                "urls": [{"value": "https://a.example"}],
                "phoneNumbers": [{"value": "1"}, {"value": "2"}],
            }),
        )
        .good();
    let change = json!({"etag": person["etag"], "phoneNumbers": [{"value": "3"}], "names": [{"givenName": "B"}]});
    let updated = client.update(name(&person), "phoneNumbers,urls", &change).good();
    assert_eq!(updated["phoneNumbers"].as_array().unwrap().len(), 1);
    assert_eq!(updated["phoneNumbers"][0]["value"], "3");
    assert!(updated["urls"].is_null());
    assert_eq!(updated["names"][0]["givenName"], "A");
}

#[test]
fn rule_51_etags() {
    let client = Client::new();
    let person = client.create("A");
    let named = |extra: Value| {
        let mut body = json!({"names": [{"givenName": "B"}]});
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        body
    };
    let source = |etag: &str| json!({"metadata": {"sources": [{"type": "CONTACT", "etag": etag}]}});
    let message = client
        .update(name(&person), "names", &named(json!({})))
        .refused(400, "INVALID_ARGUMENT");
    assert!(message.starts_with("Request must set person.etag or person.metadata.sources.etag"));

    let updated = client
        .update(name(&person), "names", &named(json!({"etag": person["etag"]})))
        .good();
    let stale = client.update(name(&person), "names", &named(json!({"etag": person["etag"]})));
    let message = stale.refused(400, "FAILED_PRECONDITION");
    assert!(message.starts_with("Request person.etag is different than the current person.etag."));
    let stale = client.update(name(&person), "names", &named(source(source_etag(&person))));
    let message = stale.refused(400, "FAILED_PRECONDITION");
    assert!(message.starts_with("Request person.metadata.sources.etag is different"));

    // The source's etag wins over the person's.
    let mut both = named(source(source_etag(&updated)));
    both["etag"] = person["etag"].clone();
    client.update(name(&person), "names", &both).good();
}

#[test]
fn rule_52_etag_from_a_list() {
    let client = Client::new();
    client.create("A");
    let listed = client
        .get("/v1/people/me/connections?personFields=names,metadata")
        .good()["connections"][0]
        .clone();
    let body = json!({"etag": listed["etag"], "names": [{"givenName": "B"}]});
    client
        .update(name(&listed), "names", &body)
        .refused(400, "FAILED_PRECONDITION");
    // Its source's etag is good all the same.
    let body = json!({"metadata": listed["metadata"], "names": [{"givenName": "B"}]});
    client.update(name(&listed), "names", &body).good();

    client.server.configure(json!({"list_etag_accepted": true}));
    let listed = client.get("/v1/people/me/connections?personFields=names").good()["connections"][0].clone();
    client
        .update(name(&listed), "names", &json!({"etag": listed["etag"]}))
        .good();
}

#[test]
fn rule_53_a_write_without_change_is_a_write() {
    let client = Client::new();
    let person = client.create("A");
    let same = client.update(name(&person), "names", &person).good();
    assert_ne!(source_etag(&same), source_etag(&person));
    assert_eq!(client.server.log()["warnings"]["no_op_update"], 1);
    client.server.configure(json!({"no_op_bumps_etag": false}));
    let again = client.update(name(&person), "names", &same).good();
    assert_eq!(source_etag(&again), source_etag(&same));
}

#[test]
fn rule_54_profiles_and_unknown_names() {
    let client = Client::new();
    client
        .update("people/me", "names", &json!({"etag": "x"}))
        .refused(400, "INVALID_ARGUMENT");
    client
        .update("people/100000000000000000001", "names", &json!({"etag": "x"}))
        .refused(400, "INVALID_ARGUMENT");
    let message = client
        .update("people/c42", "names", &json!({"etag": "x"}))
        .refused(404, "NOT_FOUND");
    assert_eq!(message, "Requested entity was not found.");
}

#[test]
fn rule_55_memberships() {
    let client = Client::new();
    let person = client.create("A");
    let with = |groups: &[&str]| {
        let memberships = groups
            .iter()
            .map(|group| json!({"contactGroupMembership": {"contactGroupResourceName": group, "contactGroupId": "x"}}))
            .collect::<Vec<_>>();
        json!({"etag": person["etag"], "memberships": memberships})
    };
    let update = |groups: &[&str]| client.update(name(&person), "memberships", &with(groups));
    update(&[]).refused(400, "INVALID_ARGUMENT");
    update(&["contactGroups/nowhere"]).refused(400, "INVALID_ARGUMENT");
    let message = update(&["contactGroups/myContacts", "contactGroups/family"]).refused(400, "INVALID_ARGUMENT");
    assert!(message.contains("deprecated system contact group"));
    update(&["contactGroups/myContacts", "contactGroups/starred"]).good();
}

#[test]
fn rule_56_values_are_cleaned_and_the_settings_turn_it_off() {
    let client = Client::new();
    let sent = json!({
        "names": [{"givenName": " Marie "}],
        "emailAddresses": [{"value": ""}, {"value": "a@example.com"}],
        "addresses": [{"streetAddress": "1\r\n2", "country": "Deutschland"}],
    });
    let person = client.post("/v1/people:createContact", &sent).good();
    assert_eq!(person["names"][0]["givenName"], "Marie");
    assert_eq!(person["emailAddresses"].as_array().unwrap().len(), 1);
    assert_eq!(person["addresses"][0]["streetAddress"], "1\n2");
    assert_eq!(person["addresses"][0]["countryCode"], "DE");

    client
        .server
        .configure(json!({"trim_values": false, "normalise_newlines": false, "derive_country_code": false}));
    let person = client.post("/v1/people:createContact", &sent).good();
    assert_eq!(person["names"][0]["givenName"], " Marie ");
    assert_eq!(person["addresses"][0]["streetAddress"], "1\r\n2");
    assert!(person["addresses"][0]["countryCode"].is_null());
}

#[test]
fn rule_56_a_formatted_address_that_is_sent_stays_and_goes_stale() {
    let client = Client::new();
    let sent = json!({"addresses": [{"city": "Paris", "formattedValue": "Somewhere in Paris"}]});
    let person = client.post("/v1/people:createContact", &sent).good();
    assert_eq!(person["addresses"][0]["formattedValue"], "Somewhere in Paris");
    assert_eq!(client.server.log()["warnings"]["formatted_address_sent"], 1);
}

#[test]
fn refused_values_are_refused_where_they_stand() {
    let client = Client::with(Config {
        refused_values: vec!["@bad".to_owned()],
        ..Config::default()
    });
    let sent = json!({"emailAddresses": [{"value": "a@good"}, {"value": "a@bad"}]});
    let message = client
        .post("/v1/people:createContact", &sent)
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(message, "Invalid value at 'person.email_addresses[1]'.");
}

#[test]
fn rule_57_dates() {
    let client = Client::new();
    let birthday = |date: Value| client.post("/v1/people:createContact", &json!({"birthdays": [{"date": date}]}));
    birthday(json!({"year": 1900, "month": 2, "day": 29})).refused(400, "INVALID_ARGUMENT");
    birthday(json!({"year": 0, "month": 0, "day": 0})).refused(400, "INVALID_ARGUMENT");
    assert_eq!(
        birthday(json!({"month": 2, "day": 29})).good()["birthdays"][0]["date"],
        json!({"month": 2, "day": 29})
    );
}

#[test]
fn rule_58_delete_needs_no_etag_and_keeps_the_trash_for_30_days() {
    let client = Client::new();
    let person = client.create("A");
    let target = format!("/v1/{}:deleteContact", name(&person));
    assert_eq!(client.call("DELETE", &target, &Value::Null).good(), json!({}));
    client.call("DELETE", &target, &Value::Null).refused(404, "NOT_FOUND");
    assert_eq!(client.server.state()["trash"].as_array().unwrap().len(), 1);
    client.server.advance_clock(31 * 86_400);
    let token = client.server.token("phone@example.com", &[crate::client::CONTACTS]);
    client
        .call_as(&token, "POST", "/v1/people:createContact", &json!({}))
        .good();
    assert!(client.server.state()["trash"].as_array().unwrap().is_empty());
}

#[test]
fn rule_59_a_full_account_counts_its_trash() {
    let client = Client::with(Config {
        max_contacts: 2,
        ..Config::default()
    });
    client.create("A");
    let gone = client.create("B");
    client
        .call("DELETE", &format!("/v1/{}:deleteContact", name(&gone)), &Value::Null)
        .good();
    let answer = client.post("/v1/people:createContact", &json!({}));
    assert_eq!(answer.refused(429, "RESOURCE_EXHAUSTED"), "MY_CONTACTS_OVERFLOW_COUNT");
}
