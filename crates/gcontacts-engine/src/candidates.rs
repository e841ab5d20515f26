// SPDX-License-Identifier: GPL-3.0-or-later
//! The cards of an account that somebody may import, a page at a time.

use gcontacts_core::import::{Candidate, Likes};
use gcontacts_core::{Card, Content, ResourceName, Settings, Value, ValueLabel};
use gcontacts_people::mapping::card_from_person;
use gcontacts_people::{AddressBook, Deadline, Error, Person};
use serde::{Deserialize, Serialize};

/// A candidate, and the keys by which it is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What names it in its source: a resource name, an address, a unique id.
    pub name: String,
    /// The id of its own source; empty where it has none.
    pub source_id: String,
    /// Its version there; empty where it has none.
    pub etag: String,
    /// The marker of this Dolibarr; empty for none.
    pub marker: String,
    /// Whether another Dolibarr keeps it up to date: it is a contact's there, and in that account nobody whom somebody met.
    pub of_another: bool,
    /// The labels that it carries.
    pub labels: Vec<ResourceName>,
    /// What it would be in Dolibarr.
    pub candidate: Candidate,
    /// What it is found by. Its id is 0: the caller's own takes its place.
    pub likes: Likes,
}

/// A page of candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidates {
    /// The candidates.
    pub candidates: Vec<Listed>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// How many cards were looked at so far, whether candidates or not.
    pub seen: usize,
    /// How many Google says there are; 0 where it does not tell.
    pub total: usize,
}

/// Where a listing stands.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    page: Option<String>,
    seen: usize,
    announced: Option<usize>,
}

impl Listed {
    /// A card that has no version: of a file, or of an address book that is never written to.
    #[must_use]
    pub fn of(name: String, card: &Card, country: &str) -> Self {
        let candidate = Candidate::of(card);
        let likes = Likes::of_candidate(0, &candidate, country);
        Self {
            name,
            source_id: String::new(),
            etag: String::new(),
            marker: String::new(),
            of_another: false,
            labels: Vec::new(),
            candidate,
            likes,
        }
    }

    fn of_person(person: &Person, settings: &Settings) -> Option<Self> {
        let mut card = card_from_person(person, &settings.country);
        let markers = person.markers();
        let own = markers.iter().find(|marker| marker.instance == settings.instance);
        let name = person.resource_name()?.0;
        let mut listed = Self::of(name, &card, &settings.country);
        // Google knows the country of the account, where a number was typed without one.
        let canonical = person
            .contact_items("phoneNumbers")
            .filter_map(|item| item.get("canonicalForm")?.as_str())
            .filter_map(|number| Content::phone(number, ""));
        card.values
            .extend(canonical.map(|content| Value::found(ValueLabel::None, content)));
        listed.likes = Likes::of_candidate(0, &Candidate::of(&card), &settings.country);
        person.source_id().unwrap_or_default().clone_into(&mut listed.source_id);
        person.source_etag().unwrap_or_default().clone_into(&mut listed.etag);
        listed.marker = own.map(ToString::to_string).unwrap_or_default();
        listed.of_another = person.is_of_another(&settings.instance);
        listed.labels = person.memberships();
        Some(listed)
    }
}

/// Lists the page of cards at which `cursor` stands; empty for the first. Only cards in `label` are candidates; all
/// where it is empty. Cards that say nothing at all are none.
///
/// # Errors
/// What the call fails with, and [`Error::BadAnswer`] where the cursor is none or fewer cards came than Google announced.
pub async fn list_candidates<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    settings: &Settings,
    label: &str,
    cursor: &str,
) -> Result<Candidates, Error> {
    let mut at = Cursor::default();
    if !cursor.is_empty() {
        at = serde_json::from_str(cursor).map_err(|error| bad(format!("no cursor of a listing: {error}")))?;
    }
    let page = book.list(at.page.as_deref(), deadline).await?;
    if page.next.is_some() && page.next == at.page {
        return Err(bad("a page that names itself as the next".to_owned()));
    }
    at.page = page.next;
    at.seen += page.items.len();
    at.announced = [at.announced, page.total].into_iter().flatten().min();
    let announced = at.announced.unwrap_or_default();
    if at.page.is_none() && at.seen < announced {
        return Err(bad(format!("a short listing: {} of {announced}", at.seen)));
    }
    let wanted = |person: &&Person| {
        !person.is_deleted() && (label.is_empty() || person.memberships().iter().any(|name| name.as_str() == label))
    };
    let candidates = page.items.iter().filter(wanted);
    Ok(Candidates {
        candidates: candidates
            .filter_map(|person| Listed::of_person(person, settings))
            .filter(|listed| !listed.candidate.title.is_empty())
            .collect(),
        seen: at.seen,
        total: announced,
        cursor: match at.page {
            None => String::new(),
            Some(_) => serde_json::to_string(&at).map_err(|error| bad(error.to_string()))?,
        },
    })
}

fn bad(what: String) -> Error {
    Error::BadAnswer {
        http_status: 200,
        what,
        retry_after: None,
    }
}
