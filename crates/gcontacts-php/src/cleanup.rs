// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that take back what came from Dolibarr.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{clean_labels as clean, plan_clean_up as plan};
use gcontacts_people::GoogleAddressBook;
use gcontacts_people::oauth::AccessToken;

use crate::error::Error;
use crate::from_php::read;
use crate::runtime;
use crate::text::Text;
use crate::to_php::PhpArray;
use crate::transport::{Paced, Transport};

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(plan_clean_up))
        .function(wrap_function!(clean_labels))
}

/// `GContacts\plan_clean_up(array $settings, array $labels, array $traces): string`
#[php_function]
#[php(name = "GContacts\\plan_clean_up")]
pub fn plan_clean_up(
    settings: &ZendHashTable,
    labels: &ZendHashTable,
    traces: &ZendHashTable,
) -> Result<String, Error> {
    let plan = plan(
        read("settings", settings)?,
        read("labels", labels)?,
        read("traces", traces)?,
    )?;
    Ok(plan.to_json()?)
}

/// `GContacts\clean_labels(array $transport, string $access_token, string $instance, bool $pretend): array`
#[php_function]
#[php(name = "GContacts\\clean_labels")]
pub fn clean_labels(
    transport: &ZendHashTable,
    access_token: Text<'_>,
    instance: Text<'_>,
    pretend: bool,
) -> Result<PhpArray, Error> {
    let Transport {
        deadline,
        options,
        pacer,
    } = Transport::read(transport)?;
    let token = AccessToken::new(access_token.named("access_token")?.to_owned());
    let instance = instance.named("instance")?;
    let cleaned = runtime::run(options, async |client| {
        Ok::<_, Error>(
            clean(
                &GoogleAddressBook::new(client, token).paced(pacer.clone()),
                deadline,
                instance,
                pretend,
            )
            .await,
        )
    })?;
    PhpArray::of(&Paced::of(cleaned, &pacer))
}
