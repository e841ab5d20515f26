// SPDX-License-Identifier: GPL-3.0-or-later
//! Google's quotas switched on: all is done in the end, nothing twice, and hardly a call is refused.
//!
//! Time passes for both sides together, when the site is told to leave the account alone.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gcontacts_engine::{SystemClock, Verdict};
use gcontacts_people::{Deadline, Limiter, Pace, Pacer};
use people_emulator::{Bucket, Config};
use serde_json::{Value, json};

use crate::site::Site;

/// A site that sends as its worker does: batch after batch, each in a process of its own, pausing exactly as long as told.
struct Paced {
    site: Site,
    pace: Pace,
    limiter: String,
    ahead: Rc<Cell<u64>>,
    /// Each pause, with the reason.
    pauses: Vec<(String, u64)>,
}

impl Paced {
    fn new(limits: &[(Bucket, u64)], writes_per_minute: u32, contacts: u64) -> Self {
        let mut site = Site::with(Config {
            quotas: limits.iter().copied().collect(),
            ..Config::of_environment().unwrap()
        });
        site.add(contacts);
        Self {
            site,
            pace: Pace { writes_per_minute },
            limiter: String::new(),
            ahead: Rc::default(),
            pauses: Vec::new(),
        }
    }

    fn pass(&mut self, seconds: u64) {
        self.ahead.set(self.ahead.get() + seconds);
        self.site.google.advance_clock(i64::try_from(seconds).unwrap());
        self.site.renew_token();
    }

    fn pacer(&self) -> Pacer {
        let ahead = self.ahead.clone();
        let now = move || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + ahead.get();
        Pacer::with_clock(Limiter::from_json(&self.limiter), self.pace, Rc::new(now))
    }

    /// Sends all contacts, in at most so many pauses.
    fn send_all(&mut self, most_pauses: usize) {
        let ids: Vec<u64> = self.site.contacts.keys().copied().collect();
        let mut batches = ids.chunks(200).peekable();
        while let Some(batch) = batches.peek() {
            let pacer = self.pacer();
            // Too little time for any wait of the limiter's.
            let deadline = Deadline::after(Duration::from_secs(20));
            let book = self.site.book().paced(pacer.clone());
            let drained = self.site.drain_into(&book, &SystemClock, batch, deadline);
            self.limiter = pacer.limiter().to_json();
            if drained.sent.outcomes.iter().any(|row| row.result == Verdict::Unknown) {
                self.site.resolve();
            }
            let Some(stopped) = drained.sent.stopped else {
                if drained.sent.outcomes.iter().all(|row| row.result == Verdict::Done) {
                    batches.next();
                }
                continue;
            };
            let wait = stopped.retry_after.unwrap_or_else(|| panic!("{stopped:?}"));
            self.pauses.push((stopped.reason, wait));
            assert!(self.pauses.len() <= most_pauses, "{:?}", self.pauses);
            self.pass(wait);
        }
    }

    /// How many calls Google has refused for a quota.
    fn refusals(&self) -> u64 {
        let log = self.site.google.log();
        let counts = log["counts"].as_object().cloned().unwrap();
        counts.values().filter_map(|statuses| statuses["429"].as_u64()).sum()
    }

    fn all_are_there_once(&self) {
        assert_eq!(self.site.cards().len(), self.site.contacts.len());
    }
}

/// What Google's console shows for a new project.
const NEW_PROJECT: [(Bucket, u64); 6] = [
    (Bucket::CriticalRead, 60),
    (Bucket::CriticalWrite, 30),
    (Bucket::Read, 90),
    (Bucket::Write, 30),
    (Bucket::PhotoWrite, 50),
    (Bucket::DailyWrite, 100_000),
];

fn with_writes(limit: u64) -> Vec<(Bucket, u64)> {
    let others = NEW_PROJECT
        .into_iter()
        .filter(|(bucket, _)| *bucket != Bucket::CriticalWrite);
    others.chain([(Bucket::CriticalWrite, limit)]).collect()
}

#[test]
fn five_thousand_contacts_at_thirty_writes_a_minute_without_one_useless_call() {
    let mut paced = Paced::new(&NEW_PROJECT, 30, 5000);
    paced.send_all(5);
    paced.all_are_there_once();
    assert_eq!(paced.refusals(), 0);
    assert_eq!(paced.site.calls("people.batchCreateContacts"), 25);
    assert!(
        paced
            .pauses
            .iter()
            .all(|(reason, wait)| reason == "quota_rate" && *wait <= 61)
    );
}

