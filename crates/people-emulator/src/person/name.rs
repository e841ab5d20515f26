// SPDX-License-Identifier: GPL-3.0-or-later
//! Names: one written as a whole is taken apart; the forms to display are put together.

use serde_json::Value;

use crate::book::Item;
use crate::log::Warnings;

const PARTS: [&str; 5] = [
    "honorificPrefix",
    "givenName",
    "middleName",
    "familyName",
    "honorificSuffix",
];

/// Takes `unstructuredName` apart where it stands alone; beside parts, the parts win.
pub fn take_apart(name: &mut Item, warnings: &mut Warnings) {
    let Some(Value::String(whole)) = name.remove("unstructuredName") else {
        return;
    };
    if PARTS.iter().any(|part| name.contains_key(*part)) {
        warnings.count("unstructured_name_beside_parts");
        return;
    }
    let (given, family) = whole.rsplit_once(' ').unwrap_or((&whole, ""));
    for (part, text) in [("givenName", given.trim()), ("familyName", family)] {
        if !text.is_empty() {
            name.insert(part.to_owned(), text.into());
        }
    }
}

/// `displayName`: all parts in the order of speech.
#[must_use]
pub fn display(name: &Item) -> String {
    let words = join(name, &["honorificPrefix", "givenName", "middleName", "familyName"], " ");
    match part(name, "honorificSuffix") {
        Some(suffix) if !words.is_empty() => format!("{words}, {suffix}"),
        Some(suffix) => suffix.to_owned(),
        None => words,
    }
}

/// `displayNameLastFirst`.
#[must_use]
pub fn display_last_first(name: &Item) -> String {
    let first = join(name, &["honorificPrefix", "givenName", "middleName"], " ");
    let words = match (part(name, "familyName"), first.is_empty()) {
        (Some(family), false) => format!("{family}, {first}"),
        (Some(family), true) => family.to_owned(),
        (None, _) => first,
    };
    match part(name, "honorificSuffix") {
        Some(suffix) if !words.is_empty() => format!("{words}, {suffix}"),
        _ => words,
    }
}

fn part<'a>(name: &'a Item, key: &str) -> Option<&'a str> {
    name.get(key).and_then(Value::as_str)
}

fn join(name: &Item, keys: &[&str], between: &str) -> String {
    keys.iter()
        .filter_map(|key| part(name, key))
        .collect::<Vec<_>>()
        .join(between)
}
