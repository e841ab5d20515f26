// SPDX-License-Identifier: GPL-3.0-or-later
//! A person of a listing. Thousands come, and most are known already: of those no more than the head is ever looked at.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Map;
use serde_json::value::{RawValue, Value};

use crate::person::{CUT_FIELDS, LISTED_AT_MOST};
use crate::{Error, Person};

/// The members that tell whose a person is, in which version and in which labels.
const HEAD: [&str; 5] = ["clientData", "etag", "memberships", "metadata", "resourceName"];

/// A person as a listing tells it: the head is read, the rest is text until somebody asks.
#[derive(Clone, Debug)]
pub struct ListedPerson {
    head: Person,
    is_full: bool,
    text: Box<RawValue>,
}

impl ListedPerson {
    /// A person with those members alone that tell whose it is, in which version, in which labels, and whether it was deleted.
    #[must_use]
    pub const fn head(&self) -> &Person {
        &self.head
    }

    /// As [`Person::may_be_cut`].
    #[must_use]
    pub const fn may_be_cut(&self) -> bool {
        self.is_full
    }

    /// All of it.
    ///
    /// # Errors
    /// [`Error::BadAnswer`] where it cannot be read.
    pub fn whole(&self) -> Result<Person, Error> {
        serde_json::from_str(self.text.get()).map_err(|error| Error::BadAnswer {
            http_status: 200,
            what: error.to_string(),
            retry_after: None,
        })
    }
}

impl<'de> Deserialize<'de> for ListedPerson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let head: Head = serde_json::from_str(text.get()).map_err(D::Error::custom)?;
        Ok(Self {
            head: Person::new(head.members),
            is_full: head.is_full,
            text,
        })
    }
}

struct Head {
    members: Map<String, Value>,
    is_full: bool,
}

impl<'de> Deserialize<'de> for Head {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeadVisitor)
    }
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = Head;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a person")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Head, A::Error> {
        let mut head = Head {
            members: Map::new(),
            is_full: false,
        };
        while let Some(name) = members.next_key::<String>()? {
            if HEAD.contains(&name.as_str()) {
                head.members.insert(name, members.next_value()?);
            } else if CUT_FIELDS.contains(&name.as_str()) {
                head.is_full |= is_full(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(head)
    }
}

fn is_full(field: &RawValue) -> bool {
    serde_json::from_str::<Vec<IgnoredAny>>(field.get()).is_ok_and(|items| items.len() >= LISTED_AT_MOST)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_head_says_what_the_whole_says() {
        let person = json!({
            "resourceName": "people/c1",
            "etag": "%e",
            "metadata": {"sources": [{"type": "CONTACT", "id": "1", "etag": "#e", "updateTime": "2026-01-01T00:00:00Z"}], "previousResourceNames": ["people/c0"]},
            "names": [{"familyName": "N\u{e9}"}],
            "phoneNumbers": vec![json!({"value": "1"}); 100],
            "memberships": [{"contactGroupMembership": {"contactGroupResourceName": "contactGroups/x"}}],
            "clientData": [{"key": "dolibarr", "value": "i:contact:7:n"}],
        });
        let listed: ListedPerson = serde_json::from_str(&person.to_string()).unwrap();
        let (head, whole) = (listed.head(), listed.whole().unwrap());
        assert_eq!(whole, serde_json::from_value(person).unwrap());
        assert_eq!(head.resource_name(), whole.resource_name());
        assert_eq!(head.source_id(), whole.source_id());
        assert_eq!(head.source_etag(), whole.source_etag());
        assert_eq!(head.update_time(), whole.update_time());
        assert_eq!(head.memberships(), whole.memberships());
        assert_eq!(head.previous_resource_names(), whole.previous_resource_names());
        assert_eq!(head.markers(), whole.markers());
        assert!(listed.may_be_cut() && whole.may_be_cut() && !head.is_deleted());
        assert!(
            head.as_object().get("names").is_none(),
            "what nobody asks for is not read"
        );
    }

    #[test]
    fn a_list_below_its_bound_is_whole() {
        for phones in [json!([{}]), json!("none"), json!({"0": 1}), json!(null)] {
            let text = json!({"phoneNumbers": phones, "resourceName": "people/c1"}).to_string();
            let listed: ListedPerson = serde_json::from_str(&text).unwrap();
            assert!(
                !listed.may_be_cut() && listed.head().resource_name().is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_object_is_no_person() {
        assert!(serde_json::from_str::<ListedPerson>("7").is_err());
    }
}
