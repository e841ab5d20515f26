// SPDX-License-Identifier: GPL-3.0-or-later
//! Batches whose answers are not what was hoped for.

use std::time::Duration;

use gcontacts_people::{AddressBook, BatchOutcomes, Certainty, Deadline, Error, Person, Reason};
use serde_json::{Value, json};

use crate::fixture::person;
use crate::replay::{answer, book, receive, serve};

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(5))
}

fn marked(nonce: &str) -> Person {
    person(&json!({"clientData": [{"key": "dolibarr", "value": format!("8f3a:contact:7:{nonce}")}]}))
}

/// Creates contacts of these nonces while the server answers `body`.
async fn create(nonces: &[&str], status: u16, body: Value) -> Result<BatchOutcomes, Error> {
    let (port, server) = serve(1, move |_, stream| {
        receive(stream);
        answer(stream, status, "", &body.to_string());
    });
    let people: Vec<_> = nonces.iter().map(|nonce| marked(nonce)).collect();
    let outcomes = book(port).batch_create(&people, soon()).await;
    server.join().unwrap();
    outcomes
}

#[tokio::test]
async fn a_contact_that_is_not_answered_for_may_exist() {
    let outcomes = create(&["a", "b"], 200, json!({"createdPeople": [{"person": marked("b")}]}))
        .await
        .unwrap();
    let missing = outcomes[0].as_ref().unwrap_err();
    assert_eq!(
        (missing.reason(), missing.certainty()),
        (Reason::BadAnswer, Certainty::Unknown)
    );
    assert_eq!(outcomes[1].as_ref().unwrap(), &marked("b"));
}

#[tokio::test]
async fn a_contact_that_failed_alone_fails_alone() {
    let status = json!({"code": 3, "message": "Invalid e-mail."});
    let body = json!({"createdPeople": [{"person": marked("a"), "status": status}, {"person": marked("b")}]});
    let outcomes = create(&["a", "b"], 200, body).await.unwrap();
    let refused = outcomes[0].as_ref().unwrap_err();
    assert_eq!(
        (refused.reason(), refused.certainty()),
        (Reason::InvalidValue, Certainty::NotApplied)
    );
    assert!(refused.to_string().ends_with("Invalid e-mail."), "{refused}");
    assert!(outcomes[1].is_ok());
}

#[tokio::test]
async fn an_empty_answer_leaves_every_contact_open() {
    let outcomes = create(&["a", "b"], 200, json!({})).await.unwrap();
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().unwrap_err().certainty() == Certainty::Unknown)
    );
}

#[tokio::test]
async fn a_refused_batch_names_the_contacts_to_blame() {
    let body = serde_json::from_str(&crate::fixture::read("errors/400_batch.json")).unwrap();
    let error = create(&["a", "b"], 400, body).await.unwrap_err();
    assert_eq!(error.google().unwrap().contact_errors[0].key, "1");
}

#[tokio::test]
async fn contacts_that_cannot_be_told_apart_are_not_sent() {
    let (book, people) = (book(9), [marked("a"), marked("a")]);
    assert!(matches!(
        book.batch_create(&people, soon()).await,
        Err(Error::Invalid { .. })
    ));
    assert!(matches!(
        book.batch_create(&[Person::default()], soon()).await,
        Err(Error::Invalid { .. })
    ));
}
