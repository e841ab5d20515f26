// SPDX-License-Identifier: GPL-3.0-or-later
//! A card as Google has it, in the shape in which the caller keeps it.

use gcontacts_core::ResourceName;
use gcontacts_people::{AddressBook, Deadline, Error, Person, Reason};
use serde::Serialize;

use crate::dolimods;
use crate::json::answer_json;

/// What Google has of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardState {
    /// Its resource name as Google tells it now.
    pub resource_name: String,
    /// The id of its own source, which survives a change of the resource name.
    pub source_id: String,
    /// The version that the next update must name.
    pub etag: String,
    /// When it was changed last, in Google's form; empty where Google does not tell.
    pub updated: String,
    /// The whole person, as ASCII JSON.
    pub person: String,
    /// The labels that it carries.
    pub labels: Vec<ResourceName>,
    /// What the `google` module of `DoliMods` left on it.
    pub dolimods: Vec<String>,
}

impl CardState {
    /// Describes a person; nothing where it has no resource name. `country` (ISO 3166-1 alpha-2) is where numbers without
    /// an international prefix are dialled.
    pub(crate) fn of(person: &Person, country: &str) -> Result<Option<Self>, Error> {
        let Some(name) = person.resource_name() else {
            return Ok(None);
        };
        Ok(Some(Self {
            resource_name: name.0,
            source_id: person.source_id().unwrap_or_default().to_owned(),
            etag: person.source_etag().unwrap_or_default().to_owned(),
            updated: person.update_time().unwrap_or_default().to_owned(),
            person: answer_json(person)?,
            labels: person.memberships(),
            dolimods: dolimods::leftovers_of(person, country),
        }))
    }
}

/// Reads a card: one call. Nothing where it is no longer at Google.
///
/// # Errors
/// What the call fails with.
pub async fn read_card<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    name: &str,
    country: &str,
) -> Result<Option<CardState>, Error> {
    match book.get(&ResourceName(name.to_owned()), deadline).await {
        Ok(person) => CardState::of(&person, country),
        Err(error) if error.reason() == Reason::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
