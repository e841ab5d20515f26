// SPDX-License-Identifier: GPL-3.0-or-later
//! Rules 65 and 98, and the profiles: the server as its settings make it.

use people_emulator::{Config, OverlappingWrites, SyncTokenAnchor};
use serde_json::{Value, json};

use crate::client::{Client, name};

#[test]
fn rule_65_values_come_in_another_order_and_keep_their_primary() {
    let client = Client::new();
    let body = json!({
        "names": [{"givenName": "A"}],
        "phoneNumbers": [{"value": "1"}, {"value": "2"}, {"value": "3"}],
    });
    let person = client.post("/v1/people:createContact", &body).good();
    let numbers = || {
        let read = client
            .get(&format!("/v1/{}?personFields=phoneNumbers,names", name(&person)))
            .good();
        let items = read["phoneNumbers"].as_array().unwrap().clone();
        let of = |item: &Value| item["value"].as_str().unwrap().to_owned();
        let primary = items.iter().find(|item| item["metadata"]["primary"] == true).map(of);
        (items.iter().map(of).collect::<Vec<_>>(), primary.unwrap())
    };
    assert_eq!(numbers(), (["1", "2", "3"].map(str::to_owned).to_vec(), "1".to_owned()));
    client.server.configure(json!({"shuffle_items": true}));
    assert_eq!(numbers(), (["2", "3", "1"].map(str::to_owned).to_vec(), "1".to_owned()));
}

#[test]
fn profiles_set_every_reading_and_other_members_come_after() {
    let config = Config::default();
    let strict = config.changed(&json!({"profile": "strict"})).unwrap();
    assert!(strict.shuffle_items && strict.shuffle_batch_create && !strict.list_etag_accepted);
    assert_eq!(strict.overlapping_writes, OverlappingWrites::Abort);
    assert_eq!((strict.sync_propagation_s, strict.quotas.len()), (0, 0));

    let lenient = strict
        .changed(&json!({"profile": "lenient", "strict_lists": true, "sync_propagation_s": 5}))
        .unwrap();
    assert!(lenient.list_etag_accepted && !lenient.strict_page_size && lenient.strict_lists);
    assert_eq!(lenient.sync_token_anchor, SyncTokenAnchor::Itself);
    let again = lenient.changed(&json!({"profile": "strict"})).unwrap();
    assert_eq!(again.sync_propagation_s, 5, "a delay is no reading");
    assert!(config.changed(&json!({"profile": "harsh"})).is_err());

    let client = Client::new();
    client.server.configure(json!({"profile": "lenient"}));
    client
        .get("/v1/people/me/connections?personFields=names&pageSize=2000")
        .good();
}

/// Everything but tokens, photo addresses and times.
fn timeless(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !matches!(name.as_str(), "updateTime" | "deleted"));
            members.values_mut().for_each(timeless);
        }
        Value::Array(items) => items.iter_mut().for_each(timeless),
        _ => {}
    }
}

#[test]
fn rule_98_the_same_calls_give_the_same_book() {
    let run = |seed: u64| {
        let client = Client::with(Config {
            rng_seed: seed,
            shuffle_batch_create: true,
            ..Config::default()
        });
        client.server.seed(json!({"n": 20}));
        let contacts = (0..10).map(|n| json!({"contactPerson": {"names": [{"givenName": format!("N{n}")}]}}));
        let body = json!({"contacts": contacts.collect::<Vec<_>>(), "readMask": "names,memberships"});
        let made = client.post("/v1/people:batchCreateContacts", &body).good();
        client
            .post("/v1/contactGroups", &json!({"contactGroup": {"name": "Onelog"}}))
            .good();
        client
            .server
            .phone(json!({"op": "relink", "name": client.contacts()[3]["resourceName"]}));
        let listed = client.get("/v1/people/me/connections?personFields=names").good();
        let mut all = json!([made, listed, client.server.state()]);
        timeless(&mut all);
        let url = client.server.url();
        all.to_string().replace(&url, "")
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}
