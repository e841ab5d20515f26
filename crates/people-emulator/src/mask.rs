// SPDX-License-Identifier: GPL-3.0-or-later
//! Field masks: which fields of a person or label a call reads or writes.

use crate::error::ApiError;
use crate::schema::camel_case;

/// Fields that a read may ask for.
pub const READ_PATHS: [&str; 29] = [
    "addresses",
    "ageRanges",
    "biographies",
    "birthdays",
    "calendarUrls",
    "clientData",
    "coverPhotos",
    "emailAddresses",
    "events",
    "externalIds",
    "genders",
    "imClients",
    "interests",
    "locales",
    "locations",
    "memberships",
    "metadata",
    "miscKeywords",
    "names",
    "nicknames",
    "occupations",
    "organizations",
    "phoneNumbers",
    "photos",
    "relations",
    "sipAddresses",
    "skills",
    "urls",
    "userDefined",
];

/// Fields that an update may name.
pub const WRITE_PATHS: [&str; 24] = [
    "addresses",
    "biographies",
    "birthdays",
    "calendarUrls",
    "clientData",
    "emailAddresses",
    "events",
    "externalIds",
    "genders",
    "imClients",
    "interests",
    "locales",
    "locations",
    "memberships",
    "miscKeywords",
    "names",
    "nicknames",
    "occupations",
    "organizations",
    "phoneNumbers",
    "relations",
    "sipAddresses",
    "urls",
    "userDefined",
];

/// Fields of an other contact that a read may ask for.
pub const OTHER_READ_PATHS: [&str; 5] = ["emailAddresses", "metadata", "names", "phoneNumbers", "photos"];
/// Fields of an other contact that can be copied.
pub const OTHER_COPY_PATHS: [&str; 3] = ["emailAddresses", "names", "phoneNumbers"];

/// Fields of a label that a read may ask for.
pub const GROUP_READ_PATHS: [&str; 5] = ["clientData", "groupType", "memberCount", "metadata", "name"];
/// Fields of a label that the answer to a write may hold.
pub const GROUP_ANSWER_PATHS: [&str; 4] = ["clientData", "groupType", "metadata", "name"];
/// Fields of a label that an update may name.
pub const GROUP_WRITE_PATHS: [&str; 2] = ["clientData", "name"];

/// A checked mask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask(Vec<&'static str>);

impl Mask {
    /// Every field that can be read.
    #[must_use]
    pub fn everything() -> Self {
        Self(READ_PATHS.to_vec())
    }

    /// These fields.
    #[must_use]
    pub fn of(paths: &[&'static str]) -> Self {
        Self(paths.to_vec())
    }

    /// Names a field.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.0.contains(&path)
    }

    /// The fields named, in the order of the valid ones.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.iter().copied()
    }

    /// Names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads a mask that may be absent: empty then.
    ///
    /// # Errors
    /// A path that is not one of the valid ones; nested paths are none.
    pub fn parse(name: &str, text: Option<&str>, valid: &[&'static str], page: &str) -> Result<Self, ApiError> {
        let mut asked = Vec::new();
        for path in text
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|path| !path.is_empty())
        {
            let camel = camel_case(path);
            let known = valid.iter().find(|known| **known == camel);
            asked.push(*known.ok_or_else(|| ApiError::mask_path(name, path, page))?);
        }
        Ok(Self(
            valid.iter().copied().filter(|path| asked.contains(path)).collect(),
        ))
    }

    /// Reads a mask that must name something.
    ///
    /// # Errors
    /// None given, or an invalid path.
    pub fn required(name: &str, text: Option<&str>, valid: &[&'static str], page: &str) -> Result<Self, ApiError> {
        let mask = Self::parse(name, text, valid, page)?;
        if mask.is_empty() {
            Err(ApiError::mask_required(name, page))
        } else {
            Ok(mask)
        }
    }
}
