// SPDX-License-Identifier: GPL-3.0-or-later
//! Rule 94: what the person at the phone does, as the API sees it.

use serde_json::{Value, json};

use crate::client::{Client, name, source_etag};

fn read(client: &Client, name: &str) -> Value {
    client
        .get(&format!(
            "/v1/{name}?personFields=names,emailAddresses,photos,memberships,metadata"
        ))
        .good()
}

#[test]
fn a_photo_comes_and_goes_with_new_etags() {
    let client = Client::new();
    let person = client.create("A");
    let with = client.server.phone(json!({"op": "photo", "name": name(&person)}));
    assert_ne!(source_etag(&with), source_etag(&person));
    let photo = read(&client, name(&person))["photos"][0].clone();
    assert!(photo["default"].is_null());
    let path = photo["url"]
        .as_str()
        .unwrap()
        .strip_prefix(&client.server.url())
        .unwrap()
        .to_owned();
    let picture = client.send("GET", &path, &[], b"").unwrap();
    assert_eq!(picture.header("content-type").unwrap(), "image/png");
    let without = client
        .server
        .phone(json!({"op": "photo", "name": name(&person), "remove": true}));
    assert_eq!(without["photos"][0]["default"], true);
    let wrong = json!({"op": "photo", "name": name(&person), "bytes": "R0lGODlh"});
    assert_eq!(client.post("/_phone", &wrong).status, 400);
    client.server.seed(json!({"n": 2, "photos": 1}));
    let photos = client.contacts();
    let own = photos.iter().filter(|person| person["photos"][0]["default"].is_null());
    assert_eq!(own.count(), 1);
}

#[test]
fn rule_27_what_a_linked_profile_shows_cannot_be_written_back() {
    let client = Client::new();
    let person = client.create("Marie");
    let profile = json!({"names": [{"givenName": "Maria"}], "emailAddresses": [{"value": "m@example.org"}]});
    client
        .server
        .phone(json!({"op": "link_profile", "name": name(&person), "person": profile}));
    let both = read(&client, name(&person));
    assert_eq!(both["names"].as_array().unwrap().len(), 2);
    assert_eq!(both["metadata"]["sources"][1]["type"], "PROFILE");
    assert_eq!(both["emailAddresses"][0]["metadata"]["source"]["type"], "PROFILE");
    // What was read from both sources cannot be written back as it is.
    let body = json!({"etag": both["etag"], "names": both["names"]});
    let message = client
        .update(name(&person), "names", &body)
        .refused(400, "INVALID_ARGUMENT");
    assert_eq!(message, "Cannot have more than one person.names per source.");
}

#[test]
fn rule_94_merged_contacts_are_one_and_the_other_s_name_leads_to_it() {
    let client = Client::new();
    let mail = |given: &str| {
        let email = format!("{given}@example.org");
        let body = json!({"names": [{"givenName": given}], "emailAddresses": [{"value": email}]});
        client.post("/v1/people:createContact", &body).good()
    };
    let (kept, gone) = (mail("a"), mail("b"));
    let list = "/v1/people/me/connections?personFields=names,metadata&requestSyncToken=true";
    let full = client.get(list).good();
    client
        .server
        .phone(json!({"op": "merge", "name": name(&kept), "other": name(&gone)}));
    let read = read(&client, name(&gone));
    assert_eq!(name(&read), name(&kept));
    assert_eq!(read["names"].as_array().unwrap().len(), 1);
    assert_eq!(read["names"][0]["givenName"], "a");
    assert_eq!(read["emailAddresses"].as_array().unwrap().len(), 2);
    let target = format!("{list}&syncToken={}", full["nextSyncToken"].as_str().unwrap());
    let changed = client.get(&target).good();
    assert_eq!(name(&changed["connections"][0]), name(&gone));
    assert_eq!(changed["connections"][0]["metadata"]["deleted"], true);
    assert_eq!(
        changed["connections"][1]["metadata"]["previousResourceNames"],
        json!([name(&gone)])
    );
    let itself = json!({"op": "merge", "name": name(&kept), "other": name(&gone)});
    assert_eq!(client.post("/_phone", &itself).status, 400);
}
