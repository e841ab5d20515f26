// SPDX-License-Identifier: GPL-3.0-or-later
//! Who a token belongs to: tokeninfo, userinfo, identity tokens.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Access, error};
use crate::http::{Answer, Request, first};
use crate::object::Object;
use crate::state::State;

/// Name of the signing key.
pub const KEY_ID: &str = "emulator-1";
const EMAIL: &str = "https://www.googleapis.com/auth/userinfo.email";
const PROFILE: &str = "https://www.googleapis.com/auth/userinfo.profile";

/// The key that signs identity tokens. It is published with this program: nobody may trust it.
pub fn signing_key() -> Option<&'static RsaKeyPair> {
    static KEY: OnceLock<Option<RsaKeyPair>> = OnceLock::new();
    KEY.get_or_init(|| RsaKeyPair::from_der(include_bytes!("id_token_key.der")).ok())
        .as_ref()
}

/// A signed identity token for the bearer of an access token.
pub fn id_token(state: &State, access: &Access, token: &str, nonce: Option<&str>) -> Option<String> {
    let user = state.account(Some(&access.account)).ok()?;
    let now = state.clock.now().seconds();
    let digest = Sha256::digest(token);
    let mut claims = Object::from(json!({
        "iss": state.config.issuer,
        "azp": access.client,
        "aud": access.client,
        "sub": user.sub,
        "at_hash": URL_SAFE_NO_PAD.encode(digest.get(..16)?),
        "iat": now,
        "exp": now + 3600,
    }));
    if has(access, EMAIL) {
        claims.set("email", json!(user.email));
        claims.set("email_verified", json!(true));
    }
    if has(access, PROFILE) {
        claims.set("name", json!(user.name));
    }
    claims.set_some("nonce", nonce);
    sign(&claims.into())
}

fn sign(claims: &Value) -> Option<String> {
    let header = json!({"alg": "RS256", "kid": KEY_ID, "typ": "JWT"});
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&header), encode(claims));
    let key = signing_key()?;
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .ok()?;
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// `/v1/userinfo` (`OpenID` Connect), and its elder forms.
pub fn userinfo(state: &mut State, request: &Request) -> Answer {
    let now = state.clock.now();
    let access = request
        .bearer()
        .and_then(|token| state.grants.access(token, now))
        .cloned();
    let user = access
        .as_ref()
        .and_then(|access| state.account(Some(&access.account)).ok());
    let (Some(access), Some(user)) = (access, user) else {
        let challenge = "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"".to_owned();
        let answer = error(401, "invalid_request", "Invalid Credentials");
        return Answer {
            headers: vec![("www-authenticate", challenge)],
            ..answer
        };
    };
    if !has(&access, "openid") && !has(&access, EMAIL) && !has(&access, PROFILE) {
        return error(
            403,
            "insufficient_scope",
            "Request had insufficient authentication scopes.",
        );
    }
    let elder = matches!(request.path.as_str(), "/oauth2/v1/userinfo" | "/oauth2/v2/userinfo");
    let (id, verified) = if elder {
        ("id", "verified_email")
    } else {
        ("sub", "email_verified")
    };
    let mut body = Object::new();
    body.set(id, json!(user.sub));
    if has(&access, EMAIL) {
        body.set("email", json!(user.email));
        body.set(verified, json!(true));
    }
    if has(&access, PROFILE) {
        body.set("name", json!(user.name));
    }
    if has(&access, PROFILE) || !elder {
        body.set("picture", json!(format!("{}/photos/default=s96-c", state.base_url)));
    }
    Answer::json(200, body.into())
}

/// `/tokeninfo`.
pub fn tokeninfo(state: &mut State, request: &Request) -> Answer {
    let now = state.clock.now();
    let form = request.form();
    let token = request.parameter("access_token").or(first(&form, "access_token"));
    let Some(access) = token.and_then(|token| state.grants.access(token, now)).cloned() else {
        return error(400, "invalid_token", "Invalid Value");
    };
    let left = access.expires.seconds() - now.seconds();
    let mut body = Object::from(json!({
        "azp": access.client,
        "aud": access.client,
        "scope": access.scopes.join(" "),
        "exp": access.expires.seconds().to_string(),
        "expires_in": left.to_string(),
        "access_type": if access.offline { "offline" } else { "online" },
    }));
    if let Ok(user) = state.account(Some(&access.account)) {
        if has(&access, "openid") {
            body.set("sub", json!(user.sub));
        }
        if has(&access, EMAIL) {
            body.set("email", json!(user.email));
            body.set("email_verified", json!("true"));
        }
    }
    Answer::json(200, body.into())
}

fn has(access: &Access, scope: &str) -> bool {
    access.scopes.iter().any(|known| known == scope)
}
