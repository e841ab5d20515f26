// SPDX-License-Identifier: GPL-3.0-or-later
//! Builds the person that a read answers: the masked fields, with everything that Google computes.

use serde_json::{Map, Value, json};

use super::{Language, kind_label, name, phone_number};
use crate::book::{Contact, Fields, Item};
use crate::clock::Instant;
use crate::config::{Config, User};
use crate::etag;
use crate::mask::Mask;
use crate::object::Object;
use crate::state::State;

/// How a person is to be shown.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// Fields.
    pub mask: &'a Mask,
    /// Sources.
    pub sources: Sources,
    /// In a list: e-mails and phones are cut at 100, the etag says so.
    pub listed: bool,
    /// In a list that has to do with a sync token: former resource names are told.
    pub synced: bool,
    /// Language of computed texts.
    pub language: Language,
    /// The account.
    pub user: &'a User,
    /// Settings.
    pub config: &'a Config,
    /// Where this server is reached.
    pub base_url: &'a str,
}

impl<'a> View<'a> {
    /// Everything that the mask names, from all sources, in English.
    #[must_use]
    pub fn complete(mask: &'a Mask, user: &'a User, state: &'a State) -> Self {
        Self {
            mask,
            sources: Sources::of(&[]),
            listed: false,
            synced: false,
            language: Language::English,
            user,
            config: &state.config,
            base_url: &state.base_url,
        }
    }
}

/// Sources that a read wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sources {
    /// The contact.
    pub contact: bool,
    /// The profile that it is linked to.
    pub profile: bool,
}

impl Sources {
    /// Reads the `sources` parameter; none stands for both.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        let has = |name: &str| names.contains(&name);
        let all = names.is_empty();
        Self {
            contact: all || has("READ_SOURCE_TYPE_CONTACT"),
            profile: all || has("READ_SOURCE_TYPE_PROFILE"),
        }
    }

    /// Reads the `sources` of a body.
    #[must_use]
    pub fn of_body(body: &Map<String, Value>) -> Self {
        let named = body.get("sources").and_then(Value::as_array).into_iter().flatten();
        Self::of(&named.filter_map(Value::as_str).collect::<Vec<_>>())
    }
}

const LIST_LIMIT: usize = 100;

/// The contact as a person.
#[must_use]
pub fn view(contact: &Contact, view: &View<'_>) -> Value {
    let id = contact.source_id();
    let mut person = Map::new();
    person.insert("resourceName".to_owned(), json!(contact.resource_name));
    person.insert(
        "etag".to_owned(),
        json!(etag::of_person(&id, contact.version, view.mask, view.listed)),
    );
    if contact.is_deleted {
        if view.mask.has("metadata") {
            person.insert(
                "metadata".to_owned(),
                Object::from(metadata(contact, view)).with("deleted", true).into(),
            );
        }
        return Value::Object(person);
    }
    for field in view.mask.paths() {
        let value = match field {
            "metadata" => metadata(contact, view),
            "memberships" => memberships(contact, view),
            "photos" => photos(contact, view),
            _ => field_items(contact, field, view),
        };
        // Absent fields are omitted, never null or [].
        if value.as_array().is_none_or(|items| !items.is_empty()) {
            person.insert(field.to_owned(), value);
        }
    }
    Value::Object(person)
}

fn metadata(contact: &Contact, view: &View<'_>) -> Value {
    let mut sources = Vec::new();
    if view.sources.contact {
        sources.push(json!({
            "type": contact.source_type(), "id": contact.source_id(), "etag": contact.source_etag(),
            "updateTime": contact.updated.rfc3339(),
        }));
    }
    if let (true, Some(profile)) = (view.sources.profile, &contact.profile) {
        sources.push(json!({
            "type": "PROFILE", "id": profile.id, "etag": etag::of_source(&profile.id, 1),
            "profileMetadata": {"objectType": "PERSON", "userTypes": ["GOOGLE_USER"]},
        }));
    }
    let mut metadata = Object::new().with("sources", sources).with("objectType", "PERSON");
    let former = (view.synced && !contact.former_names.is_empty()).then(|| contact.former_names.clone());
    metadata.set_some("previousResourceNames", former);
    metadata.into()
}

