// SPDX-License-Identifier: GPL-3.0-or-later
//! The methods of the People API: the table of them, and one file for each family.

mod batch;
mod call;
mod connections;
mod groups;
mod members;
mod memberships;
mod other_contacts;
mod paging;
mod people_read;
mod people_write;
mod photos;
mod search;
mod table;

pub use call::Call;
pub use groups::show as show_group;
pub use table::METHODS;

use serde_json::Value;

use crate::error::ApiError;
use crate::http::{Answer, Request};
use crate::quota::Units;
use crate::schema::Member;
use crate::state::State;

/// A method: where it is reached, what it needs and what it costs.
#[derive(Debug)]
pub struct Method {
    /// Name in logs and faults: `people.createContact`.
    pub id: &'static str,
    /// HTTP verb.
    pub verb: &'static str,
    /// Path, with `{}` for a resource's last segment.
    pub pattern: &'static str,
    /// What kind of call it is.
    pub class: Class,
    /// Scopes, one of which the token must carry.
    pub scopes: &'static [&'static str],
    /// Query parameters besides Google's standard ones.
    pub query: &'static [Member],
    /// Quota units by bucket.
    pub units: Units,
    /// What it does.
    pub run: Run,
}

/// Kinds of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Reads an address book.
    Read,
    /// Changes an address book.
    Write,
    /// Has to do with consent and tokens.
    OAuth,
}

impl Class {
    /// The word in settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::OAuth => "oauth",
        }
    }
}

/// What a method does.
#[derive(Clone, Copy)]
pub enum Run {
    /// A call of the People API.
    People(fn(&mut Call<'_>) -> Result<Value, ApiError>),
    /// A call of Google's OAuth server.
    OAuth(fn(&mut State, &Request) -> Answer),
}

impl std::fmt::Debug for Run {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::People(_) => "People",
            Self::OAuth(_) => "OAuth",
        })
    }
}

/// Finds the method of a request, and the segment that `{}` stands for.
#[must_use]
pub fn find(verb: &str, path: &str) -> Option<(&'static Method, String)> {
    METHODS.iter().filter(|method| method.verb == verb).find_map(|method| {
        let segment = match method.pattern.split_once("{}") {
            None => (method.pattern == path).then_some(""),
            Some((head, tail)) => path
                .strip_prefix(head)?
                .strip_suffix(tail)
                .filter(|segment| !segment.is_empty() && !segment.contains('/') && !segment.contains(':')),
        };
        segment.map(|segment| {
            (
                method,
                percent_encoding::percent_decode_str(segment)
                    .decode_utf8_lossy()
                    .into_owned(),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn rule_2_unknown_paths_and_wrong_verbs_have_no_method() {
        assert!(find("GET", "/v1/persons/c1").is_none());
        assert!(find("POST", "/v1/people/c1").is_none());
        assert!(find("GET", "/v1/people/c1:updateContact").is_none());
    }

    #[test]
    fn finds_the_segment() {
        let (method, segment) = find("POST", "/v1/contactGroups/abc/members:modify").unwrap();
        assert_eq!((method.id, segment.as_str()), ("contactGroups.members.modify", "abc"));
        assert_eq!(find("GET", "/v1/people:batchGet").unwrap().0.id, "people.getBatchGet");
        assert_eq!(find("GET", "/v1/people/me").unwrap().0.id, "people.get");
    }
}
