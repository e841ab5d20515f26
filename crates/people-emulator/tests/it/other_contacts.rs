// SPDX-License-Identifier: GPL-3.0-or-later
//! `otherContacts.*`: read, searched, copied, never listed among the contacts.

use serde_json::{Value, json};

use crate::client::{Answer, CONTACTS, Client, name};

const OTHERS: &str = "https://www.googleapis.com/auth/contacts.other.readonly";

fn client() -> (Client, String) {
    let client = Client::new();
    client.server.seed(json!({"n": 1, "other_contacts": 3}));
    let token = client.server.token("phone@example.com", &[CONTACTS, OTHERS]);
    (client, token)
}

fn get(client: &Client, token: &str, target: &str) -> Answer {
    client.call_as(token, "GET", target, &Value::Null)
}

#[test]
fn they_have_a_list_of_their_own_with_pages_and_sync_tokens() {
    let (client, token) = client();
    let target = "/v1/otherContacts?readMask=names,emailAddresses,metadata&pageSize=2&requestSyncToken=true";
    let first = get(&client, &token, target).good();
    assert_eq!(first["totalSize"], 3);
    assert!(name(&first["otherContacts"][0]).starts_with("otherContacts/c"));
    let source = &first["otherContacts"][0]["metadata"]["sources"][0];
    assert_eq!(source["type"], "OTHER_CONTACT");
    let page = first["nextPageToken"].as_str().unwrap();
    let last = get(&client, &token, &format!("{target}&pageToken={page}")).good();
    assert_eq!(last["otherContacts"].as_array().unwrap().len(), 1);
    let sync = last["nextSyncToken"].as_str().unwrap();
    let nothing = get(&client, &token, &format!("{target}&syncToken={sync}")).good();
    assert!(nothing["otherContacts"].is_null() && nothing["totalSize"].is_null());

    assert_eq!(client.contacts().len(), 1);
    client.get(target).refused(403, "PERMISSION_DENIED");
    get(&client, &token, "/v1/otherContacts?readMask=addresses").refused(400, "INVALID_ARGUMENT");
}

#[test]
fn they_are_found_after_a_warm_up() {
    let (client, token) = client();
    let search = |query: &str| {
        let target = format!("/v1/otherContacts:search?readMask=emailAddresses&query={query}");
        get(&client, &token, &target).good()
    };
    assert_eq!(search("contact2"), json!({}));
    search("");
    let found = search("contact2");
    assert_eq!(found["results"].as_array().unwrap().len(), 1);
    assert_eq!(
        found["results"][0]["person"]["emailAddresses"][0]["value"],
        "contact2@example.org"
    );
    assert_eq!(search("contact0"), json!({}), "a contact is no other contact");
}

#[test]
fn a_copy_is_a_new_contact_in_my_contacts() {
    let (client, token) = client();
    let listed = get(&client, &token, "/v1/otherContacts?readMask=names,phoneNumbers").good();
    let other = &listed["otherContacts"][1];
    let target = format!("/v1/{}:copyOtherContactToMyContactsGroup", name(other));
    let copy = |token: &str, body: &Value| client.call_as(token, "POST", &target, body);
    copy(&token, &json!({})).refused(400, "INVALID_ARGUMENT");
    copy(&token, &json!({"copyMask": "organizations"})).refused(400, "INVALID_ARGUMENT");
    copy(&client.token, &json!({"copyMask": "names"})).refused(403, "PERMISSION_DENIED");
    let made = copy(&token, &json!({"copyMask": "names"})).good();
    assert!(name(&made).starts_with("people/c"));
    assert_eq!(made["names"][0]["givenName"], other["names"][0]["givenName"]);
    assert!(made["phoneNumbers"].is_null());
    let group = &made["memberships"][0]["contactGroupMembership"]["contactGroupResourceName"];
    assert_eq!(group, "contactGroups/myContacts");
    assert_eq!(client.contacts().len(), 2);
    let unknown = "/v1/otherContacts/c1:copyOtherContactToMyContactsGroup";
    client
        .call_as(&token, "POST", unknown, &json!({"copyMask": "names"}))
        .refused(404, "NOT_FOUND");
}
