// SPDX-License-Identifier: GPL-3.0-or-later
//! A listing that is read a page at a time, by processes that may be killed in between.

use gcontacts_people::{Error, Page};
use serde::{Deserialize, Serialize};

/// Where a listing stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paged {
    /// The next page.
    pub page: Option<String>,
    /// How many items came so far.
    pub listed: usize,
    /// How many Google said there are.
    pub announced: Option<usize>,
}

impl Paged {
    /// Takes note of a page and tells whether it was the last.
    ///
    /// # Errors
    /// Where fewer items came than Google announced, or the pages have no end.
    pub fn take<T>(&mut self, page: &Page<T>) -> Result<bool, Error> {
        if page.next.is_some() && page.next == self.page {
            return Err(bad("a page that names itself as the next".to_owned()));
        }
        self.page.clone_from(&page.next);
        self.listed += page.items.len();
        // A contact deleted meanwhile lowers the number: the smallest is the one that must be reached.
        self.announced = [self.announced, page.total].into_iter().flatten().min();
        match self.announced {
            Some(announced) if self.page.is_none() && self.listed < announced => {
                Err(bad(format!("a short listing: {} of {announced}", self.listed)))
            }
            _ => Ok(self.page.is_none()),
        }
    }
}

/// Writes where a listing stands; empty after the last page.
pub fn cursor<T: Serialize>(at: &T, is_last: bool) -> Result<String, Error> {
    if is_last {
        return Ok(String::new());
    }
    serde_json::to_string(at).map_err(|error| bad(error.to_string()))
}

/// Reads it back.
pub fn read_cursor<T: for<'de> Deserialize<'de>>(cursor: &str) -> Result<T, Error> {
    serde_json::from_str(cursor).map_err(|error| bad(format!("no cursor of a listing: {error}")))
}

/// An answer that is not what Google's documentation says.
pub fn bad(what: String) -> Error {
    Error::BadAnswer {
        http_status: 200,
        what,
        retry_after: None,
    }
}
