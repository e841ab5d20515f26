// SPDX-License-Identifier: GPL-3.0-or-later
//! A page of contacts, read a contact at a time: a thousand whole people weigh more than all else that an export holds.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::{Page, Person};

/// Reads a page and keeps of each person what the function makes of it.
pub struct Connections<'f, F>(pub &'f mut F);

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Member {
    Connections,
    NextPageToken,
    TotalItems,
    #[serde(other)]
    Other,
}

impl<'de, I, F: FnMut(Person) -> I> DeserializeSeed<'de> for Connections<'_, F> {
    type Value = Page<I>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Page<I>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, I, F: FnMut(Person) -> I> Visitor<'de> for Connections<'_, F> {
    type Value = Page<I>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of connections")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Page<I>, M::Error> {
        // Google leaves out what is empty.
        let mut page = Page {
            items: Vec::new(),
            next: None,
            total: None,
        };
        while let Some(member) = members.next_key()? {
            match member {
                Member::Connections => page.items = members.next_value_seed(People(&mut *self.0))?,
                // An empty token is how some servers say that there is no further page.
                Member::NextPageToken => {
                    page.next = members
                        .next_value::<Option<String>>()?
                        .filter(|token| !token.is_empty());
                }
                Member::TotalItems => page.total = members.next_value()?,
                Member::Other => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(page)
    }
}

struct People<'f, F>(&'f mut F);

impl<'de, I, F: FnMut(Person) -> I> DeserializeSeed<'de> for People<'_, F> {
    type Value = Vec<I>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<I>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, I, F: FnMut(Person) -> I> Visitor<'de> for People<'_, F> {
    type Value = Vec<I>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of people")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut people: S) -> Result<Vec<I>, S::Error> {
        let mut items = Vec::new();
        while let Some(person) = people.next_element()? {
            items.push((self.0)(person));
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Page<String>, serde_json::Error> {
        let mut name = |person: Person| person.resource_name().map(|name| name.0).unwrap_or_default();
        Connections(&mut name).deserialize(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn each_person_is_handed_over() {
        let json = r#"{"connections": [{"resourceName": "people/c1", "names": [{}]}, {"resourceName": "people/c2"}],
            "totalPeople": 2, "totalItems": 2, "nextPageToken": "next"}"#;
        let page = read(json).unwrap();
        assert_eq!(page.items, ["people/c1", "people/c2"]);
        assert_eq!((page.next.as_deref(), page.total), (Some("next"), Some(2)));
    }

    #[test]
    fn what_is_empty_is_absent() {
        let page = read(r#"{"nextPageToken": ""}"#).unwrap();
        assert_eq!((page.items.len(), page.next, page.total), (0, None, None));
    }

    #[test]
    fn what_is_no_page_is_refused() {
        for json in [
            "[]",
            r#"{"connections": {}}"#,
            r#"{"connections": [1]}"#,
            r#"{"connections": [{}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
