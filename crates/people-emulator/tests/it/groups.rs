// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 66 to 74: labels.

use serde_json::{Value, json};

use crate::client::{Client, name, source_etag};

const GROUPS: &str = "/v1/contactGroups";

fn create(client: &Client, label: &str) -> Value {
    client.post(GROUPS, &json!({"contactGroup": {"name": label}})).good()
}

fn modify(client: &Client, group: &str, add: &[&str], remove: &[&str]) -> crate::client::Answer {
    let body = json!({"resourceNamesToAdd": add, "resourceNamesToRemove": remove});
    client.post(&format!("/v1/{group}/members:modify"), &body)
}

#[test]
fn rule_66_system_groups() {
    let client = Client::new();
    client.create("A");
    let answer = client.get(GROUPS).good();
    let groups = answer["contactGroups"].as_array().unwrap();
    assert_eq!(answer["totalItems"], 8);
    let mine = groups.iter().find(|group| group["name"] == "myContacts").unwrap();
    assert_eq!(mine["formattedName"], "My Contacts");
    assert_eq!(mine["groupType"], "SYSTEM_CONTACT_GROUP");
    assert_eq!(mine["memberCount"], 1);
    assert!(
        groups
            .iter()
            .all(|group| group["etag"].is_null() && group["metadata"].is_null())
    );
    let starred = groups.iter().find(|group| group["name"] == "starred").unwrap();
    assert!(starred["memberCount"].is_null());
}

#[test]
fn rule_67_create() {
    let client = Client::new();
    let group = create(&client, "Onelog");
    assert_eq!(group["formattedName"], "Onelog");
    assert!(group["etag"].is_string());
    client
        .post(GROUPS, &json!({"contactGroup": {"name": " "}}))
        .refused(400, "INVALID_ARGUMENT");
    let taken = client.post(GROUPS, &json!({"contactGroup": {"name": "onelog"}}));
    assert_eq!(
        taken.refused(409, "ALREADY_EXISTS"),
        "Contact group name already exists."
    );
    let body = json!({"contactGroup": {"name": "B"}, "readGroupFields": "memberCount"});
    client.post(GROUPS, &body).refused(400, "INVALID_ARGUMENT");
    client.server.configure(json!({"group_names_ignore_case": false}));
    create(&client, "onelog");
}

#[test]
fn rule_68_update() {
    let client = Client::new();
    let group = create(&client, "Onelog");
    let target = format!("/v1/{}", name(&group));
    let rename = |label: &str, etag: &Value| {
        client.call("PUT", &target, &json!({"contactGroup": {"name": label, "etag": etag}}))
    };
    let renamed = rename("Dolibarr", &group["etag"]).good();
    assert_eq!(renamed["name"], "Dolibarr");
    rename("Again", &group["etag"]).refused(400, "FAILED_PRECONDITION");
    rename("Again", &Value::Null).good();
    let data = json!({"contactGroup": {"name": "Ignored", "clientData": [{"key": "id", "value": "3"}]},
        "updateGroupFields": "clientData", "readGroupFields": "name,clientData"});
    let changed = client.call("PUT", &target, &data).good();
    assert_eq!(changed["name"], "Again");
    assert_eq!(changed["clientData"][0]["value"], "3");
    let system = json!({"contactGroup": {"name": "Mine"}});
    client
        .call("PUT", "/v1/contactGroups/myContacts", &system)
        .refused(400, "INVALID_ARGUMENT");
    create(&client, "Taken");
    rename("Taken", &Value::Null).refused(409, "ALREADY_EXISTS");
}

