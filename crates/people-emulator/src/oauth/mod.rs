// SPDX-License-Identifier: GPL-3.0-or-later
//! Google's OAuth 2.0 server: consent, codes, tokens, identity.

mod assertion;
pub mod authorize;
pub mod documents;
mod grants;
pub mod identity;
mod pkce;
pub mod scope;
pub mod token;

pub use grants::{Access, Code, Grants};

use serde_json::json;

use crate::http::Answer;

/// An error of the token endpoints: `{"error", "error_description"}`.
#[must_use]
pub fn error(status: u16, error: &str, description: &str) -> Answer {
    Answer::json(status, json!({"error": error, "error_description": description}))
}
