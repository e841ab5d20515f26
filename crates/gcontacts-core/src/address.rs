//! Postal addresses, and when two of them are the same.

use serde::{Deserialize, Serialize};

/// A postal address. Texts are as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PostalAddress {
    /// Street; may have several lines, parted by `\n`.
    pub street: String,
    /// Postal code.
    pub zip: String,
    /// Town.
    pub town: String,
    /// State or department.
    pub state: String,
    /// Country's name, in the language of the company.
    pub country: String,
    /// ISO 3166-1 alpha-2 code of the country, upper case; empty where unknown.
    pub country_code: String,
}
