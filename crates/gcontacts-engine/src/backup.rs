// SPDX-License-Identifier: GPL-3.0-or-later
//! The whole address book, a page at a time, for a file that can be restored.

use gcontacts_people::{AddressBook, ContactGroup, Deadline, Error, GroupType, Person, list_all_groups};
use serde::Serialize;

use crate::paged::{self, Paged, bad, read_cursor};

/// A page of a backup.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BackupPage {
    /// All labels, with the first page.
    pub labels: Vec<ContactGroup>,
    /// The cards, each as Google's JSON in one line.
    pub cards: Vec<String>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// How many cards there are, as far as Google says.
    pub total: usize,
    /// How many calls were made.
    pub calls: usize,
}

/// Reads the page of the address book at which `cursor` stands; empty for the first.
///
/// # Errors
/// What a call fails with, and [`Error::BadAnswer`] where the cursor is none or fewer cards came than Google announced: half
/// a backup must not look like a whole one.
pub async fn backup_page<B: AddressBook>(book: &B, deadline: Deadline, cursor: &str) -> Result<BackupPage, Error> {
    let (mut at, mut labels, mut calls) = (Paged::default(), Vec::new(), 1);
    if cursor.is_empty() {
        labels = list_all_groups(book, deadline).await?;
        // The numbers of members say nothing that the cards do not.
        labels.retain(|label| label.group_type == GroupType::UserContactGroup);
        for label in &mut labels {
            label.member_count = 0;
        }
        calls += 1;
    } else {
        at = read_cursor(cursor)?;
    }
    let page = book.list_backup(at.page.as_deref(), deadline).await?;
    let is_last = at.take(&page)?;
    let mut cards = Vec::with_capacity(page.items.len());
    for person in page.items.into_iter().filter(|person| !person.is_deleted()) {
        let person = if person.may_be_cut() {
            calls += 1;
            whole(book, deadline, person).await?
        } else {
            person
        };
        cards.push(serde_json::to_string(&person).map_err(|error| bad(error.to_string()))?);
    }
    Ok(BackupPage {
        labels,
        cards,
        cursor: paged::cursor(&at, is_last)?,
        total: at.announced.unwrap_or(at.listed),
        calls,
    })
}

/// Reads a card by itself that a listing may have cut; it keeps what only the listing showed.
async fn whole<B: AddressBook>(book: &B, deadline: Deadline, cut: Person) -> Result<Person, Error> {
    let Some(name) = cut.resource_name() else {
        return Err(bad("a person without a resource name".to_owned()));
    };
    let mut whole = book.get(&name, deadline).await?;
    for (field, items) in cut.as_object() {
        whole
            .as_object_mut()
            .entry(field.clone())
            .or_insert_with(|| items.clone());
    }
    Ok(whole)
}
