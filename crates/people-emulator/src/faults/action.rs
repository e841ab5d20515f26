// SPDX-License-Identifier: GPL-3.0-or-later
//! What can happen to a call.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::quota::Bucket;

/// What happens: `"drop_after"`, `{"error": {"http": 503}}`, …
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The error is answered, and nothing is done.
    Error(Failure),
    /// The call is done, and then the error is answered.
    ErrorAfter(Failure),
    /// The call takes its time.
    Latency(Latency),
    /// The units of a quota are used up: 429, and nothing is done.
    Quota { metric: Bucket },
    /// What the account may write in some hours is used up: 429, and nothing is done.
    FbsQuota,
    /// The connection is closed, and nothing is done.
    DropBefore,
    /// The call is done, and then the connection is closed without an answer.
    DropAfter,
    /// A page comes with 200 instead of JSON, as from the portal of a hotel, and nothing is done.
    Garbage,
    /// The call is done, and then such a page comes.
    GarbageAfter,
    /// The call is done, and the connection breaks in the middle of the answer's body.
    Truncate,
    /// The first items of a batch are done, and then it ends.
    PartialBatch(PartialBatch),
    /// The person at the phone edits what the call is about to change: `name`, or every contact that it names.
    ConcurrentEdit {
        set: Value,
        #[serde(default)]
        name: Option<String>,
    },
    /// The sync token of the call has expired.
    SyncExpired,
    /// The access token of the call has expired.
    TokenExpired,
    /// The user has withdrawn the consent.
    GrantRevoked,
}

impl Action {
    /// One of each, for a client that wants to be tried with all there are.
    #[must_use]
    pub fn examples() -> Vec<Self> {
        let mut examples = vec![Self::Error(Failure::of(503))];
        while let Some(next) = examples.last().and_then(Self::following) {
            examples.push(next);
        }
        examples
    }

    /// The example after this one. A match, so that the compiler asks for the example of a new action.
    fn following(&self) -> Option<Self> {
        Some(match self {
            Self::Error(_) => Self::ErrorAfter(Failure::of(502)),
            Self::ErrorAfter(_) => Self::Latency(Latency {
                ms: Some(1500),
                place: Place::After,
            }),
            Self::Latency(_) => Self::Quota {
                metric: Bucket::CriticalWrite,
            },
            Self::Quota { .. } => Self::FbsQuota,
            Self::FbsQuota => Self::DropBefore,
            Self::DropBefore => Self::DropAfter,
            Self::DropAfter => Self::Garbage,
            Self::Garbage => Self::GarbageAfter,
            Self::GarbageAfter => Self::Truncate,
            Self::Truncate => Self::PartialBatch(PartialBatch {
                keep: 2,
                then: Ending::Drop,
            }),
            Self::PartialBatch(_) => Self::ConcurrentEdit {
                set: json!({"nicknames": [{"value": "Typed on the phone"}]}),
                name: None,
            },
            Self::ConcurrentEdit { .. } => Self::SyncExpired,
            Self::SyncExpired => Self::TokenExpired,
            Self::TokenExpired => Self::GrantRevoked,
            Self::GrantRevoked => return None,
        })
    }
}

/// An error to answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// HTTP status.
    pub http: u16,
    /// Name of the code; follows from `http` where absent. For OAuth calls: the `error` member.
    #[serde(default)]
    pub status: Option<String>,
    /// Message.
    #[serde(default)]
    pub message: Option<String>,
    /// Details.
    #[serde(default)]
    pub details: Vec<Value>,
    /// `Retry-After` in seconds.
    #[serde(default)]
    pub retry_after: Option<u64>,
}

/// Time that a call takes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// Milliseconds; where absent, the call waits until it is told to go on.
    #[serde(default)]
    pub ms: Option<u64>,
    /// `before` the call is done, or `after`.
    #[serde(default, rename = "where")]
    pub place: Place,
}

/// When the time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Before the call is done.
    #[default]
    Before,
    /// Once it is done, before the answer.
    After,
}

/// A batch that ends half-way.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialBatch {
    /// Items done.
    pub keep: usize,
    /// What happens then.
    pub then: Ending,
}

/// `{"error": {"http": 503}}` or `"drop"`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The error is answered.
    Error(Failure),
    /// The connection is closed without an answer.
    Drop,
}

impl Failure {
    const fn of(http: u16) -> Self {
        Self {
            http,
            status: None,
            message: None,
            details: Vec::new(),
            retry_after: None,
        }
    }

    /// As an error of the People API.
    #[must_use]
    pub fn api_error(&self) -> ApiError {
        let status = match self.http {
            400 => "INVALID_ARGUMENT",
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            409 => "ABORTED",
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            504 => "DEADLINE_EXCEEDED",
            _ => "INTERNAL",
        };
        let message = match self.http {
            429 => "Resource has been exhausted (e.g. check quota).",
            503 => "The service is currently unavailable.",
            _ => "Internal error encountered.",
        };
        let mut error = ApiError::new(
            self.http,
            self.status.as_deref().unwrap_or(status),
            self.message.as_deref().unwrap_or(message),
        );
        error.details.clone_from(&self.details);
        error
            .headers
            .extend(self.retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_example_of_every_action() {
        let names = serde_json::from_value::<Action>(json!("nonsense"))
            .unwrap_err()
            .to_string();
        let (_, names) = names.split_once("expected one of ").unwrap();
        let names: Vec<&str> = names.split(", ").map(|name| name.trim_matches('`')).collect();
        let name = |example: &Action| match serde_json::to_value(example).unwrap() {
            Value::String(name) => name,
            other => other.as_object().unwrap().keys().next().unwrap().clone(),
        };
        let mut examples: Vec<String> = Action::examples().iter().map(name).collect();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        examples.sort();
        names.sort();
        assert_eq!(examples, names);
    }
}
