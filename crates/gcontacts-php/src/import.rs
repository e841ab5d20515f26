// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that offer cards for import and find out who is in Dolibarr already.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{
    Likes, Organization, Settings, Someone, list_candidates as list, resemblances, twins as find_twins,
};

use crate::book::with_book;
use crate::error::Error;
use crate::from_php::read;
use crate::text::Text;
use crate::to_php::PhpArray;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(list_candidates))
        .function(wrap_function!(likes_of_contacts))
        .function(wrap_function!(likes_of_companies))
        .function(wrap_function!(resemble))
        .function(wrap_function!(twins))
}

/// `GContacts\list_candidates(array $transport, string $access_token, array $settings, string $label, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\list_candidates")]
pub fn list_candidates(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    settings: &ZendHashTable,
    label: Text<'_>,
    cursor: Text<'_>,
) -> Result<PhpArray, Error> {
    let settings = read("settings", settings)?;
    let (label, cursor) = (label.named("label")?, cursor.named("cursor")?);
    with_book(transport, access_token, async |book, deadline| {
        list(&book, deadline, &settings, label, cursor).await
    })
}

/// `GContacts\likes_of_contacts(array $settings, array $contacts): array`
#[php_function]
#[php(name = "GContacts\\likes_of_contacts")]
pub fn likes_of_contacts(settings: &ZendHashTable, contacts: &ZendHashTable) -> Result<PhpArray, Error> {
    let settings: Settings = read("settings", settings)?;
    let contacts: Vec<Someone> = read("contacts", contacts)?;
    let likes = contacts
        .iter()
        .map(|contact| Likes::of_person(contact, &settings.country));
    PhpArray::of(&likes.collect::<Vec<_>>())
}

/// `GContacts\likes_of_companies(array $settings, array $companies): array`
#[php_function]
#[php(name = "GContacts\\likes_of_companies")]
pub fn likes_of_companies(settings: &ZendHashTable, companies: &ZendHashTable) -> Result<PhpArray, Error> {
    let settings: Settings = read("settings", settings)?;
    let companies: Vec<Organization> = read("companies", companies)?;
    let likes = companies
        .iter()
        .map(|company| Likes::of_organization(company, &settings.country));
    PhpArray::of(&likes.collect::<Vec<_>>())
}

/// `GContacts\resemble(array $candidates, array $elements): array`
#[php_function]
#[php(name = "GContacts\\resemble")]
pub fn resemble(candidates: &ZendHashTable, elements: &ZendHashTable) -> Result<PhpArray, Error> {
    let candidates: Vec<Likes> = read("candidates", candidates)?;
    let elements: Vec<Likes> = read("elements", elements)?;
    PhpArray::of(&resemblances(&candidates, &elements))
}

/// `GContacts\twins(array $candidates): array`
#[php_function]
#[php(name = "GContacts\\twins")]
pub fn twins(candidates: &ZendHashTable) -> Result<PhpArray, Error> {
    let candidates: Vec<Likes> = read("candidates", candidates)?;
    PhpArray::of(&find_twins(&candidates))
}
