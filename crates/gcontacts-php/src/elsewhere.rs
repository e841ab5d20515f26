// SPDX-License-Identifier: GPL-3.0-or-later
//! The functions that read other address books: of a file, of a CardDAV server.

use std::time::Duration;

use ext_php_rs::builders::ModuleBuilder;
use ext_php_rs::types::ZendHashTable;
use ext_php_rs::{php_function, wrap_function};
use gcontacts_engine::{Login, Server, ServerProxy, Settings, books_of_server, people_of_file, people_of_server};
use serde::Deserialize;

use crate::error::Error;
use crate::from_php::read;
use crate::runtime;
use crate::text::Text;
use crate::to_php::PhpArray;

/// Adds the functions of this file to the extension.
pub fn functions(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(read_vcards))
        .function(wrap_function!(carddav_books))
        .function(wrap_function!(carddav_people))
}

/// How a server is reached, as PHP tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reached {
    deadline_ms: u64,
    private_hosts: bool,
    proxy: String,
    proxy_user: String,
    proxy_password: String,
    user: String,
    password: String,
}

fn server(server: &ZendHashTable) -> Result<Server, Error> {
    let reached: Reached = read("server", server)?;
    Ok(Server {
        private_hosts: reached.private_hosts,
        time: Duration::from_millis(reached.deadline_ms),
        proxy: (!reached.proxy.is_empty()).then_some(ServerProxy {
            url: reached.proxy,
            user: reached.proxy_user,
            password: reached.proxy_password,
        }),
        login: Login {
            user: reached.user,
            password: reached.password,
        },
    })
}

fn country(settings: &ZendHashTable) -> Result<String, Error> {
    let settings: Settings = read("settings", settings)?;
    Ok(settings.country)
}

fn limit(limit: i64) -> usize {
    usize::try_from(limit).unwrap_or_default()
}

/// `GContacts\read_vcards(array $settings, string $file, int $limit): array`
#[php_function]
#[php(name = "GContacts\\read_vcards")]
pub fn read_vcards(settings: &ZendHashTable, file: Text<'_>, limit: i64) -> Result<PhpArray, Error> {
    PhpArray::of(&people_of_file(file.bytes(), &country(settings)?, self::limit(limit)))
}

/// `GContacts\carddav_books(array $server, string $address): array`
#[php_function]
#[php(name = "GContacts\\carddav_books")]
pub fn carddav_books(server: &ZendHashTable, address: Text<'_>) -> Result<PhpArray, Error> {
    let (server, address) = (self::server(server)?, address.named("address")?);
    PhpArray::of(&runtime::wait(books_of_server(&server, address))??)
}

/// `GContacts\carddav_people(array $server, string $address, array $settings, int $limit): array`
#[php_function]
#[php(name = "GContacts\\carddav_people")]
pub fn carddav_people(
    server: &ZendHashTable,
    address: Text<'_>,
    settings: &ZendHashTable,
    limit: i64,
) -> Result<PhpArray, Error> {
    let (server, address, country) = (self::server(server)?, address.named("address")?, country(settings)?);
    let people = people_of_server(&server, address, &country, self::limit(limit));
    PhpArray::of(&runtime::wait(people)??)
}
