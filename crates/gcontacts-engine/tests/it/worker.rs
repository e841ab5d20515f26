// SPDX-License-Identifier: GPL-3.0-or-later
//! PHP's side of sending, for the tests of many troubles: the outbox, what waits and for how long, the access token and
//! the account's pauses. `php-module/class/push` is the original of each rule here.
//!
//! It leaves out what needs a database: rows of third parties and users, the lease, the run's log, the questions that an
//! administrator is asked. `tests/dolibarr` has those.

mod account;
mod equal;

use std::collections::BTreeMap;
use std::time::Duration;

use gcontacts_core::record::Link;
use gcontacts_core::{Marker, ResourceName};
use gcontacts_engine::{Action, Outcome, Stopped, SystemClock, Verdict, resolve};
use gcontacts_people::{Deadline, Person};
use people_emulator::Config;
use serde_json::json;

use crate::site::{Site, USER, no_link};

/// Seconds after which a create that no listing shows is known not to have happened (`GContactsSettings`).
pub const WINDOW: i64 = 600;

/// A Dolibarr whose saves wait in an outbox, and the worker that empties it.
pub struct Worker {
    pub site: Site,
    /// When each contact is due, in seconds.
    pub outbox: BTreeMap<u64, i64>,
    /// Time that one step may take.
    pub patience: Duration,
    /// Whether only a new consent helps.
    pub needs_consent: bool,
    /// Contacts whose records Google or the engine refused.
    pub refused: Vec<u64>,
    waits: BTreeMap<u64, Waiting>,
    /// Whether a refused batch made some of its cards.
    makes_some: bool,
    now: i64,
    paused_until: i64,
    pauses: u32,
    has_access: bool,
    access_until: i64,
    refresh: String,
}

/// What the link's row knows beside the link.
#[derive(Clone, Copy, Default)]
struct Waiting {
    sent_at: i64,
    next_try: i64,
    attempts: u32,
    batch_refused: bool,
}

impl Worker {
    pub fn with(config: Config) -> Self {
        let mut worker = Self {
            site: Site::with(config),
            outbox: BTreeMap::new(),
            patience: Duration::from_secs(20),
            needs_consent: false,
            refused: Vec::new(),
            waits: BTreeMap::new(),
            makes_some: false,
            now: 1_000_000,
            paused_until: 0,
            pauses: 0,
            has_access: true,
            access_until: 0,
            refresh: String::new(),
        };
        worker.reconnect();
        worker
    }

    /// Contacts from `first` to `last`, saved.
    pub fn add(&mut self, first: u64, last: u64) {
        for id in first..=last {
            let contact = crate::site::contact(&format!("Name{id}"));
            self.site.contacts.insert(id, (Some(contact), None));
            self.saved(id);
        }
    }

    /// A trigger wrote a row.
    pub fn saved(&mut self, id: u64) {
        self.outbox.insert(id, self.now);
    }

    /// Lets time pass for both sides.
    pub fn later(&mut self, seconds: i64) {
        self.now += seconds;
        self.site.google.advance_clock(seconds);
    }

    /// The consent is given again.
    pub fn reconnect(&mut self) {
        let tokens = self.site.google.control("POST", "/_token", json!({"user": USER}));
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        (self.site.token, self.refresh) = (text("access_token"), text("refresh_token"));
        (self.needs_consent, self.has_access, self.paused_until) = (false, true, 0);
        self.access_until = self.now + 3599;
    }

    /// The stored access token is too old to be used.
    pub fn forget_access(&mut self) {
        self.has_access = false;
    }

    /// `GContactsWorker::drain`: sends what is due until nothing is, or something ends it.
    pub fn drain(&mut self) -> Option<Stopped> {
        if self.needs_consent || self.paused_until > self.now {
            return None;
        }
        let (mut token_refused, mut progress) = (false, false);
        for _ in 0..100 {
            let (idle, stopped) = match self.step(&mut progress) {
                Ok(idle) => (idle, None),
                Err(stopped) => (false, Some(stopped)),
            };
            if stopped.as_ref().is_some_and(OfToken::is_of_token) && !token_refused {
                token_refused = true;
                self.forget_access();
            } else if let Some(stopped) = stopped {
                self.apply(&stopped, progress);
                return Some(stopped);
            } else if idle {
                return None;
            }
        }
        panic!("the worker does not come to an end: {:?}", self.outbox);
    }

