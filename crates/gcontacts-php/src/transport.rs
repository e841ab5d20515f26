// SPDX-License-Identifier: GPL-3.0-or-later
//! The argument `$transport`: how long a call may take, through which proxy it goes, and how fast the account is called.

use std::time::Duration;

use ext_php_rs::types::ZendHashTable;
use gcontacts_people::{ClientOptions, Deadline, Endpoints, Limiter, Pace, Pacer, Proxy, Secret};
use serde::{Deserialize, Serialize};

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
    #[serde(default)]
    writes_per_minute: u32,
    #[serde(default)]
    limiter: String,
}

/// A call's way to Google.
pub struct Transport {
    /// Until when the call may take.
    pub deadline: Deadline,
    /// Which client it uses.
    pub options: ClientOptions,
    /// What is known of the account's quota.
    pub limiter: Limiter,
    /// How fast an account is called to begin with.
    pub pace: Pace,
}

/// An answer beside what was learned of the account's quota, for the next call's `$transport`.
#[derive(Serialize)]
pub struct Paced<T> {
    #[serde(flatten)]
    answer: T,
    limiter: String,
}

impl<T> Paced<T> {
    /// Adds what `pacer` knows now.
    pub fn of(answer: T, pacer: &Pacer) -> Self {
        Self {
            answer,
            limiter: pacer.limiter().to_json(),
        }
    }

    /// Gives the answer alone.
    pub fn into_answer(self) -> T {
        self.answer
    }
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
        let pace = Pace {
            writes_per_minute: argument.writes_per_minute,
        };
        Ok(Self {
            deadline,
            limiter: Limiter::from_json(&argument.limiter),
            pace,
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
