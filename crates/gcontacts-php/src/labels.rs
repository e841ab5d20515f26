// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions for the labels of an account.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{
    ResourceName, delete_empty_labels as delete, list_other_labels, list_our_labels, take_labels_off as take_off,
};
use gcontacts_people::ContactGroup;
use serde::Serialize;

use crate::book::with_book;
use crate::error::Error;
use crate::from_php::read;
use crate::text::Text;
use crate::to_php::PhpArray;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(our_labels))
        .function(wrap_function!(other_labels))
        .function(wrap_function!(delete_empty_labels))
        .function(wrap_function!(take_labels_off))
}

#[derive(Serialize)]
struct Labels {
    labels: Vec<ContactGroup>,
}

/// `GContacts\our_labels(array $transport, string $access_token, string $instance): array`
#[php_function]
#[php(name = "GContacts\\our_labels")]
pub fn our_labels(transport: &ZendHashTable, access_token: Text<'_>, instance: Text<'_>) -> Result<PhpArray, Error> {
    let instance = instance.named("instance")?;
    with_book(transport, access_token, async |book, deadline| {
        let labels = list_our_labels(&book, deadline, instance).await?;
        Ok::<_, Error>(Labels { labels })
    })
}

/// `GContacts\other_labels(array $transport, string $access_token, string $instance): array`
#[php_function]
#[php(name = "GContacts\\other_labels")]
pub fn other_labels(transport: &ZendHashTable, access_token: Text<'_>, instance: Text<'_>) -> Result<PhpArray, Error> {
    let instance = instance.named("instance")?;
    with_book(transport, access_token, async |book, deadline| {
        let labels = list_other_labels(&book, deadline, instance).await?;
        Ok::<_, Error>(Labels { labels })
    })
}

/// `GContacts\delete_empty_labels(array $transport, string $access_token, string $instance, ?array $labels = null): array`
#[php_function]
#[php(name = "GContacts\\delete_empty_labels")]
pub fn delete_empty_labels(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    instance: Text<'_>,
    labels: Option<&ZendHashTable>,
) -> Result<PhpArray, Error> {
    let instance = instance.named("instance")?;
    let labels: Option<Vec<ResourceName>> = labels.map(|labels| read("labels", labels)).transpose()?;
    with_book(transport, access_token, async |book, deadline| {
        Ok::<_, Error>(delete(&book, deadline, instance, labels.as_deref()).await)
    })
}

/// `GContacts\take_labels_off(array $transport, string $access_token, string $instance, array $labels, string $cursor): array`
#[php_function]
#[php(name = "GContacts\\take_labels_off")]
pub fn take_labels_off(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    instance: Text<'_>,
    labels: &ZendHashTable,
    cursor: Text<'_>,
) -> Result<PhpArray, Error> {
    let (instance, cursor) = (instance.named("instance")?, cursor.named("cursor")?);
    let labels: Vec<ResourceName> = read("labels", labels)?;
    with_book(transport, access_token, async |book, deadline| {
        take_off(&book, deadline, instance, &labels, cursor).await
    })
}
