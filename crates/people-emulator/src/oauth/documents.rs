// SPDX-License-Identifier: GPL-3.0-or-later
//! What a client may look up: the discovery document and the keys of identity tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rsa::PublicKeyComponents;
use serde_json::json;

use super::assertion;
use super::identity::{KEY_ID, signing_key};
use crate::http::{Answer, Request};
use crate::state::State;

/// `/.well-known/openid-configuration`.
pub fn discovery(state: &mut State, _request: &Request) -> Answer {
    let base = &state.base_url;
    Answer::json(
        200,
        json!({
            "issuer": state.config.issuer,
            "authorization_endpoint": format!("{base}/o/oauth2/v2/auth"),
            "token_endpoint": format!("{base}/token"),
            "userinfo_endpoint": format!("{base}/v1/userinfo"),
            "revocation_endpoint": format!("{base}/revoke"),
            "jwks_uri": format!("{base}/oauth2/v3/certs"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": ["aud", "email", "email_verified", "exp", "iat", "iss", "name", "sub"],
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token", assertion::GRANT_TYPE],
        }),
    )
}

/// `/oauth2/v3/certs`.
pub fn certs(_state: &mut State, _request: &Request) -> Answer {
    let keys = signing_key().map(|key| {
        let parts = PublicKeyComponents::<Vec<u8>>::from(key.public());
        json!({
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": KEY_ID,
            "n": URL_SAFE_NO_PAD.encode(parts.n), "e": URL_SAFE_NO_PAD.encode(parts.e),
        })
    });
    Answer::json(200, json!({"keys": keys.into_iter().collect::<Vec<_>>()}))
}
