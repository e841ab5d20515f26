// SPDX-License-Identifier: GPL-3.0-or-later
//! Every trouble that the emulator can make, in every method that the product calls: once, and as long as it lasts.
//!
//! Both lists are read where they are made, so that a new trouble is tried by itself, and a new method fails a test until
//! there is something here that makes the product call it. However the trouble went, after it both sides are equal by one
//! drain.

mod beside;
mod scenarios;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use people_emulator::{Config, Server};
use serde_json::{Value, json};

use crate::worker::{WINDOW, Worker};
use scenarios::{SCENARIOS, Scenario};

/// The troubles: an example of each of the emulator's, and the errors that mean something else than "try again". A call
/// that takes its time takes longer than the worker has, however fast both are: it is held.
fn troubles() -> Vec<Value> {
    let google = Server::start(Config::default());
    let mut troubles = google
        .control("GET", "/_faults/actions", json!({}))
        .as_array()
        .cloned()
        .unwrap();
    for latency in troubles.iter_mut().filter_map(|trouble| trouble.get_mut("latency")) {
        *latency = json!({"where": "after"});
    }
    troubles.extend([400, 401, 403, 409, 429, 500].map(|http| json!({"error": {"http": http}})));
    troubles.push(json!({"error": {"http": 429, "retry_after": 90}}));
    troubles.push(json!({"partial_batch": {"keep": 2, "then": {"error": {"http": 503}}}}));
    troubles
}

/// Ten contacts that are at Google, beside a card and a label of the phone's user.
fn settled(config: Config) -> Worker {
    let mut worker = Worker::with(config);
    let google = &worker.site.google;
    google.phone(json!({"op": "create_group", "group": "Friends"}));
    google.phone(json!({"op": "create", "person": {"names": [{"familyName": "Hers"}]}}));
    worker.add(1, 10);
    assert_eq!(worker.drain(), None);
    worker.later(WINDOW);
    worker.site.google.clear_log();
    worker
}

/// What is nobody's but the phone's user's.
fn hers(worker: &Worker) -> (Value, Vec<Value>) {
    let groups = worker.site.google.state()["groups"].as_array().cloned().unwrap();
    let friends = groups.into_iter().filter(|group| group["name"] == "Friends").collect();
    (worker.site.card("Hers"), friends)
}

/// Plays one cell, and returns how often the trouble happened.
fn play(scenario: &Scenario, trouble: &Value, times: u64, config: Config) -> u64 {
    let mut worker = settled(config);
    let before = hers(&worker);
    let mut beside = (scenario.beside)();
    (scenario.arrange)(&mut worker);
    beside.begin(&mut worker);
    worker.site.google.clear_faults();
    let fault = json!({"match": scenario.method, "times": times, "action": trouble});
    worker.site.google.order_fault(fault);
    // As long as a call is held, the worker waits; else time enough for a machine that is busy with other things.
    worker.patience = Duration::from_millis(if trouble.get("latency").is_some() { 700 } else { 2000 });
    let mut happened = 0;
    for (round, wait) in [0, 31, 61, WINDOW, WINDOW, WINDOW, WINDOW].into_iter().enumerate() {
        if beside.round(&mut worker) || beside.lets_send() {
            worker.drain();
        }
        worker.later(wait);
        if trouble.get("latency").is_some() {
            end_given_up(&worker.site.google);
        }
        happened = worker.site.google.faults()[0]["played"].as_u64().unwrap();
        if round >= 3 && happened > 0 {
            break;
        }
        if happened == 0 {
            worker.patience *= 2;
        }
    }
    worker.site.google.clear_faults();
    worker.patience = Duration::from_secs(20);
    if worker.needs_consent {
        worker.reconnect();
    }
    worker.later(2 * 3600);
    let ended = beside.round(&mut worker);
    assert!(ended, "what goes on beside sending does not end: {}", beside.failure());
    beside.check(&worker);
    // Refused for good, as far as Google said: somebody presses the button on the contact's page.
    for id in std::mem::take(&mut worker.refused) {
        worker.saved(id);
    }
    worker.later(2 * 3600);
    // A label that Google refuses keeps no card waiting: it comes with the next change, or the daily reconciliation.
    if trouble["error"]["http"] == 400 {
        for id in worker.site.contacts.keys().copied().collect::<Vec<_>>() {
            worker.saved(id);
        }
    }
    assert_eq!(worker.drain(), None);
    worker.assert_equal();
    assert_eq!(hers(&worker), before, "somebody else's card or label");
    assert_eq!(worker.site.google.log()["overlapping_mutations"], 0);
    happened
}

