// SPDX-License-Identifier: GPL-3.0-or-later
//! What has changed at Google since the last look, a page at a time.
//!
//! A card is gone only where its tombstone says so. One that a listing does not show may be on its way still, or the
//! listing came short: nothing is concluded from it.

use gcontacts_core::{ResourceName, Settings};
use gcontacts_people::{AddressBook, Deadline, Error, Person, Reason, SyncPage};
use serde::{Deserialize, Serialize};

use crate::CardState;

/// A card that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedCard {
    /// What Google has now; of a deleted card the resource name alone.
    #[serde(flatten)]
    pub card: CardState,
    /// The names it had before.
    pub previous: Vec<ResourceName>,
    /// Whether somebody deleted it.
    pub deleted: bool,
    /// Whether another Dolibarr, or entity, keeps it up to date.
    pub of_another: bool,
}

/// A page of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    for person in &page.items {
        if person.may_be_cut() {
            calls += 1;
        }
        cards.extend(changed(book, deadline, person, settings).await?);
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

async fn changed<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    person: &Person,
    settings: &Settings,
) -> Result<Option<ChangedCard>, Error> {
    let previous = person.previous_resource_names();
    let Some(name) = person.resource_name() else {
        return Ok(None);
    };
    if person.is_deleted() {
        let card = CardState {
            resource_name: name.0,
            ..CardState::default()
        };
        return Ok(Some(ChangedCard {
            card,
            previous,
            deleted: true,
            of_another: false,
        }));
    }
    let card = if person.may_be_cut() {
        match book.get(&name, deadline).await {
            Ok(whole) => CardState::of(&whole, &settings.country)?,
            // It went meanwhile: its tombstone comes with the next look.
            Err(error) if error.reason() == Reason::NotFound => None,
            Err(error) => return Err(error),
        }
    } else {
        CardState::of(person, &settings.country)?
    };
    Ok(card.map(|card| ChangedCard {
        card,
        previous,
        deleted: false,
        of_another: person.is_of_another(&settings.instance),
    }))
}

fn bad(what: &str) -> Error {
    Error::BadAnswer {
        http_status: 200,
        what: what.to_owned(),
        retry_after: None,
    }
}
