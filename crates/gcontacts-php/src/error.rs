// SPDX-License-Identifier: GPL-3.0-or-later
//! Why a whole call failed, and the exception it becomes.

use ext_php_rs::exception::PhpException;
use ext_php_rs::zend::ce;
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
    /// An answer could not be made into PHP values.
    #[error("the answer could not be handed to PHP: {0}")]
    Answer(String),
}

impl Error {
    fn facts(&self) -> Facts {
        let (kind, reason) = match self {
            Self::Value(_) => (Kind::Data, "invalid_data"),
            Self::Answer(_) => (Kind::Api, "bad_answer"),
        };
        Facts {
            kind,
            message: self.to_string(),
            reason,
            http_status: 0,
            retry_after: None,
        }
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
