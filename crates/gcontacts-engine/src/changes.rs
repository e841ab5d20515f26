// SPDX-License-Identifier: GPL-3.0-or-later
//! What has changed at Google since the last look, a page at a time.
//!
//! A card is gone only where its tombstone says so. One that a listing does not show may be on its way still, or the
//! listing came short: nothing is concluded from it.

use gcontacts_core::{ResourceName, Settings};
use gcontacts_people::{AddressBook, Deadline, Error, ListedPerson, Person, Reason, SyncPage};
use serde::{Deserialize, Serialize};

use crate::CardState;

/// A card that changed, as far as it tells whose it is and in which version. [`ChangedCard::state`] tells all of it.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedCard {
    /// Its resource name as Google tells it now; a deleted card has this alone.
    pub resource_name: String,
    /// The id of its own source, which survives a change of the resource name.
    pub source_id: String,
    /// The version that the next update must name.
    pub etag: String,
    /// When it was changed last, in Google's form; empty where Google does not tell.
    pub updated: String,
    /// The labels that it carries.
    pub labels: Vec<ResourceName>,
    /// The names it had before.
    pub previous: Vec<ResourceName>,
    /// Whether somebody deleted it.
    pub deleted: bool,
    /// Whether another Dolibarr, or entity, keeps it up to date.
    pub of_another: bool,
    #[serde(skip)]
    told: Told,
}

/// What Google told of a card.
#[derive(Clone, Debug)]
enum Told {
    /// As the listing has it.
    Listed(ListedPerson),
    /// The listing may have cut it: it was read by itself.
    Read(Person),
}

impl ChangedCard {
    fn of(told: Told, settings: &Settings) -> Option<Self> {
        let person = match &told {
            Told::Listed(listed) => listed.head(),
            Told::Read(person) => person,
        };
        let name = person.resource_name()?.0;
        if person.is_deleted() {
            return Some(Self {
                resource_name: name,
                source_id: String::new(),
                etag: String::new(),
                updated: String::new(),
                labels: Vec::new(),
                previous: person.previous_resource_names(),
                deleted: true,
                of_another: false,
                told,
            });
        }
        Some(Self {
            resource_name: name,
            source_id: person.source_id().unwrap_or_default().to_owned(),
            etag: person.source_etag().unwrap_or_default().to_owned(),
            updated: person.update_time().unwrap_or_default().to_owned(),
            labels: person.memberships(),
            previous: person.previous_resource_names(),
            deleted: false,
            of_another: person.is_of_another(&settings.instance),
            told,
        })
    }

    /// All that Google has of it; nothing of a deleted card. `country` (ISO 3166-1 alpha-2) is where numbers without an
    /// international prefix are dialled.
    ///
    /// # Errors
    /// [`Error::BadAnswer`] where it cannot be read.
    pub fn state(&self, country: &str) -> Result<Option<CardState>, Error> {
        match &self.told {
            _ if self.deleted => Ok(None),
            Told::Listed(listed) => CardState::of(&listed.whole()?, country),
            Told::Read(person) => CardState::of(person, country),
        }
    }
}

/// A page of changes.
#[derive(Clone, Debug, Serialize)]
pub struct Changes {
    /// The cards.
    pub cards: Vec<ChangedCard>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// What the next look starts from; empty but after the last page.
    pub sync_token: String,
    /// Whether all cards are listed, and not only those that changed.
    pub full: bool,
    /// Whether the listing began anew with this page, because Google no longer knew the token.
    pub restarted: bool,
    /// How many calls were made.
    pub calls: u32,
}

/// Where a listing stands.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    page: Option<String>,
    /// The token that the first page was asked with.
    token: Option<String>,
    /// How many cards came so far.
    listed: usize,
    /// How many Google said there are.
    announced: Option<usize>,
}

/// Lists the page of changes at which `cursor` stands; empty for the first since `sync_token`. An empty token lists all.
///
/// Where Google says that the token has expired, the listing begins anew without one.
///
/// # Errors
/// What a call fails with, and [`Error::BadAnswer`] where the cursor is none, a full listing came short, or the last page
/// brings no token.
pub async fn list_changes<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    settings: &Settings,
    sync_token: &str,
    cursor: &str,
) -> Result<Changes, Error> {
    let mut at = begin(sync_token, cursor)?;
    let (mut calls, mut restarted) = (1, false);
    let answer = match book.sync(at.token.as_deref(), at.page.as_deref(), deadline).await {
        Err(error) if error.reason() == Reason::SyncTokenExpired => {
            (at, calls, restarted) = (Cursor::default(), calls + 1, true);
            book.sync(None, None, deadline).await?
        }
        answer => answer?,
    };
    let SyncPage { page, sync_token } = answer;
    let full = at.token.is_none();
    if page.next.is_some() && page.next == at.page {
        return Err(bad("a page that names itself as the next"));
    }
    at.page = page.next;
    at.listed += page.items.len();
    at.announced = [at.announced, page.total].into_iter().flatten().min();
    if at.page.is_none() && full && at.announced.is_some_and(|announced| at.listed < announced) {
        return Err(bad("a short listing"));
    }
    if at.page.is_none() && sync_token.is_none() {
        return Err(bad("the last page of a sync brings no token"));
    }
    let mut cards = Vec::with_capacity(page.items.len());
    for person in page.items {
        let told = if person.may_be_cut() {
            calls += 1;
            read(book, deadline, person.head()).await?.map(Told::Read)
        } else {
            Some(Told::Listed(person))
        };
        cards.extend(told.and_then(|told| ChangedCard::of(told, settings)));
    }
    Ok(Changes {
        cards,
        cursor: match at.page {
            None => String::new(),
            Some(_) => serde_json::to_string(&at).map_err(|error| bad(&error.to_string()))?,
        },
        sync_token: sync_token.unwrap_or_default(),
        full,
        restarted,
        calls,
    })
}

fn begin(sync_token: &str, cursor: &str) -> Result<Cursor, Error> {
    if cursor.is_empty() {
        return Ok(Cursor {
            token: Some(sync_token.to_owned()).filter(|token| !token.is_empty()),
            ..Cursor::default()
        });
    }
    serde_json::from_str(cursor).map_err(|error| bad(&format!("no cursor of a listing: {error}")))
}

/// Reads a person whole; nothing where it went meanwhile: its tombstone comes with the next look.
async fn read<B: AddressBook>(book: &B, deadline: Deadline, head: &Person) -> Result<Option<Person>, Error> {
    let Some(name) = head.resource_name() else {
        return Ok(None);
    };
    match book.get(&name, deadline).await {
        Ok(whole) => Ok(Some(whole)),
        Err(error) if error.reason() == Reason::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn bad(what: &str) -> Error {
    Error::BadAnswer {
        http_status: 200,
        what: what.to_owned(),
        retry_after: None,
    }
}
