// SPDX-License-Identifier: GPL-3.0-or-later
//! Why a whole call failed, and the exception it becomes.

use ext_php_rs::exception::PhpException;
use ext_php_rs::zend::ce;
use gcontacts_people::Reason;
use thiserror::Error as ThisError;

use crate::exceptions::{self, Facts, Kind};
use crate::from_php;

/// Why a whole call failed.
#[derive(Debug, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// A value that PHP handed over.
    #[error(transparent)]
    Value(#[from] from_php::ValueError),
    /// A setting of php.ini.
    #[error("php.ini: gcontacts.{0}")]
    Settings(gcontacts_people::Error),
    /// The settings or the plan.
    #[error(transparent)]
    Engine(#[from] gcontacts_engine::Error),
    /// Google, or the way there.
    #[error(transparent)]
    Google(#[from] gcontacts_people::Error),
    /// Another address book, or the way there.
    #[error(transparent)]
    Elsewhere(#[from] gcontacts_engine::ElsewhereError),
    /// An answer could not be made into PHP values.
    #[error("the answer could not be handed to PHP: {0}")]
    Answer(String),
    /// Calls are begun and ended in another order than they may be.
    #[error("{0}")]
    Call(&'static str),
    /// A call ended without an answer, whatever became of it at Google.
    #[error("the call broke off")]
    BrokenOff,
    /// The system gave no runtime.
    #[error("no runtime for network calls: {0}")]
    Runtime(String),
}

impl Error {
    fn facts(&self) -> Facts {
        let (kind, reason) = match self {
            Self::Value(_) | Self::Engine(_) | Self::Call(_) => (Kind::Data, "invalid_data"),
            Self::Settings(error) => (Kind::Config, error.reason().code()),
            Self::Google(error) => (kind(error.reason()), error.reason().code()),
            Self::Elsewhere(error) => (Kind::Api, error.reason()),
            Self::Answer(_) | Self::BrokenOff => (Kind::Api, Reason::BadAnswer.code()),
            Self::Runtime(_) => (Kind::Transport, Reason::Network.code()),
        };
        let google = if let Self::Google(error) = self {
            Some(error)
        } else {
            None
        };
        Facts {
            kind,
            message: match self {
                Self::Elsewhere(error) => error.words(),
                _ => google.map_or_else(|| self.to_string(), gcontacts_people::Error::words),
            },
            reason,
            http_status: google
                .and_then(gcontacts_people::Error::http_status)
                .unwrap_or_default(),
            retry_after: google
                .and_then(gcontacts_people::Error::retry_after)
                .map(|wait| wait.as_secs()),
        }
    }
}

/// What the caller can do about a reason.
fn kind(reason: Reason) -> Kind {
    match reason {
        Reason::ClientIdMissing
        | Reason::ClientSecretMissing
        | Reason::InvalidClient
        | Reason::RedirectUriMismatch
        | Reason::ApiDisabled
        | Reason::ServiceOff
        | Reason::AppBlocked
        | Reason::OrgInternal
        | Reason::ProjectSuspended => Kind::Config,
        Reason::AccessDenied
        | Reason::ScopeMissing
        | Reason::InvalidGrant
        | Reason::TokenExpired
        | Reason::TokenInvalid
        | Reason::ReauthRequired
        | Reason::AccountSuspended
        | Reason::PermissionDenied => Kind::Auth,
        Reason::QuotaRate | Reason::QuotaAccount | Reason::QuotaDaily | Reason::AccountFull => Kind::Quota,
        Reason::InvalidValue => Kind::Data,
        Reason::NetworkRefused
        | Reason::NetworkDns
        | Reason::NetworkTls
        | Reason::NetworkTimeout
        | Reason::NetworkProxy
        | Reason::NoCertificates
        | Reason::ClockWrong
        | Reason::CertificateUnknown
        | Reason::Network => Kind::Transport,
        Reason::Deadline => Kind::Deadline,
        _ => Kind::Api,
    }
}

impl From<Error> for PhpException {
    fn from(error: Error) -> Self {
        let facts = error.facts();
        match exceptions::object(&facts) {
            Ok(object) => Self::new(String::new(), 0, ce::exception()).with_object(object),
            Err(cause) => Self::from_message(format!("{} ({cause})", facts.message)),
        }
    }
}
