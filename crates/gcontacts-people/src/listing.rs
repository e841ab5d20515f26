// SPDX-License-Identifier: GPL-3.0-or-later
//! Whole listings, page by page.
//!
//! What is not in a listing may be created again or taken for deleted, so one that came short is an error.

use std::collections::{BTreeMap, HashMap};

use gcontacts_core::ResourceName;

use crate::{AddressBook, ContactGroup, Deadline, Error, ListedPerson, Person};

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
#[derive(Clone, Debug)]
pub struct SyncPage {
    /// The contacts that changed, tombstones of deleted ones among them; without a sync token all contacts.
    pub page: Page<ListedPerson>,
    /// What the next sync starts from; stands on the last page alone.
    pub sync_token: Option<String>,
}

/// What was kept of a whole listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// What was kept, in the order of the listing.
    pub items: Vec<T>,
    /// How many items the listing had.
    pub listed: usize,
}

/// Lists every contact of the address book, each once.
///
/// # Errors
/// What a page fails with, and [`Error::BadAnswer`] where fewer contacts came than Google announced or the pages
/// have no end.
pub async fn list_all<B: AddressBook>(book: &B, deadline: Deadline) -> Result<Vec<Person>, Error> {
    Ok(list_some(book, deadline, |person| Ok(Some(person))).await?.items)
}

/// Lists every contact and keeps what `keep` makes of it: no more than a page as it came and what is
/// kept is in memory at a time.
///
/// # Errors
/// As [`list_all`], and what `keep` fails with.
pub async fn list_some<B: AddressBook, T>(
    book: &B,
    deadline: Deadline,
    mut keep: impl FnMut(Person) -> Result<Option<T>, Error>,
) -> Result<Kept<T>, Error> {
    let mut listing = Listing::default();
    let mut each = |person: Person| (person.resource_name(), keep(person));
    loop {
        let page = book.list_each(listing.next.as_deref(), deadline, &mut each).await?;
        if listing.take(page, |(name, _)| name.clone(), &mut |(_, kept)| kept)? {
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
        let name = |group: &ContactGroup| Some(group.resource_name.clone());
        if listing.take(page, name, &mut |group| Ok(Some(group)))? {
            return Ok(listing.finish()?.items);
        }
    }
}

struct Listing<T> {
    /// By their position in the listing.
    kept: BTreeMap<usize, T>,
    positions: HashMap<ResourceName, usize>,
    next: Option<String>,
    announced: Option<usize>,
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self {
            kept: BTreeMap::new(),
            positions: HashMap::new(),
            next: None,
            announced: None,
        }
    }
}

impl<T> Listing<T> {
    /// Takes a page in and tells whether it was the last.
    fn take<I>(
        &mut self,
        page: Page<I>,
        name: impl Fn(&I) -> Option<ResourceName>,
        keep: &mut impl FnMut(I) -> Result<Option<T>, Error>,
    ) -> Result<bool, Error> {
        for item in page.items {
            let name = name(&item).ok_or_else(|| bad("an item without a resource name".to_owned()))?;
            let end = self.positions.len();
            let position = *self.positions.entry(name).or_insert(end);
            // Pages shift while somebody edits: the later word counts.
            match keep(item)? {
                Some(kept) => self.kept.insert(position, kept),
                None => self.kept.remove(&position),
            };
        }
        // A contact deleted meanwhile lowers the number: the smallest is the one that must be reached.
        self.announced = [self.announced, page.total].into_iter().flatten().min();
        if page.next.is_some() && page.next == self.next {
            return Err(bad("a page that names itself as the next".to_owned()));
        }
        self.next = page.next;
        Ok(self.next.is_none())
    }

    fn finish(self) -> Result<Kept<T>, Error> {
        let listed = self.positions.len();
        match self.announced {
            Some(announced) if listed < announced => Err(bad(format!("a short listing: {listed} of {announced}"))),
            _ => Ok(Kept {
                items: self.kept.into_values().collect(),
                listed,
            }),
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
            let name = |item: &String| Some(ResourceName(item.clone()));
            if listing.take(page, name, &mut |item| Ok(Some(item).filter(|item| item != "left out")))? {
                return Ok(listing.finish()?.items);
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
    fn what_is_not_kept_counts_all_the_same() {
        let all = read(vec![page(&["a", "left out"], Some("2"), 3), page(&["b"], None, 3)]).unwrap();
        assert_eq!(all, ["a", "b"]);
    }

    #[test]
    fn the_later_word_decides_what_is_kept() {
        let mut listing = Listing::default();
        for (kept, next) in [(Some(1), Some("2".to_owned())), (None, None)] {
            let page = Page {
                items: vec![kept],
                next,
                total: Some(1),
            };
            let name = |_: &Option<i32>| Some(ResourceName("one".to_owned()));
            listing.take(page, name, &mut |item: Option<i32>| Ok(item)).unwrap();
        }
        assert_eq!(
            listing.finish().unwrap(),
            Kept {
                items: vec![],
                listed: 1
            }
        );
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
