// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads a JSON value by the table: names in camel or snake case, types, enumerations, output-only members.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Map, Value};

use super::{Kind, Member, Message};

/// What reading a body has found besides its content.
#[derive(Debug, Default)]
pub struct Reading {
    /// `(path in snake case, message)` of every mistake, in the order met.
    pub violations: Vec<(String, String)>,
    /// Paths of output-only members that were sent and ignored.
    pub ignored: Vec<String>,
    /// A single object is taken where a list is due.
    pub lenient_lists: bool,
}

impl Reading {
    fn unknown(&mut self, path: &str, name: &str, problem: &str) {
        let place = if path.is_empty() {
            String::new()
        } else {
            format!(" at '{path}'")
        };
        let message = format!("Invalid JSON payload received. Unknown name \"{name}\"{place}: {problem}");
        self.violations.push((path.to_owned(), message));
    }

    fn invalid(&mut self, path: &str, kind: &str, value: &Value) {
        let shown = match value {
            Value::Object(_) | Value::Array(_) => String::new(),
            other => format!(", {other}"),
        };
        self.violations
            .push((path.to_owned(), format!("Invalid value at '{path}' ({kind}){shown}")));
    }
}

/// Reads an object of `message`; members that are `null` or output only are absent from the result.
pub fn read(message: &Message, value: &Value, path: &str, reading: &mut Reading) -> Map<String, Value> {
    let Value::Object(object) = value else {
        reading.invalid(
            path,
            &format!("type.googleapis.com/google.people.v1.{}", message.name),
            value,
        );
        return Map::new();
    };
    let mut clean = Map::new();
    for (key, value) in object {
        let name = camel_case(key);
        let Some(member) = message.member(&name) else {
            reading.unknown(path, key, "Cannot find field.");
            continue;
        };
        let place = join(path, &snake_case(member.name));
        if member.output_only {
            reading.ignored.push(place);
        } else if clean.contains_key(member.name) {
            reading.unknown(path, key, "Field is given twice, in camel case and in snake case.");
        } else if let Some(value) = read_member(member, value, path, &place, reading) {
            clean.insert(member.name.to_owned(), value);
        }
    }
    clean
}

fn read_member(member: &Member, value: &Value, path: &str, place: &str, reading: &mut Reading) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    match (member.repeated, value) {
        (false, Value::Array(_)) => {
            reading.unknown(path, member.name, "Proto field is not repeating, cannot start list.");
            None
        }
        (false, _) => read_value(member.kind, value, place, reading),
        (true, Value::Array(items)) => {
            let read_item =
                |(index, item): (usize, &Value)| read_value(member.kind, item, &format!("{place}[{index}]"), reading);
            Some(Value::Array(items.iter().enumerate().filter_map(read_item).collect()))
        }
        (true, _) if reading.lenient_lists => {
            read_value(member.kind, value, &format!("{place}[0]"), reading).map(|item| Value::Array(vec![item]))
        }
        (true, _) => {
            reading.invalid(place, "a list is expected", value);
            None
        }
    }
}

fn read_value(kind: Kind, value: &Value, place: &str, reading: &mut Reading) -> Option<Value> {
    let good = match (kind, value) {
        (Kind::Text, Value::String(_)) | (Kind::Flag, Value::Bool(_)) | (Kind::Any, _) => Some(value.clone()),
        (Kind::Number, _) => int32(value).map(Value::from),
        (Kind::Bytes, Value::String(text)) => {
            let known = STANDARD.decode(text).is_ok() || URL_SAFE.decode(text).is_ok();
            known.then(|| value.clone())
        }
        (Kind::Choice(_, words), Value::String(word)) if words.contains(&word.as_str()) => Some(value.clone()),
        (Kind::One(message), _) => return Some(Value::Object(read(message, value, place, reading))),
        (Kind::Map(message), Value::Object(entries)) => {
            let mut clean = Map::new();
            for (index, (key, entry)) in entries.iter().enumerate() {
                let entry = read(message, entry, &format!("{place}[{index}].value"), reading);
                clean.insert(key.clone(), Value::Object(entry));
            }
            Some(Value::Object(clean))
        }
        _ => None,
    };
    if good.is_none() {
        reading.invalid(place, &kind_name(kind), value);
    }
    good
}

/// A number, or a number written as text, as the JSON form of protobuf allows.
fn int32(value: &Value) -> Option<i32> {
    match value {
        Value::Number(number) => number.as_i64().and_then(|number| i32::try_from(number).ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn kind_name(kind: Kind) -> String {
    match kind {
        Kind::Text => "TYPE_STRING".to_owned(),
        Kind::Flag => "TYPE_BOOL".to_owned(),
        Kind::Number => "TYPE_INT32".to_owned(),
        Kind::Bytes => "TYPE_BYTES".to_owned(),
        Kind::Choice(name, _) => format!("type.googleapis.com/google.people.v1.{name}"),
        Kind::One(message) | Kind::Map(message) => format!("type.googleapis.com/google.people.v1.{}", message.name),
        Kind::Any => "TYPE_ANY".to_owned(),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// `given_name` to `givenName`; camel case stays as it is.
#[must_use]
pub fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut raise = false;
    for letter in name.chars() {
        if letter == '_' {
            raise = true;
        } else if raise {
            camel.extend(letter.to_uppercase());
            raise = false;
        } else {
            camel.push(letter);
        }
    }
    camel
}

/// `givenName` to `given_name`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::PERSON;

    fn violations(value: &Value) -> Vec<(String, String)> {
        let mut reading = Reading::default();
        read(&PERSON, value, "person", &mut reading);
        reading.violations
    }

    #[test]
    fn rule_6_unknown_member_names_its_place() {
        let found = violations(&json!({"names": [{"nom": "Curie"}]}));
        assert_eq!(found[0].0, "person.names[0]");
        assert_eq!(
            found[0].1,
            "Invalid JSON payload received. Unknown name \"nom\" at 'person.names[0]': Cannot find field."
        );
    }

    #[test]
    fn rule_7_wrong_type_names_its_place_and_value() {
        let found = violations(&json!({"names": [{"givenName": 3}]}));
        assert_eq!(
            found[0].1,
            "Invalid value at 'person.names[0].given_name' (TYPE_STRING), 3"
        );
        assert!(
            violations(&json!({"biographies": [{"contentType": "MARKDOWN"}]}))[0]
                .1
                .contains("ContentType")
        );
        assert!(
            violations(&json!({"names": {"givenName": "Marie"}}))[0]
                .1
                .contains("a list is expected")
        );
    }

    #[test]
    fn rules_8_and_9_snake_case_null_and_output_only() {
        let mut reading = Reading::default();
        let sent = json!({"names": [{"given_name": "Marie", "middleName": null, "displayName": "Marie"}]});
        let clean = read(&PERSON, &sent, "person", &mut reading);
        assert!(reading.violations.is_empty());
        assert_eq!(reading.ignored, ["person.names[0].display_name"]);
        assert_eq!(Value::Object(clean), json!({"names": [{"givenName": "Marie"}]}));
    }
}
