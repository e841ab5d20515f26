// SPDX-License-Identifier: GPL-3.0-or-later
//! What can be wrong with a record's data.

/// Why a record cannot become a card, or a text a marker or a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A date is none that the calendar has.
    #[error("{field}: {text:?} is no date of the form YYYY-MM-DD")]
    BadDate {
        /// Path of the field, for example `contact.birthday`.
        field: &'static str,
        /// Its text.
        text: String,
    },
    /// A marker has not exactly four parts.
    #[error("a marker has 4 parts, this has {0}")]
    MarkerParts(usize),
    /// A part of a marker is empty or holds a character that parts may not hold.
    #[error("bad {part} in a marker: {text:?}")]
    MarkerPart {
        /// Name of the part.
        part: &'static str,
        /// Its text.
        text: String,
    },
    /// A text is no key by which contacts and cards are matched.
    #[error("no match key: {0:?}")]
    MatchKey(String),
}

impl Error {
    /// The path of the field whose data is wrong, where it is a field of a record.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::BadDate { field, .. } => Some(field),
            Self::MarkerParts(_) | Self::MarkerPart { .. } | Self::MatchKey(_) => None,
        }
    }
}