#[test]
fn a_google_that_gives_less_refuses_once_a_minute_at_most() {
    let mut paced = Paced::new(&with_writes(18), 30, 2400);
    paced.send_all(8);
    paced.all_are_there_once();
    // A minute of Google's that begins while it is being learned costs one more.
    assert!((1..=2).contains(&paced.refusals()), "{:?}", paced.pauses);
}

#[test]
fn without_a_limit_of_our_own_google_s_is_learned() {
    let mut paced = Paced::new(&with_writes(18), 0, 2400);
    paced.send_all(8);
    paced.all_are_there_once();
    assert!((1..=2).contains(&paced.refusals()), "{:?}", paced.pauses);
}

fn every_third_call(retry_after: &Value) {
    let mut paced = Paced::new(&[], 30, 1200);
    let quota = json!({"http": 429, "retry_after": retry_after, "message": "Quota exceeded for quota metric 'x'."});
    paced
        .site
        .google
        .order_fault(json!({"match": "*", "every": 3, "times": 0, "action": {"error": quota}}));
    paced.send_all(8);
    paced.all_are_there_once();
    let log = paced.site.google.log();
    let asked = log["entries"].as_array().unwrap().len() as u64;
    assert_eq!(
        paced.refusals(),
        asked / 3,
        "no call but those that every third one costs"
    );
    if let Some(hint) = retry_after.as_u64() {
        let obeyed = paced.pauses.iter().filter(|(_, wait)| *wait >= hint).count();
        assert_eq!(obeyed as u64, paced.refusals(), "{:?}", paced.pauses);
    }
}

#[test]
fn every_third_call_is_refused_without_a_hint() {
    every_third_call(&Value::Null);
}

#[test]
fn every_third_call_is_refused_with_a_hint() {
    every_third_call(&json!(100));
}

#[test]
fn three_minutes_of_refusals_cost_a_call_for_each_wait_and_waits_grow() {
    let mut paced = Paced::new(&[], 30, 1000);
    let quota = json!({"http": 429, "message": "Quota exceeded for quota metric 'x'."});
    paced
        .site
        .google
        .order_fault(json!({"match": "people.*", "times": 0, "action": {"error": quota}}));
    let (began, ids) = (paced.ahead.get(), (1..=1000).collect::<Vec<u64>>());
    while paced.ahead.get() - began < 180 {
        let pace = paced.pacer();
        let book = paced.site.book().paced(pace.clone());
        let drained = paced.site.drain_into(
            &book,
            &SystemClock,
            &ids[..200],
            Deadline::after(Duration::from_secs(20)),
        );
        paced.limiter = pace.limiter().to_json();
        let wait = drained.sent.stopped.unwrap().retry_after.unwrap();
        paced.pauses.push((String::new(), wait));
        paced.pass(wait);
    }
    let waits: Vec<u64> = paced.pauses.iter().map(|(_, wait)| *wait).collect();
    assert_eq!((waits, paced.refusals()), (vec![61, 121], 2));
    paced.site.google.clear_faults();
    paced.send_all(8);
    paced.all_are_there_once();
}

#[test]
fn the_backend_s_refusal_and_a_full_account_are_no_storm() {
    let mut paced = Paced::new(&[], 30, 200);
    paced
        .site
        .google
        .order_fault(json!({"match": "write", "times": 3, "action": "fbs_quota"}));
    paced.send_all(4);
    let waits: Vec<u64> = paced.pauses.iter().map(|(_, wait)| *wait).collect();
    assert_eq!(waits, [901, 1801, 3601]);
    assert_eq!(paced.refusals(), 3);
    paced.all_are_there_once();

    paced.site.google.configure(json!({"max_contacts": 200}));
    paced.site.add(400);
    let ids: Vec<u64> = (201..=400).collect();
    let drained = paced.site.drain_some(&ids, Duration::from_secs(20));
    let stopped = drained.sent.stopped.unwrap();
    assert_eq!(
        (stopped.reason.as_str(), stopped.retry_after),
        ("account_full", Some(3600))
    );
}

#[test]
fn a_short_wait_is_taken_inside_the_call() {
    let mut paced = Paced::new(&[], 30, 200);
    let quota = json!({"http": 429, "retry_after": 1, "message": "Quota exceeded for quota metric 'x'."});
    paced
        .site
        .google
        .order_fault(json!({"match": "people.batchCreateContacts", "action": {"error": quota}}));
    paced.send_all(0);
    paced.all_are_there_once();
    assert_eq!(paced.refusals(), 1);
}
