// SPDX-License-Identifier: GPL-3.0-or-later
//! Answers to batches: each item is found by what it is, never by its position.
//!
//! Google does not promise the order of an answer, and tells the fate of each item beside it.

use std::collections::{HashMap, HashSet};

use gcontacts_core::{Marker, ResourceName};
use serde::Deserialize;

use crate::{Error, GoogleError, Person};

/// The outcome of each item of a batch, in the order of the request.
///
/// An item that the answer does not mention fails with [`Error::BadAnswer`], whose certainty is unknown.
pub type BatchOutcomes = Vec<Result<Person, Error>>;

/// Answer to a batch create.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Created {
    #[serde(default)]
    created_people: Vec<PersonResponse>,
}

/// Answer to a batch update.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Updated {
    #[serde(default)]
    update_result: HashMap<ResourceName, PersonResponse>,
}

/// Answer to a batch get.
#[derive(Deserialize)]
pub(crate) struct Got {
    #[serde(default)]
    responses: Vec<PersonResponse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersonResponse {
    person: Option<Person>,
    requested_resource_name: Option<ResourceName>,
    #[serde(default)]
    status: Status,
}

/// `google.rpc.Status`; a success is the default.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    code: u8,
    message: String,
}

impl Created {
    /// Finds the answer to each of `asked` by its marker.
    pub(crate) fn outcomes(self, asked: &[Person]) -> BatchOutcomes {
        let mut by_marker = HashMap::new();
        for response in self.created_people {
            if let Some(marker) = response.person.as_ref().and_then(marker_of).map(ToOwned::to_owned) {
                by_marker.insert(marker, response.outcome());
            }
        }
        let answer = |person| marker_of(person).and_then(|marker| by_marker.remove(marker));
        asked.iter().map(answer).map(or_unanswered).collect()
    }
}

impl Updated {
    /// Finds the answer to each of `asked` by its resource name.
    pub(crate) fn outcomes(self, asked: &[Person]) -> BatchOutcomes {
        let mut by_name: HashMap<_, _> = self
            .update_result
            .into_iter()
            .map(|(name, response)| (name, response.outcome()))
            .collect();
        let answer = |person: &Person| by_name.remove(&person.resource_name()?);
        asked.iter().map(answer).map(or_unanswered).collect()
    }
}

impl Got {
    /// Finds the answer to each of `asked`: a contact that was linked to a profile answers under a new name.
    pub(crate) fn outcomes(self, asked: &[ResourceName]) -> BatchOutcomes {
        let mut by_name = HashMap::new();
        for response in self.responses {
            let name = response.requested_resource_name.clone();
            if let Some(name) = name.or_else(|| response.person.as_ref()?.resource_name()) {
                by_name.insert(name, response.outcome());
            }
        }
        asked
            .iter()
            .map(|name| by_name.remove(name))
            .map(or_unanswered)
            .collect()
    }
}

impl PersonResponse {
    fn outcome(self) -> Result<Person, Error> {
        match self.person {
            _ if self.status.code != 0 => Err(self.status.into_error()),
            Some(person) => Ok(person),
            None => Err(unanswered()),
        }
    }
}

impl Status {
    /// The error of one item, classified as the same error of a whole call would be.
    fn into_error(self) -> Error {
        let (http_status, status) = self.http();
        let error = GoogleError {
            http_status,
            status: status.to_owned(),
            message: self.message,
            ..GoogleError::default()
        };
        Error::Google {
            reason: error.classify(),
            error: Box::new(error),
        }
    }

    /// The HTTP status and name of a canonical code (google/rpc/code.proto).
    const fn http(&self) -> (u16, &'static str) {
        match self.code {
            3 => (400, "INVALID_ARGUMENT"),
            4 => (504, "DEADLINE_EXCEEDED"),
            5 => (404, "NOT_FOUND"),
            6 => (409, "ALREADY_EXISTS"),
            7 => (403, "PERMISSION_DENIED"),
            8 => (429, "RESOURCE_EXHAUSTED"),
            9 => (400, "FAILED_PRECONDITION"),
            10 => (409, "ABORTED"),
            14 => (503, "UNAVAILABLE"),
            16 => (401, "UNAUTHENTICATED"),
            _ => (500, "INTERNAL"),
        }
    }
}

/// Makes sure that the answer to each of `people` can be told from the others.
pub(crate) fn check_markers(people: &[Person]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let invalid = |why: &str| Error::Invalid {
        what: "batch",
        why: why.to_owned(),
    };
    for person in people {
        let marker = marker_of(person).ok_or_else(|| invalid("a contact carries no marker"))?;
        if !seen.insert(marker) {
            return Err(invalid("two contacts carry the same marker"));
        }
    }
    Ok(())
}

fn marker_of(person: &Person) -> Option<&str> {
    person.client_data(Marker::KEY).next()
}

fn or_unanswered(outcome: Option<Result<Person, Error>>) -> Result<Person, Error> {
    outcome.unwrap_or_else(|| Err(unanswered()))
}

fn unanswered() -> Error {
    Error::BadAnswer {
        http_status: 200,
        what: "no answer for this contact".to_owned(),
        retry_after: None,
    }
}
