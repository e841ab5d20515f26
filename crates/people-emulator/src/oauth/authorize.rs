// SPDX-License-Identifier: GPL-3.0-or-later
//! The authorization endpoint: checks the request, asks the person, sends the browser back.

use super::pkce::Challenge;
use super::{Code, scope};
use crate::config::{Client, User};
use crate::http::{Answer, Request, encode_form, first};
use crate::pages;
use crate::state::State;

/// A checked authorization request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who asks.
    pub client: Client,
    /// Where the browser goes afterwards.
    pub redirect_uri: String,
    /// Scopes asked for, full names.
    pub scopes: Vec<String>,
    /// Account that the client expects.
    pub login_hint: Option<User>,
    state: Option<String>,
    nonce: Option<String>,
    challenge: Option<Challenge>,
    offline: bool,
    include_granted: bool,
    prompts: Vec<String>,
}

/// An error that is shown and never sent to the client.
struct Blocked(u16, &'static str, String);

/// `GET`: the consent page, or straight back where consent was given before.
pub fn ask(state: &mut State, request: &Request) -> Answer {
    let ask = match read(state, &request.query) {
        Ok(ask) => ask,
        Err(blocked) => return blocked.page(),
    };
    let covered = |user: &User| {
        let granted = state
            .grants
            .consent(&user.sub, &ask.client.client_id)
            .unwrap_or_default();
        ask.scopes.iter().all(|scope| granted.contains(scope))
    };
    let known = ask
        .login_hint
        .iter()
        .chain(state.config.users.iter())
        .find(|user| covered(user))
        .cloned();
    let may_skip = ask.prompts.is_empty() || ask.prompts.iter().any(|prompt| prompt == "none");
    let hinted = ask
        .login_hint
        .as_ref()
        .is_none_or(|hint| known.as_ref().is_some_and(|user| user.sub == hint.sub));
    match known.filter(|_| may_skip && hinted) {
        Some(user) => {
            let scopes = ask.scopes.clone();
            send_back(state, &ask, &user, scopes, false)
        }
        None if ask.prompts.iter().any(|prompt| prompt == "none") => refuse(&ask, "interaction_required"),
        None => Answer::html(200, pages::consent_page(&state.config, &ask, &request.query)),
    }
}

/// `POST` of the page's form: the person has decided.
pub fn decide(state: &mut State, request: &Request) -> Answer {
    let form = request.form();
    let all = request.query.iter().chain(&form).cloned().collect::<Vec<_>>();
    let ask = match read(state, &all) {
        Ok(ask) => ask,
        Err(blocked) => return blocked.page(),
    };
    if first(&form, "decision") != Some("allow") {
        return refuse(&ask, "access_denied");
    }
    let hint = ask.login_hint.as_ref().map(|user| user.email.as_str());
    let chosen = first(&form, "account").filter(|account| !account.is_empty()).or(hint);
    let Ok(user) = state.account(chosen) else {
        return Blocked(400, "invalid_account", "Couldn't find your Google Account.".to_owned()).page();
    };
    let ticked = form
        .iter()
        .filter(|(name, _)| name == "granted")
        .map(|(_, value)| value)
        .collect::<Vec<_>>();
    let shown = first(&form, "boxes").is_some();
    let granted = ask.scopes.iter().filter(|scope| {
        let ticked = !shown || scope::is_identity(scope) || ticked.contains(scope);
        ticked
            && !state
                .config
                .withhold_scopes
                .iter()
                .any(|held| scope::full_name(held).as_ref() == Some(*scope))
    });
    let scopes = granted.cloned().collect::<Vec<_>>();
    if scopes.is_empty() {
        return refuse(&ask, "access_denied");
    }
    state.grants.note_consent(&user.sub, &ask.client.client_id, &scopes);
    send_back(state, &ask, &user, scopes, true)
}

fn read(state: &State, pairs: &[(String, String)]) -> Result<Ask, Blocked> {
    let value = |name: &str| first(pairs, name).filter(|value| !value.is_empty());
    let need = |name: &str| {
        let missing = || Blocked(400, "invalid_request", format!("Missing required parameter: {name}"));
        value(name).ok_or_else(missing)
    };
    let client = state.config.client(need("client_id")?);
    let client = client.ok_or_else(|| Blocked(401, "invalid_client", "The OAuth client was not found.".to_owned()))?;
    let redirect_uri = need("redirect_uri")?;
    check_redirect(client, redirect_uri)?;
    if need("response_type")? != "code" {
        return Err(Blocked(
            400,
            "unsupported_response_type",
            "Invalid response_type".to_owned(),
        ));
    }
    let scopes = scope::parse(need("scope")?).map_err(|unknown| {
        Blocked(
            400,
            "invalid_scope",
            format!("Some requested scopes were invalid. {{invalid=[{unknown}]}}"),
        )
    })?;
    let offline = match value("access_type") {
        None | Some("online") => false,
        Some("offline") => true,
        Some(other) => return Err(Blocked(400, "invalid_request", format!("Invalid access_type: {other}"))),
    };
    let challenge = Challenge::read(value("code_challenge"), value("code_challenge_method"))
        .map_err(|problem| Blocked(400, "invalid_request", problem))?;
    let prompts = value("prompt")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    if prompts
        .iter()
        .any(|prompt| !matches!(prompt.as_str(), "none" | "consent" | "select_account"))
    {
        return Err(Blocked(
            400,
            "invalid_request",
            "Invalid parameter value for prompt".to_owned(),
        ));
    }
    Ok(Ask {
        client: client.clone(),
        redirect_uri: redirect_uri.to_owned(),
        scopes,
        login_hint: value("login_hint").and_then(|hint| state.config.user(hint)).cloned(),
        state: first(pairs, "state").map(str::to_owned),
        nonce: value("nonce").map(str::to_owned),
        challenge,
        offline,
        include_granted: value("include_granted_scopes") == Some("true"),
        prompts,
    })
}

/// Registered letter by letter; https, except for the machine itself; no fragment, no address in numbers.
fn check_redirect(client: &Client, uri: &str) -> Result<(), Blocked> {
    if !client.redirect_uris.iter().any(|known| known == uri) {
        let text =
            format!("The redirect URI in the request, {uri}, does not match the ones authorized for the client.");
        return Err(Blocked(400, "redirect_uri_mismatch", text));
    }
    let (scheme, rest) = uri.split_once("://").unwrap_or((uri, ""));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let local = matches!(host, "localhost" | "127.0.0.1" | "::1");
    let numeric = host.parse::<std::net::IpAddr>().is_ok();
    let public =
        host.contains('.') && !numeric && ![".local", ".lan", ".internal"].iter().any(|end| host.ends_with(end));
    let good = matches!(
        (scheme, local, public),
        ("http" | "https", true, _) | ("https", _, true)
    );
    if good && !uri.contains('#') {
        return Ok(());
    }
    let text = "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy for keeping apps \
                secure: the redirect address must use https, or be on localhost.";
    Err(Blocked(400, "invalid_request", text.to_owned()))
}

/// Sends the browser back with a code.
fn send_back(state: &mut State, ask: &Ask, user: &User, mut scopes: Vec<String>, consent_shown: bool) -> Answer {
    let now = state.clock.now();
    if ask.include_granted {
        let before = state
            .grants
            .consent(&user.sub, &ask.client.client_id)
            .unwrap_or_default();
        let more = before
            .iter()
            .filter(|scope| !scopes.contains(scope))
            .cloned()
            .collect::<Vec<_>>();
        scopes.extend(more);
    }
    let scope_text = scopes.join(" ");
    let code = Code {
        account: user.sub.clone(),
        client: ask.client.client_id.clone(),
        redirect_uri: ask.redirect_uri.clone(),
        challenge: ask.challenge.clone(),
        scopes,
        refresh_due: ask.offline && consent_shown,
        offline: ask.offline,
        nonce: ask.nonce.clone(),
        expires: now,
        exchanged: None,
    };
    let code = state.grants.issue_code(code, now);
    let prompt = if consent_shown { "consent" } else { "none" };
    let issuer = state.config.issuer.clone();
    ask.redirect(&[
        ("iss", &issuer),
        ("code", &code),
        ("scope", &scope_text),
        ("authuser", "0"),
        ("prompt", prompt),
    ])
}

fn refuse(ask: &Ask, error: &str) -> Answer {
    ask.redirect(&[("error", error)])
}

impl Ask {
    fn redirect(&self, pairs: &[(&str, &str)]) -> Answer {
        let state = self.state.as_deref().map(|state| ("state", state));
        let query = encode_form(state.into_iter().chain(pairs.iter().copied()));
        let mark = if self.redirect_uri.contains('?') { '&' } else { '?' };
        Answer::redirect(302, format!("{}{mark}{query}", self.redirect_uri))
    }
}

impl Blocked {
    fn page(&self) -> Answer {
        let Self(status, error, text) = self;
        Answer::html(*status, pages::blocked_page(*status, error, text))
    }
}
