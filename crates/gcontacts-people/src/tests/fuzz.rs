// SPDX-License-Identifier: GPL-3.0-or-later
//! Google's JSON, damaged in every way: nothing breaks, and nothing is taken for what it is not.
//!
//! `cargo xtask fuzz` plays these with millions of cases.

use std::time::Duration;

use gcontacts_core::merge::merge;
use gcontacts_core::{Card, Content, Name, ResourceName, ValueLabel};
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::batch::{Created, Got, Updated};
use crate::google_address_book::{ConnectionsPage, GroupsPage};
use crate::mapping::{MarkerChange, card_from_person, patch, person_from_card, widen};
use crate::{Certainty, ContactGroup, Error, ListedPerson, MembersModified, Person, Reason};

const PEOPLE: [&str; 3] = [
    include_str!("../../../../tests/fixtures/people/linked_to_a_profile.json"),
    include_str!("../../../../tests/fixtures/people/typed_on_a_phone.json"),
    include_str!("../../../../tests/fixtures/people/nothing_but_a_name.json"),
];
const ERRORS: [&str; 6] = [
    include_str!("../../tests/fixtures/errors/400_batch.json"),
    include_str!("../../tests/fixtures/errors/400_etag_stale.json"),
    include_str!("../../tests/fixtures/errors/400_invalid_grant.json"),
    include_str!("../../tests/fixtures/errors/403_api_disabled.json"),
    include_str!("../../tests/fixtures/errors/429_rate.json"),
    include_str!("../../tests/fixtures/errors/503_unavailable.json"),
];

/// What happens to a place of a JSON text.
#[derive(Clone, Debug)]
enum Damage {
    Replace(Value),
    Remove,
    Twice,
}

fn odd() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        any::<String>(),
        "[0-9+ ()-]{0,12}",
        "people/c[0-9]{0,3}",
        "[a-f0-9:]{0,20}"
    ];
    prop_oneof![
        3 => text.prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => select(vec![0.5, -1.0, 1e300]).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => select(vec![json!(null), json!([]), json!({}), json!([[]]), json!([null]), json!({"value": {}}), json!([{"value": 1}])]),
    ]
}

fn damages() -> impl Strategy<Value = Vec<(usize, Damage)>> {
    let damage = prop_oneof![
        4 => odd().prop_map(Damage::Replace),
        1 => Just(Damage::Remove),
        1 => Just(Damage::Twice),
    ];
    prop::collection::vec((any::<usize>(), damage), 0..6)
}

/// How many places there are, the value itself among them.
fn places(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(places).sum(),
        Value::Object(members) => members.values().map(places).sum(),
        _ => 0,
    }
}

/// Damages the `at`-th place below `value`, counted from 0.
fn damage(value: &mut Value, mut at: usize, how: &Damage) {
    match value {
        Value::Array(items) => {
            for index in 0..items.len() {
                let below = places(&items[index]);
                if at == 0 {
                    match how {
                        Damage::Replace(odd) => items[index] = odd.clone(),
                        Damage::Remove => drop(items.remove(index)),
                        Damage::Twice => items.insert(index, items[index].clone()),
                    }
                    return;
                }
                if at < below {
                    return damage(&mut items[index], at - 1, how);
                }
                at -= below;
            }
        }
        Value::Object(members) => {
            for name in members.keys().cloned().collect::<Vec<_>>() {
                let below = places(&members[&name]);
                if at == 0 {
                    match how {
                        Damage::Replace(odd) => drop(members.insert(name, odd.clone())),
                        Damage::Remove => drop(members.remove(&name)),
                        Damage::Twice => {
                            let same = members[&name].clone();
                            members.insert(format!("{name}2"), same);
                        }
                    }
                    return;
                }
                if at < below {
                    return damage(&mut members[&name], at - 1, how);
                }
                at -= below;
            }
        }
        _ => {}
    }
}

fn damaged(texts: &'static [&'static str]) -> impl Strategy<Value = Value> {
    (select(texts), damages()).prop_map(|(text, damages)| {
        let mut value: Value = serde_json::from_str(text).unwrap();
        for (place, how) in damages {
            let at = place % places(&value).max(2);
            damage(&mut value, at.saturating_sub(1), &how);
        }
        value
    })
}

fn answer(http_status: u16, body: Vec<u8>) -> Answer {
    Answer {
        http_status,
        retry_after: Some(Duration::from_secs(1)),
        body,
    }
}

fn read<T: DeserializeOwned>(body: &Value) -> Result<T, Error> {
    answer(200, body.to_string().into_bytes()).read()
}

/// A card of texts that nobody would type.
fn card() -> impl Strategy<Value = Card> {
    let text = || prop_oneof![any::<String>(), "[ a-zé\n<&]{0,12}", "[0-9+ .]{0,14}"];
    let value = (0..5_u8, text(), text(), text()).prop_filter_map("nothing", |(kind, label, a, b)| {
        let content = match kind {
            0 => Content::phone(&a, "FR"),
            1 => Content::email(&a),
            2 => Content::organization(&a, &b),
            3 => Content::url(&a),
            _ => Content::messenger(&a, &b),
        };
        Some(gcontacts_core::Value::found(ValueLabel::from_text(&label), content?))
    });
    (text(), text(), prop::collection::vec(value, 0..5)).prop_map(|(given, family, values)| Card {
        name: Name {
            given: gcontacts_core::text::tidy_line(&given),
            family: gcontacts_core::text::tidy_line(&family),
            ..Name::default()
        },
        values,
        ..Card::default()
    })
}

fn marker() -> gcontacts_core::Marker {
    gcontacts_core::Marker::new("0a1b", "contact", 1, "n1").unwrap()
}

