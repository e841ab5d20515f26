// SPDX-License-Identifier: GPL-3.0-or-later
//! Service accounts: a signed assertion (RFC 7523) stands for the consent of a user of the delegated domain.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rsa::PublicKeyComponents;
use ring::signature::RSA_PKCS1_2048_8192_SHA256;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Access, error, scope};
use crate::config::{PublicKey, ServiceAccount};
use crate::http::{Answer, first};
use crate::state::State;

/// `grant_type` of an assertion.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// Google's own token endpoint, good as an audience beside this server's.
const GOOGLE: &str = "https://oauth2.googleapis.com/token";
/// Longest life of an assertion in seconds.
const LONGEST: i64 = 3600;
/// Seconds that clocks may differ by.
const SKEW: i64 = 300;

#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    scope: String,
    aud: String,
    iat: i64,
    exp: i64,
}

/// An access token for the user that an assertion names; there is no refresh token.
///
/// # Errors
/// A refusal, as an answer.
pub fn exchange(state: &mut State, form: &[(String, String)]) -> Result<Value, Answer> {
    let now = state.clock.now();
    let text = first(form, "assertion").filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| error(400, "invalid_request", "Missing required parameter: assertion"))?;
    let (signed, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
    let header: Header = decoded(header).ok_or_else(malformed)?;
    let claims: Claims = decoded(claims).ok_or_else(malformed)?;
    let mut known = state.config.service_accounts.iter();
    let account = known.find(|account| account.client_email == claims.iss).cloned();
    let account = account.ok_or_else(|| grant("Invalid grant: account not found"))?;
    if header.alg != "RS256" || !is_signed(&account.public_key, signed, signature) {
        return Err(grant("Invalid JWT Signature."));
    }
    if claims.aud != GOOGLE && claims.aud != format!("{}/token", state.base_url) {
        return Err(grant("Invalid JWT: Failed audience check."));
    }
    let present = now.seconds();
    if claims.exp.saturating_sub(claims.iat) > LONGEST || claims.exp <= present || claims.iat > present + SKEW {
        return Err(grant(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat \
             and exp values in the JWT claim.",
        ));
    }
    let scopes = scope::parse(&claims.scope).map_err(|_| {
        error(
            400,
            "invalid_scope",
            "Invalid OAuth scope or ID token audience provided.",
        )
    })?;
    if scopes.is_empty() {
        return Err(error(400, "invalid_scope", "Empty or missing scope not allowed."));
    }
    let email = delegated(&account, claims.sub.as_deref(), &scopes)?;
    let user = state
        .account(Some(email))
        .map_err(|_| grant("Invalid email or User ID"))?;
    let lifetime = state.config.access_token_ttl;
    let token = state.grants.issue_access(Access {
        account: user.sub,
        client: account.client_email,
        scopes,
        expires: now.plus(lifetime),
        offline: false,
    });
    Ok(json!({"access_token": token, "expires_in": lifetime, "token_type": "Bearer"}))
}

/// The user that is acted for. A service account has no contacts of its own: without a user it is refused as well.
fn delegated<'a>(account: &ServiceAccount, sub: Option<&'a str>, scopes: &[String]) -> Result<&'a str, Answer> {
    let of_domain = |email: &&str| {
        let domain = email.rsplit_once('@').map(|(_, domain)| domain);
        domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&account.delegated_domain))
    };
    let allowed = scopes.iter().all(|scope| account.delegated_scopes.contains(scope));
    sub.filter(of_domain).filter(|_| allowed).ok_or_else(|| {
        error(
            401,
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of \
             the scopes requested.",
        )
    })
}

fn is_signed(key: &PublicKey, signed: &str, signature: &str) -> bool {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let (Some(n), Some(e), Some(signature)) = (decode(&key.n), decode(&key.e), decode(signature)) else {
        return false;
    };
    PublicKeyComponents { n, e }
        .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
        .is_ok()
}

fn decoded<T: serde::de::DeserializeOwned>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn malformed() -> Answer {
    grant("Invalid JWT: Not a signed assertion with the claims iss, aud, iat and exp.")
}

fn grant(description: &str) -> Answer {
    error(400, "invalid_grant", description)
}