    /// `GContactsStop::applyTo`.
    fn apply(&mut self, stopped: &Stopped, progress: bool) {
        let consent = [
            "token_expired",
            "token_invalid",
            "scope_missing",
            "invalid_grant",
            "reconnect",
        ];
        if consent.contains(&stopped.reason.as_str()) {
            self.needs_consent = true;
        } else if !(stopped.reason == "deadline" && progress) {
            let wait = i64::try_from(stopped.retry_after.unwrap_or_default()).unwrap();
            self.paused_until = self.now + wait.max(backoff(self.pauses));
            self.pauses += 1;
        }
    }

    /// `GContactsWorker::step`: true where nothing is due.
    fn step(&mut self, progress: &mut bool) -> Result<bool, Stopped> {
        self.resolve()?;
        let due = self.outbox.iter().filter(|(_, due)| **due <= self.now);
        let ids: Vec<u64> = due.map(|(id, _)| *id).take(200).collect();
        if ids.is_empty() {
            return Ok(true);
        }
        self.refresh_token()?;
        let (book, deadline) = (self.site.book(), Deadline::after(self.patience));
        let drained = self.site.send_into(&book, &SystemClock, &ids, deadline);
        let stopped = drained.sent.stopped.clone();
        if stopped.is_none() {
            (self.paused_until, self.pauses) = (0, 0);
        }
        let rows: BTreeMap<u64, &Outcome> = drained.sent.outcomes.iter().map(|row| (row.id, row)).collect();
        for intent in &drained.intents {
            let delay = match rows.get(&intent.id) {
                Some(row) => self.store(row, progress),
                None => self.untold(intent.id, intent.action),
            };
            match delay {
                None => drop(self.outbox.remove(&intent.id)),
                Some(_) if stopped.is_some() => drop(self.outbox.insert(intent.id, self.now)),
                Some(seconds) if seconds > 0 => drop(self.outbox.insert(intent.id, self.now + seconds)),
                Some(_) => {}
            }
        }
        stopped.map_or(Ok(false), Err)
    }

    /// What needed no call; returns the seconds until the next try, none where nothing is left to do.
    fn untold(&mut self, id: u64, action: Action) -> Option<i64> {
        match action {
            Action::Wait => {
                let waiting = self.waits.get(&id).copied().unwrap_or_default();
                return Some((waiting.next_try - self.now).max(0));
            }
            Action::LeftOut => drop(self.site.links.remove(&id)),
            Action::Refused => self.refused.push(id),
            _ => drop(self.waits.remove(&id)),
        }
        None
    }

    /// `GContactsVerdict::of`; returns as [`Self::untold`].
    fn store(&mut self, row: &Outcome, progress: &mut bool) -> Option<i64> {
        let link = self.site.links.entry(row.id).or_insert_with(no_link);
        let missing = row.reason == "not_found" && row.action == Action::Update;
        if missing && row.result != Verdict::Done && link.resource_name.is_some() {
            return Some(self.lost(row.id));
        }
        match row.result {
            Verdict::Done if matches!(row.action, Action::Delete | Action::Release) => {
                *progress = true;
                self.site.links.remove(&row.id);
                self.waits.remove(&row.id);
                None
            }
            Verdict::Done => {
                *progress = true;
                link.nonce.clear();
                link.resource_name = Some(ResourceName(row.resource_name.clone()));
                link.sent = Some(row.sent.clone());
                link.person = Some(row.person.clone());
                self.waits.remove(&row.id);
                None
            }
            Verdict::Refused => {
                link.nonce.clear();
                self.waits.remove(&row.id);
                self.refused.push(row.id);
                None
            }
            Verdict::Unknown => {
                let waiting = Waiting {
                    sent_at: self.now,
                    next_try: next_look(0, self.now, self.now),
                    attempts: self.waits.get(&row.id).map_or(0, |waiting| waiting.attempts),
                    batch_refused: row.reason == "batch_refused",
                };
                self.waits.insert(row.id, waiting);
                Some((waiting.next_try - self.now).max(0))
            }
            Verdict::Later => {
                link.nonce.clear();
                let waiting = self.waits.entry(row.id).or_default();
                let delay = backoff(waiting.attempts);
                waiting.attempts += 1;
                Some(delay)
            }
        }
    }

