// SPDX-License-Identifier: GPL-3.0-or-later
//! Taking labels of ours off all cards of ours, whatever anybody still knows of either.
//!
//! Who made a label, and whose a card is, stands on them: that survives a lost database. The walk goes through the address
//! book a page at a time; a page that is walked again finds done what was done.

use gcontacts_core::ResourceName;
use gcontacts_people::request::limit;
use gcontacts_people::{AddressBook, Deadline, Error, Person, Reason};
use serde::{Deserialize, Serialize};

use crate::list_our_labels;
use crate::paged::{self, Paged, read_cursor};

/// How far a label is off our cards, with this page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenOff {
    /// Its resource name.
    pub resource_name: ResourceName,
    /// How many cards of this Dolibarr it was taken off.
    pub taken: usize,
    /// How many cards of this Dolibarr Google left it on, since it is their only one.
    pub kept: usize,
    /// How many other cards carry it, which are left alone.
    pub others: usize,
}

/// A page of the walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenOffPage {
    /// One row per label that this Dolibarr made.
    pub labels: Vec<TakenOff>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// How many cards were looked at on this page, anybody's.
    pub seen: usize,
    /// How many calls were made.
    pub calls: u32,
}

/// Where a walk stands.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    #[serde(flatten)]
    pages: Paged,
    /// The labels that are taken off.
    labels: Vec<ResourceName>,
}

/// Walks the page of the address book at which `cursor` stands, and takes `labels` off the cards that the Dolibarr
/// `instance` keeps; empty for the first, before which it is looked up which of them it made. No other card is touched.
///
/// # Errors
/// What a call fails with, and [`Error::BadAnswer`] where the cursor is none or fewer cards came than Google announced. What
/// was taken off until then stays so.
pub async fn take_labels_off<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    instance: &str,
    labels: &[ResourceName],
    cursor: &str,
) -> Result<TakenOffPage, Error> {
    let (mut at, mut calls) = (Cursor::default(), 1);
    if cursor.is_empty() {
        let ours = list_our_labels(book, deadline, instance).await?;
        let made = ours.into_iter().map(|label| label.resource_name);
        at.labels = made.filter(|name| labels.contains(name)).collect();
        calls += 1;
    } else {
        at = read_cursor(cursor)?;
    }
    let mut each = |person: Person| carrier(&person, instance, &at.labels);
    let page = book.list_each(at.pages.page.as_deref(), deadline, &mut each).await?;
    let is_last = at.pages.take(&page)?;
    let mut rows = Vec::with_capacity(at.labels.len());
    for label in &at.labels {
        let carriers = page.items.iter().flatten().filter(|card| card.labels.contains(label));
        let (ours, others): (Vec<_>, Vec<_>) = carriers.partition(|card| card.is_ours);
        let names: Vec<ResourceName> = ours.into_iter().map(|card| card.name.clone()).collect();
        calls += u32::try_from(names.chunks(limit::MEMBERS).len()).unwrap_or(u32::MAX);
        rows.push(TakenOff {
            others: others.len(),
            ..take_off(book, deadline, label, &names).await?
        });
    }
    Ok(TakenOffPage {
        labels: rows,
        cursor: paged::cursor(&at, is_last)?,
        seen: page.items.len(),
        calls,
    })
}

async fn take_off<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    label: &ResourceName,
    cards: &[ResourceName],
) -> Result<TakenOff, Error> {
    let mut row = TakenOff {
        resource_name: label.clone(),
        taken: 0,
        kept: 0,
        others: 0,
    };
    for some in cards.chunks(limit::MEMBERS) {
        match book.modify_members(label, &[], some, deadline).await {
            Ok(left_out) => {
                let kept = left_out.last_group_kept.len();
                row.kept += kept;
                row.taken += some.len().saturating_sub(kept + left_out.not_found.len());
            }
            // The label is gone, and with it every membership.
            Err(error) if error.reason() == Reason::NotFound => break,
            Err(error) => return Err(error),
        }
    }
    Ok(row)
}

/// A card with those of the labels that it carries.
struct Carrier {
    name: ResourceName,
    is_ours: bool,
    labels: Vec<ResourceName>,
}

fn carrier(person: &Person, instance: &str, labels: &[ResourceName]) -> Option<Carrier> {
    let mut carried = person.memberships();
    carried.retain(|label| labels.contains(label));
    if carried.is_empty() || person.is_deleted() {
        return None;
    }
    Some(Carrier {
        name: person.resource_name()?,
        is_ours: person.markers().iter().any(|marker| marker.instance == instance),
        labels: carried,
    })
}