fn memberships(contact: &Contact, view: &View<'_>) -> Value {
    if !view.sources.contact {
        return json!([]);
    }
    let membership = |group: &String| {
        json!({
            "metadata": {"source": {"type": "CONTACT", "id": contact.source_id()}},
            "contactGroupMembership": {
                "contactGroupId": group.trim_start_matches("contactGroups/"),
                "contactGroupResourceName": group,
            },
        })
    };
    let mut shown = contact.memberships.iter().map(membership).collect::<Vec<_>>();
    rotate(&mut shown, view);
    Value::Array(shown)
}

fn photos(contact: &Contact, view: &View<'_>) -> Value {
    let source = json!({"type": contact.source_type(), "id": contact.source_id()});
    match &contact.photo {
        None => json!([default_photo(view.base_url, &source)]),
        Some(photo) => json!([{
            "metadata": {"primary": true, "source": source},
            "url": format!("{}/photos/{}=s100", view.base_url, photo.id),
        }]),
    }
}

/// The photo of somebody who has none.
fn default_photo(base_url: &str, source: &Value) -> Value {
    json!({
        "metadata": {"primary": true, "source": source},
        "url": format!("{base_url}/photos/default=s100"),
        "default": true,
    })
}

fn field_items(contact: &Contact, field: &str, view: &View<'_>) -> Value {
    let id = contact.source_id();
    let mut items = Vec::new();
    if view.sources.contact {
        append(
            &mut items,
            &contact.fields,
            field,
            &json!({"type": contact.source_type(), "id": id}),
            view,
        );
    }
    if let (true, Some(profile)) = (view.sources.profile, &contact.profile) {
        append(
            &mut items,
            &profile.fields,
            field,
            &json!({"type": "PROFILE", "id": profile.id}),
            view,
        );
    }
    if view.listed && matches!(field, "emailAddresses" | "phoneNumbers") {
        items.truncate(LIST_LIMIT);
    }
    rotate(&mut items, view);
    Value::Array(items)
}

/// Google promises no order of values.
fn rotate(items: &mut [Value], view: &View<'_>) {
    if view.config.shuffle_items && items.len() > 1 {
        items.rotate_left(1);
    }
}

/// Appends the values of one source; the first of all, or the one written as its source's primary, is the primary.
fn append(items: &mut Vec<Value>, fields: &Fields, field: &str, source: &Value, view: &View<'_>) {
    let Some(stored) = fields.get(field) else { return };
    let primary = stored
        .iter()
        .position(|item| item.contains_key("metadata"))
        .unwrap_or(0);
    let first_source = items.is_empty();
    for (index, item) in stored.iter().enumerate() {
        let mut metadata = Object::new().with("source", source.clone());
        if index == primary {
            metadata.set("sourcePrimary", true);
            if first_source {
                metadata.set("primary", true);
            }
        }
        let mut shown = item.clone();
        compute(field, &mut shown, view);
        shown.insert("metadata".to_owned(), metadata.into());
        items.push(Value::Object(shown));
    }
}

