// SPDX-License-Identifier: GPL-3.0-or-later
//! Keys by which a contact and a card find each other.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// What a contact and a card have in common. As text `<kind>:<value>`, normalised, so that equal keys are equal texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum MatchKey {
    /// Our own marker without its nonce: `<instance>:<type>:<id>`.
    Marker(String),
    /// The id of the contact, as the `google` module of `DoliMods` marks its cards.
    DoliMods(u64),
    /// The name of a card in a label of the container's name, as GContacts 1.x left it.
    Container(String),
    /// An e-mail.
    Email(String),
    /// A phone.
    Phone(String),
}

impl MatchKey {
    fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Marker(text) => ("marker", text.clone()),
            Self::DoliMods(id) => ("dolimods", id.to_string()),
            Self::Container(text) => ("container", text.clone()),
            Self::Email(text) => ("mail", text.clone()),
            Self::Phone(text) => ("phone", text.clone()),
        }
    }
}

impl fmt::Display for MatchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, value) = self.parts();
        write!(f, "{kind}:{value}")
    }
}

impl From<MatchKey> for String {
    fn from(key: MatchKey) -> Self {
        key.to_string()
    }
}

impl FromStr for MatchKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || Error::MatchKey(text.to_owned());
        let (kind, value) = text.split_once(':').ok_or_else(refused)?;
        let value = value.to_owned();
        match kind {
            "marker" => Ok(Self::Marker(value)),
            "dolimods" => Ok(Self::DoliMods(value.parse().map_err(|_| refused())?)),
            "container" => Ok(Self::Container(value)),
            "mail" => Ok(Self::Email(value)),
            "phone" => Ok(Self::Phone(value)),
            _ => Err(refused()),
        }
    }
}

impl TryFrom<String> for MatchKey {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back() {
        for text in [
            "marker:0a:contact:7",
            "dolimods:7",
            "container:alice martin",
            "mail:a@b.c",
            "phone:+331",
        ] {
            assert_eq!(text.parse::<MatchKey>().unwrap().to_string(), text);
        }
        for bad in ["", "mail", "dolimods:x", "fax:1"] {
            assert_eq!(bad.parse::<MatchKey>(), Err(Error::MatchKey(bad.to_owned())));
        }
    }
}
