// SPDX-License-Identifier: GPL-3.0-or-later
//! One item of a field of a person: reading it, editing it in place, and what of it may be sent.

use gcontacts_core::address::PostalAddress;
use gcontacts_core::identity::Kind;
use gcontacts_core::{Content, Name, Value, ValueLabel};
use serde_json::Value as Json;

use crate::person::Item;

pub(super) const NAMES: &str = "names";
pub(super) const BIRTHDAYS: &str = "birthdays";
pub(super) const BIOGRAPHIES: &str = "biographies";
pub(super) const CLIENT_DATA: &str = "clientData";

/// The fields of a person in which the values of a card stand.
pub(super) const FIELDS: [(Kind, &str); 6] = [
    (Kind::Organization, "organizations"),
    (Kind::Email, "emailAddresses"),
    (Kind::Phone, "phoneNumbers"),
    (Kind::Address, "addresses"),
    (Kind::Url, "urls"),
    (Kind::Messenger, "imClients"),
];

/// The members that an address is made of; `formattedValue` is made of them.
const ADDRESS_PARTS: [&str; 8] = [
    "streetAddress",
    "extendedAddress",
    "poBox",
    "city",
    "region",
    "postalCode",
    "country",
    "countryCode",
];

/// The members that a name is made of; `unstructuredName` is made of them.
const NAME_PARTS: [&str; 5] = [
    "honorificPrefix",
    "givenName",
    "middleName",
    "familyName",
    "honorificSuffix",
];

/// The text of a member; empty where it is absent or no text.
pub(super) fn text<'a>(item: &'a Item, member: &str) -> &'a str {
    item.get(member).and_then(Json::as_str).unwrap_or_default()
}

/// Sets the text of a member; an empty one is absent.
fn set(item: &mut Item, member: &str, text: &str) {
    if text.is_empty() {
        item.remove(member);
    } else {
        item.insert(member.to_owned(), Json::from(text));
    }
}

/// Reads an item; `None` where it says nothing.
pub(super) fn read(kind: Kind, item: &Item, country: &str) -> Option<Value> {
    let text = |member| text(item, member);
    let content = match kind {
        Kind::Phone => Content::phone(text("value"), country),
        Kind::Email => Content::email(text("value")),
        Kind::Address => Content::address(&read_address(item)),
        Kind::Organization => Content::organization(text("name"), text("title")),
        Kind::Url => Content::url(text("value")),
        Kind::Messenger => Content::messenger(text("protocol"), text("username")),
    };
    Some(Value::found(ValueLabel::from_text(text("type")), content?))
}

/// Reads an address. Google keeps a second line of the street and a box number apart; Dolibarr does not.
fn read_address(item: &Item) -> PostalAddress {
    let part = |member| text(item, member).trim().to_owned();
    let lines = ["streetAddress", "extendedAddress", "poBox"].map(part);
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    let street = if has_any(item, &ADDRESS_PARTS) {
        lines.join("\n")
    } else {
        part("formattedValue")
    };
    PostalAddress {
        street,
        zip: part("postalCode"),
        town: part("city"),
        state: part("region"),
        country: part("country"),
        country_code: part("countryCode"),
    }
}

fn has_any(item: &Item, members: &[&str]) -> bool {
    members.iter().any(|member| !text(item, member).trim().is_empty())
}

/// Makes the item of a value.
pub(super) fn from_value(value: &Value) -> Item {
    let mut item = Item::new();
    write(&mut item, value);
    item
}

/// Writes a value into an item: what the item says beside it stays.
pub(super) fn write(item: &mut Item, value: &Value) {
    set(item, "type", value.label.as_text());
    match &value.content {
        Content::Phone { number: text, .. } | Content::Email(text) | Content::Url(text) => set(item, "value", text),
        Content::Organization { name, title } => {
            set(item, "name", name);
            set(item, "title", title);
        }
        Content::Messenger { protocol, handle } => {
            set(item, "protocol", protocol);
            set(item, "username", handle);
        }
        Content::Address(address) => {
            // What was read into the street goes, lest it stands there twice; what is made of the parts too.
            for member in ["extendedAddress", "poBox", "formattedValue"] {
                item.remove(member);
            }
            set(item, "streetAddress", &address.street);
            set(item, "postalCode", &address.zip);
            set(item, "city", &address.town);
            set(item, "region", &address.state);
            set(item, "country", &address.country);
            set(item, "countryCode", &address.country_code);
        }
    }
}

/// Writes a name into an item: middle name and pronunciation stay.
pub(super) fn write_name(item: &mut Item, name: &Name) {
    set(item, "honorificPrefix", &name.prefix);
    set(item, "givenName", &name.given);
    set(item, "familyName", &name.family);
    set(item, "honorificSuffix", &name.suffix);
}

/// Whether an item says anything, so that it is worth sending.
pub(super) fn says_something(item: &Item) -> bool {
    item.keys().any(|member| member != "metadata")
}

/// The item without the members that only Google writes, and without those that it makes of others.
///
/// Of the metadata only `sourcePrimary` may be sent: the item that the user chose as the default.
pub(super) fn sendable(field: &str, item: &Item) -> Item {
    let mut item = item.clone();
    let primary = item
        .remove("metadata")
        .and_then(|metadata| metadata.get("sourcePrimary").cloned());
    if primary == Some(Json::Bool(true)) {
        item.insert("metadata".to_owned(), serde_json::json!({"sourcePrimary": true}));
    }
    for member in ["formattedType", "formattedProtocol", "canonicalForm"] {
        item.remove(member);
    }
    if field == NAMES {
        for member in ["displayName", "displayNameLastFirst"] {
            item.remove(member);
        }
        if has_any(&item, &NAME_PARTS) {
            item.remove("unstructuredName");
        }
    }
    // Were it sent, it would win over the parts. An address that has nothing else must keep it.
    if field == "addresses" && has_any(&item, &ADDRESS_PARTS) {
        item.remove("formattedValue");
    }
    item
}