    /// `GContactsVerdict::lost`: the card is looked for by the marker that it carried.
    fn lost(&mut self, id: u64) -> i64 {
        let link = self.site.links.get_mut(&id).unwrap();
        let waiting = self.waits.entry(id).or_default();
        let delay = if waiting.attempts > 0 {
            backoff(waiting.attempts)
        } else {
            0
        };
        let nonce = marker(link, id).map(|marker| marker.nonce).unwrap_or_default();
        let sent_at = if nonce.is_empty() { 0 } else { self.now - WINDOW };
        *waiting = Waiting {
            sent_at,
            next_try: self.now + delay,
            attempts: waiting.attempts + 1,
            batch_refused: false,
        };
        link.nonce = nonce;
        (link.resource_name, link.person) = (None, None);
        delay
    }

    /// `GContactsResolution::run`.
    fn resolve(&mut self) -> Result<(), Stopped> {
        let unresolved = |link: &Link| link.resource_name.is_none() && !link.nonce.is_empty();
        let links = self.site.links.iter().filter(|(_, link)| unresolved(link));
        let waiting: Vec<(u64, String, Waiting)> = links
            .map(|(id, link)| (*id, link.nonce.clone(), self.waits.get(id).copied().unwrap_or_default()))
            .collect();
        if waiting.iter().all(|(_, _, waiting)| waiting.next_try > self.now) {
            return Ok(());
        }
        self.refresh_token()?;
        let nonces: Vec<String> = waiting.iter().map(|(_, nonce, _)| nonce.clone()).collect();
        let (book, deadline) = (self.site.book(), Deadline::after(self.patience));
        let listing = self.site.wait(resolve(&book, deadline, &nonces));
        for (id, nonce, mut waiting) in waiting {
            let found = listing.found.iter().find(|found| found.nonce == nonce);
            let late = listing.complete && self.now >= waiting.sent_at + WINDOW;
            let taken = |name: &str| {
                let others = self.site.links.iter().filter(|(other, _)| **other != id);
                others
                    .filter_map(|(_, link)| link.resource_name.as_ref())
                    .any(|other| other.0 == name)
            };
            let found = found.filter(|found| !taken(&found.resource_name));
            let link = self.site.links.get_mut(&id).unwrap();
            if let Some(found) = found {
                link.resource_name = Some(ResourceName(found.resource_name.clone()));
                link.person = Some(found.person.clone());
            } else if late {
                (link.sent, link.person) = (None, None);
                self.waits.remove(&id);
            } else if listing.stopped.as_ref().is_some_and(OfToken::is_of_token) {
                // Nobody has looked: with a fresh token it is done at once.
                continue;
            } else {
                waiting.attempts += 1;
                waiting.next_try = next_look(waiting.attempts, waiting.sent_at, self.now);
                self.waits.insert(id, waiting);
                continue;
            }
            if waiting.batch_refused {
                self.makes_some |= found.is_some();
                self.site.account.refusals_are_whole = !self.makes_some;
            }
            link.nonce.clear();
            self.saved(id);
        }
        listing.stopped.map_or(Ok(()), Err)
    }
}

/// What `GContactsStop` says of a reason.
trait OfToken {
    fn is_of_token(&self) -> bool;
}

impl OfToken for Stopped {
    fn is_of_token(&self) -> bool {
        matches!(self.reason.as_str(), "token_expired" | "token_invalid")
    }
}

fn marker(link: &Link, id: u64) -> Option<Marker> {
    let person: Person = serde_json::from_str(link.person.as_deref()?).unwrap();
    person.markers().into_iter().find(|marker| marker.id == id)
}

/// `GContactsBackoff::seconds`.
fn backoff(attempts: u32) -> i64 {
    (30 * 2_i64.pow(attempts.min(10))).min(3600)
}

/// `GContactsBackoff::nextLook`.
fn next_look(attempts: u32, sent_at: i64, now: i64) -> i64 {
    let (next, certain) = (now + backoff(attempts), sent_at + WINDOW);
    if certain > now {
        next.min(certain)
    } else if attempts == 0 {
        now
    } else {
        next
    }
}
