// SPDX-License-Identifier: GPL-3.0-or-later
//! Answers that are lost, servers that fail, tokens that expire: nothing is lost, nothing is there twice.

use std::cell::Cell;
use std::time::{Duration, Instant};

use gcontacts_core::Company;
use gcontacts_core::company::Representative;
use gcontacts_engine::{Action, Clock, Verdict};
use gcontacts_people::Deadline;
use serde_json::json;

use crate::site::Site;

const CREATE: &str = "people.createContact";
const UPDATE: &str = "people.updateContact";

#[test]
fn a_create_whose_answer_was_lost_is_found_by_its_marker() {
    let mut site = Site::new();
    site.add(1);
    site.google
        .order_fault(json!({"match": CREATE, "action": "drop_after"}));
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Unknown);
    assert_eq!(site.cards().len(), 1);

    // Before it is resolved nothing happens, whatever is edited meanwhile.
    site.contact(1).job_title = "Director".to_owned();
    let waiting = site.drain();
    assert_eq!(
        (waiting.intent(1).action, waiting.intent(1).reason.as_str()),
        (Action::Wait, "create_unresolved")
    );
    assert_eq!(waiting.sent.calls, 0);

    let resolved = site.resolve();
    assert_eq!((resolved.found.len(), resolved.complete, resolved.cards), (1, true, 1));
    site.drain().is_done();
    assert_eq!(site.cards().len(), 1);
    assert_eq!(site.card("Name1")["organizations"][0]["title"], "Director");
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn a_create_that_a_failing_server_did_not_make_is_made_after_it_was_looked_for() {
    let mut site = Site::new();
    site.add(1);
    site.google
        .order_fault(json!({"match": CREATE, "action": {"error": {"http": 503}}}));
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Unknown, "server_error")
    );
    assert_eq!(site.calls(CREATE), 1, "a create of unknown outcome is never repeated");
    let resolved = site.resolve();
    assert!(resolved.found.is_empty() && resolved.complete);
    site.drain().is_done();
    assert_eq!(site.cards().len(), 1);
}

#[test]
fn a_create_that_was_made_before_the_server_failed_is_not_made_again() {
    let mut site = Site::new();
    site.add(2);
    site.google
        .order_fault(json!({"match": CREATE, "action": {"error_after": {"http": 500}}}));
    let drained = site.drain();
    assert_eq!(drained.results(), [(1, Verdict::Unknown), (2, Verdict::Done)]);
    site.resolve();
    site.drain();
    assert_eq!(site.cards().len(), 2);
}

#[test]
fn a_listing_that_failed_resolves_nothing() {
    let mut site = Site::new();
    site.add(1);
    site.google
        .order_fault(json!({"match": CREATE, "action": "drop_after"}));
    site.drain();
    site.google
        .order_fault(json!({"match": "people.connections.list", "times": 0, "action": {"error": {"http": 403}}}));
    let resolved = site.resolve();
    assert!(!resolved.complete && resolved.found.is_empty());
    assert_eq!(resolved.stopped.unwrap().reason, "permission_denied");
    assert_eq!(site.drain().intent(1).action, Action::Wait);
}

#[test]
fn a_server_that_keeps_failing_is_left_alone() {
    let mut site = Site::new();
    site.add(5);
    site.google
        .order_fault(json!({"match": CREATE, "times": 0, "action": {"error": {"http": 503}}}));
    let drained = site.drain();
    assert_eq!(
        drained.results(),
        [
            (1, Verdict::Unknown),
            (2, Verdict::Unknown),
            (3, Verdict::Later),
            (4, Verdict::Later),
            (5, Verdict::Later)
        ]
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "server_error");
    assert_eq!(drained.row(5).reason, "server_error");
    assert_eq!(site.calls(CREATE), 2);
}

#[test]
fn an_update_that_failed_is_sent_again_later() {
    let mut site = Site::with_cards(1);
    site.contact(1).job_title = "Director".to_owned();
    site.google
        .order_fault(json!({"match": UPDATE, "action": {"error": {"http": 503}}}));
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Later, "server_error")
    );
    site.drain().is_done();
    assert_eq!(site.card("Name1")["organizations"][0]["title"], "Director");
}

