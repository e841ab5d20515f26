// SPDX-License-Identifier: GPL-3.0-or-later
//! The cards that an account has already, a page at a time, with what tells whose they are.

use gcontacts_core::adopt::{CardMarks, MatchKey, NameTokens, card_traits, dolimods_note};
use gcontacts_core::text::{fold, tidy_line};
use gcontacts_core::{Content, Marker, ResourceName, Settings, Value, ValueLabel};
use gcontacts_people::mapping::card_from_person;
use gcontacts_people::{AddressBook, Deadline, Error, Person, list_all_groups};
use serde::{Deserialize, Serialize};

use crate::dolimods;
use crate::paged::{self, Paged, read_cursor};

/// A card as a listing shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCard {
    /// Its resource name.
    pub resource_name: String,
    /// The id of its own source.
    pub source_id: String,
    /// The version that the next update must name.
    pub etag: String,
    /// The marker of this Dolibarr; empty for none.
    pub marker: String,
    /// The labels that it carries.
    pub labels: Vec<ResourceName>,
    /// Its name, as it is compared.
    pub name: NameTokens,
    /// What it can be found by.
    pub keys: Vec<MatchKey>,
    /// What the `google` module of `DoliMods` left on it.
    pub dolimods: Vec<String>,
}

/// A page of the cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedCards {
    /// The cards.
    pub cards: Vec<ListedCard>,
    /// Where the next page begins; empty after the last. Opaque to the caller.
    pub cursor: String,
    /// How many calls were made.
    pub calls: u32,
}

/// Where a listing stands.
#[derive(Default, Serialize, Deserialize)]
struct Cursor {
    #[serde(flatten)]
    pages: Paged,
    /// The labels of the container's name.
    containers: Vec<ResourceName>,
}

/// Lists the page of cards at which `cursor` stands; empty for the first, before which the labels are listed.
///
/// # Errors
/// What the call fails with, and [`Error::BadAnswer`] where the cursor is none or fewer cards came than Google announced:
/// who is missing in a listing would get a second card.
pub async fn list_cards<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    settings: &Settings,
    cursor: &str,
) -> Result<ListedCards, Error> {
    let (mut at, mut calls) = (Cursor::default(), 1);
    if cursor.is_empty() {
        at.containers = containers(book, deadline, settings).await?;
        calls += 1;
    } else {
        at = read_cursor(cursor)?;
    }
    let mut each = |person: Person| (!person.is_deleted()).then(|| listed(&person, settings, &at.containers))?;
    let page = book.list_each(at.pages.page.as_deref(), deadline, &mut each).await?;
    let is_last = at.pages.take(&page)?;
    Ok(ListedCards {
        cards: page.items.into_iter().flatten().collect(),
        cursor: paged::cursor(&at, is_last)?,
        calls,
    })
}

/// The labels in which GContacts 1.x kept its cards: those of the container's name.
async fn containers<B: AddressBook>(
    book: &B,
    deadline: Deadline,
    settings: &Settings,
) -> Result<Vec<ResourceName>, Error> {
    let name = fold(&tidy_line(&settings.container_label));
    let groups = list_all_groups(book, deadline).await?.into_iter();
    Ok(groups
        .filter(|group| fold(&group.name) == name)
        .map(|group| group.resource_name)
        .collect())
}

fn listed(person: &Person, settings: &Settings, containers: &[ResourceName]) -> Option<ListedCard> {
    let (markers, labels) = (person.markers(), person.memberships());
    let mut card = card_from_person(person, &settings.country);
    // Google knows the country of the account, where a number was typed without one.
    let canonical = person
        .contact_items("phoneNumbers")
        .filter_map(|item| item.get("canonicalForm")?.as_str());
    card.values.extend(
        canonical
            .filter_map(|number| Content::phone(number, ""))
            .map(|content| Value::found(ValueLabel::None, content)),
    );
    let marks = CardMarks {
        dolimods: dolimods::contacts(person).chain(dolimods_note(&card.note)).collect(),
        in_container: labels.iter().any(|label| containers.contains(label)),
        markers,
    };
    let own = marks.markers.iter().find(|marker| marker.instance == settings.instance);
    let traits = card_traits(0, &card, &marks);
    Some(ListedCard {
        resource_name: person.resource_name()?.0,
        source_id: person.source_id().unwrap_or_default().to_owned(),
        etag: person.source_etag().unwrap_or_default().to_owned(),
        marker: own.map(Marker::to_string).unwrap_or_default(),
        labels,
        name: traits.name,
        keys: traits.keys.into_iter().collect(),
        dolimods: dolimods::leftovers(person, &card),
    })
}
