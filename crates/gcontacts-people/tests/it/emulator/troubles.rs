// SPDX-License-Identifier: GPL-3.0-or-later
//! Troubles on Google's side: what the client makes of each, and whether what it says is true.

use std::time::Duration;

use gcontacts_people::{AddressBook, Certainty, Deadline, Error, Reason, list_all};
use serde_json::{Value, json};

use super::{Emulator, contact, soon};

/// Creates a contact while one trouble waits, and returns the error and how many contacts there are then.
async fn create_in(action: Value) -> (Error, usize) {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    google.trouble("people.createContact", &action);
    let error = book.create(&contact("Anna", "q1"), soon()).await.unwrap_err();
    (error, google.contacts())
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_is_uncertain_and_not_repeated() {
    let (error, contacts) = create_in(json!("drop_after")).await;
    assert_eq!(
        (error.reason(), error.certainty(), contacts),
        (Reason::Network, Certainty::Unknown, 1)
    );
    let (error, contacts) = create_in(json!("drop_before")).await;
    assert_eq!(
        (error.reason(), error.certainty(), contacts),
        (Reason::Network, Certainty::Unknown, 0)
    );
    let (error, contacts) = create_in(json!({"error_after": {"http": 503}})).await;
    assert_eq!(
        (error.reason(), error.certainty(), contacts),
        (Reason::ServerError, Certainty::Unknown, 1)
    );
    let (error, contacts) = create_in(json!({"error": {"http": 500}})).await;
    assert_eq!(
        (error.reason(), error.certainty(), contacts),
        (Reason::ServerError, Certainty::Unknown, 0)
    );
}

#[tokio::test]
async fn a_deadline_ends_a_call_that_hangs() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    google.trouble("people.createContact", &json!({"latency": {"where": "before"}}));
    let deadline = Deadline::after(Duration::from_secs(2));
    let error = book.create(&contact("Anna", "q1"), deadline).await.unwrap_err();
    assert_eq!(
        (error.reason(), error.certainty()),
        (Reason::Deadline, Certainty::Unknown)
    );
    assert_eq!(google.server.calls()["held"], 1);
    assert_eq!(google.contacts(), 0);
    // The server finishes what it has begun.
    google.server.release();
    let patience = soon();
    while google.contacts() == 0 {
        assert!(!patience.is_over());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn reads_outlast_a_short_trouble() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    book.create(&contact("Anna", "q1"), soon()).await.unwrap();
    for action in [json!({"error": {"http": 502}}), json!("drop_before")] {
        google.trouble("people.connections.list", &action);
        assert_eq!(list_all(&book, soon()).await.unwrap().len(), 1);
    }
    let lasting = json!({"match": "read", "times": 0, "action": {"error": {"http": 503}}});
    google.server.order_fault(lasting);
    assert_eq!(list_all(&book, soon()).await.unwrap_err().reason(), Reason::ServerError);
}

#[tokio::test]
async fn a_write_that_was_surely_not_done_is_repeated() {
    let google = Emulator::start(&json!({}));
    let book = google.book();
    google.trouble(
        "people.createContact",
        &json!({"error": {"http": 409, "status": "ABORTED"}}),
    );
    book.create(&contact("Anna", "q1"), soon()).await.unwrap();
    let rate = json!({"error": {"http": 429, "retry_after": 1, "message": "Quota exceeded for quota metric 'x'."}});
    google.trouble("people.createContact", &rate);
    book.create(&contact("Bert", "q2"), soon()).await.unwrap();
    assert_eq!(google.contacts(), 2);
}

#[tokio::test]
async fn quotas_are_told_apart() {
    let info = json!([{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
        "metadata": {"quota_limit": "DailyContactWritesPerDayPerProject"}}]);
    let failure = json!([{"@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [{"subject": "QUOTA_EXCEEDED", "description": "FBS quota limit exceeded"}]}]);
    let cases = [
        (
            "Quota exceeded for quota metric 'Critical write requests'.",
            json!([]),
            Reason::QuotaRate,
        ),
        (
            "Quota exceeded for quota metric 'Daily Contact Writes'.",
            info,
            Reason::QuotaDaily,
        ),
        (
            "Resource has been exhausted (e.g. check quota).",
            failure,
            Reason::QuotaAccount,
        ),
        ("MY_CONTACTS_OVERFLOW_COUNT", json!([]), Reason::AccountFull),
    ];
    for (message, details, reason) in cases {
        let google = Emulator::start(&json!({}));
        let book = google.book();
        google.trouble(
            "write",
            &json!({"error": {"http": 429, "message": message, "details": details}}),
        );
        // Google's waits are longer.
        let error = book.create(&contact("Anna", "q1"), soon()).await.unwrap_err();
        assert_eq!(
            (error.reason(), error.certainty()),
            (reason, Certainty::NotApplied),
            "{message}"
        );
    }
}

#[tokio::test]
async fn tokens_and_scopes_are_told_apart() {
    let google = Emulator::start(&json!({}));
    let (book, deadline) = (google.book(), soon());
    google.trouble("read", &json!("token_expired"));
    assert_eq!(book.count(deadline).await.unwrap_err().reason(), Reason::TokenExpired);

    google.server.configure(json!({"api_enabled": false}));
    let book = google.book();
    let disabled = book.count(deadline).await.unwrap_err();
    assert_eq!(
        (disabled.reason(), disabled.http_status()),
        (Reason::ApiDisabled, Some(403))
    );
    google.server.configure(json!({"api_enabled": true}));

    let book = google.book_with(&["openid", "email"]);
    assert_eq!(book.count(deadline).await.unwrap_err().reason(), Reason::ScopeMissing);
}