#[test]
fn an_update_whose_answer_was_lost_is_recognised() {
    let mut site = Site::with_cards(1);
    site.contact(1).job_title = "Director".to_owned();
    site.google
        .order_fault(json!({"match": UPDATE, "action": "drop_after"}));
    assert_eq!(site.drain().row(1).result, Verdict::Later);
    site.google.clear_log();
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    // A read; then nothing is left to write.
    assert_eq!((site.calls(UPDATE), site.calls("people.get")), (0, 1));
    assert_eq!(site.drain().sent.calls, 0);
    assert_eq!(site.card("Name1")["organizations"].as_array().unwrap().len(), 1);
}

#[test]
fn a_card_deleted_at_google_is_made_again() {
    let mut site = Site::with_cards(1);
    let before = site.card_name(1);
    site.google.phone(json!({"op": "delete", "name": before}));
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Later, "not_found")
    );
    assert_eq!(drained.sent.stopped, None);
    let again = site.drain();
    assert_eq!(again.row(1).action, Action::Create);
    assert_ne!(site.card_name(1), before);
    assert_eq!(site.cards().len(), 1);
}

#[test]
fn a_token_that_expires_in_the_middle_keeps_what_was_done() {
    let mut site = Site::new();
    site.add(4);
    site.google
        .order_fault(json!({"match": CREATE, "skip": 2, "action": "token_expired"}));
    let drained = site.drain();
    assert_eq!(
        drained.results(),
        [
            (1, Verdict::Done),
            (2, Verdict::Done),
            (3, Verdict::Later),
            (4, Verdict::Later)
        ]
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "token_expired");
    assert_eq!(site.calls(CREATE), 3);
    assert_eq!(site.cards().len(), 2);
}

#[test]
fn a_quota_ends_the_run_and_says_for_how_long() {
    let mut site = Site::new();
    site.add(3);
    site.google
        .order_fault(json!({"match": CREATE, "skip": 1, "times": 0, "action": {"error": {
        "http": 429, "status": "RESOURCE_EXHAUSTED", "message": "Resource has been exhausted (e.g. check quota)."}}}));
    let drained = site.drain();
    let stopped = drained.sent.stopped.as_ref().unwrap();
    assert_eq!(
        (stopped.reason.as_str(), stopped.retry_after),
        ("quota_account", Some(901))
    );
    assert_eq!(drained.row(1).result, Verdict::Done);
    assert_eq!(site.calls(CREATE), 2);
}

#[test]
fn a_full_account_holds_up_no_change() {
    let mut site = Site::with_cards(1);
    site.google.configure(json!({"max_contacts": 1}));
    site.add(3);
    site.contact(1).job_title = "Director".to_owned();
    let drained = site.drain();
    assert_eq!(drained.row(1).result, Verdict::Done);
    assert_eq!(
        (drained.row(2).result, drained.row(2).reason.as_str()),
        (Verdict::Later, "account_full")
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "account_full");
    assert_eq!(site.calls(CREATE), 1);
}

#[test]
fn a_hanging_server_costs_no_more_than_the_deadline() {
    let mut site = Site::with_cards(1);
    site.add(3);
    site.contact(1).job_title = "Director".to_owned();
    site.google
        .order_fault(json!({"match": CREATE, "times": 0, "action": {"latency": {}}}));
    let began = Instant::now();
    let drained = site.drain_some(&[1, 2, 3], Duration::from_secs(2));
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert_eq!(
        drained.results(),
        [(1, Verdict::Done), (2, Verdict::Unknown), (3, Verdict::Later)]
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "deadline");
    assert_eq!(site.google.calls()["held"], 1);
    assert_eq!(site.cards().len(), 1);
    site.google.clear_faults();
    // The server goes on without us.
    let patience = Deadline::after(Duration::from_mins(1));
    while site.cards().len() == 1 {
        assert!(!patience.is_over());
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(site.resolve().found.len(), 1);
    site.drain();
    assert_eq!(site.cards().len(), 3);
}

/// A clock on which each look takes a second.
struct Slow {
    start: Instant,
    looks: Cell<u64>,
}

impl Clock for Slow {
    fn now(&self) -> Instant {
        self.looks.set(self.looks.get() + 1);
        self.start + Duration::from_secs(self.looks.get())
    }
}

#[test]
fn no_call_begins_after_the_deadline() {
    let mut site = Site::new();
    site.add(5);
    let clock = Slow {
        start: Instant::now(),
        looks: Cell::new(0),
    };
    let deadline = Deadline::after(Duration::from_secs(3) + Duration::from_millis(500));
    let book = site.book();
    let drained = site.drain_into(&book, &clock, &[1, 2, 3, 4, 5], deadline);
    // The label and two cards.
    assert_eq!(drained.sent.calls, 3);
    assert_eq!(
        drained.results(),
        [
            (1, Verdict::Done),
            (2, Verdict::Done),
            (3, Verdict::Later),
            (4, Verdict::Later),
            (5, Verdict::Later)
        ]
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "deadline");
    site.drain().is_done();
    assert_eq!(site.cards().len(), 5);
}

#[test]
fn an_unreachable_google_is_asked_once() {
    let mut site = Site::new();
    site.add(3);
    let site_down = Site::new();
    let book = site_down.book();
    drop(site_down);
    let drained = site.drain_into(
        &book,
        &gcontacts_engine::SystemClock,
        &[1, 2, 3],
        Deadline::after(Duration::from_secs(2)),
    );
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "network_refused");
    assert!(
        drained
            .sent
            .outcomes
            .iter()
            .all(|row| row.result == Verdict::Later && row.reason == "network_refused")
    );
}

