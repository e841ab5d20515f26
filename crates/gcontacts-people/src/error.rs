// SPDX-License-Identifier: GPL-3.0-or-later
//! What can go wrong between here and Google.

use std::time::Duration;

use crate::{GoogleError, Reason};

/// A failed call. Messages hold no token and no body.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Google answered with an error.
    #[error("google refused with status {}: {}", .error.http_status, .error.message)]
    Google {
        /// What it amounts to.
        reason: Reason,
        /// Google's own words.
        error: Box<GoogleError>,
    },
    /// An answer that is none of Google's: no JSON, or other JSON than documented.
    #[error("unexpected answer with status {http_status}: {what}")]
    BadAnswer {
        /// HTTP status.
        http_status: u16,
        /// What is wrong with it.
        what: String,
        /// The `Retry-After` header.
        retry_after: Option<Duration>,
    },
    /// No answer.
    #[error("{reason}: {what}")]
    Network {
        /// Which kind of failure.
        reason: Reason,
        /// The innermost cause, in the words of the network library.
        what: String,
        /// Whether the request may have been sent.
        sent: bool,
    },
    /// The time given to the call is over.
    #[error("the deadline passed {}", if *.sent { "while waiting for the answer" } else { "before the request was sent" })]
    Deadline {
        /// Whether the request may have been sent.
        sent: bool,
    },
    /// The call was held back, because it would be one too many for the account's quota.
    #[error("held back for {} s", .wait.as_secs())]
    Paced {
        /// When it may be made.
        wait: Duration,
    },
    /// The client id is empty.
    #[error("the client id is missing")]
    ClientIdMissing,
    /// The client secret is empty.
    #[error("the client secret is missing")]
    ClientSecretMissing,
    /// The consent lacks the scope for contacts.
    #[error("the consent lacks the scope for contacts; granted: {}", .granted.join(" "))]
    ScopeMissing {
        /// The scopes that were granted.
        granted: Vec<String>,
    },
    /// The call was refused before it was sent.
    #[error("{what} is not valid: {why}")]
    Invalid {
        /// Which argument.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

/// Whether Google has done what a failed call asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It surely has not.
    NotApplied,
    /// It may have.
    Unknown,
}

impl Error {
    /// Tells why, as a stable code.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        match self {
            Self::Google { reason, .. } | Self::Network { reason, .. } => *reason,
            // Pages of proxies and balancers say 5xx in HTML.
            Self::BadAnswer {
                http_status: 500..=599, ..
            } => Reason::ServerError,
            Self::BadAnswer { http_status: 407, .. } => Reason::NetworkProxy,
            Self::BadAnswer { http_status: 429, .. } | Self::Paced { .. } => Reason::QuotaRate,
            Self::BadAnswer { .. } => Reason::BadAnswer,
            Self::Deadline { .. } => Reason::Deadline,
            Self::ClientIdMissing => Reason::ClientIdMissing,
            Self::ClientSecretMissing => Reason::ClientSecretMissing,
            Self::ScopeMissing { .. } => Reason::ScopeMissing,
            Self::Invalid { .. } => Reason::InvalidValue,
        }
    }

    /// Tells whether Google may have done what was asked; matters for writes.
    #[must_use]
    pub const fn certainty(&self) -> Certainty {
        let maybe = match self {
            // Google does not promise that one bad contact keeps the others of its batch from being written.
            Self::Google { error, .. } => undecided(error.http_status) || !error.contact_errors.is_empty(),
            Self::BadAnswer { http_status, .. } => undecided(*http_status),
            Self::Network { sent, .. } | Self::Deadline { sent } => *sent,
            Self::Paced { .. }
            | Self::ClientIdMissing
            | Self::ClientSecretMissing
            | Self::ScopeMissing { .. }
            | Self::Invalid { .. } => false,
        };
        if maybe {
            Certainty::Unknown
        } else {
            Certainty::NotApplied
        }
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub const fn http_status(&self) -> Option<u16> {
        match self {
            Self::Google { error, .. } => Some(error.http_status),
            Self::BadAnswer { http_status, .. } => Some(*http_status),
            _ => None,
        }
    }

    /// How long to leave the account alone: Google's hint, else what the kind of refusal calls for.
    ///
    /// `None` where waiting is not what helps.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_hint().or(match self.reason() {
            Reason::QuotaRate => Some(Duration::from_mins(1)),
            Reason::QuotaAccount => Some(Duration::from_mins(30)),
            // Only who deletes contacts at Google makes room: an hourly look is enough.
            Reason::QuotaDaily | Reason::AccountFull => Some(Duration::from_hours(1)),
            _ => None,
        })
    }

    /// Has a refusal say that nothing is to be tried for so long, where Google did not ask for longer.
    pub(crate) fn put_off(&mut self, wait: Duration) {
        let hint = match self {
            Self::Google { error, .. } => &mut error.retry_after,
            Self::BadAnswer { retry_after, .. } => retry_after,
            _ => return,
        };
        *hint = (*hint).max(Some(wait));
    }

    /// The `Retry-After` header of the answer.
    #[must_use]
    pub fn retry_hint(&self) -> Option<Duration> {
        match self {
            Self::Google { error, .. } => error.retry_after,
            Self::BadAnswer { retry_after, .. } => *retry_after,
            Self::Paced { wait } => Some(*wait),
            _ => None,
        }
    }

    /// Google's own words, where Google spoke.
    #[must_use]
    pub fn google(&self) -> Option<&GoogleError> {
        match self {
            Self::Google { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Google's own words where it spoke, else ours: what a page shows behind its sentence.
    #[must_use]
    pub fn words(&self) -> String {
        if let Self::Paced { .. } = self {
            // Nobody has said anything, and what the reason says is enough.
            return String::new();
        }
        self.google()
            .map_or_else(|| self.to_string(), |google| google.message.clone())
    }
}

/// Whether a status leaves open if the request was carried out: a success that could not be read, or a server that
/// failed on the way.
const fn undecided(http_status: u16) -> bool {
    matches!(http_status, 200..=299 | 408 | 500..=599)
}
