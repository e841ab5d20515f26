// SPDX-License-Identifier: GPL-3.0-or-later
//! Lists page by page, and the sync tokens after them: what lists of contacts and of labels have in common.

use std::sync::Arc;

use super::Call;
use crate::book::Seen;
use crate::clock::Instant;
use crate::error::ApiError;
use crate::listing::{Listed, Page, SyncPoint};
use crate::object::Object;

/// A page of a list.
pub struct Part {
    /// What it holds.
    pub items: Vec<Listed>,
    /// How many there are in all; not told of a list that says only what has changed.
    pub total: Option<usize>,
    /// The token that goes with it: its name, and itself.
    token: Option<(&'static str, String)>,
}

impl Part {
    /// Puts the token in the answer.
    pub fn put_token(self, answer: &mut Object) {
        if let Some((name, token)) = self.token {
            answer.set(name, token);
        }
    }
}

/// The page that a call asks for. `read` gives the whole list of a book, or what has changed since a position.
///
/// # Errors
/// A page token or sync token that does not hold.
pub fn part(
    call: &mut Call<'_>,
    size: usize,
    gives_sync: bool,
    read: impl FnOnce(&Call<'_>, &Seen, Option<u64>) -> Vec<Listed>,
) -> Result<Part, ApiError> {
    let Page {
        listed, start, point, ..
    } = begin(call, read)?;
    let end = listed.len().min(start + size);
    let items = listed.get(start..end).unwrap_or_default().to_vec();
    let total = (!point.is_incremental).then_some(listed.len());
    let account = call.user.sub.clone();
    let token = if end < listed.len() {
        let rest = Page {
            account,
            asked: page_question(call),
            listed,
            start: end,
            point,
        };
        Some(("nextPageToken", call.state.listings.keep(rest)))
    } else if gives_sync {
        let (asked, now) = (sync_question(call), call.now());
        let token = call.state.listings.give_sync(&account, &asked, point, now);
        Some(("nextSyncToken", token))
    } else {
        None
    };
    Ok(Part { items, total, token })
}

fn begin(call: &Call<'_>, read: impl FnOnce(&Call<'_>, &Seen, Option<u64>) -> Vec<Listed>) -> Result<Page, ApiError> {
    let (account, now) = (&call.user.sub, call.now());
    if let Some(token) = call.text("pageToken") {
        let page = call.state.listings.page(token, account, &page_question(call))?;
        return Ok(Page::clone(&page));
    }
    let since = match call.text("syncToken") {
        None => None,
        Some(token) => {
            let (asked, config) = (sync_question(call), &call.state.config);
            Some(call.state.listings.sync(token, account, &asked, config, now)?)
        }
    };
    let seen = call.book()?.seen_at(seen_moment(call));
    let listed = read(call, &seen, since.map(|since| since.change));
    let point = SyncPoint {
        // A read that lags more than the one before has nothing to add to it.
        change: since.map_or(0, |since| since.change).max(seen.changes()),
        full_sync: since.map_or(now, |since| since.full_sync),
        is_incremental: since.is_some(),
    };
    Ok(Page {
        account: account.clone(),
        asked: page_question(call),
        listed: Arc::new(listed),
        start: 0,
        point,
    })
}

/// The moment as of which a list sees the book.
fn seen_moment(call: &Call<'_>) -> Instant {
    let config = &call.state.config;
    let lag = if call.has_to_do_with_sync() {
        config.sync_propagation_s
    } else {
        config.list_propagation_s
    };
    call.now().plus(-i64::from(lag))
}

/// What must be equal between two pages of a list.
fn page_question(call: &Call<'_>) -> String {
    call.question_without(&["pageToken"])
}

/// What must be equal between the list that gave a sync token and the one that uses it.
fn sync_question(call: &Call<'_>) -> String {
    call.question_without(&["pageToken", "syncToken", "requestSyncToken", "pageSize"])
}
