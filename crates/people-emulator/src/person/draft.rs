// SPDX-License-Identifier: GPL-3.0-or-later
//! Checks and cleans a person that was sent.

use serde_json::{Map, Value};

use super::{SINGLETONS, country, name};
use crate::book::{Fields, Item};
use crate::config::Config;
use crate::error::ApiError;
use crate::log::Warnings;
use crate::mask::Mask;
use crate::schema::snake_case;

/// A person that was sent, checked and cleaned.
#[derive(Debug, Default)]
pub struct Draft {
    /// Values of the fields that the mask names.
    pub fields: Fields,
    /// Resource names of labels; `None` where the mask does not name them or none were given.
    pub memberships: Option<Vec<String>>,
    /// `person.etag`.
    pub etag: Option<String>,
    /// Etag of the CONTACT source.
    pub source_etag: Option<String>,
}

/// Members that say how a value is to be understood, not what it is.
const QUALIFIERS: [&str; 5] = ["metadata", "type", "contentType", "protocol", "current"];

/// Reads the fields that a mask names out of a person that the schema has already accepted.
///
/// # Errors
/// Two values where one is allowed, an invalid date, or a value that the configuration refuses.
pub fn draft(
    person: &Map<String, Value>,
    mask: &Mask,
    config: &Config,
    warnings: &mut Warnings,
) -> Result<Draft, ApiError> {
    let mut draft = Draft {
        etag: text(person, "etag"),
        source_etag: source_etag(person),
        ..Draft::default()
    };
    for field in mask.paths() {
        let items = person
            .get(field)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if field == "memberships" {
            let groups = items.iter().filter_map(group_name).collect::<Vec<_>>();
            draft.memberships = (!groups.is_empty()).then_some(groups);
        } else if field != "metadata" {
            let items = clean_field(field, items, config, warnings)?;
            if !items.is_empty() {
                draft.fields.insert(field, items);
            }
        }
    }
    Ok(draft)
}

fn clean_field(field: &str, items: &[Value], config: &Config, warnings: &mut Warnings) -> Result<Vec<Item>, ApiError> {
    let mut clean = Vec::new();
    for (index, item) in items.iter().filter_map(Value::as_object).enumerate() {
        let place = || format!("person.{}[{index}]", snake_case(field));
        check_dates(item, &place)?;
        let item = clean_item(field, item, config, warnings);
        let refused = |text: &str| {
            config
                .refused_values
                .iter()
                .any(|refused| text.contains(refused.as_str()))
        };
        if item.values().filter_map(Value::as_str).any(refused) {
            return Err(ApiError::invalid(format!("Invalid value at '{}'.", place())));
        }
        if !config.drop_empty_items || item.keys().any(|key| !QUALIFIERS.contains(&key.as_str())) {
            clean.push(item);
        } else {
            warnings.count("empty_item_dropped");
        }
    }
    if clean.len() > 1 && SINGLETONS.contains(&field) {
        return Err(ApiError::singleton(&snake_case(field)));
    }
    keep_one_primary(&mut clean);
    Ok(clean)
}

fn clean_item(field: &str, item: &Item, config: &Config, warnings: &mut Warnings) -> Item {
    let mut clean = Item::new();
    for (key, value) in item {
        match value {
            Value::String(text) => {
                let text = clean_text(text, config);
                if !text.is_empty() {
                    clean.insert(key.clone(), text.into());
                }
            }
            Value::Object(metadata) if key == "metadata" => {
                if metadata.get("sourcePrimary") == Some(&Value::Bool(true)) {
                    clean.insert(key.clone(), serde_json::json!({"sourcePrimary": true}));
                }
            }
            Value::Bool(false) => {}
            other => {
                clean.insert(key.clone(), other.clone());
            }
        }
    }
    match field {
        "names" => name::take_apart(&mut clean, warnings),
        "addresses" => clean_address(&mut clean, config, warnings),
        // The default of the enumeration is not echoed.
        "nicknames" if clean.get("type").is_some_and(|kind| kind == "DEFAULT") => {
            clean.remove("type");
        }
        "birthdays" if clean.contains_key("date") => {
            clean.remove("text");
        }
        _ => {}
    }
    clean
}

