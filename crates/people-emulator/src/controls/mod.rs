// SPDX-License-Identifier: GPL-3.0-or-later
//! The controls of a test: `/_log`, `/_calls`, `/_state`, `/_reset`, `/_config`, `/_clock`, `/_token`, `/_seed`, `/_phone`,
//! `/_faults`, `/_methods`.

mod snapshot;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::config::Config;
use crate::faults::{Action, Fault};
use crate::log::Log;
use crate::methods::METHODS;
use crate::oauth::{Access, scope};
use crate::state::State;
use crate::{phone, seed};

/// HTTP status and reason.
type Refusal = (u16, String);

/// Runs a control.
///
/// # Errors
/// 404 where there is no such control, 400 where it is asked for nonsense.
pub fn run(
    state: &mut State,
    initial: &Config,
    verb: &str,
    path: &str,
    user: Option<&str>,
    body: Value,
) -> Result<Value, Refusal> {
    match (verb, path) {
        ("GET", "/_log") => serde_json::to_value(&state.log).map_err(|error| (500, error.to_string())),
        ("DELETE", "/_log") => {
            state.log = Log::default();
            Ok(json!({}))
        }
        ("GET", "/_state") => {
            let user = user.or_else(|| body.get("user").and_then(Value::as_str));
            let user = state.account(user).map_err(bad)?;
            snapshot::of(state, &user).ok_or_else(|| bad("no address book".to_owned()))
        }
        ("GET", "/_config") => serde_json::to_value(&state.config).map_err(|error| (500, error.to_string())),
        ("POST", "/_config") => {
            state.config = state.config.changed(&body).map_err(bad)?;
            state.open_books();
            Ok(json!({}))
        }
        ("POST", "/_reset") => {
            reset(state, initial, &read(body)?);
            Ok(json!({}))
        }
        ("POST", "/_clock") => {
            let Advance { advance_s } = read(body)?;
            state.clock.advance(advance_s);
            Ok(json!({"now": state.clock.now().rfc3339()}))
        }
        ("GET", "/_clock") => Ok(json!({"now": state.clock.now().rfc3339()})),
        ("POST", "/_token") => token(state, &read(body)?),
        ("POST", "/_seed") => seed::plant(state, &read(body)?).map_err(bad),
        ("POST", "/_phone") => {
            let mut operation = body;
            let named = operation.as_object_mut().and_then(|members| members.remove("user"));
            let user = state
                .account(named.as_ref().and_then(Value::as_str).or(user))
                .map_err(bad)?;
            phone::operate(state, &user, &read(operation)?).map_err(bad)
        }
        ("GET", "/_faults/actions") => {
            serde_json::to_value(Action::examples()).map_err(|error| (500, error.to_string()))
        }
        ("GET", "/_methods") => Ok(METHODS.iter().map(|method| json!(method.id)).collect()),
        ("GET", "/_faults") => Ok(state.faults.list()),
        ("DELETE", "/_faults") => {
            state.faults.clear();
            Ok(json!({}))
        }
        ("GET", "/_calls") => {
            let under_way: u64 = state.in_flight.values().map(|(calls, _)| calls).sum();
            Ok(json!({"under_way": under_way, "held": state.faults.held()}))
        }
        ("POST", "/_faults/release") => {
            state.faults.release();
            Ok(json!({}))
        }
        ("POST", "/_faults") => {
            let faults: Vec<Fault> = if body.is_array() {
                read(body)?
            } else {
                vec![read(body)?]
            };
            for fault in &faults {
                if let Action::ConcurrentEdit { set, .. } = &fault.action {
                    phone::check(state, set).map_err(bad)?;
                }
            }
            let ids = faults
                .into_iter()
                .map(|fault| state.faults.order(fault))
                .collect::<Vec<_>>();
            Ok(json!({"ids": ids}))
        }
        _ => Err((404, format!("no control {verb} {path}"))),
    }
}

fn bad(reason: String) -> Refusal {
    (400, reason)
}

fn read<T: DeserializeOwned>(body: Value) -> Result<T, Refusal> {
    serde_json::from_value(body).map_err(|error| bad(error.to_string()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_s: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Keep {
    keep_config: bool,
    keep_tokens: bool,
}

fn reset(state: &mut State, initial: &Config, keep: &Keep) {
    let config = if keep.keep_config {
        state.config.clone()
    } else {
        initial.clone()
    };
    let mut fresh = State::new(config, &state.base_url);
    if keep.keep_tokens {
        fresh.grants = std::mem::take(&mut state.grants);
    }
    fresh.resets = state.resets + 1;
    *state = fresh;
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TokenOrder {
    user: Option<String>,
    client_id: Option<String>,
    scopes: Vec<String>,
    testing: bool,
    ttl: i64,
}

impl Default for TokenOrder {
    fn default() -> Self {
        let scopes = ["openid", "email", "https://www.googleapis.com/auth/contacts"];
        let scopes = scopes.map(str::to_owned).to_vec();
        Self {
            user: None,
            client_id: None,
            scopes,
            testing: false,
            ttl: 3599,
        }
    }
}

/// Tokens as a consent would have given them.
fn token(state: &mut State, order: &TokenOrder) -> Result<Value, Refusal> {
    let now = state.clock.now();
    let user = state.account(order.user.as_deref()).map_err(bad)?;
    let scopes = scope::parse(&order.scopes.join(" ")).map_err(|unknown| bad(format!("no scope {unknown}")))?;
    let first = state.config.clients.first().map(|client| client.client_id.clone());
    let client = order
        .client_id
        .clone()
        .or(first)
        .ok_or_else(|| bad("no client".to_owned()))?;
    let expires = order.testing.then(|| now.plus(7 * 86_400));
    state.grants.note_consent(&user.sub, &client, &scopes);
    let refresh = state.grants.issue_refresh(&user.sub, &client, &scopes, expires, now);
    let access = state.grants.issue_access(Access {
        account: user.sub.clone(),
        client,
        scopes: scopes.clone(),
        expires: now.plus(order.ttl),
        offline: true,
    });
    Ok(json!({
        "access_token": access, "refresh_token": refresh, "expires_in": order.ttl, "scope": scopes.join(" "),
        "sub": user.sub, "email": user.email,
    }))
}
