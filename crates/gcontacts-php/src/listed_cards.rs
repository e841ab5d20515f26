// SPDX-License-Identifier: GPL-3.0-or-later
//! The class `GContacts\ListedCards`: the cards of a page of changes, each written for PHP only where somebody asks.

use std::collections::HashMap;

use ext_php_rs::flags::ClassFlags;
use ext_php_rs::{php_class, php_impl};
use gcontacts_engine::{ChangedCard, Changes};

use crate::error::Error;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::Paced;

/// `GContacts\ListedCards`. PHP cannot make one.
#[php_class]
#[php(name = "GContacts\\ListedCards")]
#[php(flags = ClassFlags::Final)]
pub struct ListedCards {
    cards: HashMap<String, ChangedCard>,
}

#[php_impl]
impl ListedCards {
    /// `state(string $resource_name, string $country): ?array`
    pub fn state(&self, resource_name: Text<'_>, country: Text<'_>) -> Result<Option<PhpArray>, Error> {
        let card = self
            .cards
            .get(resource_name.named("resource_name")?)
            .ok_or(Error::Call("no card of that name is on the page"))?;
        let state = card.state(country.named("country")?)?;
        state.as_ref().map(PhpArray::of).transpose()
    }
}

/// A page of changes as PHP takes it.
///
/// # Errors
/// Where it holds what has no counterpart in PHP.
pub fn page(changes: Paced<Changes>) -> Result<PhpArray, Error> {
    let page = PhpArray::of(&changes)?;
    let mut cards = changes.into_answer().cards;
    // A card that is there counts, also where a tombstone of its name is listed too.
    cards.sort_by_key(|card| !card.deleted);
    let cards = cards
        .into_iter()
        .map(|card| (card.resource_name.clone(), card))
        .collect();
    page.with("listed", ListedCards { cards })
}
