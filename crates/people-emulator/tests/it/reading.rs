// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 17 to 30: what a person looks like.

use serde_json::{Value, json};

use crate::client::{Client, name, query, source_etag};

fn everything() -> Value {
    json!({
        "names": [{"honorificPrefix": "Mme", "givenName": "Marie", "familyName": "Curie"}],
        "phoneNumbers": [
            {"value": "01 23 45 67 89", "type": "work"},
            {"value": "inside 12", "type": "mobile", "metadata": {"sourcePrimary": true}},
            {"value": "04 72 00 11 22", "type": "Institut du Radium"},
        ],
        "addresses": [{"streetAddress": "11 rue A", "postalCode": "75005", "city": "Paris", "country": "France"}],
        "biographies": [{"value": "Two prizes."}],
        "birthdays": [{"date": {"month": 11, "day": 7}}],
    })
}

#[test]
fn rule_17_masks() {
    let client = Client::new();
    let message = client.get("/v1/people/me").refused(400, "INVALID_ARGUMENT");
    assert!(message.starts_with("personFields mask is required. Please specify one or more valid paths."));
    for path in ["notes", "names.givenName", "etag", "resourceName"] {
        let message = client
            .get(&format!("/v1/people/me?personFields=names,{path}"))
            .refused(400, "INVALID_ARGUMENT");
        assert!(
            message.starts_with(&format!("Invalid personFields mask path: \"{path}\"")),
            "{message}"
        );
    }
}

#[test]
fn rules_18_and_29_only_what_is_asked_and_there() {
    let client = Client::new();
    let person = client.post("/v1/people:createContact", &everything()).good();
    let read = client
        .get(&format!(
            "/v1/{}?personFields=biographies,urls,birthdays",
            name(&person)
        ))
        .good();
    let mut members = read.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>();
    members.sort_unstable();
    assert_eq!(members, ["biographies", "birthdays", "etag", "resourceName"]);
    assert_eq!(read["birthdays"][0]["date"], json!({"month": 11, "day": 7}));
}

