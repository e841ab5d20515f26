// SPDX-License-Identifier: GPL-3.0-or-later
//! The properties of a vCard, as texts.

use std::collections::HashMap;

use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue};

/// Apple's way to write a label of its own, for example `_$!<Work>!$_`.
const APPLE: (&str, &str) = ("_$!<", ">!$_");

/// A property with its types and its custom label.
pub struct Property<'a> {
    /// Its name.
    pub name: &'a VCardProperty,
    /// Its values: each of one text or, where it is structured, of several.
    pub values: &'a [VCardValue],
    /// Its types, in small letters.
    pub types: Vec<String>,
    /// The label that its group gives it; empty for none.
    pub label: String,
    parameters: &'a [calcard::vcard::VCardParameter],
}

impl<'a> Property<'a> {
    /// The properties of a vCard, those with the highest preference first among their kind.
    pub fn all(card: &'a VCard) -> Vec<Self> {
        let labels: HashMap<&str, String> = card
            .entries
            .iter()
            .filter(|entry| matches!(&entry.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLabel")))
            .filter_map(|entry| Some((entry.group.as_deref()?, entry.values.first().map(text)?)))
            .collect();
        let mut all: Vec<Self> = card.entries.iter().map(|entry| Self::of(entry, &labels)).collect();
        all.sort_by_key(Self::preference);
        all
    }

    fn of(entry: &'a VCardEntry, labels: &HashMap<&str, String>) -> Self {
        let types = entry
            .params
            .iter()
            .filter(|parameter| parameter.name == VCardParameterName::Type);
        let types = types.flat_map(|parameter| {
            let value = parameter_text(&parameter.value).to_lowercase();
            value.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>()
        });
        let label = entry.group.as_deref().and_then(|group| labels.get(group));
        let label = label.map_or("", String::as_str).trim();
        let label = label
            .strip_prefix(APPLE.0)
            .and_then(|rest| rest.strip_suffix(APPLE.1))
            .unwrap_or(label);
        Self {
            name: &entry.name,
            values: &entry.values,
            types: types.collect(),
            label: label.to_owned(),
            parameters: &entry.params,
        }
    }

    /// Whether it has a type.
    pub fn is(&self, name: &str) -> bool {
        self.types.iter().any(|known| known == name)
    }

    /// The text of its first value.
    pub fn text(&self) -> String {
        self.values.first().map(text).unwrap_or_default()
    }

    /// The text of the component at `index`.
    pub fn part(&self, index: usize) -> String {
        self.values.get(index).map(text).unwrap_or_default()
    }

    /// A parameter that has no name of its own in the standard.
    pub fn parameter(&self, wanted: &str) -> Option<String> {
        let found = self.parameters.iter().find(|parameter| {
            let name = match &parameter.name {
                VCardParameterName::Other(name) => name.as_str(),
                VCardParameterName::ServiceType => "SERVICE-TYPE",
                VCardParameterName::Username => "USERNAME",
                _ => "",
            };
            name.eq_ignore_ascii_case(wanted)
        });
        found.map(|parameter| parameter_text(&parameter.value))
    }

    fn preference(&self) -> i64 {
        let pref = self
            .parameters
            .iter()
            .find(|parameter| parameter.name == VCardParameterName::Pref);
        let pref = pref.and_then(|parameter| parameter_text(&parameter.value).parse().ok());
        pref.unwrap_or(if self.is("pref") { 1 } else { 101 })
    }
}

/// The text of a value.
pub fn text(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Component(parts) => parts.join(" "),
        _ => String::new(),
    }
}

fn parameter_text(value: &VCardParameterValue) -> String {
    match value {
        VCardParameterValue::Text(text) => text.clone(),
        VCardParameterValue::Type(kind) => {
            use calcard::common::IanaString;
            kind.as_str().to_owned()
        }
        VCardParameterValue::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}