#[test]
fn rule_69_delete_keeps_the_contacts() {
    let client = Client::new();
    let group = create(&client, "Onelog");
    let (only, both) = (client.create("Only"), client.create("Both"));
    modify(&client, name(&group), &[name(&only), name(&both)], &[]).good();
    modify(&client, "contactGroups/myContacts", &[], &[name(&only)]).good();
    client
        .call("DELETE", &format!("/v1/{}", name(&group)), &Value::Null)
        .good();
    for person in client.contacts() {
        assert_eq!(person["memberships"].as_array().unwrap().len(), 1);
        let left = &person["memberships"][0]["contactGroupMembership"]["contactGroupResourceName"];
        assert_eq!(left, "contactGroups/myContacts");
    }
    let group = create(&client, "Onelog");
    modify(&client, name(&group), &[name(&only)], &[]).good();
    client
        .call(
            "DELETE",
            &format!("/v1/{}?deleteContacts=true", name(&group)),
            &Value::Null,
        )
        .good();
    assert_eq!(client.contacts().len(), 1);
    client
        .call("DELETE", "/v1/contactGroups/starred", &Value::Null)
        .refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_70_modify_says_what_it_did_not_do() {
    let client = Client::new();
    let group = create(&client, "Onelog");
    let (a, b) = (client.create("A"), client.create("B"));
    let answer = modify(&client, name(&group), &[name(&a), "people/c42"], &[]).good();
    assert_eq!(answer, json!({"notFoundResourceNames": ["people/c42"]}));
    let answer = modify(&client, "contactGroups/myContacts", &[], &[name(&a), name(&b)]).good();
    assert_eq!(answer, json!({"canNotRemoveLastContactGroupResourceNames": [name(&b)]}));
    let read = client.get(&format!("/v1/{}?maxMembers=10", name(&group))).good();
    assert_eq!(read["memberResourceNames"], json!([name(&a)]));

    modify(&client, name(&group), &[], &[]).refused(400, "INVALID_ARGUMENT");
    modify(&client, name(&group), &[name(&a)], &[name(&a)]).refused(400, "INVALID_ARGUMENT");
    modify(&client, name(&group), &vec!["people/c1"; 1001], &[]).refused(400, "INVALID_ARGUMENT");
    modify(&client, "contactGroups/nowhere", &[name(&a)], &[]).refused(404, "NOT_FOUND");
}

#[test]
fn rule_71_deprecated_system_groups_take_nobody() {
    let client = Client::new();
    let a = client.create("A");
    for group in ["friends", "family", "coworkers", "chatBuddies", "blocked", "all"] {
        modify(&client, &format!("contactGroups/{group}"), &[name(&a)], &[]).refused(400, "INVALID_ARGUMENT");
    }
    modify(&client, "contactGroups/starred", &[name(&a)], &[]).good();
}

#[test]
fn rule_72_labels_change_the_etag() {
    let client = Client::new();
    let a = client.create("A");
    let etag = |client: &Client| source_etag(&client.contacts()[0]).to_owned();
    modify(&client, "contactGroups/starred", &[name(&a)], &[]).good();
    let bumped = etag(&client);
    assert_ne!(bumped, source_etag(&a));
    // Nothing changes: nothing is bumped.
    modify(&client, "contactGroups/starred", &[name(&a)], &[]).good();
    assert_eq!(etag(&client), bumped);
    client.server.configure(json!({"membership_bumps_etag": false}));
    modify(&client, "contactGroups/starred", &[], &[name(&a)]).good();
    assert_eq!(etag(&client), bumped);
}

#[test]
fn rule_73_get_and_batch_get() {
    let client = Client::new();
    client.create("A");
    let bare = client.get("/v1/contactGroups/myContacts").good();
    assert!(bare["memberResourceNames"].is_null());
    client.get("/v1/contactGroups/nowhere").refused(404, "NOT_FOUND");
    let target = "/v1/contactGroups:batchGet?resourceNames=contactGroups/myContacts&resourceNames=contactGroups/x";
    let answer = client.get(&format!("{target}&maxMembers=5")).good();
    assert_eq!(
        answer["responses"][0]["contactGroup"]["memberResourceNames"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(answer["responses"][1]["status"]["code"], 5);
}

#[test]
fn rule_74_list_of_what_has_changed() {
    let client = Client::new();
    let (kept, gone) = (create(&client, "Kept"), create(&client, "Gone"));
    let first = client.get(&format!("{GROUPS}?pageSize=9")).good();
    assert!(first["nextSyncToken"].is_null());
    let page = first["nextPageToken"].as_str().unwrap();
    let last = client.get(&format!("{GROUPS}?pageSize=9&pageToken={page}")).good();
    let sync = last["nextSyncToken"].as_str().unwrap();
    client
        .server
        .phone(json!({"op": "rename_group", "group": name(&kept), "to": "Renamed"}));
    client
        .call("DELETE", &format!("/v1/{}", name(&gone)), &Value::Null)
        .good();
    let changed = client.get(&format!("{GROUPS}?syncToken={sync}")).good();
    assert_eq!(changed["contactGroups"][0]["name"], "Renamed");
    assert_eq!(changed["contactGroups"][1]["metadata"]["deleted"], true);
    assert_eq!(changed["contactGroups"].as_array().unwrap().len(), 2);
}
