// SPDX-License-Identifier: GPL-3.0-or-later
//! The function that takes back what came from Dolibarr.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::plan_clean_up as plan;

use crate::error::Error;
use crate::from_php::read;
use crate::plan_object::PlanObject;

/// Adds the function of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(plan_clean_up))
}

/// `GContacts\plan_clean_up(array $settings, array $labels, array $traces): Plan`
#[php_function]
#[php(name = "GContacts\\plan_clean_up")]
pub fn plan_clean_up(
    settings: &ZendHashTable,
    labels: &ZendHashTable,
    traces: &ZendHashTable,
) -> Result<PlanObject, Error> {
    let plan = plan(
        read("settings", settings)?,
        read("labels", labels)?,
        read("traces", traces)?,
    )?;
    Ok(PlanObject::of(plan))
}
