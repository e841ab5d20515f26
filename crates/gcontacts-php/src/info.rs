// SPDX-License-Identifier: GPL-3.0-or-later
//! What the extension says of itself.

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::{php_function, wrap_function};
use serde::Serialize;

use crate::error::Error;
use crate::to_php::PhpArray;
use crate::{ini, module};

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module.function(wrap_function!(extension_info))
}

#[derive(Serialize)]
struct ExtensionInfo {
    version: &'static str,
    door: i64,
    people_endpoint: String,
    oauth_endpoint: String,
}

/// `GContacts\extension_info(): array`
#[php_function]
#[php(name = "GContacts\\extension_info")]
pub fn extension_info() -> Result<PhpArray, Error> {
    PhpArray::of(&ExtensionInfo {
        version: module::VERSION,
        door: module::DOOR,
        people_endpoint: ini::people_endpoint(),
        oauth_endpoint: ini::oauth_endpoint(),
    })
}
