// SPDX-License-Identifier: GPL-3.0-or-later
//! Answers: from status and body to a value or an error.

use std::marker::PhantomData;
use std::time::Duration;

use serde::de::{DeserializeOwned, DeserializeSeed};

use crate::{Error, GoogleError};

/// What a server answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub http_status: u16,
    /// The `Retry-After` header, in its form of seconds.
    pub retry_after: Option<Duration>,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Answer {
    /// Leaves the body out: it holds people, or tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answer({}, {} bytes)", self.http_status, self.body.len())
    }
}

impl Answer {
    /// Passes on a success and turns anything else into its error; the only place that does.
    ///
    /// # Errors
    /// [`Error::Google`] for an error body of Google, else [`Error::BadAnswer`].
    pub fn accept(self) -> Result<Self, Error> {
        let Self {
            http_status,
            retry_after,
            ..
        } = self;
        if (200..300).contains(&http_status) {
            return Ok(self);
        }
        Err(match GoogleError::parse(http_status, retry_after, &self.body) {
            Some(error) => Error::Google {
                reason: error.classify(),
                error: Box::new(error),
            },
            None => Error::BadAnswer {
                http_status,
                what: kind_of(&self.body).to_owned(),
                retry_after,
            },
        })
    }

    /// Reads the body of a success.
    ///
    /// # Errors
    /// As [`Self::accept`], and [`Error::BadAnswer`] where the body is not the expected JSON.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        self.read_by(PhantomData::<T>)
    }

    /// Reads the body of a success by what knows how.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_by<T, S: for<'de> DeserializeSeed<'de, Value = T>>(self, seed: S) -> Result<T, Error> {
        let answer = self.accept()?;
        let mut json = serde_json::Deserializer::from_slice(&answer.body);
        let read = seed.deserialize(&mut json);
        read.and_then(|value| json.end().map(|()| value))
            .map_err(|error| Error::BadAnswer {
                http_status: answer.http_status,
                // serde's own message can quote the body, which must not reach a log.
                what: format!(
                    "{}, line {} column {}",
                    kind_of(&answer.body),
                    error.line(),
                    error.column()
                ),
                retry_after: None,
            })
    }
}

/// Says what a body looks like without repeating it.
fn kind_of(body: &[u8]) -> &'static str {
    let start = body.trim_ascii_start();
    if start.is_empty() {
        "empty body"
    } else if start.starts_with(b"<") {
        "a web page"
    } else if serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok() {
        "JSON of an unknown shape"
    } else {
        "broken JSON"
    }
}
