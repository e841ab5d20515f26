// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.connections.list`: all contacts, page by page from a snapshot.

use std::sync::Arc;

use serde_json::{Value, json};

use super::Call;
use crate::book::{Contact, Item};
use crate::error::ApiError;
use crate::listing::{Listed, Page};
use crate::person::view;

const DEFAULT_PAGE: usize = 100;

/// Lists contacts.
pub fn list(call: &mut Call<'_>) -> Result<Value, ApiError> {
    if call.segment != "me" {
        return Err(ApiError::invalid("Resource name must be people/me."));
    }
    let mask = call.read_mask()?;
    let size = call.page_size(DEFAULT_PAGE)?;
    let asked = call.question_without(&["pageToken"]);
    let (contacts, start) = match call.text("pageToken") {
        Some(token) => continued(call, token, &asked)?,
        None if call.text("syncToken").is_some() => return Err(ApiError::invalid_argument()),
        None => (Arc::new(sorted(call)?), 0),
    };
    let end = contacts.len().min(start + size);
    let sources = call.sources();
    let shown = contacts.get(start..end).unwrap_or_default();
    let people = shown.iter().map(|contact| view(contact, &call.view(&mask, sources, true))).collect::<Vec<_>>();
    call.names.extend(shown.iter().map(|contact| contact.resource_name.clone()));

    let mut answer = json!({});
    if !people.is_empty() {
        answer["connections"] = Value::Array(people);
        answer["totalPeople"] = json!(contacts.len());
        answer["totalItems"] = json!(contacts.len());
    }
    if end < contacts.len() {
        let account = call.user.sub.clone();
        let page = Page { account, asked, listed: Listed::People(contacts), start: end };
        answer["nextPageToken"] = json!(call.state.listings.keep(page));
    }
    Ok(answer)
}

fn continued(call: &Call<'_>, token: &str, asked: &str) -> Result<(Arc<Vec<Arc<Contact>>>, usize), ApiError> {
    let page = call.state.listings.page(token, &call.user.sub, asked).ok_or_else(ApiError::invalid_argument)?;
    match &page.listed {
        Listed::People(contacts) => Ok((Arc::clone(contacts), page.start)),
        Listed::Groups(_) => Err(ApiError::invalid_argument()),
    }
}

fn sorted(call: &Call<'_>) -> Result<Vec<Arc<Contact>>, ApiError> {
    let mut contacts = call.book()?.by_last_change();
    match call.text("sortOrder") {
        Some("LAST_MODIFIED_DESCENDING") => contacts.reverse(),
        Some("FIRST_NAME_ASCENDING") => contacts.sort_by_cached_key(|contact| name_key(contact, "givenName")),
        Some("LAST_NAME_ASCENDING") => contacts.sort_by_cached_key(|contact| name_key(contact, "familyName")),
        _ => {}
    }
    Ok(contacts)
}

fn name_key(contact: &Contact, part: &str) -> String {
    let name = contact.fields.get("names").and_then(|names: &Vec<Item>| names.first());
    name.and_then(|name| name.get(part)).and_then(Value::as_str).unwrap_or_default().to_lowercase()
}