/// Lets the calls end that the worker has given up: what they still do at Google, and the end of what is under way there.
fn end_given_up(google: &Server) {
    let end = Instant::now() + Duration::from_mins(1);
    while google.calls()["under_way"] != 0 {
        assert!(Instant::now() < end, "a call does not end");
        google.release();
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A cell: its name, what it plays, and how Google is set.
struct Cell<'a> {
    name: String,
    scenario: &'a Scenario,
    trouble: &'a Value,
    times: u64,
    config: Config,
}

/// Plays cells with some threads, for most of the time is waiting. To look at one: `GCONTACTS_CELL='get "garbage" x1'`
fn play_all(mut cells: Vec<Cell<'_>>) {
    let only = std::env::var("GCONTACTS_CELL").unwrap_or_default();
    cells.retain(|cell| cell.name.contains(&only));
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                while let Some(cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let played = || play(cell.scenario, cell.trouble, cell.times, cell.config.clone());
                    let what = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(played)) {
                        Ok(0) => "it never happened".to_owned(),
                        Ok(_) => continue,
                        Err(panic) => panic.downcast_ref::<String>().cloned().unwrap_or_default(),
                    };
                    failures.lock().unwrap().push(format!("{}: {what}", cell.name));
                }
            });
        }
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(
        failures.is_empty(),
        "{} cells failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn after_any_trouble_in_any_method_one_drain_leaves_both_sides_equal() {
    let troubles = troubles();
    let mut cells = Vec::new();
    for scenario in &SCENARIOS {
        for trouble in &troubles {
            cells.extend([1, 0].map(|times| Cell {
                name: format!("{} {trouble} x{times}", scenario.client),
                scenario,
                trouble,
                times,
                config: Config::default(),
            }));
        }
    }
    play_all(cells);
}

/// The settings in which one switch, and none but it, stands otherwise than by default; and both readings as a whole.
fn settings() -> Vec<(String, Config)> {
    let switches = Config::switches().unwrap();
    assert!(switches.len() >= 20, "{} switches", switches.len());
    let profiles = ["strict", "lenient"].map(|name| json!({"profile": name}));
    let changes = switches.into_iter().map(Value::Object).chain(profiles);
    changes
        .map(|change| (change.to_string(), Config::default().changed(&change).unwrap()))
        .collect()
}

#[test]
fn whatever_google_leaves_open_a_lost_answer_and_a_refusal_end_well() {
    let settings = settings();
    let troubles = [json!("drop_after"), json!({"error": {"http": 400}})];
    let mut cells = Vec::new();
    for (name, config) in &settings {
        for scenario in &SCENARIOS {
            cells.extend(troubles.iter().map(|trouble| Cell {
                name: format!("{name} {} {trouble}", scenario.client),
                scenario,
                trouble,
                times: 1,
                config: config.clone(),
            }));
        }
    }
    play_all(cells);
}

#[test]
fn every_method_that_the_client_has_is_in_the_matrix() {
    let sources = [
        include_str!("../../../../gcontacts-people/src/address_book.rs"),
        include_str!("../../../../gcontacts-people/src/oauth.rs"),
        include_str!("../../../../gcontacts-people/src/google_address_book.rs"),
    ];
    let mut methods: Vec<&str> = sources
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("async fn "))
        .filter_map(|rest| rest.split(['(', '<']).next())
        .filter(|name| !["send", "answer", "exchange", "connections"].contains(name))
        .collect();
    methods.sort_unstable();
    methods.dedup();
    let mut played: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.client).collect();
    played.sort_unstable();
    played.dedup();
    assert_eq!(methods, played);
}
