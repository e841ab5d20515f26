// SPDX-License-Identifier: GPL-3.0-or-later
//! The function that deletes labels which nobody carries any more.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{ResourceName, delete_empty_labels as delete};
use gcontacts_people::GoogleAddressBook;
use gcontacts_people::oauth::AccessToken;

use crate::error::Error;
use crate::from_php::read;
use crate::runtime;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::{Paced, Transport};

/// Adds the function of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(delete_empty_labels))
}

/// `GContacts\delete_empty_labels(array $transport, string $access_token, array $labels): array`
#[php_function]
#[php(name = "GContacts\\delete_empty_labels")]
pub fn delete_empty_labels(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    labels: &ZendHashTable,
) -> Result<PhpArray, Error> {
    let Transport {
        deadline,
        options,
        pacer,
    } = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let labels: Vec<ResourceName> = read("labels", labels)?;
    let tried = runtime::run(options, async |client| {
        Ok::<_, Error>(
            delete(
                &GoogleAddressBook::new(client, token).paced(pacer.clone()),
                deadline,
                &labels,
            )
            .await,
        )
    })?;
    PhpArray::of(&Paced::of(tried, &pacer))
}
