// SPDX-License-Identifier: GPL-3.0-or-later
//! `people.connections.list`: all contacts, or those that have changed, page by page from a snapshot.

use std::sync::Arc;

use serde_json::Value;

use super::Call;
use crate::book::{Contact, Item};
use crate::error::ApiError;
use crate::listing::{Listed, Page, SyncPoint};
use crate::object::Object;
use crate::person::{View, view};

const DEFAULT_PAGE: usize = 100;
const DEFAULT_ORDER: &str = "LAST_MODIFIED_ASCENDING";

/// A list, and where in it the page begins.
struct List {
    contacts: Arc<Vec<Arc<Contact>>>,
    start: usize,
    point: SyncPoint,
}

/// Lists contacts.
pub fn list(call: &mut Call<'_>) -> Result<Value, ApiError> {
    if call.segment != "me" {
        return Err(ApiError::invalid("Resource name must be people/me."));
    }
    let mask = call.read_mask()?;
    let size = call.page_size(DEFAULT_PAGE)?;
    let wants_token = call.flag("requestSyncToken");
    let syncs = wants_token || call.text("syncToken").is_some();
    if syncs && call.text("sortOrder").is_some_and(|order| order != DEFAULT_ORDER) {
        return Err(ApiError::invalid_argument());
    }
    let List { contacts, start, point } = begin(call)?;
    let end = contacts.len().min(start + size);
    let shown = contacts.get(start..end).unwrap_or_default();
    let how = View {
        synced: syncs,
        ..call.view(&mask, call.sources(), true)
    };
    let people = shown.iter().map(|contact| view(contact, &how)).collect::<Vec<_>>();
    call.names
        .extend(shown.iter().map(|contact| contact.resource_name.clone()));

    let mut answer = Object::new();
    if !people.is_empty() {
        answer.set("connections", people);
    }
    if !point.is_incremental && !contacts.is_empty() {
        answer.set("totalPeople", contacts.len());
        answer.set("totalItems", contacts.len());
    }
    let account = call.user.sub.clone();
    if end < contacts.len() {
        let asked = call.question_without(&["pageToken"]);
        let page = Page {
            account,
            asked,
            listed: Listed::People(contacts),
            start: end,
            point,
        };
        answer.set("nextPageToken", call.state.listings.keep(page));
    } else if wants_token || !call.state.config.next_sync_needs_request {
        let (asked, now) = (sync_question(call), call.now());
        answer.set(
            "nextSyncToken",
            call.state.listings.give_sync(&account, &asked, point, now),
        );
    }
    Ok(answer.into())
}

fn begin(call: &Call<'_>) -> Result<List, ApiError> {
    let account = &call.user.sub;
    if let Some(token) = call.text("pageToken") {
        let page = call
            .state
            .listings
            .page(token, account, &call.question_without(&["pageToken"]))?;
        return match &page.listed {
            Listed::People(contacts) => Ok(List {
                contacts: Arc::clone(contacts),
                start: page.start,
                point: page.point,
            }),
            Listed::Groups(_) => Err(ApiError::invalid_argument()),
        };
    }
    let book = call.book()?;
    let full = SyncPoint {
        change: book.changes(),
        full_sync: call.now(),
        is_incremental: false,
    };
    let Some(token) = call.text("syncToken") else {
        return Ok(List {
            contacts: Arc::new(sorted(call)?),
            start: 0,
            point: full,
        });
    };
    let since = call
        .state
        .listings
        .sync(token, account, &sync_question(call), &call.state.config, call.now())?;
    let contacts = Arc::new(book.changed_since(since.change));
    let point = SyncPoint {
        full_sync: since.full_sync,
        is_incremental: true,
        ..full
    };
    Ok(List {
        contacts,
        start: 0,
        point,
    })
}

/// What must be equal between the list that gave a sync token and the one that uses it.
fn sync_question(call: &Call<'_>) -> String {
    call.question_without(&["pageToken", "syncToken", "requestSyncToken", "pageSize"])
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
    name.and_then(|name| name.get(part))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_lowercase()
}