#[test]
fn rules_19_and_20_etags_and_sources() {
    let client = Client::new();
    let created = client.create("Marie");
    let read = |mask: &str| {
        client
            .get(&format!("/v1/{}?personFields={mask}", name(&created)))
            .good()
    };
    let (names, both) = (read("names"), read("names,metadata"));
    assert_ne!(names["etag"], both["etag"]);
    assert!(names["etag"].as_str().unwrap().starts_with('%'));
    assert_eq!(source_etag(&both), source_etag(&created));
    let source = &both["metadata"]["sources"][0];
    assert_eq!(source["type"], "CONTACT");
    let number = name(&created).trim_start_matches("people/c").parse::<u64>().unwrap();
    assert_eq!(source["id"], format!("{number:x}"));
    assert!(source["updateTime"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn rules_21_and_22_primary_and_computed_members() {
    let client = Client::new();
    let person = client.post("/v1/people:createContact", &everything()).good();
    assert_eq!(person["names"][0]["displayName"], "Mme Marie Curie");
    assert_eq!(person["names"][0]["displayNameLastFirst"], "Curie, Mme Marie");
    assert_eq!(
        person["addresses"][0]["formattedValue"],
        "11 rue A\n75005 Paris\nFrance"
    );
    assert_eq!(person["biographies"][0]["contentType"], "TEXT_PLAIN");
    let phones = person["phoneNumbers"].as_array().unwrap();
    let primary = phones
        .iter()
        .filter(|phone| phone["metadata"]["primary"] == true)
        .collect::<Vec<_>>();
    assert_eq!(primary.len(), 1);
    assert_eq!(primary[0]["value"], "inside 12");
    assert!(person["memberships"][0]["metadata"]["primary"].is_null());
    assert_eq!(phones[2]["formattedType"], "Institut du Radium");

    let bearer = format!("Bearer {}", client.token);
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Accept-Language", "fr-FR,fr;q=0.9"),
    ];
    let target = format!("/v1/{}?personFields=phoneNumbers", name(&person));
    let french = client.send("GET", &target, &headers, b"").unwrap().good();
    assert_eq!(french["phoneNumbers"][0]["formattedType"], "Bureau");
}

#[test]
fn rule_23_canonical_form() {
    let client = Client::new();
    let person = client.post("/v1/people:createContact", &everything()).good();
    assert_eq!(person["phoneNumbers"][0]["canonicalForm"], "+33123456789");
    assert_eq!(person["phoneNumbers"][0]["value"], "01 23 45 67 89");
    assert!(person["phoneNumbers"][1]["canonicalForm"].is_null());
}

#[test]
fn rules_24_and_64_photos() {
    let client = Client::new();
    let person = client.create("Marie");
    assert_eq!(person["photos"][0]["default"], true);
    let target = format!("/v1/{}:updateContactPhoto", name(&person));
    client
        .call("PATCH", &target, &json!({"photoBytes": "R0lGODlhAQABAAAAACw="}))
        .refused(400, "INVALID_ARGUMENT");
    let sent = json!({"photoBytes": "iVBORw0KGgo=", "personFields": "photos,metadata"});
    let answer = client.call("PATCH", &target, &sent).good();
    assert!(answer["person"]["photos"][0]["default"].is_null());
    assert_ne!(source_etag(&answer["person"]), source_etag(&person));
    let url = answer["person"]["photos"][0]["url"].as_str().unwrap().to_owned();
    let photo = client
        .send("GET", url.strip_prefix(&client.server.url()).unwrap(), &[], b"")
        .unwrap();
    assert_eq!(photo.header("content-type").unwrap(), "image/png");
    assert_eq!(photo.body, b"\x89PNG\r\n\x1a\n");
    let target = format!("/v1/{}:deleteContactPhoto", name(&person));
    assert_eq!(client.call("DELETE", &target, &Value::Null).good(), json!({}));
    assert_eq!(client.contacts()[0]["photos"][0]["default"], true);
}

#[test]
fn rule_25_batch_get() {
    let client = Client::new();
    let person = client.create("Marie");
    let target = query(&[
        ("resourceNames", name(&person)),
        ("resourceNames", "people/c42"),
        ("personFields", "names"),
    ]);
    let answer = client.get(&format!("/v1/people:batchGet?{target}")).good();
    assert_eq!(answer["responses"][0]["httpStatusCode"], 200);
    assert_eq!(answer["responses"][0]["person"]["names"][0]["givenName"], "Marie");
    assert_eq!(answer["responses"][1]["httpStatusCode"], 404);
    assert_eq!(answer["responses"][1]["status"]["code"], 5);
    assert!(answer["responses"][1]["person"].is_null());

    let many = "resourceNames=people/c1&".repeat(201);
    client
        .get(&format!("/v1/people:batchGet?{many}personFields=names"))
        .refused(400, "INVALID_ARGUMENT");
    client
        .get("/v1/people:batchGet?personFields=names")
        .refused(400, "INVALID_ARGUMENT");
}

#[test]
fn rule_26_an_old_name_still_resolves() {
    let client = Client::new();
    let person = client.create("Marie");
    let relinked = client.server.phone(json!({"op": "relink", "name": name(&person)}));
    assert_ne!(name(&relinked), name(&person));
    let read = client
        .get(&format!("/v1/{}?personFields=metadata", name(&person)))
        .good();
    assert_eq!(name(&read), name(&relinked));
    assert_eq!(
        read["metadata"]["sources"][0]["id"],
        person["metadata"]["sources"][0]["id"]
    );
    assert!(read["metadata"]["previousResourceNames"].is_null());
}

#[test]
fn rule_27_linked_profiles() {
    let client = Client::new();
    let person = client.create("Marie");
    let profile = json!({"names": [{"givenName": "M."}], "emailAddresses": [{"value": "m@example.com"}]});
    client
        .server
        .phone(json!({"op": "link_profile", "name": name(&person), "person": profile}));
    let target = format!("/v1/{}?personFields=names,metadata", name(&person));
    let read = client.get(&target).good();
    assert_eq!(read["names"].as_array().unwrap().len(), 2);
    assert_eq!(read["names"][1]["metadata"]["source"]["type"], "PROFILE");
    let read = client.get(&format!("{target}&sources=READ_SOURCE_TYPE_CONTACT")).good();
    assert_eq!(read["names"].as_array().unwrap().len(), 1);
    assert_eq!(read["metadata"]["sources"].as_array().unwrap().len(), 1);
}

#[test]
fn rule_30_search_sees_what_the_last_warm_up_saw() {
    let client = Client::new();
    client.post("/v1/people:createContact", &everything()).good();
    let search = |query: &str| {
        client
            .get(&format!("/v1/people:searchContacts?readMask=names&query={query}"))
            .good()
    };
    assert_eq!(search("cur"), json!({}));
    search("");
    assert_eq!(search("cur")["results"][0]["person"]["names"][0]["familyName"], "Curie");
    assert_eq!(search("urie"), json!({}));
    client.create("Curtis");
    assert_eq!(search("cur")["results"].as_array().unwrap().len(), 1);
}
