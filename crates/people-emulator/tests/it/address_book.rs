// SPDX-License-Identifier: GPL-3.0-or-later
//! The address book that a person sees, and what they do there.

use serde_json::{Value, json};

use crate::client::{Client, name, query};

fn page(client: &Client, pairs: &[(&str, &str)]) -> String {
    let answer = client.send("GET", &format!("/?{}", query(pairs)), &[], b"").unwrap();
    assert_eq!(answer.status, 200);
    answer.text()
}

fn submit(client: &Client, form: &str, person: &Value, pairs: &[(&str, &str)]) {
    let mut all = vec![("name", name(person)), ("back", "/?user=phone%40example.com")];
    all.extend(pairs);
    let answer = client.form(&format!("/phone/{form}"), &all);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(answer.header("location").unwrap(), "/?user=phone%40example.com");
}

fn marie(client: &Client) -> Value {
    let person = json!({
        "names": [{"givenName": "Marie", "familyName": "<Curie>"}],
        "organizations": [{"name": "Institut du Radium", "title": "Directrice"}],
        "phoneNumbers": [{"value": "01 23 45 67 89", "type": "work"}, {"value": "06 12 34 56 78", "type": "mobile"}],
        "biographies": [{"value": "Two prizes."}],
    });
    client.post("/v1/people:createContact", &person).good()
}

#[test]
fn a_card_shows_its_values_and_labels() {
    let client = Client::new();
    let person = marie(&client);
    let page = page(&client, &[]);
    assert!(page.contains(&format!(
        "<article class=\"card\" id=\"c{}\" data-name=\"{}\"",
        person["metadata"]["sources"][0]["id"].as_str().unwrap(),
        name(&person)
    )));
    assert!(page.contains("<h2 class=\"name\">Marie &lt;Curie&gt;</h2>"));
    assert!(page.contains("<p class=\"organization\">Directrice · Institut du Radium</p>"));
    assert!(page.contains("<li class=\"value\" data-kind=\"phone\">"));
    assert!(page.contains("<span class=\"text\">06 12 34 56 78</span><span class=\"label\">Mobile</span>"));
    assert!(page.contains("data-group=\"contactGroups/myContacts\">My Contacts</li>"));
    assert!(!self::page(&client, &[("user", "other@example.com")]).contains("Marie"));
    assert!(!self::page(&client, &[("group", "contactGroups/starred")]).contains("Marie"));
    assert!(self::page(&client, &[("q", "radium")]).contains("Marie"));
    assert!(!self::page(&client, &[("q", "polonium")]).contains("Marie"));
}

#[test]
fn a_person_edits_adds_and_removes_values() {
    let client = Client::new();
    let person = marie(&client);
    let edited = [
        ("kind", "phone"),
        ("index", "0"),
        ("phone.value", "01 00 00 00 00"),
        ("phone.type", "home"),
    ];
    submit(&client, "edit", &person, &edited);
    submit(
        &client,
        "edit",
        &person,
        &[("kind", "phone"), ("index", "1"), ("remove", "1")],
    );
    submit(
        &client,
        "add",
        &person,
        &[("kind", "email"), ("value", "m@example.com"), ("type", "work")],
    );
    submit(&client, "label", &person, &[("group", "contactGroups/starred")]);
    let head = [
        ("name.givenName", "Maria"),
        ("name.familyName", "Curie"),
        ("organization.title", "Présidente"),
    ];
    submit(&client, "head", &person, &head);
    let now = &client.contacts()[0];
    assert_eq!(now["phoneNumbers"].as_array().unwrap().len(), 1);
    assert_eq!(now["phoneNumbers"][0]["value"], "01 00 00 00 00");
    assert_eq!(now["phoneNumbers"][0]["type"], "home");
    assert_eq!(now["emailAddresses"][0]["value"], "m@example.com");
    assert_eq!(now["memberships"].as_array().unwrap().len(), 2);
    assert_eq!(now["names"][0]["displayName"], "Maria Curie");
    assert_eq!(now["organizations"][0]["title"], "Présidente");
    assert_eq!(now["organizations"][0]["name"], "Institut du Radium");
    // The phone asks for no etag, and the client's is stale now.
    client
        .update(name(&person), "names", &person)
        .refused(400, "FAILED_PRECONDITION");
    submit(&client, "delete", &person, &[]);
    assert!(client.contacts().is_empty());
}

#[test]
fn a_person_makes_a_card() {
    let client = Client::new();
    let form = [
        ("name.givenName", "Jean"),
        ("phone.value", "06 98 76 54 32"),
        ("phone.type", "mobile"),
    ];
    assert_eq!(client.form("/phone/create", &form).status, 303);
    let contacts = client.contacts();
    assert_eq!(contacts[0]["origin"], "phone");
    assert_eq!(contacts[0]["phoneNumbers"][0]["value"], "06 98 76 54 32");
    assert!(contacts[0]["emailAddresses"].is_null());
}

#[test]
fn a_bad_date_is_told() {
    let client = Client::new();
    let person = client
        .post(
            "/v1/people:createContact",
            &json!({"birthdays": [{"date": {"year": 1990}}]}),
        )
        .good();
    let form = [
        ("name", name(&person)),
        ("kind", "birthday"),
        ("index", "0"),
        ("birthday.date", "31 December"),
    ];
    assert_eq!(client.form("/phone/edit", &form).status, 400);
}
