// SPDX-License-Identifier: GPL-3.0-or-later
//! The consent page: who, what for, Allow or Cancel.

use super::html::{escape, page};
use crate::config::{Config, User};
use crate::http::encode_form;
use crate::oauth::authorize::Ask;
use crate::oauth::scope;

const STYLE: &str = include_str!("consent.css");

/// Asks the person.
#[must_use]
pub fn consent_page(config: &Config, ask: &Ask, query: &[(String, String)]) -> String {
    let action = encode_form(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let client = if ask.client.name.is_empty() {
        &ask.client.client_id
    } else {
        &ask.client.name
    };
    let hinted = ask
        .login_hint
        .as_ref()
        .or(config.users.first())
        .map(|user| user.sub.as_str());
    let accounts = config
        .users
        .iter()
        .map(|user| account(user, hinted == Some(&user.sub)))
        .collect::<String>();
    let scopes = ask
        .scopes
        .iter()
        .map(|name| permission(name, config.scopes_ticked))
        .collect::<String>();
    let body = format!(
        r#"<main class="consent">
<header><span class="mark" aria-hidden="true">G</span> Sign in with the emulated Google</header>
<form method="post" action="/o/oauth2/v2/auth?{action}">
<input type="hidden" name="boxes" value="1">
<div class="columns"><section>
<h1><strong>{client}</strong> wants access to your Google Account</h1>
<fieldset class="accounts"><legend>Choose an account</legend>{accounts}</fieldset>
</section><section>
<fieldset class="scopes"><legend>Select what <strong>{client}</strong> can access</legend>{scopes}</fieldset>
<p class="small">This is an emulator for tests and demonstrations. Nothing here is a real Google account.</p>
<div class="buttons">
<button type="submit" id="cancel" name="decision" value="cancel">Cancel</button>
<button type="submit" id="allow" name="decision" value="allow" class="primary">Allow</button>
</div>
</section></div>
</form>
</main>"#,
        action = escape(&action),
        client = escape(client),
    );
    page("Sign in - Google Accounts (emulated)", STYLE, &body)
}

fn account(user: &User, chosen: bool) -> String {
    let initial = user
        .email
        .chars()
        .next()
        .unwrap_or('?')
        .to_uppercase()
        .collect::<String>();
    format!(
        r#"<label class="account"><input type="radio" name="account" value="{sub}"{checked}>
<span class="avatar" aria-hidden="true">{initial}</span>
<span><span class="name">{name}</span><span class="email">{email}</span></span></label>"#,
        sub = escape(&user.sub),
        checked = if chosen { " checked" } else { "" },
        initial = escape(&initial),
        name = escape(&user.name),
        email = escape(&user.email),
    )
}

fn permission(name: &str, ticked: bool) -> String {
    let fixed = scope::is_identity(name);
    let state = match (fixed, ticked) {
        (true, _) => " checked disabled",
        (false, true) => " checked",
        (false, false) => "",
    };
    format!(
        r#"<label class="scope"><span>{text}</span><input type="checkbox" name="granted" value="{name}"{state}></label>"#,
        text = escape(scope::description(name)),
        name = escape(name),
    )
}

/// Tells the person why nothing is asked; the client never hears of it.
#[must_use]
pub fn blocked_page(status: u16, error: &str, text: &str) -> String {
    let body = format!(
        r#"<main class="consent blocked"><header><span class="mark" aria-hidden="true">G</span> Sign in with the emulated Google</header>
<h1>Access blocked: Authorization Error</h1><p id="reason">{text}</p><p class="small" id="error">Error {status}: {error}</p></main>"#,
        text = escape(text),
        error = escape(error),
    );
    page("Error - Google Accounts (emulated)", STYLE, &body)
}
