// SPDX-License-Identifier: GPL-3.0-or-later
//! Everything that the server remembers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::book::{Book, Photo};
use crate::clock::Clock;
use crate::config::{Config, User};
use crate::faults::Faults;
use crate::listing::Listings;
use crate::log::Log;
use crate::oauth::Grants;
use crate::quota::Quotas;
use crate::random::Sequence;

/// The whole state of an emulator.
#[derive(Debug)]
pub struct State {
    /// Settings.
    pub config: Config,
    /// Time.
    pub clock: Clock,
    /// Address books by account number.
    books: BTreeMap<String, Book>,
    /// Consents and tokens.
    pub grants: Grants,
    /// Troubles ordered.
    pub faults: Faults,
    /// Calls so far.
    pub log: Log,
    /// What quotas have been used.
    pub quotas: Quotas,
    /// Lists being paged through.
    pub listings: Listings,
    /// Calls under way by account: all, and mutations.
    pub in_flight: BTreeMap<String, (u64, u64)>,
    /// Orders that are shuffled.
    pub dice: Sequence,
    /// Where this server is reached.
    pub base_url: String,
    /// How often all was reset: a call that began before must not touch what came after.
    pub resets: u64,
}

impl State {
    /// A fresh state.
    #[must_use]
    pub fn new(config: Config, base_url: &str) -> Self {
        let mut state = Self {
            dice: Sequence::new(config.rng_seed),
            config,
            clock: Clock::default(),
            books: BTreeMap::new(),
            grants: Grants::default(),
            faults: Faults::default(),
            log: Log::default(),
            quotas: Quotas::default(),
            listings: Listings::default(),
            in_flight: BTreeMap::new(),
            base_url: base_url.to_owned(),
            resets: 0,
        };
        state.open_books();
        state
    }

    /// Gives an address book to every account that has none.
    pub fn open_books(&mut self) {
        for (index, user) in (0_u64..).zip(&self.config.users) {
            let seed = self.config.rng_seed.wrapping_mul(1_000).wrapping_add(index);
            self.books.entry(user.sub.clone()).or_insert_with(|| Book::new(seed));
        }
    }

    /// The address book of an account.
    #[must_use]
    pub fn book(&self, user: &User) -> Option<&Book> {
        self.books.get(&user.sub)
    }

    /// The address book of an account, to be changed.
    pub fn book_mut(&mut self, user: &User) -> &mut Book {
        let now = self.clock.now();
        let book = self.books.entry(user.sub.clone()).or_insert_with(|| Book::new(0));
        book.empty_old_trash(now);
        book.remember_for(self.config.longest_lag(), now);
        book
    }

    /// The photo of this name, in whatever book.
    #[must_use]
    pub fn photo(&self, id: &str) -> Option<Arc<Photo>> {
        self.books.values().find_map(|book| book.photo(id))
    }

    /// The account of an e-mail or number; without one, the first account.
    ///
    /// # Errors
    /// No such account.
    pub fn account(&self, email_or_sub: Option<&str>) -> Result<User, String> {
        let found = match email_or_sub {
            Some(wanted) => self.config.user(wanted),
            None => self.config.users.first(),
        };
        found
            .cloned()
            .ok_or_else(|| format!("no account {}", email_or_sub.unwrap_or("at all")))
    }
}
