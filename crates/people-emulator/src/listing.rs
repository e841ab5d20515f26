// SPDX-License-Identifier: GPL-3.0-or-later
//! Lists that are paged through: a snapshot is taken with the first page, and the later pages come from it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::random;

/// Snapshots kept; the oldest go first.
const LIMIT: usize = 500;

/// Lists under way.
#[derive(Debug, Default)]
pub struct Listings {
    pages: HashMap<String, Arc<Page>>,
    order: Vec<String>,
}

/// The rest of a list.
#[derive(Debug)]
pub struct Page {
    /// Account number.
    pub account: String,
    /// Everything that was asked; the next page must ask the same.
    pub asked: String,
    /// What is listed.
    pub listed: Listed,
    /// Position of the page's first item.
    pub start: usize,
}

/// What a list holds.
#[derive(Debug, Clone)]
pub enum Listed {
    /// Contacts.
    People(Arc<Vec<Arc<crate::book::Contact>>>),
    /// Labels.
    Groups(Arc<Vec<serde_json::Value>>),
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

    /// The page of a token, for the same account and the same question.
    #[must_use]
    pub fn page(&self, token: &str, account: &str, asked: &str) -> Option<Arc<Page>> {
        self.pages.get(token).filter(|page| page.account == account && page.asked == asked).cloned()
    }
}
