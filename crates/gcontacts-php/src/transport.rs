// SPDX-License-Identifier: GPL-3.0-or-later
//! The argument `$transport`: how long a call may take, and through which proxy it goes.

use std::time::Duration;

use ext_php_rs::types::ZendHashTable;
use gcontacts_people::{ClientOptions, Deadline, Endpoints, Proxy, Secret};
use serde::Deserialize;

use crate::error::Error;
use crate::{from_php, ini};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument {
    deadline_ms: u64,
    #[serde(default)]
    proxy: String,
    #[serde(default)]
    proxy_user: String,
    #[serde(default)]
    proxy_password: String,
}

/// A call's way to Google.
pub struct Transport {
    /// Until when the call may take.
    pub deadline: Deadline,
    /// Which client it uses.
    pub options: ClientOptions,
}

impl Transport {
    /// Reads the argument; the time begins to run.
    ///
    /// # Errors
    /// Where the argument or an endpoint of php.ini cannot be used.
    pub fn read(argument: &ZendHashTable) -> Result<Self, Error> {
        let argument: Argument = from_php::read("transport", argument)?;
        let deadline = Deadline::after(Duration::from_millis(argument.deadline_ms));
        let proxy = (!argument.proxy.is_empty()).then(|| Proxy {
            url: argument.proxy,
            user: argument.proxy_user,
            password: Secret::new(argument.proxy_password),
        });
        Ok(Self {
            deadline,
            options: ClientOptions {
                endpoints: endpoints()?,
                proxy,
            },
        })
    }
}

/// The addresses that php.ini names.
///
/// # Errors
/// Where one is none.
pub fn endpoints() -> Result<Endpoints, Error> {
    Endpoints::new(&ini::people_endpoint(), &ini::oauth_endpoint()).map_err(Error::Settings)
}
