// SPDX-License-Identifier: GPL-3.0-or-later
//! Who the emulator knows: accounts, OAuth clients, service accounts.

use serde::{Deserialize, Serialize};

/// A Google account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// E-mail of the account; it can change.
    pub email: String,
    /// Number of the account; it never changes.
    pub sub: String,
    /// Name in the profile.
    #[serde(default)]
    pub name: String,
    /// Region by which phone numbers without a country are understood (ISO 3166 alpha-2).
    #[serde(default = "france")]
    pub phone_region: String,
}

fn france() -> String {
    "FR".to_owned()
}

impl User {
    pub(super) fn new(email: &str, sub: &str, name: &str) -> Self {
        Self {
            email: email.to_owned(),
            sub: sub.to_owned(),
            name: name.to_owned(),
            phone_region: france(),
        }
    }
}

/// An OAuth client of type "web application".
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Client {
    /// Identifier.
    pub client_id: String,
    /// Secret.
    pub client_secret: String,
    /// Addresses that a consent may return to, compared letter by letter.
    pub redirect_uris: Vec<String>,
    /// Publishing status "Testing": refresh tokens live seven days.
    pub testing: bool,
    /// Name on the consent page.
    pub name: String,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            client_id: "gcontacts-demo.apps.example".to_owned(),
            client_secret: "demo-secret".to_owned(),
            redirect_uris: Vec::new(),
            testing: false,
            name: "GContacts demo".to_owned(),
        }
    }
}

/// A service account that a Workspace administrator lets act for the users of a domain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceAccount {
    /// E-mail, the `iss` of its assertions.
    pub client_email: String,
    /// Public key by which its assertions are checked.
    pub public_key: PublicKey,
    /// Domain of the users that it may act for.
    pub delegated_domain: String,
    /// Scopes that it may act with.
    pub delegated_scopes: Vec<String>,
}

/// An RSA public key, its parts in base64 as in a JSON Web Key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Modulus.
    pub n: String,
    /// Exponent.
    pub e: String,
}
