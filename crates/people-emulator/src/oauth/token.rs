// SPDX-License-Identifier: GPL-3.0-or-later
//! The token endpoint and revocation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Access, assertion, error, identity, scope};
use crate::config::Client;
use crate::http::{Answer, Request, first};
use crate::object::Object;
use crate::state::State;

/// Seconds that a refresh token of a client in testing lives: seven days.
const TESTING_LIFETIME: i64 = 7 * 86_400;

/// `POST /token`.
pub fn exchange(state: &mut State, request: &Request) -> Answer {
    if !request.has_form() {
        return error(
            400,
            "invalid_request",
            "Content-Type must be application/x-www-form-urlencoded.",
        );
    }
    let form = request.form();
    match grant(state, request, &form) {
        Ok(body) => Answer {
            headers: vec![("pragma", "no-cache".to_owned())],
            ..Answer::json(200, body)
        },
        Err(answer) => answer,
    }
}

fn grant(state: &mut State, request: &Request, form: &[(String, String)]) -> Result<Value, Answer> {
    let kind = first(form, "grant_type");
    if kind == Some(assertion::GRANT_TYPE) {
        return assertion::exchange(state, form);
    }
    let client = client(state, request, form)?;
    match kind {
        Some("authorization_code") => exchange_code(state, &client, form),
        Some("refresh_token") => refresh(state, &client, form),
        Some(other) => Err(error(
            400,
            "unsupported_grant_type",
            &format!("Invalid grant_type: {other}"),
        )),
        None => Err(error(400, "invalid_request", "Missing required parameter: grant_type")),
    }
}

/// `POST /revoke`: either token takes back the whole consent.
pub fn revoke(state: &mut State, request: &Request) -> Answer {
    let form = request.form();
    match first(&form, "token").or(request.parameter("token")) {
        None => error(400, "invalid_request", "Missing required parameter: token"),
        Some(token) if state.grants.revoke(token) => Answer::json(200, json!({})),
        Some(_) => error(400, "invalid_token", "Token expired or revoked"),
    }
}

/// The client, by the form or by a Basic header.
fn client(state: &State, request: &Request, form: &[(String, String)]) -> Result<Client, Answer> {
    let basic = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|text| {
            let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
            let (id, secret) = text.split_once(':')?;
            let decode = |text: &str| {
                percent_encoding::percent_decode_str(text)
                    .decode_utf8_lossy()
                    .into_owned()
            };
            Some((decode(id), decode(secret)))
        });
    let of_form = |name: &str| first(form, name).filter(|value| !value.is_empty()).map(str::to_owned);
    let (id, secret) = match basic {
        Some((id, secret)) => (Some(id), Some(secret)),
        None => (of_form("client_id"), of_form("client_secret")),
    };
    let id = id.ok_or_else(|| error(400, "invalid_request", "Could not determine client ID from request."))?;
    let client = state.config.client(&id);
    let client = client.ok_or_else(|| error(401, "invalid_client", "The OAuth client was not found."))?;
    match secret {
        None => Err(error(400, "invalid_request", "client_secret is missing.")),
        Some(secret) if secret != client.client_secret => {
            Err(error(401, "invalid_client", "The provided client secret is invalid."))
        }
        Some(_) => Ok(client.clone()),
    }
}

fn exchange_code(state: &mut State, client: &Client, form: &[(String, String)]) -> Result<Value, Answer> {
    let now = state.clock.now();
    let text = first(form, "code").ok_or_else(|| error(400, "invalid_request", "Missing required parameter: code"))?;
    let code = state
        .grants
        .code(text)
        .cloned()
        .ok_or_else(|| error(400, "invalid_grant", "Malformed auth code."))?;
    if let Some(tokens) = &code.exchanged {
        // A code that comes twice may have been stolen: what it gave is taken back.
        state.grants.kill(tokens);
        return Err(error(400, "invalid_grant", "Bad Request"));
    }
    if code.expires <= now || code.client != client.client_id {
        return Err(error(400, "invalid_grant", "Bad Request"));
    }
    let redirect_uri = first(form, "redirect_uri");
    let redirect_uri = redirect_uri.ok_or_else(|| error(400, "invalid_request", "Missing parameter: redirect_uri"))?;
    if redirect_uri != code.redirect_uri {
        return Err(error(400, "redirect_uri_mismatch", "Bad Request"));
    }
    match (
        &code.challenge,
        first(form, "code_verifier").filter(|verifier| !verifier.is_empty()),
    ) {
        (None, Some(_)) => return Err(error(400, "invalid_grant", "code_verifier or verifier is not needed.")),
        (Some(_), None) => return Err(error(400, "invalid_grant", "Missing code verifier.")),
        (Some(challenge), Some(verifier)) if !challenge.is_met_by(verifier) => {
            return Err(error(400, "invalid_grant", "Invalid code verifier."));
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
    let access = Access {
        account: code.account.clone(),
        client: client.client_id.clone(),
        scopes: code.scopes.clone(),
        expires: now.plus(state.config.access_token_ttl),
        offline: code.offline,
    };
    let (token, body) = issue(state, access, code.nonce.as_deref());
    let (mut body, mut tokens) = (Object::from(body), vec![token]);
    if code.refresh_due {
        let limited = client.testing && !code.scopes.iter().all(|scope| scope::is_identity(scope));
        let expires = limited.then(|| now.plus(TESTING_LIFETIME));
        let refresh = state
            .grants
            .issue_refresh(&code.account, &client.client_id, &code.scopes, expires, now);
        body.set("refresh_token", json!(refresh));
        if limited {
            body.set("refresh_token_expires_in", json!(TESTING_LIFETIME - 1));
        }
        tokens.push(refresh);
    }
    state.grants.mark_exchanged(text, tokens);
    Ok(body.into())
}

fn refresh(state: &mut State, client: &Client, form: &[(String, String)]) -> Result<Value, Answer> {
    let now = state.clock.now();
    let missing = || error(400, "invalid_request", "Missing required parameter: refresh_token");
    let text = first(form, "refresh_token")
        .filter(|text| !text.is_empty())
        .ok_or_else(missing)?;
    let dead = || error(400, "invalid_grant", "Token has been expired or revoked.");
    let refresh = state.grants.use_refresh(text, now).ok_or_else(dead)?;
    if refresh.client != client.client_id {
        return Err(error(401, "unauthorized_client", "Unauthorized"));
    }
    let scopes = match first(form, "scope") {
        None => refresh.scopes,
        Some(asked) => {
            let asked = scope::parse(asked).ok();
            let narrower = asked.filter(|asked| asked.iter().all(|scope| refresh.scopes.contains(scope)));
            narrower.ok_or_else(|| error(400, "invalid_scope", "Some requested scopes were invalid."))?
        }
    };
    let access = Access {
        account: refresh.account,
        client: client.client_id.clone(),
        scopes,
        expires: now.plus(state.config.access_token_ttl),
        offline: true,
    };
    Ok(issue(state, access, None).1)
}

/// An access token, and the answer that carries it.
fn issue(state: &mut State, access: Access, nonce: Option<&str>) -> (String, Value) {
    let mut body = Object::new()
        .with("expires_in", state.config.access_token_ttl)
        .with("scope", access.scopes.join(" "))
        .with("token_type", "Bearer");
    let identified = access
        .scopes
        .iter()
        .any(|scope| scope == "openid")
        .then(|| access.clone());
    let token = state.grants.issue_access(access);
    body.set("access_token", json!(token));
    let signed = identified.and_then(|access| identity::id_token(state, &access, &token, nonce));
    body.set_some("id_token", signed);
    (token, body.into())
}
