// SPDX-License-Identifier: GPL-3.0-or-later
//! A third party of Dolibarr (a row of `llx_societe`), as PHP hands it over.

use serde::Deserialize;

use crate::address::PostalAddress;
use crate::label::Category;

/// The third party of a contact. Texts are as typed; an absent value is an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "as Dolibarr has them: a third party can be all of it at once"
)]
pub struct Company {
    /// Id in `llx_societe`.
    pub id: u64,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Phone.
    pub phone: String,
    /// Fax.
    pub fax: String,
    /// Postal address.
    pub address: PostalAddress,
    /// Web site.
    pub url: String,
    /// Whether the third party is open (`status = 1`).
    pub open: bool,
    /// Whether it is a customer.
    pub customer: bool,
    /// Whether it is a prospect; it can be both.
    pub prospect: bool,
    /// Whether it is a supplier.
    pub supplier: bool,
    /// The categories that it carries.
    pub categories: Vec<Category>,
    /// Its sales representatives.
    pub representatives: Vec<Representative>,
}

/// A Dolibarr user who is sales representative of a third party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Representative {
    /// Id in `llx_user`.
    pub id: u64,
    /// Login.
    pub login: String,
}
