// SPDX-License-Identifier: GPL-3.0-or-later
//! Whole listings, page by page.
//!
//! What is not in a listing may be created again or taken for deleted, so one that came short is an error.

use std::collections::HashMap;

use gcontacts_core::ResourceName;

use crate::{AddressBook, ContactGroup, Deadline, Error, Person};

/// A page of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// Names the next page; `None` on the last.
    pub next: Option<String>,
    /// How many items the whole listing has, where Google tells.
    pub total: Option<usize>,
}

/// A page of a sync.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncPage {
    /// The contacts that changed, tombstones of deleted ones among them; without a sync token all contacts.
    pub page: Page<Person>,
    /// What the next sync starts from; stands on the last page alone.
    pub sync_token: Option<String>,
}

/// Lists every contact of the address book, each once.
///
/// # Errors
/// What a page fails with, and [`Error::BadAnswer`] where fewer contacts came than Google announced or the pages
/// have no end.
pub async fn list_all<B: AddressBook>(book: &B, deadline: Deadline) -> Result<Vec<Person>, Error> {
    let mut listing = Listing::default();
    loop {
        let page = book.list(listing.next.as_deref(), deadline).await?;
        if listing.take(page, Person::resource_name)? {
            return listing.finish();
        }
    }
}

/// Lists every contact group, those of Google among them, each once.
///
/// # Errors
/// As [`list_all`].
pub async fn list_all_groups<B: AddressBook>(book: &B, deadline: Deadline) -> Result<Vec<ContactGroup>, Error> {
    let mut listing = Listing::default();
    loop {
        let page = book.list_groups(listing.next.as_deref(), deadline).await?;
        if listing.take(page, |group| Some(group.resource_name.clone()))? {
            return listing.finish();
        }
    }
}

struct Listing<T> {
    items: Vec<T>,
    positions: HashMap<ResourceName, usize>,
    next: Option<String>,
    announced: Option<usize>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            positions: HashMap::new(),
            next: None,
            announced: None,
        }
    }
}

impl<T> Listing<T> {
    /// Takes a page in and tells whether it was the last.
    fn take(&mut self, page: Page<T>, name: impl Fn(&T) -> Option<ResourceName>) -> Result<bool, Error> {
        for item in page.items {
            let name = name(&item).ok_or_else(|| bad("an item without a resource name".to_owned()))?;
            if let Some(earlier) = self
                .positions
                .get(&name)
                .and_then(|position| self.items.get_mut(*position))
            {
                // Pages shift while somebody edits: the later word counts.
                *earlier = item;
            } else {
                self.positions.insert(name, self.items.len());
                self.items.push(item);
            }
        }
        // A contact deleted meanwhile lowers the number: the smallest is the one that must be reached.
        self.announced = [self.announced, page.total].into_iter().flatten().min();
        if page.next.is_some() && page.next == self.next {
            return Err(bad("a page that names itself as the next".to_owned()));
        }
        self.next = page.next;
        Ok(self.next.is_none())
    }

    fn finish(self) -> Result<Vec<T>, Error> {
        match self.announced {
            Some(announced) if self.items.len() < announced => {
                Err(bad(format!("a short listing: {} of {announced}", self.items.len())))
            }
            _ => Ok(self.items),
        }
    }
}

fn bad(what: String) -> Error {
    Error::BadAnswer {
        http_status: 200,
        what,
        retry_after: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(items: &[&str], next: Option<&str>, total: usize) -> Page<String> {
        let items = items.iter().map(ToString::to_string).collect();
        Page {
            items,
            next: next.map(ToOwned::to_owned),
            total: Some(total),
        }
    }

    fn read(pages: Vec<Page<String>>) -> Result<Vec<String>, Error> {
        let mut listing = Listing::default();
        for page in pages {
            if listing.take(page, |item| Some(ResourceName(item.clone())))? {
                return listing.finish();
            }
        }
        panic!("no last page");
    }

    #[test]
    fn pages_are_joined_and_repeats_counted_once() {
        let all = read(vec![page(&["a", "b"], Some("2"), 3), page(&["b", "c"], None, 3)]).unwrap();
        assert_eq!(all, ["a", "b", "c"]);
    }

    #[test]
    fn a_short_listing_is_an_error() {
        let error = read(vec![page(&["a"], Some("2"), 3), page(&["b"], None, 3)]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "unexpected answer with status 200: a short listing: 2 of 3"
        );
        assert!(read(vec![page(&[], None, 1)]).is_err());
    }

    #[test]
    fn a_contact_deleted_while_listing_is_not_missed() {
        assert_eq!(
            read(vec![page(&["a"], Some("2"), 3), page(&["b"], None, 2)])
                .unwrap()
                .len(),
            2
        );
    }

    #[test]
    fn pages_without_end_are_an_error() {
        assert!(read(vec![page(&["a"], Some("2"), 9), page(&["b"], Some("2"), 9)]).is_err());
    }
}
