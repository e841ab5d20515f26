// SPDX-License-Identifier: GPL-3.0-or-later
//! The proxy of the site.

use crate::Secret;

/// A proxy, as Dolibarr's `MAIN_PROXY_*` constants describe it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proxy {
    /// Its address, for example `http://proxy.example:3128`.
    pub url: String,
    /// Login; empty for none.
    pub user: String,
    /// Password of the login.
    pub password: Secret,
}
