// SPDX-License-Identifier: GPL-3.0-or-later
//! Lists that are paged through, and the tokens by which a later list says only what has changed since.

use std::collections::HashMap;
use std::sync::Arc;

use crate::book::{Contact, Group};
use crate::clock::Instant;
use crate::config::{Config, SyncTokenAnchor};
use crate::error::ApiError;
use crate::random;

/// Snapshots kept; the oldest go first.
const LIMIT: usize = 500;
/// Seconds that a sync token lives.
const SYNC_LIFETIME: i64 = 7 * 86_400;

/// Lists under way and sync tokens given.
#[derive(Debug, Default)]
pub struct Listings {
    pages: HashMap<String, Arc<Page>>,
    order: Vec<String>,
    syncs: HashMap<String, Sync>,
}

/// A list from some item on.
#[derive(Debug, Clone)]
pub struct Page {
    /// Account number.
    pub account: String,
    /// Everything that was asked; the next page must ask the same.
    pub asked: String,
    /// What is listed: a snapshot taken with the first page.
    pub listed: Arc<Vec<Listed>>,
    /// Position of the page's first item.
    pub start: usize,
    /// What the sync token after the last page will stand for.
    pub point: SyncPoint,
}

/// Something in a list.
#[derive(Debug, Clone)]
pub enum Listed {
    /// A contact.
    Person(Arc<Contact>),
    /// A label, and how many contacts it has.
    Group(Arc<Group>, usize),
}

/// A position in a book's order of changes.
#[derive(Debug, Clone, Copy)]
pub struct SyncPoint {
    /// The last change seen.
    pub change: u64,
    /// When the full sync began that this descends from.
    pub full_sync: Instant,
    /// The list says only what has changed.
    pub is_incremental: bool,
}

#[derive(Debug)]
struct Sync {
    account: String,
    asked: String,
    point: SyncPoint,
    made: Instant,
    is_expired: bool,
}

impl Listings {
    /// Keeps the rest of a list; the token asks for it, as often as one likes.
    pub fn keep(&mut self, page: Page) -> String {
        let token = random::token("GH");
        self.pages.insert(token.clone(), Arc::new(page));
        self.order.push(token.clone());
        if self.order.len() > LIMIT {
            let oldest = self.order.remove(0);
            self.pages.remove(&oldest);
        }
        token
    }

    /// The page of a token.
    ///
    /// # Errors
    /// An unknown token, or one of another account or question.
    pub fn page(&self, token: &str, account: &str, asked: &str) -> Result<Arc<Page>, ApiError> {
        let page = self
            .pages
            .get(token)
            .filter(|page| page.account == account && page.asked == asked);
        page.cloned().ok_or_else(ApiError::invalid_argument)
    }

    /// Gives a sync token.
    pub fn give_sync(&mut self, account: &str, asked: &str, point: SyncPoint, now: Instant) -> String {
        let token = random::token("ES");
        let sync = Sync {
            account: account.to_owned(),
            asked: asked.to_owned(),
            point,
            made: now,
            is_expired: false,
        };
        self.syncs.insert(token.clone(), sync);
        token
    }

    /// Ends the life of a sync token.
    pub fn expire_sync(&mut self, token: &str) {
        if let Some(sync) = self.syncs.get_mut(token) {
            sync.is_expired = true;
        }
    }

    /// What a sync token stands for; it can be used again and again.
    ///
    /// # Errors
    /// An unknown token, one of another account or question, or an expired one.
    pub fn sync(
        &self,
        token: &str,
        account: &str,
        asked: &str,
        config: &Config,
        now: Instant,
    ) -> Result<SyncPoint, ApiError> {
        let sync = self
            .syncs
            .get(token)
            .filter(|sync| sync.account == account && sync.asked == asked);
        let sync = sync.ok_or_else(ApiError::invalid_argument)?;
        let anchor = match config.sync_token_anchor {
            SyncTokenAnchor::FullSync => sync.point.full_sync,
            SyncTokenAnchor::Itself => sync.made,
        };
        if sync.is_expired || anchor.plus(SYNC_LIFETIME) <= now {
            return Err(ApiError::sync_token_expired(&config.expired_sync_status));
        }
        Ok(sync.point)
    }
}
