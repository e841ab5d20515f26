// SPDX-License-Identifier: GPL-3.0-or-later
//! What goes on beside sending: each begins before the trouble, is tried in each round, and has come to its end once the
//! trouble is over.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;

use gcontacts_engine::{Stopped, backup_page, delete_empty_labels, list_cards, list_changes};
use gcontacts_people::oauth::{AuthorizationCode, OAuth, Purpose, Registration, consent_request};
use gcontacts_people::{Deadline, Endpoints, Error, GoogleAddressBook};
use serde_json::json;

use crate::worker::Worker;

/// Pages of one look: more of them is a listing without an end.
const PAGES: usize = 20;

/// Something that goes on beside sending.
pub trait Beside {
    /// Before the trouble.
    fn begin(&mut self, _worker: &mut Worker) {}
    /// Tries it; true once it has come to its end.
    fn round(&mut self, worker: &mut Worker) -> bool;
    /// Whether contacts are sent before it has.
    fn lets_send(&self) -> bool {
        true
    }
    /// What kept it from its end, for people to read.
    fn failure(&self) -> String {
        String::new()
    }
    /// What has to hold in the end.
    fn check(&self, _worker: &Worker) {}
}

struct Nothing;

/// Sending alone.
pub fn nothing() -> Box<dyn Beside> {
    Box::new(Nothing)
}

impl Beside for Nothing {
    fn round(&mut self, _worker: &mut Worker) -> bool {
        true
    }
}

/// The labels that cards have left are deleted.
pub struct EmptyLabels;

impl EmptyLabels {
    pub fn boxed() -> Box<dyn Beside> {
        Box::new(Self)
    }
}

fn labels(worker: &Worker) -> Vec<String> {
    let groups = worker.site.google.state()["groups"].as_array().cloned().unwrap();
    let names = groups.iter().map(|group| group["name"].as_str().unwrap().to_owned());
    names.filter(|name| name.starts_with("Onelog")).collect()
}

impl Beside for EmptyLabels {
    fn begin(&mut self, worker: &mut Worker) {
        assert_eq!(labels(worker), ["Onelog", "Onelog/bob"]);
    }

    fn round(&mut self, worker: &mut Worker) -> bool {
        let tried = worker.call(|site, book, deadline| {
            let tried = site.wait(delete_empty_labels(book, deadline, &site.settings.instance, None));
            tried.stopped.clone().map_or(Ok(tried), Err)
        });
        tried.is_some() && labels(worker) == ["Onelog"]
    }
}

/// What changed at Google is listed by a sync token.
#[derive(Default)]
pub struct Pull {
    token: String,
    told: BTreeSet<String>,
}

impl Pull {
    pub fn boxed() -> Box<dyn Beside> {
        Box::<Self>::default()
    }

    /// One look: every page of it, or nothing of it counts.
    fn look(&mut self, worker: &mut Worker) -> bool {
        let (mut told, mut cursor) = (BTreeSet::new(), String::new());
        for _ in 0..PAGES {
            let page = worker.call(|site, book, deadline| {
                site.wait(list_changes(book, deadline, &site.settings, &self.token, &cursor))
                    .map_err(|error| Stopped::from(&error))
            });
            let Some(page) = page else { return false };
            assert!(page.cards.iter().all(|card| !card.deleted), "nobody deleted a card");
            told.extend(page.cards.into_iter().map(|card| card.resource_name));
            if page.cursor.is_empty() {
                self.token = page.sync_token;
                self.told.extend(told);
                return true;
            }
            cursor = page.cursor;
        }
        panic!("the listing does not come to an end");
    }
}

impl Beside for Pull {
    fn begin(&mut self, worker: &mut Worker) {
        assert!(self.look(worker));
        self.told.clear();
        for id in 1..=2 {
            worker
                .site
                .phone_edit(id, &json!({"nicknames": [{"value": "Typed on the phone"}]}));
        }
    }

    fn round(&mut self, worker: &mut Worker) -> bool {
        self.look(worker)
    }

    fn check(&self, worker: &Worker) {
        for id in 1..=2 {
            assert!(
                self.told.contains(&worker.site.card_name(id)),
                "the edit of {id} was not told"
            );
        }
    }
}

/// All links were lost: every card is read before anything is sent.
#[derive(Default)]
pub struct Adoption {
    is_over: bool,
}

impl Adoption {
    pub fn boxed() -> Box<dyn Beside> {
        Box::<Self>::default()
    }
}

impl Beside for Adoption {
    fn begin(&mut self, worker: &mut Worker) {
        worker.site.links.clear();
        worker.site.labels.clear();
        for id in 1..=10 {
            worker.saved(id);
        }
    }