#[test]
fn an_update_whose_answer_was_lost_is_taken_back_when_dolibarr_takes_it_back() {
    let mut site = Site::with_cards(1);
    let before = site.contact(1).phone_pro.clone();
    site.google
        .order_fault(json!({"match": UPDATE, "action": "drop_after"}));
    site.contact(1).phone_pro = "01 22 22 22 22".to_owned();
    assert_eq!(site.drain().row(1).result, Verdict::Later);
    assert_eq!(site.card("Name1")["phoneNumbers"][0]["value"], "01 22 22 22 22");

    site.contact(1).phone_pro.clone_from(&before);
    site.drain();
    let phones = site.card("Name1")["phoneNumbers"].clone();
    assert_eq!(
        (phones.as_array().unwrap().len(), &phones[0]["value"]),
        (1, &json!(before))
    );
    assert_eq!(site.drain().sent.calls, 0);
}

#[test]
fn an_update_whose_answer_was_lost_leaves_nothing_behind_when_dolibarr_goes_on() {
    let mut site = Site::with_cards(1);
    for (phone, fault) in [
        ("01 22 22 22 22", "drop_after"),
        ("01 33 33 33 33", "drop_before"),
        ("01 44 44 44 44", "drop_after"),
    ] {
        site.google.order_fault(json!({"match": UPDATE, "action": fault}));
        site.contact(1).phone_pro = phone.to_owned();
        site.drain();
    }
    site.contact(1).phone_pro = "01 55 55 55 55".to_owned();
    site.drain();
    let phones = site.card("Name1")["phoneNumbers"].clone();
    assert_eq!(
        (phones.as_array().unwrap().len(), &phones[0]["value"]),
        (1, &json!("01 55 55 55 55"))
    );
}

#[test]
fn a_deletion_whose_answer_was_lost_is_known_when_the_contact_is_shared_again() {
    let mut site = Site::with_cards(1);
    site.google
        .order_fault(json!({"match": "people.deleteContact", "action": "drop_after"}));
    site.contact(1).private = true;
    assert_eq!(site.drain().row(1).result, Verdict::Later);
    site.contact(1).private = false;
    let drained = site.drain();
    assert_eq!(drained.row(1).reason, "not_found");
    site.drain().is_done();
    assert_eq!(site.cards().len(), 1);
}

#[test]
fn labels_whose_answer_was_lost_are_taken_back_when_dolibarr_takes_them_back() {
    let mut site = Site::with_cards(1);
    let represented = |logins: &[(u64, &str)]| Company {
        id: 7,
        open: true,
        representatives: logins
            .iter()
            .map(|(id, login)| Representative {
                id: *id,
                login: (*login).to_owned(),
            })
            .collect(),
        ..Company::default()
    };
    site.contacts.get_mut(&1).unwrap().1 = Some(represented(&[(1, "bob")]));
    site.drain().is_done();
    site.google
        .order_fault(json!({"match": "contactGroups.members.modify", "action": "drop_after"}));
    site.contacts.get_mut(&1).unwrap().1 = Some(represented(&[]));
    site.drain();
    assert_eq!(site.labels_of(&site.card("Name1")), ["Onelog", "myContacts"]);

    site.contacts.get_mut(&1).unwrap().1 = Some(represented(&[(1, "bob")]));
    site.drain();
    assert_eq!(
        site.labels_of(&site.card("Name1")),
        ["Onelog", "Onelog/bob", "myContacts"]
    );
}
