// SPDX-License-Identifier: GPL-3.0-or-later
//! Proof Key for Code Exchange (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// What a code was asked for with.
#[derive(Debug, Clone)]
pub struct Challenge {
    sha256: bool,
    text: String,
}

impl Challenge {
    /// Reads `code_challenge` and `code_challenge_method`.
    ///
    /// # Errors
    /// An unknown method.
    pub fn read(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, String> {
        let sha256 = match method {
            Some("S256") => true,
            None | Some("plain") => false,
            Some(other) => return Err(format!("Invalid code_challenge_method: {other}")),
        };
        Ok(challenge.filter(|text| !text.is_empty()).map(|text| Self {
            sha256,
            text: text.to_owned(),
        }))
    }

    /// The verifier answers the challenge.
    #[must_use]
    pub fn is_met_by(&self, verifier: &str) -> bool {
        let lengthy = (43..=128).contains(&verifier.len());
        let digest = || URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        let answer = if self.sha256 { digest() } else { verifier.to_owned() };
        lengthy && answer == self.text
    }
}

#[cfg(test)]
mod tests {
    use super::Challenge;

    #[test]
    fn meets_the_example_of_rfc_7636() {
        let challenge = Challenge::read(Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), Some("S256"));
        let challenge = challenge.unwrap().unwrap();
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
    }
}