proptest! {
    #[test]
    fn a_damaged_person_is_read_or_refused(value in damaged(&PEOPLE), country in "(FR|US|[A-Z]{0,2})") {
        let Ok(person) = read::<Person>(&value) else { return Ok(()) };
        prop_assert_eq!(serde_json::to_value(&person).unwrap(), value);
        let card = card_from_person(&person, &country);
        prop_assert!(merge(Some(&card), &card, &card).is_empty());
        // All that a run and a page ask of it.
        let _ = (person.resource_name(), person.etag(), person.source_etag(), person.source_id(), person.update_time());
        let _ = (person.markers(), person.memberships(), person.is_deleted(), person.previous_resource_names());
        let _ = (person.may_be_cut(), person.user_defined("dolibarr-id").count());
    }

    #[test]
    fn a_damaged_person_takes_an_update(value in damaged(&PEOPLE), sent in prop::option::of(card()), desired in card()) {
        let Ok(person) = read::<Person>(&value) else { return Ok(()) };
        let google = card_from_person(&person, "FR");
        let change = merge(sent.as_ref(), &desired, &google);
        for marker in [None, Some(MarkerChange::Set(marker())), Some(MarkerChange::Remove("0a1b".to_owned()))] {
            let (body, mask) = patch(&person, &change, marker.as_ref());
            let _ = widen(&body, &mask, &person, &mask);
            let mut object = person.as_object().clone();
            for field in mask.iter() {
                object.insert(field.to_owned(), body.as_object().get(field).cloned().unwrap_or_default());
            }
            let after = card_from_person(&Person::new(object), "FR");
            // Google takes a second update for a change, and so would the phone's user.
            prop_assert!(merge(sent.as_ref(), &desired, &after).is_empty(), "{after:#?}");
        }
    }

    #[test]
    fn whatever_was_typed_is_read_back(card in card()) {
        let person = person_from_card(&card, &marker(), &[ResourceName::my_contacts()]);
        let json = serde_json::to_string(&person).unwrap();
        let back = card_from_person(&serde_json::from_str(&json).unwrap(), "FR");
        prop_assert!(merge(Some(&card), &card, &back).is_empty());
        prop_assert!(merge(None, &card, &back).is_empty(), "{:#?}", merge(None, &card, &back));
    }

    #[test]
    fn a_damaged_page_or_batch_is_read_or_refused(person in damaged(&PEOPLE), around in damages(), kind in 0..5_usize) {
        let mut body = match kind {
            0 => json!({"connections": [person], "nextPageToken": "x", "totalItems": 1, "nextSyncToken": "y"}),
            1 => json!({"createdPeople": [{"person": person, "httpStatusCode": 200}, {"status": {"code": 3, "message": "no"}}]}),
            2 => json!({"updateResult": {"people/c1": {"person": person}, "people/c2": {"status": {"code": 5}}}}),
            3 => json!({"responses": [{"person": person, "requestedResourceName": "people/c1"}, {"status": {"code": 5}}]}),
            _ => json!({"contactGroups": [{"resourceName": "contactGroups/1", "groupType": "USER_CONTACT_GROUP", "name": "x"}]}),
        };
        for (place, how) in around {
            let at = place % places(&body).max(2);
            damage(&mut body, at.saturating_sub(1), &how);
        }
        let asked = [1, 2].map(|id| {
            let name = format!("people/c{id}");
            let marker = gcontacts_core::Marker::new("0a1b", "contact", id, "n1").unwrap().to_string();
            let person = json!({"resourceName": name, "clientData": [{"key": "dolibarr", "value": marker}]});
            serde_json::from_value::<Person>(person).unwrap()
        });
        let names = asked.clone().map(|person| person.resource_name().unwrap());
        let _ = (read::<ConnectionsPage<Person>>(&body), read::<GroupsPage>(&body));
        let _ = read::<ConnectionsPage<ListedPerson>>(&body).map(|page| page.connections.iter().map(ListedPerson::whole).count());
        let _ = (read::<ContactGroup>(&body), read::<MembersModified>(&body));
        let outcomes = [
            read::<Created>(&body).map(|created| created.outcomes(&asked)),
            read::<Updated>(&body).map(|updated| updated.outcomes(&asked)),
            read::<Got>(&body).map(|got| got.outcomes(&names)),
        ];
        for outcomes in outcomes.into_iter().flatten() {
            // Each that was asked for has its own answer, or none.
            prop_assert_eq!(outcomes.len(), 2);
        }
    }

    #[test]
    fn a_damaged_error_is_still_one(body in damaged(&ERRORS), http_status in prop_oneof![300..600_u16, Just(400), Just(429)]) {
        let error = answer(http_status, body.to_string().into_bytes()).accept().unwrap_err();
        check(&error, http_status)?;
    }

    #[test]
    fn anything_else_is_an_error_too(body in prop::collection::vec(any::<u8>(), 0..64), http_status in 100..600_u16) {
        let answer = answer(http_status, body);
        match answer.clone().accept() {
            Ok(_) => prop_assert!((200..300).contains(&http_status)),
            Err(error) => check(&error, http_status)?,
        }
        let _ = answer.read::<Person>();
    }
}

/// What holds of every refusal: it can be told, and what may have been done is not taken for undone.
fn check(error: &Error, http_status: u16) -> Result<(), TestCaseError> {
    prop_assert_eq!(error.http_status(), Some(http_status));
    prop_assert!(!error.reason().code().is_empty());
    let _ = (error.words(), error.to_string(), error.retry_after());
    if http_status >= 500 {
        prop_assert_eq!(error.certainty(), Certainty::Unknown);
    }
    if error.reason() == Reason::InvalidValue {
        prop_assert!(http_status < 500);
    }
    Ok(())
}
