// SPDX-License-Identifier: GPL-3.0-or-later
//! A batch that Google refuses for one of its cards, whatever it does with the others, and however late it lists them.

use people_emulator::Config;
use serde_json::json;

use crate::worker::{WINDOW, Worker};

const BATCH_CREATE: &str = "people.batchCreateContacts";

/// Twelve contacts of which Google refuses number 4, in an account that lists a new card after five minutes.
fn with_a_bad_mail(batch_all_or_nothing: bool) -> Worker {
    let mut worker = Worker::with(Config {
        refused_values: vec!["bad@".to_owned()],
        list_propagation_s: 300,
        batch_all_or_nothing,
        ..Config::of_environment().unwrap()
    });
    worker.add(1, 12);
    worker.site.contact(4).email = "bad@example.com".to_owned();
    worker
}

fn repair(worker: &mut Worker, id: u64) {
    worker.site.contact(id).email = format!("name{id}@example.com");
    worker.saved(id);
    worker.drain();
}

#[test]
fn cards_that_google_made_of_a_refused_batch_and_lists_late_are_not_made_twice() {
    let mut worker = with_a_bad_mail(false);
    // The outbox is tried all the while.
    for _ in 0..30 {
        worker.drain();
        worker.later(40);
    }
    assert_eq!(worker.site.cards().len(), 11);
    assert_eq!(worker.refused, [4]);
    assert!(!worker.site.account.refusals_are_whole);
    repair(&mut worker, 4);
    assert_eq!(worker.site.calls(BATCH_CREATE), 1);
    worker.later(WINDOW);
    worker.drain();
    worker.assert_equal();
}

#[test]
fn where_google_makes_all_or_nothing_the_good_ones_wait_only_the_first_time() {
    let mut worker = with_a_bad_mail(true);
    worker.drain();
    assert_eq!(worker.site.cards().len(), 0);
    worker.later(WINDOW);
    worker.drain();
    assert_eq!(worker.site.cards().len(), 11);
    // The refused batch, and the one without the bad card; the look between them is the second further call.
    assert_eq!(worker.site.calls(BATCH_CREATE), 2);
    repair(&mut worker, 4);
    worker.add(21, 32);
    worker.site.contact(27).email = "bad@example.com".to_owned();
    worker.site.google.clear_log();
    worker.drain();
    assert_eq!((worker.site.cards().len(), worker.site.calls(BATCH_CREATE)), (23, 2));
    assert_eq!(worker.site.calls("people.connections.list"), 0);
    repair(&mut worker, 27);
    worker.later(WINDOW);
    worker.drain();
    worker.assert_equal();
}

#[test]
fn an_account_that_made_some_of_a_refused_batch_is_never_trusted_again() {
    let mut worker = with_a_bad_mail(true);
    worker.drain();
    worker.later(WINDOW);
    worker.drain();
    assert!(worker.site.account.refusals_are_whole);
    repair(&mut worker, 4);
    worker.site.google.configure(json!({"batch_all_or_nothing": false}));
    worker.add(21, 32);
    // Sent by a process that was killed before it heard of the refusal: the listing is the first to tell.
    worker.site.contact(27).email = "bad@example.com".to_owned();
    worker.site.account.refusals_are_whole = false;
    for _ in 0..30 {
        worker.drain();
        worker.later(40);
    }
    assert_eq!(worker.site.cards().len(), 23);
    repair(&mut worker, 27);
    worker.site.google.configure(json!({"batch_all_or_nothing": true}));
    worker.add(41, 52);
    worker.site.contact(47).email = "bad@example.com".to_owned();
    for _ in 0..30 {
        worker.drain();
        worker.later(40);
    }
    assert!(
        !worker.site.account.refusals_are_whole,
        "what was seen once is not forgotten"
    );
    repair(&mut worker, 47);
    worker.later(WINDOW);
    worker.drain();
    worker.assert_equal();
}
