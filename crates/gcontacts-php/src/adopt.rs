// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that find the cards which an account had before anything was sent.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{Pair, Traits, choose, list_cards as list, propose, record_traits};
use serde::Serialize;

use crate::book::with_book;
use crate::error::Error;
use crate::from_php::{read, read_value};
use crate::text::Text;
use crate::to_php::PhpArray;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(list_cards))
        .function(wrap_function!(match_keys))
        .function(wrap_function!(propose_pairs))
        .function(wrap_function!(choose_pairs))
}

/// `GContacts\list_cards(array $transport, string $access_token, array $settings, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\list_cards")]
pub fn list_cards(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    settings: &ZendHashTable,
    cursor: Text<'_>,
) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let cursor = cursor.named("cursor")?;
    with_book(transport, access_token, async |book, deadline| {
        list(&book, deadline, &settings, cursor).await
    })
}

/// `GContacts\match_keys(array $settings, array $records): array`
#[php_function]
#[php(name = "GContacts\\match_keys")]
pub fn match_keys(settings: &ZendHashTable, records: &ZendHashTable) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    // A damaged record is no card's until it is mended: plan() says what is wrong with it.
    let records = records.values().filter_map(|value| read_value(value).ok());
    let traits: Vec<Traits> = records.map(|record| record_traits(&record, &settings)).collect();
    PhpArray::of(&traits)
}

/// `GContacts\propose_pairs(array $contacts, array $cards): array`
#[php_function]
#[php(name = "GContacts\\propose_pairs")]
pub fn propose_pairs(contacts: &ZendHashTable, cards: &ZendHashTable) -> Result<PhpArray, Error> {
    let contacts: Vec<Traits> = read("contacts", contacts)?;
    let cards: Vec<Traits> = read("cards", cards)?;
    PhpArray::of(&propose(&contacts, &cards))
}

#[derive(Serialize)]
struct Chosen {
    #[serde(flatten)]
    pair: Pair,
    certain: bool,
}

/// `GContacts\choose_pairs(array $pairs): array`
#[php_function]
#[php(name = "GContacts\\choose_pairs")]
pub fn choose_pairs(pairs: &ZendHashTable) -> Result<PhpArray, Error> {
    let pairs: Vec<Pair> = read("pairs", pairs)?;
    let chosen = choose(&pairs).into_iter().map(|pair| Chosen {
        certain: pair.likeness.is_certain(),
        pair,
    });
    PhpArray::of(&chosen.collect::<Vec<_>>())
}
