// SPDX-License-Identifier: GPL-3.0-or-later
//! Answers that no server that we know gives, played by an address book of our own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use gcontacts_core::ResourceName;
use gcontacts_engine::{SystemClock, Verdict, list_cards, list_changes};
use gcontacts_people::{
    AddressBook, BatchOutcomes, ContactGroup, Deadline, Error, FieldMask, GoogleError, GroupData, MembersModified,
    Page, Person, Reason, SyncPage,
};
use serde_json::json;

use crate::site::{Drained, Site};

type OfPerson = Box<dyn FnOnce(&Person) -> Result<Person, Error>>;
type OfPeople = Box<dyn FnOnce(&[Person]) -> Result<BatchOutcomes, Error>>;

/// The answer to one call, made of the people that were asked about.
enum Reply {
    Person(OfPerson),
    People(OfPeople),
    Read(Box<dyn FnOnce() -> Result<Person, Error>>),
    Listing(Result<Page<Person>, Error>),
    Sync(Result<SyncPage, Error>),
    Group(Result<ContactGroup, Error>),
    Members(Result<MembersModified, Error>),
}

/// An address book that expects calls in an order.
struct Played(RefCell<VecDeque<(&'static str, Reply)>>);

impl Played {
    fn of(script: Vec<(&'static str, Reply)>) -> Self {
        Self(RefCell::new(script.into()))
    }

    fn next(&self, method: &str) -> Reply {
        let (expected, reply) = self
            .0
            .borrow_mut()
            .pop_front()
            .unwrap_or_else(|| panic!("unexpected {method}"));
        assert_eq!(expected, method, "another call was expected");
        reply
    }

    fn unexpected(&self, method: &str) -> ! {
        panic!(
            "{method} was called, expected: {:?}",
            self.0.borrow().front().map(|(expected, _)| *expected)
        )
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let left: Vec<_> = self.0.borrow().iter().map(|(method, _)| *method).collect();
            assert!(left.is_empty(), "never called: {left:?}");
        }
    }
}

macro_rules! reply {
    ($book:expr, $method:literal, $kind:ident) => {
        match $book.next($method) {
            Reply::$kind(reply) => reply,
            _ => panic!("the script has another kind of reply to {}", $method),
        }
    };
}

impl AddressBook for Played {
    async fn create(&self, person: &Person, _: Deadline) -> Result<Person, Error> {
        reply!(self, "create", Person)(person)
    }

    async fn get(&self, _: &ResourceName, _: Deadline) -> Result<Person, Error> {
        reply!(self, "get", Read)()
    }

    async fn update(&self, person: &Person, _: &FieldMask, _: Deadline) -> Result<Person, Error> {
        reply!(self, "update", Person)(person)
    }

    async fn delete(&self, _: &ResourceName, _: Deadline) -> Result<(), Error> {
        self.unexpected("delete")
    }

    async fn batch_create(&self, people: &[Person], _: Deadline) -> Result<BatchOutcomes, Error> {
        reply!(self, "batch_create", People)(people)
    }

    async fn batch_update(&self, people: &[Person], _: &FieldMask, _: Deadline) -> Result<BatchOutcomes, Error> {
        reply!(self, "batch_update", People)(people)
    }

    async fn batch_delete(&self, _: &[ResourceName], _: Deadline) -> Result<(), Error> {
        self.unexpected("batch_delete")
    }

    async fn batch_get(&self, _: &[ResourceName], _: Deadline) -> Result<BatchOutcomes, Error> {
        self.unexpected("batch_get")
    }

    async fn list(&self, _: Option<&str>, _: Deadline) -> Result<Page<Person>, Error> {
        reply!(self, "list", Listing)
    }

    async fn sync(&self, _: Option<&str>, _: Option<&str>, _: Deadline) -> Result<SyncPage, Error> {
        reply!(self, "sync", Sync)
    }

    async fn list_backup(&self, _: Option<&str>, _: Deadline) -> Result<Page<Person>, Error> {
        self.unexpected("list_backup")
    }

    async fn list_groups(&self, _: Option<&str>, _: Deadline) -> Result<Page<ContactGroup>, Error> {
        self.unexpected("list_groups")
    }

    async fn create_group(&self, _: &str, _: &[GroupData], _: Deadline) -> Result<ContactGroup, Error> {
        reply!(self, "create_group", Group)
    }

    async fn rename_group(&self, _: &ResourceName, _: &str, _: Deadline) -> Result<ContactGroup, Error> {
        self.unexpected("rename_group")
    }

    async fn delete_group(&self, _: &ResourceName, _: Deadline) -> Result<(), Error> {
        self.unexpected("delete_group")
    }

    async fn modify_members(
        &self,
        _: &ResourceName,
        _: &[ResourceName],
        _: &[ResourceName],
        _: Deadline,
    ) -> Result<MembersModified, Error> {
        reply!(self, "modify_members", Members)
    }
}

fn google(http_status: u16, reason: Reason, message: &str) -> Error {
    let error = GoogleError {
        http_status,
        message: message.to_owned(),
        ..GoogleError::default()
    };
    Error::Google {
        reason,
        error: Box::new(error),
    }
}

fn stale() -> Error {
    google(
        400,
        Reason::EtagStale,
        "Request person.etag is different than the current person.etag.",
    )
}

fn label() -> (&'static str, Reply) {
    let group = json!({"resourceName": "contactGroups/1a", "name": "Onelog", "groupType": "USER_CONTACT_GROUP"});
    ("create_group", Reply::Group(Ok(serde_json::from_value(group).unwrap())))
}

/// The person of a create as Google would keep it.
fn kept(person: &Person, number: usize) -> Person {
    let mut person = person.clone();
    person
        .as_object_mut()
        .insert("resourceName".to_owned(), json!(format!("people/c{number}")));
    let source = json!({"sources": [{"type": "CONTACT", "id": format!("{number:x}"), "etag": "#1"}]});
    person.as_object_mut().insert("metadata".to_owned(), source);
    person
}

fn drain(site: &mut Site, script: Vec<(&'static str, Reply)>) -> Drained {
    let ids: Vec<u64> = site.contacts.keys().copied().collect();
    site.drain_into(
        &Played::of(script),
        &SystemClock,
        &ids,
        Deadline::after(Duration::from_secs(5)),
    )
}

#[test]
fn an_answer_without_a_resource_name_is_no_answer() {
    let mut site = Site::new();
    site.add(1);
    let drained = drain(
        &mut site,
        vec![label(), ("create", Reply::Person(Box::new(|_| Ok(Person::default()))))],
    );
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Unknown, "bad_answer")
    );
}

#[test]
fn each_item_of_a_batch_has_its_own_fate() {
    let mut site = Site::new();
    site.add(6);
    let answer = |people: &[Person]| {
        let mut outcomes: BatchOutcomes = people
            .iter()
            .enumerate()
            .map(|(at, person)| Ok(kept(person, at + 1)))
            .collect();
        outcomes[1] = Err(google(400, Reason::InvalidValue, "Invalid birthday."));
        outcomes[2] = Err(google(503, Reason::ServerError, "Unavailable."));
        outcomes[3] = Err(google(429, Reason::AccountFull, "MY_CONTACTS_OVERFLOW_COUNT"));
        Ok(outcomes)
    };
    let drained = drain(
        &mut site,
        vec![label(), ("batch_create", Reply::People(Box::new(answer)))],
    );
    assert_eq!(
        drained.results(),
        [
            (1, Verdict::Done),
            (2, Verdict::Refused),
            (3, Verdict::Unknown),
            (4, Verdict::Later),
            (5, Verdict::Done),
            (6, Verdict::Done)
        ]
    );
    assert_eq!(drained.row(2).message, "Invalid birthday.");
    assert_eq!(drained.sent.stopped.as_ref().unwrap().reason, "account_full");
}

#[test]
fn the_others_of_a_refused_batch_stay_unknown_and_the_run_goes_on() {
    let mut site = Site::new();
    site.add(6);
    let contact_errors = vec![gcontacts_people::ContactError {
        key: "0".to_owned(),
        message: "Invalid e-mail.".to_owned(),
    }];
    let refusal = GoogleError {
        http_status: 400,
        message: "Invalid e-mail.".to_owned(),
        contact_errors,
        ..Default::default()
    };
    let refusal = Error::Google {
        reason: Reason::InvalidValue,
        error: Box::new(refusal),
    };
    let script = vec![label(), ("batch_create", Reply::People(Box::new(|_| Err(refusal))))];
    let drained = drain(&mut site, script);
    assert_eq!(drained.row(1).result, Verdict::Refused);
    assert!(
        (2..=6).all(|id| drained.row(id).result == Verdict::Unknown),
        "{:?}",
        drained.results()
    );
    assert_eq!(drained.sent.stopped, None);
}

#[test]
fn a_card_that_changes_faster_than_it_is_sent_waits() {
    let mut site = Site::with_cards(1);
    site.contact(1).job_title = "Director".to_owned();
    let fresh: Person = serde_json::from_value(site.card("Name1")).unwrap();
    let script = vec![
        ("update", Reply::Person(Box::new(|_| Err(stale())))),
        ("get", Reply::Read(Box::new(move || Ok(fresh)))),
        ("update", Reply::Person(Box::new(|_| Err(stale())))),
    ];
    let drained = drain(&mut site, script);
    assert_eq!(
        (drained.row(1).result, drained.row(1).reason.as_str()),
        (Verdict::Later, "etag_stale")
    );
    assert_eq!(drained.sent.stopped, None);
    site.drain().is_done();
    assert_eq!(site.card("Name1")["organizations"][0]["title"], "Director");
}

#[test]
fn a_label_that_google_will_not_take_off_is_tried_twice_and_no_more() {
    let mut site = Site::with_cards(1);
    site.settings.my_contacts = false;
    let representative = gcontacts_core::company::Representative {
        id: 3,
        login: "bob".to_owned(),
    };
    let company = gcontacts_core::Company {
        name: "D".to_owned(),
        open: true,
        representatives: vec![representative],
        ..Default::default()
    };
    site.contacts.get_mut(&1).unwrap().1 = Some(company);
    site.drain();
    site.contacts
        .get_mut(&1)
        .unwrap()
        .1
        .as_mut()
        .unwrap()
        .representatives
        .clear();
    let name = ResourceName(site.card_name(1));
    let kept = || {
        Reply::Members(Ok(MembersModified {
            last_group_kept: vec![name.clone()],
            ..Default::default()
        }))
    };
    let drained = drain(&mut site, vec![("modify_members", kept()), ("modify_members", kept())]);
    assert_eq!(drained.row(1).result, Verdict::Later, "{:?}", drained.row(1));
    site.drain().is_done();
}

#[test]
fn a_listing_that_comes_short_or_turns_round_is_no_listing() {
    let site = Site::new();
    let page = |next: Option<&str>, total| Page {
        items: Vec::new(),
        next: next.map(ToOwned::to_owned),
        total: Some(total),
    };
    let list = |page, cursor: &str| {
        let book = Played::of(vec![("list", Reply::Listing(Ok(page)))]);
        let deadline = Deadline::after(Duration::from_secs(5));
        site.wait(list_cards(&book, deadline, &site.settings, cursor))
    };
    let cursor = r#"{"page":"2","containers":[],"listed":3,"announced":5}"#;
    let short = list(page(None, 5), cursor).unwrap_err();
    assert!(short.to_string().ends_with("a short listing: 3 of 5"), "{short}");
    // Two were deleted meanwhile.
    assert_eq!(list(page(None, 3), cursor).unwrap().cursor, "");
    assert!(list(page(Some("2"), 5), cursor).is_err());
    assert!(list(page(Some("3"), 5), cursor).unwrap().cursor.contains("\"3\""));
}

#[test]
fn a_sync_that_comes_short_or_ends_without_a_token_is_none() {
    let site = Site::new();
    let page = |total, token: Option<&str>| SyncPage {
        page: Page {
            items: Vec::new(),
            next: None,
            total,
        },
        sync_token: token.map(ToOwned::to_owned),
    };
    let look = |token: &str, page| {
        let book = Played::of(vec![("sync", Reply::Sync(Ok(page)))]);
        let deadline = Deadline::after(Duration::from_secs(5));
        site.wait(list_changes(&book, deadline, &site.settings, token, ""))
    };
    assert!(look("", page(Some(2), Some("t"))).is_err());
    assert!(look("", page(Some(0), None)).is_err());
    assert_eq!(look("", page(None, Some("t"))).unwrap().sync_token, "t");
    // What changed is no whole listing, and may be nothing.
    assert!(look("old", page(Some(2), Some("t"))).unwrap().cards.is_empty());
}
