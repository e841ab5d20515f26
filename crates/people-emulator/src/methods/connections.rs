// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.connections.list`: all contacts, or those that have changed, page by page from a snapshot.

use std::sync::Arc;

use serde_json::Value;

use super::Call;
use super::paging::{Part, part};
use crate::book::{Contact, Item};
use crate::error::ApiError;
use crate::listing::Listed;
use crate::mask::Mask;
use crate::object::Object;
use crate::person::{View, view};
use crate::quota::FULL_SYNC;

const DEFAULT_PAGE: usize = 100;
const DEFAULT_ORDER: &str = "LAST_MODIFIED_ASCENDING";

/// Lists contacts.
pub fn list(call: &mut Call<'_>) -> Result<Value, ApiError> {
    charge_full_sync(call)?;
    if call.segment != "me" {
        return Err(ApiError::invalid("Resource name must be people/me."));
    }
    let mask = call.read_mask()?;
    let size = call.page_size(DEFAULT_PAGE)?;
    if call.has_to_do_with_sync() && call.text("sortOrder").is_some_and(|order| order != DEFAULT_ORDER) {
        return Err(ApiError::invalid_argument());
    }
    let gives_sync = call.flag("requestSyncToken") || !call.state.config.next_sync_needs_request;
    let part = part(call, size, gives_sync, |call, seen, since| {
        let contacts = match since {
            Some(position) => seen.contacts_changed_since(position),
            None => sorted(call, seen.contacts()),
        };
        contacts.into_iter().map(Listed::Person).collect()
    })?;
    let people = show_people(call, &part, &mask);
    let mut answer = Object::new();
    answer.set_some("connections", (!people.is_empty()).then_some(people));
    let total = part.total.filter(|total| *total > 0);
    answer.set_some("totalPeople", total);
    answer.set_some("totalItems", total);
    part.put_token(&mut answer);
    Ok(answer.into())
}

/// Charges what the first page of a full sync costs besides.
///
/// # Errors
/// A quota used up.
pub fn charge_full_sync(call: &mut Call<'_>) -> Result<(), ApiError> {
    let begins = call.text("syncToken").or(call.text("pageToken")).is_none();
    if begins && call.flag("requestSyncToken") {
        call.charge(FULL_SYNC)?;
    }
    Ok(())
}

/// The people of a page.
pub fn show_people(call: &mut Call<'_>, part: &Part, mask: &Mask) -> Vec<Value> {
    let how = View {
        synced: call.has_to_do_with_sync(),
        ..call.view(mask, call.sources(), true)
    };
    let (mut people, mut names) = (Vec::new(), Vec::new());
    for item in &part.items {
        if let Listed::Person(contact) = item {
            people.push(view(contact, &how));
            names.push(contact.resource_name.clone());
        }
    }
    call.names.extend(names);
    people
}

fn sorted(call: &Call<'_>, mut contacts: Vec<Arc<Contact>>) -> Vec<Arc<Contact>> {
    match call.text("sortOrder") {
        Some("LAST_MODIFIED_DESCENDING") => contacts.reverse(),
        Some("FIRST_NAME_ASCENDING") => contacts.sort_by_cached_key(|contact| name_key(contact, "givenName")),
        Some("LAST_NAME_ASCENDING") => contacts.sort_by_cached_key(|contact| name_key(contact, "familyName")),
        _ => {}
    }
    contacts
}

fn name_key(contact: &Contact, part: &str) -> String {
    let name = contact.fields.get("names").and_then(|names: &Vec<Item>| names.first());
    name.and_then(|name| name.get(part))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_lowercase()
}
