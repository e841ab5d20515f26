// SPDX-License-Identifier: GPL-3.0-or-later
//! The marker on each card: which Dolibarr, which object, which attempt to create it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// `<instance>:<type>:<id>:<nonce>`, kept in the card's hidden clientData under the key [`Marker::KEY`].
///
/// Instance, type and nonce are of `A-Z a-z 0-9 _ -` and not empty, so that no part can hold the separator.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marker {
    /// The Dolibarr that made the card.
    pub instance: String,
    /// Element type of the object, for example `contact`.
    pub element_type: String,
    /// Id of the object.
    pub id: u64,
    /// Tells two creates of one object apart.
    pub nonce: String,
}

impl Marker {
    /// The key under which the marker stands among a card's clientData.
    pub const KEY: &'static str = "dolibarr";

    /// What the nonce of a marker begins with that was put onto a card which was at Google before.
    const FOUND: &'static str = "a-";

    /// Makes a marker.
    ///
    /// # Errors
    /// [`Error::MarkerPart`] where a part is empty or holds another character than the type allows.
    pub fn new(instance: &str, element_type: &str, id: u64, nonce: &str) -> Result<Self, Error> {
        Ok(Self {
            instance: checked("instance", instance)?,
            element_type: checked("element type", element_type)?,
            id,
            nonce: checked("nonce", nonce)?,
        })
    }
}

impl Marker {
    /// The nonce for a card that is at Google already: its marker says so for ever, even where all links are lost.
    #[must_use]
    pub fn nonce_of_found(nonce: &str) -> String {
        format!("{}{nonce}", Self::FOUND)
    }

    /// Whether the card was made with this marker. A card that was there before must never be deleted with ours.
    #[must_use]
    pub fn made_the_card(&self) -> bool {
        !self.nonce.starts_with(Self::FOUND)
    }
}

fn checked(part: &'static str, text: &str) -> Result<String, Error> {
    let fine = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if fine {
        Ok(text.to_owned())
    } else {
        Err(Error::MarkerPart {
            part,
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.instance, self.element_type, self.id, self.nonce)
    }
}

impl FromStr for Marker {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split(':').collect();
        let [instance, element_type, id, nonce] = parts.as_slice() else {
            return Err(Error::MarkerParts(parts.len()));
        };
        // `u64::from_str` also takes `+7` and `007`, which would not print as they were read.
        let number = id.parse().ok().filter(|number: &u64| number.to_string() == *id);
        let number = number.ok_or_else(|| Error::MarkerPart {
            part: "id",
            text: (*id).to_owned(),
        })?;
        Self::new(instance, element_type, number, nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_reads_back() {
        let marker = Marker::new("0a1b", "contact", 42, "n-1").unwrap();
        assert_eq!(marker.to_string(), "0a1b:contact:42:n-1");
        assert_eq!(marker.to_string().parse(), Ok(marker));
    }

    #[test]
    fn a_marker_says_whether_the_card_was_there_before() {
        assert!(Marker::new("0a1b", "contact", 42, "f00").unwrap().made_the_card());
        let found = Marker::new("0a1b", "contact", 42, &Marker::nonce_of_found("f00")).unwrap();
        assert!(!found.made_the_card());
        assert_eq!(found.to_string().parse(), Ok(found));
    }

    #[test]
    fn what_is_no_marker_is_refused() {
        assert_eq!("a:contact:1".parse::<Marker>(), Err(Error::MarkerParts(3)));
        assert_eq!("a:contact:1:n:x".parse::<Marker>(), Err(Error::MarkerParts(5)));
        for bad in [
            "",
            ":contact:1:n",
            "a::1:n",
            "a:contact::n",
            "a:contact:1:",
            "a:contact:+1:n",
            "a:contact:01:n",
        ] {
            assert!(bad.parse::<Marker>().is_err(), "{bad}");
        }
        assert!("é:contact:1:n".parse::<Marker>().is_err());
        assert!(Marker::new("a:b", "contact", 1, "n").is_err());
        assert!(Marker::new("a", "contact", 1, "").is_err());
    }
}
