// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that read the whole address book into a backup, and restore cards of one.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{
    LabelNames, RestoreIntent, RestoredLabel, Settings, backup_page as read_page, list_prints as list,
    plan_restore as decide, prints, restore_labels as make_labels, vcards_of_people as write_vcards,
};
use gcontacts_people::ContactGroup;
use serde::Serialize;

use crate::book::with_book;
use crate::error::Error;
use crate::from_php::read;
use crate::plan_object::PlanObject;
use crate::push::Nonces;
use crate::text::Text;
use crate::to_php::PhpArray;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(backup_page))
        .function(wrap_function!(card_prints))
        .function(wrap_function!(vcards_of_people))
        .function(wrap_function!(list_prints))
        .function(wrap_function!(restore_labels))
        .function(wrap_function!(plan_restore))
}

/// `GContacts\backup_page(array $transport, string $access_token, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\backup_page")]
pub fn backup_page(transport: &ZendHashTable, access_token: Text<'_>, cursor: Text<'_>) -> Result<PhpArray, Error> {
    let cursor = cursor.named("cursor")?;
    with_book(transport, access_token, async |book, deadline| {
        read_page(&book, deadline, cursor).await
    })
}

/// `GContacts\card_prints(array $labels, array $cards): array`
#[php_function]
#[php(name = "GContacts\\card_prints")]
pub fn card_prints(labels: &ZendHashTable, cards: &ZendHashTable) -> Result<PhpArray, Error> {
    let cards: Vec<String> = read("cards", cards)?;
    PhpArray::of(&prints(&names(labels)?, &cards))
}

/// `GContacts\vcards_of_people(array $settings, array $labels, array $cards): string`
#[php_function]
#[php(name = "GContacts\\vcards_of_people")]
pub fn vcards_of_people(
    settings: &ZendHashTable,
    labels: &ZendHashTable,
    cards: &ZendHashTable,
) -> Result<String, Error> {
    let settings: Settings = read("settings", settings)?;
    let cards: Vec<String> = read("cards", cards)?;
    Ok(write_vcards(&names(labels)?, &cards, &settings.country)?)
}

fn names(labels: &ZendHashTable) -> Result<LabelNames, Error> {
    let labels: Vec<ContactGroup> = read("labels", labels)?;
    let names = labels.into_iter().map(|label| (label.resource_name, label.name));
    Ok(names.collect())
}

/// `GContacts\list_prints(array $transport, string $access_token, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\list_prints")]
pub fn list_prints(transport: &ZendHashTable, access_token: Text<'_>, cursor: Text<'_>) -> Result<PhpArray, Error> {
    let cursor = cursor.named("cursor")?;
    with_book(transport, access_token, async |book, deadline| {
        list(&book, deadline, cursor).await
    })
}

/// `GContacts\restore_labels(array $transport, string $access_token, array $labels, bool $pretend): array`
#[php_function]
#[php(name = "GContacts\\restore_labels")]
pub fn restore_labels(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    labels: &ZendHashTable,
    pretend: bool,
) -> Result<PhpArray, Error> {
    let labels: Vec<ContactGroup> = read("labels", labels)?;
    with_book(transport, access_token, async |book, deadline| {
        let labels = make_labels(&book, deadline, &labels, pretend).await?;
        Ok::<_, Error>(RestoredLabels { labels })
    })
}

#[derive(Serialize)]
struct RestoredLabels {
    labels: Vec<RestoredLabel>,
}

#[derive(Serialize)]
struct RestorePlan {
    intents: Vec<RestoreIntent>,
}

/// `GContacts\plan_restore(array $settings, array $known, array $labels, array $wanted): array`
#[php_function]
#[php(name = "GContacts\\plan_restore")]
pub fn plan_restore(
    settings: &ZendHashTable,
    known: &ZendHashTable,
    labels: &ZendHashTable,
    wanted: &ZendHashTable,
) -> Result<PhpArray, Error> {
    let known: Vec<_> = read("known", known)?;
    let labels: Vec<RestoredLabel> = read("labels", labels)?;
    let mut nonces = Nonces::draw(wanted.len())?;
    let (plan, intents) = decide(
        read("settings", settings)?,
        &known,
        &labels,
        read("wanted", wanted)?,
        &mut || nonces.next(),
    )?;
    PhpArray::of(&RestorePlan { intents })?.with("plan", PlanObject::of(plan))
}