    fn round(&mut self, worker: &mut Worker) -> bool {
        let (mut cards, mut cursor) = (Vec::new(), String::new());
        while !self.is_over {
            let page = worker.call(|site, book, deadline| {
                site.wait(list_cards(book, deadline, &site.settings, &cursor))
                    .map_err(|error| Stopped::from(&error))
            });
            let Some(page) = page else { return false };
            cards.extend(page.cards);
            cursor = page.cursor;
            if cursor.is_empty() {
                assert_eq!(worker.site.adopt_of(&cards).len(), 10);
                self.is_over = true;
            }
        }
        true
    }

    fn lets_send(&self) -> bool {
        self.is_over
    }
}

/// The whole address book is read into a file.
pub struct Backup;

impl Backup {
    pub fn boxed() -> Box<dyn Beside> {
        Box::new(Self)
    }
}

impl Beside for Backup {
    fn round(&mut self, worker: &mut Worker) -> bool {
        let (mut cards, mut cursor) = (0, String::new());
        loop {
            let page = worker.call(|site, book, deadline| {
                site.wait(backup_page(book, deadline, &cursor))
                    .map_err(|error| Stopped::from(&error))
            });
            let Some(page) = page else { return false };
            cards += page.cards.len();
            cursor = page.cursor;
            if cursor.is_empty() {
                assert_eq!(cards, worker.site.cards().len(), "a backup is whole");
                return true;
            }
        }
    }
}

/// The account is parted from Dolibarr and connected again.
#[derive(Default)]
pub struct Consent {
    is_parted: bool,
    is_connected: bool,
    /// Why it is not.
    failed: Option<String>,
}

const REDIRECT: &str = "https://crm.example/callback";

impl Consent {
    pub fn boxed() -> Box<dyn Beside> {
        Box::<Self>::default()
    }

    /// `GContactsConnection`: code, tokens, whose account it is, whether it may be read.
    fn connect(worker: &mut Worker, deadline: Deadline) -> Result<(), Error> {
        let site = &worker.site;
        let registration = Registration::new("gcontacts-demo.apps.example", "demo-secret", REDIRECT).unwrap();
        let endpoints = Endpoints::new(&site.google.url(), &site.google.url()).unwrap();
        let consent = consent_request(&endpoints, &registration, Purpose::Sync, "").unwrap();
        let code = AuthorizationCode::new(allow(&consent.url));
        let oauth = OAuth::new(site.client.clone());
        let exchange = oauth.exchange_code(&registration, Purpose::Sync, code, consent.verifier, deadline);
        let tokens = site.wait(exchange)?;
        let whose = site.wait(oauth.userinfo(&tokens.access_token, deadline))?;
        assert_eq!(whose.email, crate::site::USER);
        let book = GoogleAddressBook::new(site.client.clone(), tokens.access_token.clone());
        assert_eq!(site.wait(book.count(deadline))?, site.cards().len());
        worker.connected(&tokens);
        Ok(())
    }
}

impl Beside for Consent {
    fn begin(&mut self, worker: &mut Worker) {
        let client = json!({
            "client_id": "gcontacts-demo.apps.example", "client_secret": "demo-secret", "redirect_uris": [REDIRECT],
        });
        worker.site.google.configure(json!({"clients": [client]}));
    }

    fn round(&mut self, worker: &mut Worker) -> bool {
        let deadline = Deadline::after(worker.patience);
        if !self.is_parted {
            // Where Google cannot be told, the account is parted all the same.
            let _untold = worker.revoke(deadline);
            self.is_parted = true;
        }
        if !self.is_connected {
            let connected = Self::connect(worker, deadline);
            self.is_connected = connected.is_ok();
            self.failed = connected.err().map(|error| error.to_string());
        }
        self.is_connected
    }

    fn lets_send(&self) -> bool {
        self.is_connected
    }

    fn failure(&self) -> String {
        self.failed.clone().unwrap_or_default()
    }
}

/// Allows all on the consent page, as its form does, and yields the code that the browser is sent back with.
fn allow(url: &str) -> String {
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let form = format!("decision=allow&account={}", crate::site::USER);
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, rest) = answer
        .split_once("code=")
        .unwrap_or_else(|| panic!("no code: {answer}"));
    let code = rest.split(['&', '\r', '\n']).next().unwrap();
    // What a code is made of beside letters and digits.
    [("%2F", "/"), ("%2D", "-"), ("%5F", "_")]
        .iter()
        .fold(code.to_owned(), |code, (hidden, plain)| code.replace(hidden, plain))
}