fn clean_text(text: &str, config: &Config) -> String {
    let text = if config.normalise_newlines {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    if config.trim_values {
        text.trim().to_owned()
    } else {
        text
    }
}

fn clean_address(item: &mut Item, config: &Config, warnings: &mut Warnings) {
    if item.contains_key("formattedValue") {
        warnings.count("formatted_address_sent");
    }
    if config.derive_country_code
        && !item.contains_key("countryCode")
        && let Some(code) = item.get("country").and_then(Value::as_str).and_then(country::code)
    {
        item.insert("countryCode".to_owned(), code.into());
    }
}

/// At most one value of a field is the source's primary one, and the first is so without saying.
fn keep_one_primary(items: &mut [Item]) {
    let primary = items.iter().position(|item| item.contains_key("metadata"));
    for (index, item) in items.iter_mut().enumerate() {
        if index == 0 || Some(index) != primary {
            item.remove("metadata");
        }
    }
}

fn check_dates(item: &Item, place: &dyn Fn() -> String) -> Result<(), ApiError> {
    for key in ["date", "startDate", "endDate"] {
        if let Some(Value::Object(date)) = item.get(key)
            && !is_date(date)
        {
            return Err(ApiError::invalid(format!(
                "Invalid date at '{}.{}'.",
                place(),
                snake_case(key)
            )));
        }
    }
    Ok(())
}

/// A full date, a month and day, a year, or a year and month.
fn is_date(date: &Map<String, Value>) -> bool {
    let part = |name: &str| date.get(name).and_then(Value::as_i64).unwrap_or(0);
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let leap = year == 0 || (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (0..=9999).contains(&year)
        && (0..=days).contains(&day)
        && match (year, month, day) {
            (0, month, day) => month > 0 && day > 0,
            (_, month, _) => (0..=12).contains(&month),
        }
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    object
        .get(key)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn source_etag(person: &Map<String, Value>) -> Option<String> {
    let sources = person.get("metadata")?.get("sources")?.as_array()?;
    let contact = sources
        .iter()
        .filter_map(Value::as_object)
        .find(|source| source.get("type").is_some_and(|kind| kind == "CONTACT"));
    contact.and_then(|source| text(source, "etag"))
}

fn group_name(membership: &Value) -> Option<String> {
    membership
        .get("contactGroupMembership")?
        .get("contactGroupResourceName")?
        .as_str()
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn clean(person: &Value) -> Result<Draft, ApiError> {
        let mask = Mask::everything();
        draft(
            person.as_object().unwrap(),
            &mask,
            &Config::default(),
            &mut Warnings::default(),
        )
    }

    #[test]
    fn rule_47_singletons() {
        let twice = clean(&json!({"names": [{"givenName": "A"}, {"givenName": "B"}]})).unwrap_err();
        assert_eq!(twice.message, "Cannot have more than one person.names per source.");
    }

    #[test]
    fn rule_56_values_are_cleaned() {
        let draft = clean(&json!({
            "emailAddresses": [{"value": " a@example.com "}, {"value": "  ", "type": "work"}],
            "addresses": [{"streetAddress": "1 rue A\r\nBât. B", "country": "France"}],
        }))
        .unwrap();
        assert_eq!(
            json!(draft.fields["emailAddresses"]),
            json!([{"value": "a@example.com"}])
        );
        assert_eq!(draft.fields["addresses"][0]["streetAddress"], "1 rue A\nBât. B");
        assert_eq!(draft.fields["addresses"][0]["countryCode"], "FR");
    }

    #[test]
    fn rule_57_dates() {
        for good in [
            json!({"year": 2000, "month": 2, "day": 29}),
            json!({"month": 2, "day": 29}),
            json!({"year": 1990}),
            json!({"year": 1990, "month": 5}),
        ] {
            assert!(clean(&json!({"birthdays": [{"date": good}]})).is_ok(), "{good}");
        }
        for bad in [
            json!({"year": 2001, "month": 2, "day": 29}),
            json!({"month": 13, "day": 1}),
            json!({"day": 3}),
            json!({"year": 1990, "day": 3}),
            json!({}),
        ] {
            let error = clean(&json!({"birthdays": [{"date": bad}]})).unwrap_err();
            assert_eq!(error.message, "Invalid date at 'person.birthdays[0].date'.");
        }
    }
}