fn compute(field: &str, item: &mut Item, view: &View<'_>) {
    match field {
        "names" => {
            let (display, last_first) = (name::display(item), name::display_last_first(item));
            put(item, "unstructuredName", display.clone());
            put(item, "displayName", display);
            put(item, "displayNameLastFirst", last_first);
        }
        "addresses" if !item.contains_key("formattedValue") => {
            let whole = formatted_address(item);
            put(item, "formattedValue", whole);
        }
        "phoneNumbers" => {
            let typed = item.get("value").and_then(Value::as_str).unwrap_or_default();
            if let Some(canonical) = phone_number::canonical(typed, &view.user.phone_region) {
                put(item, "canonicalForm", canonical);
            }
        }
        "birthdays" => {
            if let Some(text) = item.get("date").and_then(birthday_text) {
                put(item, "text", text);
            }
        }
        "biographies" if !item.contains_key("contentType") => put(item, "contentType", "TEXT_PLAIN".to_owned()),
        "genders" => {
            let shown = capitalised(item.get("value").and_then(Value::as_str).unwrap_or_default());
            put(item, "formattedValue", shown);
        }
        "imClients" => {
            if let Some(protocol) = item.get("protocol").and_then(Value::as_str) {
                let shown = kind_label(protocol, view.language);
                put(item, "formattedProtocol", shown);
            }
        }
        _ => {}
    }
    let kind = item.get("type").and_then(Value::as_str);
    if let Some(shown) = kind
        .filter(|_| field != "nicknames")
        .map(|kind| kind_label(kind, view.language))
    {
        put(item, "formattedType", shown);
    }
}

fn put(item: &mut Item, key: &str, text: String) {
    item.insert(key.to_owned(), Value::String(text));
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn formatted_address(address: &Item) -> String {
    let part = |key: &str| address.get(key).and_then(Value::as_str).unwrap_or_default();
    let american = matches!(part("countryCode"), "US" | "CA" | "AU");
    let parts = if american {
        ["city", "region", "postalCode"]
    } else {
        ["", "postalCode", "city"]
    };
    let town = parts.map(part).join(" ");
    let region = if american { "" } else { part("region") };
    let country = if part("country").is_empty() {
        part("countryCode")
    } else {
        part("country")
    };
    let lines = [
        part("streetAddress"),
        part("extendedAddress"),
        part("poBox"),
        town.trim(),
        region,
        country,
    ];
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn birthday_text(date: &Value) -> Option<String> {
    let part = |name: &str| date.get(name).and_then(Value::as_i64).filter(|part| *part > 0);
    let (month, day) = (part("month")?, part("day")?);
    Some(match part("year") {
        Some(year) => format!("{month:02}/{day:02}/{year:04}"),
        None => format!("{month:02}/{day:02}"),
    })
}

/// `people/me` and a user's own profile: what the granted scopes let see.
#[must_use]
pub fn profile_person(view: &View<'_>, scopes: &[String], now: Instant) -> Value {
    let user = view.user;
    let may = |ends: &[&str]| scopes.iter().any(|scope| ends.iter().any(|end| scope.ends_with(end)));
    let source = json!({"type": "PROFILE", "id": user.sub});
    let main = json!({"primary": true, "source": source, "sourcePrimary": true});
    let mut person = Object::new()
        .with("resourceName", format!("people/{}", user.sub))
        .with("etag", etag::of_person(&user.sub, 1, view.mask, view.listed));
    if view.mask.has("names") && may(&["/userinfo.profile", "profile"]) && !user.name.is_empty() {
        person.set(
            "names",
            json!([{"metadata": main, "displayName": user.name, "unstructuredName": user.name}]),
        );
    }
    if view.mask.has("emailAddresses") && may(&["/userinfo.email", "/user.emails.read", "email"]) {
        let account = json!({"primary": true, "verified": true, "source": {"type": "ACCOUNT", "id": user.sub}});
        person.set("emailAddresses", json!([{"metadata": account, "value": user.email}]));
    }
    if view.mask.has("photos") && may(&["/userinfo.profile", "profile"]) {
        person.set("photos", json!([default_photo(view.base_url, &source)]));
    }
    if view.mask.has("metadata") {
        let source = json!({
            "type": "PROFILE", "id": user.sub, "etag": etag::of_source(&user.sub, 1), "updateTime": now.rfc3339(),
            "profileMetadata": {"objectType": "PERSON", "userTypes": ["GOOGLE_USER"]},
        });
        person.set("metadata", json!({"objectType": "PERSON", "sources": [source]}));
    }
    person.into()
}
