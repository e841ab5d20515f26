// SPDX-License-Identifier: GPL-3.0-or-later
//! Looking for cards whose create has an unknown outcome.

use std::collections::HashSet;

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Deadline, Error, Kept, Person, list_some};
use serde::Serialize;

use crate::Stopped;
use crate::json::answer_json;

/// A card that carries one of the nonces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The nonce.
    pub nonce: String,
    /// The card's resource name.
    pub resource_name: String,
    /// The id of the card's own source.
    pub source_id: String,
    /// The version that the next update must name.
    pub etag: String,
    /// The whole person, as ASCII JSON.
    pub person: String,
    /// The labels that it carries.
    pub labels: Vec<ResourceName>,
}

/// What a search for nonces brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// The cards that were found.
    pub found: Vec<Found>,
    /// Whether every card of the account was looked at: only then is a nonce that was not found not there.
    pub complete: bool,
    /// How many cards were looked at.
    pub cards: usize,
    /// Why not all were.
    pub stopped: Option<Stopped>,
}

/// Lists every card of the account and finds those whose marker carries one of `nonces`.
pub async fn resolve<B: AddressBook>(book: &B, deadline: Deadline, nonces: &[String]) -> Resolved {
    let wanted: HashSet<&str> = nonces.iter().map(String::as_str).collect();
    // Page by page: an account can hold 25,000 cards, and only those that match are kept.
    match list_some(book, deadline, |person| find(&person, &wanted)).await {
        Ok(Kept { items: found, listed }) => Resolved {
            found,
            complete: true,
            cards: listed,
            stopped: None,
        },
        Err(error) => Resolved {
            found: Vec::new(),
            complete: false,
            cards: 0,
            stopped: Some((&error).into()),
        },
    }
}

fn find(person: &Person, wanted: &HashSet<&str>) -> Result<Option<Found>, Error> {
    let marker = person
        .markers()
        .into_iter()
        .find(|marker| wanted.contains(marker.nonce.as_str()));
    let (Some(marker), Some(name)) = (marker, person.resource_name()) else {
        return Ok(None);
    };
    Ok(Some(Found {
        nonce: marker.nonce,
        resource_name: name.0,
        source_id: person.source_id().unwrap_or_default().to_owned(),
        etag: person.source_etag().unwrap_or_default().to_owned(),
        person: answer_json(person)?,
        labels: person.memberships(),
    }))
}
